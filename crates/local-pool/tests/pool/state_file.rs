//! What a file keeps over a restart, and which files are refused.

use std::{
    fs,
    path::{Path, PathBuf},
};

use local_pool::{Builder, Pool, StateError, StateProblem, seed};
use serde_json::{Value, json};

use crate::client::{Client, START_MILLIS, Tokens, USER};

const NEW: &str = "new@example.com";

/// A folder of this test alone, with nothing in it.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("state-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn builder() -> Builder {
    Pool::builder().with(|settings| settings.frozen_at_millis = Some(START_MILLIS))
}

/// A client of what [`builder`] and the file give, without users of its own.
pub fn open(builder: Builder, file: &Path) -> Result<Client, StateError> {
    let pool = builder.build_with_state(file)?;
    Ok(Client {
        app: local_pool::app(pool.clone()),
        pool,
        client_id: seed::CLIENT.to_owned(),
        pool_name: "LocalPool",
        client_secret: None,
    })
}

/// The pool ends, and another one begins with its file.
fn restart(client: Client, file: &Path) -> Client {
    drop(client);
    open(builder(), file).unwrap()
}

async fn sign_up(client: &Client, name: &str) {
    let body = json!({"ClientId": client.client_id, "Username": name, "Password": seed::PASSWORD});
    client.call("SignUp", body).await.ok();
}

async fn confirm(client: &Client, name: &str, code: &str) {
    let body = json!({"ClientId": client.client_id, "Username": name, "ConfirmationCode": code});
    client.call("ConfirmSignUp", body).await.ok();
}

async fn get_user(client: &Client, tokens: &Tokens) -> Value {
    client.call("GetUser", json!({"AccessToken": tokens.access()})).await.ok()
}

#[tokio::test]
async fn who_signed_up_is_there_after_a_restart() {
    let file = folder("sign-up").join("state.json");
    let client = open(builder(), &file).unwrap();
    sign_up(&client, NEW).await;
    let code = client.pool.newest_code(NEW).unwrap();
    // The code that is in somebody's hand still counts.
    let client = restart(client, &file);
    confirm(&client, NEW, &code).await;
    let client = restart(client, &file);
    client.tokens(NEW).await;
}

#[tokio::test]
async fn sessions_go_on_after_a_restart() {
    let file = folder("sessions").join("state.json");
    let client = open(builder(), &file).unwrap();
    let (kept, ended) = (client.tokens("srp@example.com").await, client.tokens("srp@example.com").await);
    let revoke = json!({"Token": ended.refresh(), "ClientId": client.client_id});
    client.call("RevokeToken", revoke).await.ok();
    let keys = client.get("/us-east-1_LocalPool/.well-known/jwks.json").await.ok();

    let client = restart(client, &file);
    get_user(&client, &kept).await;
    let refreshed = client.initiate("REFRESH_TOKEN_AUTH", json!({"REFRESH_TOKEN": kept.refresh()})).await.ok();
    get_user(&client, &Tokens(refreshed["AuthenticationResult"].clone())).await;
    let again = client.initiate("REFRESH_TOKEN_AUTH", json!({"REFRESH_TOKEN": ended.refresh()})).await;
    assert_eq!(again.error(), "NotAuthorized: Refresh Token has been revoked");
    // Whoever checks tokens by the keys of before goes on, too.
    assert_eq!(client.get("/us-east-1_LocalPool/.well-known/jwks.json").await.ok(), keys);
}

#[tokio::test]
async fn second_factors_attributes_and_passwords_are_there_after_a_restart() {
    let file = folder("account").join("state.json");
    let client = open(builder(), &file).unwrap();
    let tokens = client.tokens("srp@example.com").await;
    let call = async |client: &Client, operation: &str, mut body: Value| {
        body["AccessToken"] = json!(tokens.access());
        client.call(operation, body).await.ok()
    };
    let secret = call(&client, "AssociateSoftwareToken", json!({})).await["SecretCode"].as_str().unwrap().to_owned();
    // An app that is not verified yet waits over the restart.
    let client = restart(client, &file);
    client.next_step();
    let code = client.totp(&secret, 0);
    call(&client, "VerifySoftwareToken", json!({"UserCode": code, "FriendlyDeviceName": "My phone"})).await;
    let on = json!({"SoftwareTokenMfaSettings": {"Enabled": true, "PreferredMfa": true}});
    call(&client, "SetUserMFAPreference", on).await;
    call(&client, "UpdateUserAttributes", json!({"UserAttributes": [{"Name": "nickname", "Value": "Ann"}]})).await;
    let passwords = json!({"PreviousPassword": seed::PASSWORD, "ProposedPassword": "Another-one-2!"});
    call(&client, "ChangePassword", passwords).await;
    let user = get_user(&client, &tokens).await;

    let client = restart(client, &file);
    assert_eq!(get_user(&client, &tokens).await, user);
    let asked = client.password("USER_SRP_AUTH", "srp@example.com", "Another-one-2!").await.ok();
    assert_eq!(asked["ChallengeName"], "SOFTWARE_TOKEN_MFA");
    assert_eq!(asked["ChallengeParameters"]["FRIENDLY_DEVICE_NAME"], "My phone");
    // The clock goes on where it was moved to, and the code that was used there stays used.
    let used = client.respond(&client.code_answer(&asked, "srp@example.com", &code)).await;
    assert_eq!(used.error(), "ExpiredCode: Your software token has already been used once.");
    client.next_step();
    client.respond(&client.code_answer(&asked, "srp@example.com", &client.totp(&secret, 0))).await.ok();
}

#[tokio::test]
async fn nothing_is_lost_on_the_way_through_the_file() {
    let file = folder("round-trip").join("state.json");
    let client = open(builder(), &file).unwrap();
    sign_up(&client, NEW).await;
    client.tokens("srp@example.com").await;
    let client = Client { pool_name: "LocalNamed", ..client.with_client(seed::NAMED_CLIENT) };
    let body = json!({
        "ClientId": seed::NAMED_CLIENT, "Username": "named@example.com", "Password": seed::PASSWORD,
        "UserAttributes": [{"Name": "name", "Value": "Ann"}],
    });
    client.call("SignUp", body).await.ok();
    let code = client.pool.newest_code("named@example.com").unwrap();
    confirm(&client, "named@example.com", &code).await;
    let tokens = client.tokens("named@example.com").await;
    // An address that waits for its code, and an app that waits for one.
    let changed = json!([{"Name": "email", "Value": "changed@example.com"}]);
    client.call("UpdateUserAttributes", json!({"AccessToken": tokens.access(), "UserAttributes": changed})).await.ok();
    client.call("AssociateSoftwareToken", json!({"AccessToken": tokens.access()})).await.ok();
    let code = client.pool.newest_code("changed@example.com").unwrap();
    client.pool.save().unwrap();
    let before = fs::read_to_string(&file).unwrap();
    for expected in ["changed@example.com", "named@example.com", NEW, "pendingTotp", &code] {
        assert!(before.contains(expected), "{expected}");
    }

    let client = Client { pool_name: "LocalNamed", ..restart(client, &file).with_client(seed::NAMED_CLIENT) };
    assert_eq!(fs::read_to_string(&file).unwrap(), before);
    let verify = json!({"AccessToken": tokens.access(), "AttributeName": "email", "Code": code});
    client.call("VerifyUserAttribute", verify).await.ok();
    client.tokens("changed@example.com").await;
}

#[tokio::test]
async fn a_change_is_written_by_itself() {
    let file = folder("by-itself").join("state.json");
    let client = open(builder(), &file).unwrap();
    assert!(!fs::read_to_string(&file).unwrap().contains(NEW));
    sign_up(&client, NEW).await;
    // Nobody saves: the test would hang here.
    while !fs::read_to_string(&file).unwrap().contains(NEW) {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_reset_forgets_in_the_file_as_well() {
    let file = folder("reset").join("state.json");
    let client = open(builder(), &file).unwrap();
    client.pool.save().unwrap();
    let start = fs::read_to_string(&file).unwrap();
    sign_up(&client, NEW).await;
    client.next_step();
    client.pool.save().unwrap();
    assert!(fs::read_to_string(&file).unwrap().contains(NEW));
    client.pool.reset();
    client.pool.save().unwrap();
    let keys_apart = |text: &str| {
        let mut state: Value = serde_json::from_str(text).unwrap();
        for pool in state["pools"].as_object_mut().unwrap().values_mut() {
            pool.as_object_mut().unwrap().remove("keys");
        }
        state
    };
    // Other tests of this process may have made keys meanwhile.
    assert_eq!(keys_apart(&fs::read_to_string(&file).unwrap()), keys_apart(&start));
    let client = restart(client, &file);
    sign_up(&client, NEW).await;
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt;

    let folder = folder("mode");
    let file = folder.join("state.json");
    let client = open(builder(), &file).unwrap();
    let mode = || fs::metadata(&file).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(), 0o600);
    // Somebody was generous meanwhile: the next write mends it.
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    sign_up(&client, NEW).await;
    client.pool.save().unwrap();
    assert_eq!(mode(), 0o600);
    // What a crash left beside it, here a link to elsewhere, is not written through.
    let elsewhere = folder.join("elsewhere");
    fs::write(&elsewhere, "mine").unwrap();
    std::os::unix::fs::symlink(&elsewhere, folder.join("state.json.new")).unwrap();
    sign_up(&client, "another@example.com").await;
    client.pool.save().unwrap();
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "mine");
    assert!(!folder.join("state.json.new").exists());
}

/// What is said where a file is refused; it is as it was.
#[track_caller]
fn refusal(file: &Path, is_expected: fn(&StateProblem) -> bool) -> String {
    let before = fs::read(file).ok();
    let error = open(builder(), file).err().expect("a refusal");
    assert!(is_expected(error.problem()), "{error:?}");
    assert_eq!(fs::read(file).ok(), before);
    let told = error.to_string();
    assert!(told.contains(file.file_name().unwrap().to_str().unwrap()) && told.ends_with('.'), "{told}");
    assert!(!told.contains(seed::PASSWORD), "{told}");
    told
}

#[tokio::test]
async fn a_damaged_file_is_refused_and_kept() {
    let file = folder("damaged").join("state.json");
    let client = open(builder(), &file).unwrap();
    client.tokens(USER_OF_SEED).await;
    drop(client);
    drop(open(builder(), &file).unwrap());
    let whole = fs::read_to_string(&file).unwrap();
    // The line feed at the end alone may be missing.
    let ends: Vec<usize> = (0..whole.len() - 1).step_by(401).chain([1, 2, 30, whole.len() - 2]).collect();
    for end in ends {
        fs::write(&file, &whole[..end]).unwrap();
        let told = refusal(&file, |problem| matches!(problem, StateProblem::Damaged(_)));
        assert!(told.contains("is damaged: "), "{told}");
    }
    let password = format!("\"password\": \"{}\"", seed::PASSWORD);
    for (from, to) in [
        (password.as_str(), "\"password\": 5"),
        ("\"enabled\": true", "\"enabled\": \"Local-pool-1!\""),
        ("\"status\": \"CONFIRMED\"", "\"status\": \"Local-pool-1!\""),
        ("\"salt\": \"", "\"salt\": \"A"),
        ("\"users\": [", "\"Local-pool-1!\": 1, \"users\": ["),
        ("\"clockOffsetMillis\": 0,", ""),
        ("\"version\": 1", "\"version\": \"1\""),
        ("\"id\": \"M", "\"id\": \"N"),
    ] {
        assert!(whole.contains(from), "{from}");
        fs::write(&file, whole.replacen(from, to, 1)).unwrap();
        refusal(&file, |problem| matches!(problem, StateProblem::Damaged(_)));
    }
    fs::write(&file, whole).unwrap();
    open(builder(), &file).unwrap();
}

const USER_OF_SEED: &str = "srp@example.com";

#[test]
fn a_file_of_something_else_is_refused_and_kept() {
    let file = folder("foreign").join("state.json");
    for text in ["[pools]", "{}", "[1]", "{\"format\":\"something else\",\"version\":1}", "\u{0}\u{1}", "sessionSeconds = 300"] {
        fs::write(&file, text).unwrap();
        refusal(&file, |problem| matches!(problem, StateProblem::Foreign));
    }
    fs::write(&file, [0xff, 0xfe]).unwrap();
    refusal(&file, |problem| matches!(problem, StateProblem::Foreign));
}

#[test]
fn a_file_of_a_newer_pool_is_refused_and_kept() {
    let file = folder("newer").join("state.json");
    drop(open(builder(), &file).unwrap());
    let newer = fs::read_to_string(&file).unwrap().replacen("\"version\": 1", "\"version\": 2, \"more\": {}", 1);
    fs::write(&file, newer).unwrap();
    let told = refusal(&file, |problem| matches!(problem, StateProblem::Newer(2)));
    assert!(told.contains("was written by a newer local pool: it has version 2, and this one reads version 1"), "{told}");
}

#[test]
fn a_file_that_another_pool_has_is_refused() {
    let file = folder("in-use").join("state.json");
    let one = open(builder(), &file).unwrap();
    let told = refusal(&file, |problem| matches!(problem, StateProblem::InUse));
    assert!(told.contains("is in use by another local pool"), "{told}");
    drop(one);
    open(builder(), &file).unwrap();
}

#[test]
fn a_folder_that_cannot_be_written_is_told_at_the_start() {
    let folder = folder("unwritable");
    fs::write(folder.join("a-file"), "").unwrap();
    for file in [folder.join("missing/state.json"), folder.join("a-file/state.json")] {
        let told = refusal(&file, |problem| matches!(problem, StateProblem::Unwritable(_)));
        assert!(told.contains("cannot be written: "), "{told}");
    }
    let told = refusal(&folder, |problem| matches!(problem, StateProblem::Unreadable(_)));
    assert!(told.contains("cannot be read: "), "{told}");
}

#[tokio::test]
async fn without_a_file_nothing_is_kept() {
    let client = Client::new();
    assert_eq!(client.pool.state_file(), None);
    client.tokens(USER).await;
    client.pool.save().unwrap();
}
