//! `SignUp`, `ConfirmSignUp`, `ResendConfirmationCode`

use std::time::Duration;

use local_pool::seed::{self, PASSWORD};
use serde_json::{Value, json};

use crate::client::{Client, Reply, USER};

const NEW: &str = "new@example.com";

async fn sign_up(client: &Client, username: &str, password: &str) -> Reply {
    let body = json!({"ClientId": client.client_id, "Username": username, "Password": password, "UserAttributes": []});
    client.call("SignUp", body).await
}

async fn confirm(client: &Client, username: &str, code: &str) -> Reply {
    let body = json!({"ClientId": client.client_id, "Username": username, "ConfirmationCode": code});
    client.call("ConfirmSignUp", body).await
}

async fn resend(client: &Client, username: &str) -> Reply {
    let body = json!({"ClientId": client.client_id, "Username": username});
    client.call("ResendConfirmationCode", body).await
}

fn wrong(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

#[tokio::test]
async fn sign_up_confirm_sign_in() {
    let client = Client::new();
    let reply = sign_up(&client, NEW, PASSWORD).await.ok();
    assert_eq!(reply["UserConfirmed"], json!(false));
    assert_eq!(
        reply["CodeDeliveryDetails"],
        json!({"Destination": "n***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email"})
    );
    let unconfirmed = client.password("USER_SRP_AUTH", NEW, PASSWORD).await;
    assert_eq!(unconfirmed.error(), "UserNotConfirmed: User is not confirmed.");
    let code = client.pool.newest_code(NEW).unwrap();
    assert_eq!(
        confirm(&client, NEW, wrong(&code)).await.error(),
        "CodeMismatch: Invalid verification code provided, please try again."
    );
    confirm(&client, NEW, &code).await.ok();
    let tokens = client.tokens(NEW).await;
    let claims = crate::client::claims(tokens.id());
    assert_eq!((&claims["sub"], &claims["email"]), (&reply["UserSub"], &json!(NEW)));
    assert_eq!(
        confirm(&client, NEW, &code).await.error(),
        "NotAuthorized: User cannot be confirmed. Current status is CONFIRMED"
    );
}

#[tokio::test]
async fn passwords_of_any_language_work() {
    let client = Client::new();
    for (index, password) in
        ["Pass word 1!", "Pä$$w0rd日本語", "Aa1!🦀🦀🦀🦀", &format!("Aa1!{}", "x".repeat(252))].iter().enumerate()
    {
        let user = format!("user{index}@example.com");
        sign_up(&client, &user, password).await.ok();
        confirm(&client, &user, &client.pool.newest_code(&user).unwrap()).await.ok();
        client.password("USER_SRP_AUTH", &user, password).await.ok();
    }
}

#[tokio::test]
async fn the_policy_gives_one_reason_at_a_time() {
    let client = Client::new();
    for (password, reason) in [
        ("Aa1!", "Password not long enough"),
        ("passw0rd!", "Password must have uppercase characters"),
        ("PASSW0RD!", "Password must have lowercase characters"),
        ("Password!", "Password must have numeric characters"),
        ("Passw0rdx", "Password must have symbol characters"),
        ("Passw0rd日", "Password must have symbol characters"),
        ("", "Password not long enough"),
    ] {
        let error = sign_up(&client, NEW, password).await.error();
        assert_eq!(error, format!("InvalidPassword: Password did not conform with policy: {reason}"));
    }
    let error = sign_up(&client, NEW, " Passw0rd! ").await.error();
    assert_eq!(
        error,
        "InvalidParameter: 1 validation error detected: Value at 'password' failed to satisfy constraint: \
         Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$"
    );
}

#[tokio::test]
async fn the_username_is_an_email() {
    let client = Client::new();
    for name in ["alice", "a@b", "@example.com", "a@b@example.com", "a@.com"] {
        let error = sign_up(&client, name, PASSWORD).await.error();
        assert_eq!(error, "InvalidParameter: Username should be an email.", "{name}");
    }
    assert!(sign_up(&client, "a b@example.com", PASSWORD).await.error().contains("Value at 'username' failed"));
    let error = sign_up(&client, USER, PASSWORD).await.error();
    assert_eq!(error, "UsernameExists: User already exists");
}

async fn sign_up_with(client: &Client, attributes: Value) -> Reply {
    let body = json!({
        "ClientId": client.client_id, "Username": NEW, "Password": PASSWORD, "UserAttributes": attributes,
    });
    client.call("SignUp", body).await
}

#[tokio::test]
async fn attributes_are_those_of_a_pool() {
    let client = Client::new();
    let refused = [
        (json!([{"Name": "shoe_size", "Value": "43"}]), "InvalidParameter: Attributes did not conform to the schema"),
        (json!([{"Name": "email_verified", "Value": "true"}]), "NotAuthorized: A client attempted to write"),
        (json!([{"Name": "sub", "Value": "x"}]), "NotAuthorized: A client attempted to write"),
        (json!([{"Name": "email", "Value": "other@example.com"}]), "InvalidParameter: "),
        (json!([{"Name": "name", "Values": "x"}]), "Serialization: Unknown member Values"),
        (json!([{"Value": "x"}]), "InvalidParameter: 1 validation error detected: Value null at 'name'"),
        (json!([7]), "Serialization: "),
    ];
    for (attributes, error) in refused {
        let reply = sign_up_with(&client, attributes.clone()).await.error();
        assert!(reply.starts_with(error), "{attributes}: {reply}");
    }
    sign_up_with(&client, json!([{"Name": "email", "Value": NEW}, {"Name": "name", "Value": "新"}])).await.ok();
    confirm(&client, NEW, &client.pool.newest_code(NEW).unwrap()).await.ok();
    assert_eq!(crate::client::claims(client.tokens(NEW).await.id())["name"], "新");
}

#[tokio::test]
async fn codes_expire_after_a_day_and_can_be_sent_again() {
    let client = Client::new();
    sign_up(&client, NEW, PASSWORD).await.ok();
    let old = client.pool.newest_code(NEW).unwrap();
    client.pool.advance_clock(Duration::from_secs(24 * 3600));
    let expired = "ExpiredCode: Invalid code provided, please request a code again.";
    assert_eq!(confirm(&client, NEW, &old).await.error(), expired);
    let reply = resend(&client, NEW).await.ok();
    assert_eq!(reply["CodeDeliveryDetails"]["Destination"], "n***@e***");
    confirm(&client, NEW, &client.pool.newest_code(NEW).unwrap()).await.ok();
    assert_eq!(resend(&client, NEW).await.error(), "InvalidParameter: User is already confirmed.");
}

#[tokio::test]
async fn tries_are_limited() {
    let client = Client::new();
    sign_up(&client, NEW, PASSWORD).await.ok();
    let code = client.pool.newest_code(NEW).unwrap();
    for _ in 0..15 {
        assert!(confirm(&client, NEW, wrong(&code)).await.error().starts_with("CodeMismatch"));
    }
    let limit = "LimitExceeded: Attempt limit exceeded, please try after some time.";
    assert_eq!(confirm(&client, NEW, &code).await.error(), limit);
    for _ in 0..5 {
        resend(&client, NEW).await.ok();
    }
    assert_eq!(resend(&client, NEW).await.error(), limit);
    client.pool.advance_clock(Duration::from_secs(3601));
    confirm(&client, NEW, &client.pool.newest_code(NEW).unwrap()).await.ok();
}

#[tokio::test]
async fn strangers_have_the_same_limits() {
    let client = Client::new();
    let (nobody, limit) = ("nobody@example.com", "LimitExceeded: Attempt limit exceeded, please try after some time.");
    for _ in 0..15 {
        assert!(confirm(&client, nobody, "123456").await.error().starts_with("ExpiredCode"));
    }
    assert_eq!(confirm(&client, nobody, "123456").await.error(), limit);
    for _ in 0..5 {
        resend(&client, nobody).await.ok();
    }
    assert_eq!(resend(&client, nobody).await.error(), limit);
}

#[tokio::test]
async fn strangers_learn_nothing_but_from_a_legacy_client() {
    let client = Client::new();
    let expired = "ExpiredCode: Invalid code provided, please request a code again.";
    assert_eq!(confirm(&client, "nobody@example.com", "123456").await.error(), expired);
    let reply = resend(&client, "nobody@example.com").await.ok();
    assert_eq!(reply["CodeDeliveryDetails"]["Destination"], "n***@e***");
    assert_eq!(client.pool.newest_code("nobody@example.com"), None);
    let client = client.with_client(seed::LEGACY_CLIENT);
    let unknown = "UserNotFound: Username/client id combination not found.";
    assert_eq!(confirm(&client, "nobody@example.com", "123456").await.error(), unknown);
    assert_eq!(resend(&client, "nobody@example.com").await.error(), unknown);
}

#[tokio::test]
async fn a_client_with_a_secret_needs_the_hash() {
    let mut client = Client::new().with_client(seed::SECRET_CLIENT);
    assert!(sign_up(&client, NEW, PASSWORD).await.error().starts_with("NotAuthorized: Client"));
    client.client_secret = Some(seed::CLIENT_SECRET.into());
    let body = json!({
        "ClientId": client.client_id, "Username": NEW, "Password": PASSWORD, "SecretHash": client.secret_hash(NEW),
    });
    client.call("SignUp", body).await.ok();
}

#[tokio::test]
async fn the_mail_is_in_the_persons_words() {
    let client = Client::with(|builder| builder.with(|settings| settings.triggers.product_name = Some("Example".to_owned())));
    let attributes = json!([{"Name": "nickname", "Value": "Bob <b>"}, {"Name": "name", "Value": "Robert"}]);
    sign_up_with(&client, attributes).await.ok();
    let newest = async || client.get(&format!("/local/inbox?to={NEW}")).await.ok()[0].clone();
    let mail = newest().await;
    let code = client.pool.newest_code(NEW).unwrap();
    assert_eq!((&mail["kind"], &mail["subject"]), (&json!("SIGN_UP"), &json!("Confirm your account for Example")));
    let body = mail["body"].as_str().unwrap();
    assert!(body.contains("Hello Bob <b>,\n\nWelcome to Example. Your confirmation code is\n\n"), "{body}");
    assert!(body.contains(&format!("\n\n{code}\n\n")), "{body}");
    assert!(mail["html"].as_str().unwrap().contains("Hello Bob &lt;b&gt;,"));
    let body = json!({"ClientId": client.client_id, "Username": NEW, "ClientMetadata": {"locale": "ja-JP"}});
    client.call("ResendConfirmationCode", body).await.ok();
    let mail = newest().await;
    assert_eq!((&mail["kind"], &mail["subject"]), (&json!("RESEND_CODE"), &json!("Example の新しい確認コード")));
    let body = mail["body"].as_str().unwrap();
    assert!(body.contains("Bob <b> 様\n") && !body.contains("Hello"), "{body}");
    confirm(&client, NEW, &client.pool.newest_code(NEW).unwrap()).await.ok();
}
