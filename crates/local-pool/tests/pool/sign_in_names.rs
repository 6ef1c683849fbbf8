//! Pools whose people sign in with phone numbers, with usernames and with aliases

use local_pool::{
    Format, Pool,
    seed::{CLIENT_SECRET, PASSWORD},
};
use serde_json::{Value, json};

use crate::client::{Client, INCORRECT, Reply, claims};

/// A pool with these lines.
fn client(lines: &str) -> Client {
    let toml = format!("[pools.us-east-1_Mine]\n{lines}\n[pools.us-east-1_Mine.clients.mine]\n");
    of(Pool::builder().with_config(&toml, Format::Toml).unwrap_or_else(|error| panic!("{error}")).build())
}

fn of(pool: Pool) -> Client {
    let app = local_pool::app(pool.clone());
    Client { app, pool, client_id: "mine".to_owned(), pool_name: "Mine", client_secret: None }
}

async fn sign_up(client: &Client, username: &str, attributes: &[(&str, &str)]) -> Reply {
    let attributes: Vec<Value> = attributes.iter().map(|(name, value)| json!({"Name": name, "Value": value})).collect();
    let body = json!({"ClientId": "mine", "Username": username, "Password": PASSWORD, "UserAttributes": attributes});
    client.call("SignUp", body).await
}

async fn confirm(client: &Client, username: &str, to: &str, is_forced: bool) -> Reply {
    let code = client.pool.newest_code(to).unwrap();
    let body = json!({
        "ClientId": "mine", "Username": username, "ConfirmationCode": code, "ForceAliasCreation": is_forced,
    });
    client.call("ConfirmSignUp", body).await
}

async fn signs_in(client: &Client, username: &str) -> Reply {
    client.password("USER_SRP_AUTH", username, PASSWORD).await
}

const JANE: &str = "jane@example.com";
const NUMBER: &str = "+15550100199";
const EXISTS: &str = "UsernameExists: User already exists";
const ALIAS_EXISTS: &str = "AliasExists: An account with the given email already exists.";

#[tokio::test]
async fn phone_numbers_are_usernames_and_get_the_code() {
    let client = client("usernameAttributes = [\"phone_number\"]");
    assert_eq!(sign_up(&client, JANE, &[]).await.error(), "InvalidParameter: Username should be a phone number.");
    let other = [("phone_number", "+15550100198")];
    assert_eq!(
        sign_up(&client, NUMBER, &other).await.error(),
        "InvalidParameter: The phone_number attribute should be the same as the username."
    );
    let reply = sign_up(&client, NUMBER, &[("email", JANE)]).await.ok();
    assert_eq!(reply["CodeDeliveryDetails"]["DeliveryMedium"], "SMS");
    assert_eq!(sign_up(&client, NUMBER, &[]).await.error(), EXISTS);
    confirm(&client, NUMBER, NUMBER, false).await.ok();
    let tokens = signs_in(&client, NUMBER).await.ok()["AuthenticationResult"].clone();
    let id = claims(tokens["IdToken"].as_str().unwrap());
    assert_eq!((&id["phone_number_verified"], &id["email_verified"]), (&json!(true), &json!(false)));
    assert_eq!(id["cognito:username"], reply["UserSub"]);
    assert_eq!(signs_in(&client, JANE).await.error(), INCORRECT);
}

#[tokio::test]
async fn either_an_address_or_a_number_is_a_username() {
    let client = client("usernameAttributes = [\"email\", \"phone_number\"]");
    let wrong = "InvalidParameter: Username should be either an email or a phone number.";
    assert_eq!(sign_up(&client, "jane", &[]).await.error(), wrong);
    sign_up(&client, JANE, &[("phone_number", NUMBER)]).await.ok();
    assert_eq!(sign_up(&client, NUMBER, &[]).await.error(), EXISTS);
    assert_eq!(sign_up(&client, "joe@example.com", &[("phone_number", NUMBER)]).await.error(), EXISTS);
    // The number comes before the address.
    confirm(&client, JANE, NUMBER, false).await.ok();
    signs_in(&client, NUMBER).await.ok();
    signs_in(&client, JANE).await.ok();
}

#[tokio::test]
async fn a_chosen_username_is_the_real_one_and_not_the_sub() {
    let client = client("usernameAttributes = []");
    let sub = sign_up(&client, "jane", &[("email", JANE)]).await.ok()["UserSub"].clone();
    assert_eq!(sign_up(&client, "jane", &[]).await.error(), EXISTS);
    confirm(&client, "jane", JANE, false).await.ok();
    let challenge = client.begin("USER_SRP_AUTH", "jane").await;
    assert_eq!(challenge.parameter("USER_ID_FOR_SRP"), "jane");
    let tokens = signs_in(&client, "jane").await.ok()["AuthenticationResult"].clone();
    let access = claims(tokens["AccessToken"].as_str().unwrap());
    assert_eq!((&access["username"], &access["sub"]), (&json!("jane"), &sub));
    for name in [JANE, sub.as_str().unwrap(), "Jane"] {
        assert_eq!(signs_in(&client, name).await.error(), INCORRECT, "{name}");
    }
}

#[tokio::test]
async fn an_alias_signs_in_once_it_is_verified() {
    let client = client("aliasAttributes = [\"email\", \"phone_number\"]");
    let wrong = |form: &str| {
        format!("InvalidParameter: Username cannot be of {form} format, since user pool is configured for {form} alias.")
    };
    assert_eq!(sign_up(&client, JANE, &[]).await.error(), wrong("email"));
    assert_eq!(sign_up(&client, NUMBER, &[]).await.error(), wrong("phone number"));
    sign_up(&client, "jane", &[("email", JANE), ("phone_number", NUMBER)]).await.ok();
    assert_eq!(signs_in(&client, JANE).await.error(), INCORRECT);
    // Under an alias that is not verified nobody is found.
    let reply = confirm(&client, JANE, JANE, false).await;
    assert!(reply.error().starts_with("ExpiredCode: "));
    confirm(&client, "jane", JANE, false).await.ok();
    signs_in(&client, JANE).await.ok();
    assert_eq!(signs_in(&client, NUMBER).await.error(), INCORRECT);
}

#[tokio::test]
async fn an_alias_of_somebody_else_is_refused_or_taken() {
    let client = client("aliasAttributes = [\"email\"]");
    for user in ["jane", "joe"] {
        sign_up(&client, user, &[("email", JANE)]).await.ok();
        if user == "jane" {
            confirm(&client, user, JANE, false).await.ok();
        }
    }
    assert_eq!(confirm(&client, "joe", JANE, false).await.error(), ALIAS_EXISTS);
    assert_eq!(client.begin("USER_SRP_AUTH", JANE).await.parameter("USER_ID_FOR_SRP"), "jane");
    confirm(&client, "joe", JANE, true).await.ok();
    assert_eq!(client.begin("USER_SRP_AUTH", JANE).await.parameter("USER_ID_FOR_SRP"), "joe");
    // Who lost it still has the username.
    signs_in(&client, "jane").await.ok();
}

#[tokio::test]
async fn a_preferred_username_is_an_alias_at_once_and_never_anothers() {
    let client = client("aliasAttributes = [\"preferred_username\"]");
    for (user, address) in [("jane", JANE), ("joe", "joe@example.com")] {
        sign_up(&client, user, &[("email", address)]).await.ok();
        confirm(&client, user, address, false).await.ok();
    }
    let prefers = async |user: &str| {
        let tokens = signs_in(&client, user).await.ok()["AuthenticationResult"].clone();
        let attributes = json!([{"Name": "preferred_username", "Value": "captain"}]);
        client.call("UpdateUserAttributes", json!({"AccessToken": tokens["AccessToken"], "UserAttributes": attributes})).await
    };
    prefers("jane").await.ok();
    signs_in(&client, "captain").await.ok();
    assert!(prefers("joe").await.error().starts_with("AliasExists: "));
}

#[tokio::test]
async fn case_counts_unless_the_pool_says_otherwise() {
    let client = client("usernameCaseSensitive = false");
    sign_up(&client, JANE, &[]).await.ok();
    assert_eq!(sign_up(&client, "Jane@Example.com", &[]).await.error(), EXISTS);
    confirm(&client, "JANE@example.com", JANE, false).await.ok();
    signs_in(&client, "Jane@example.COM").await.ok();
    // Nor does it tell who does not exist.
    let (one, other) =
        (client.begin("USER_SRP_AUTH", "nobody@example.com").await, client.begin("USER_SRP_AUTH", "Nobody@example.com").await);
    for parameter in ["USER_ID_FOR_SRP", "SALT"] {
        assert_eq!(one.parameter(parameter), other.parameter(parameter));
    }
}

#[tokio::test]
async fn without_a_place_for_the_code_none_is_sent() {
    let client = client("autoVerifiedAttributes = []");
    assert!(sign_up(&client, JANE, &[]).await.ok().get("CodeDeliveryDetails").is_none());
    assert_eq!(client.pool.newest_code(JANE), None);
    let reply = client.call("ResendConfirmationCode", json!({"ClientId": "mine", "Username": JANE})).await;
    assert_eq!(reply.error(), "InvalidParameter: Cannot resend codes. Auto verification not turned on.");
}

/// With an alias, the typed name is in the first hash, and the real one in every later one.
#[tokio::test]
async fn the_secret_hash_is_of_the_typed_name_and_then_of_the_real_one() {
    let toml = format!(
        "[pools.us-east-1_Mine]\naliasAttributes = [\"email\"]\n[pools.us-east-1_Mine.clients.mine]\nclientSecret = \"{CLIENT_SECRET}\"\n\
         [pools.us-east-1_Mine.users.jane]\nemail = \"{JANE}\"\nsecondFactors = [\"EMAIL_OTP\"]\n"
    );
    let pool = Pool::builder().with_config(&toml, Format::Toml).unwrap_or_else(|error| panic!("{error}")).build();
    let client = Client { client_secret: Some(CLIENT_SECRET.into()), ..of(pool) };
    let challenge = client.begin("USER_SRP_AUTH", JANE).await;
    let unable = "NotAuthorized: Unable to verify secret hash for client mine";
    let mut proof = client.proof(&challenge, PASSWORD, &client.timestamp());
    proof["ChallengeResponses"]["SECRET_HASH"] = json!(client.secret_hash(JANE));
    assert_eq!(client.respond(&proof).await.error(), unable);
    let reply = client.password("USER_SRP_AUTH", JANE, PASSWORD).await.ok();
    let mut answer = client.code_answer(&reply, "jane", &client.pool.newest_code(JANE).unwrap());
    for (name, is_right) in [(JANE, false), ("jane", true)] {
        answer["ChallengeResponses"]["SECRET_HASH"] = json!(client.secret_hash(name));
        let reply = client.respond(&answer).await;
        if is_right { assert!(reply.ok()["AuthenticationResult"].is_object()) } else { assert_eq!(reply.error(), unable) }
    }
}
