//! `SMS_MFA`

use std::time::Duration;

use local_pool::seed::{self, PASSWORD, PHONE_NUMBER, SeededUser, TOTP_SECRET};
use serde_json::{Value, json};

use crate::client::{Client, EXPIRED, INVALID_SESSION, Reply, USED, USER, another, claims};

const SMS_USER: &str = "sms@example.com";
const MISMATCH: &str = "CodeMismatch: Invalid code or auth state for the user.";

/// Somebody with a phone of their own.
fn phone_user(email: &str, phone_number: &str) -> SeededUser {
    SeededUser {
        phone_number: Some(phone_number.to_owned()),
        sms_mfa: true,
        ..SeededUser::new(email, "USER_SRP_AUTH", "of this test")
    }
}

async fn challenged(client: &Client, user: &str) -> Value {
    let reply = client.password("USER_SRP_AUTH", user, PASSWORD).await.ok();
    assert_eq!(reply["ChallengeName"], "SMS_MFA");
    reply
}

fn newest_code(client: &Client) -> String {
    client.pool.newest_code(PHONE_NUMBER).unwrap()
}

#[tokio::test]
async fn the_code_in_the_text_message_gives_tokens() {
    let client = Client::new();
    let reply = challenged(&client, SMS_USER).await;
    let parameters = &reply["ChallengeParameters"];
    let username = parameters["USER_ID_FOR_SRP"].as_str().unwrap();
    let expected = json!({
        "CODE_DELIVERY_DELIVERY_MEDIUM": "SMS",
        "CODE_DELIVERY_DESTINATION": "+*******0123",
        "USER_ID_FOR_SRP": username,
    });
    assert_eq!(parameters, &expected);
    let code = newest_code(&client);
    assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
    let answer = client.code_answer(&reply, username, &code);
    let tokens = client.respond(&answer).await.ok()["AuthenticationResult"].clone();
    let id = claims(tokens["IdToken"].as_str().unwrap());
    assert_eq!((&id["phone_number"], &id["phone_number_verified"]), (&json!(PHONE_NUMBER), &json!(true)));
    assert_eq!(client.respond(&answer).await.error(), USED);
}

#[tokio::test]
async fn a_wrong_code_leaves_the_session_usable() {
    let client = Client::new();
    let reply = challenged(&client, SMS_USER).await;
    let code = newest_code(&client);
    for wrong in [another(&code), code[..5].to_owned(), format!("{code}0"), "abcdef".to_owned()] {
        let answer = client.code_answer(&reply, SMS_USER, &wrong);
        assert_eq!(client.respond(&answer).await.error(), MISMATCH, "{wrong}");
    }
    client.respond(&client.code_answer(&reply, SMS_USER, &code)).await.ok();
}

#[tokio::test]
async fn five_wrong_codes_lock_for_a_while() {
    let client = Client::new();
    let reply = challenged(&client, SMS_USER).await;
    let code = newest_code(&client);
    for _ in 0..5 {
        assert_eq!(client.respond(&client.code_answer(&reply, SMS_USER, &another(&code))).await.error(), MISMATCH);
    }
    let right = client.code_answer(&reply, SMS_USER, &code);
    assert_eq!(client.respond(&right).await.error(), "NotAuthorized: Password attempts exceeded");
    client.pool.advance_clock(Duration::from_secs(1));
    client.respond(&right).await.ok();
}

#[tokio::test]
async fn a_code_lives_as_long_as_its_session() {
    for (seconds, is_in_time) in [(180, true), (181, false)] {
        let client = Client::new();
        let reply = challenged(&client, SMS_USER).await;
        client.pool.advance_clock(Duration::from_secs(seconds));
        let reply = client.respond(&client.code_answer(&reply, SMS_USER, &newest_code(&client))).await;
        assert_eq!(reply.status == 200, is_in_time, "{seconds}");
        if !is_in_time {
            assert_eq!(reply.error(), EXPIRED);
        }
    }
}

#[tokio::test]
async fn a_later_text_message_makes_the_code_of_an_earlier_one_wrong() {
    let client = Client::new();
    let earlier = challenged(&client, SMS_USER).await;
    let earlier_code = newest_code(&client);
    let later = challenged(&client, SMS_USER).await;
    let later_code = newest_code(&client);
    for code in [&earlier_code, &later_code] {
        assert_eq!(client.respond(&client.code_answer(&earlier, SMS_USER, code)).await.error(), MISMATCH);
    }
    client.respond(&client.code_answer(&later, SMS_USER, &later_code)).await.ok();
}

#[tokio::test]
async fn a_code_and_a_session_belong_to_one_user() {
    let client = Client::new();
    let other = "other@example.com";
    client.pool.add_user(&phone_user(other, "+15550100199"));
    let mine = challenged(&client, SMS_USER).await;
    let theirs = challenged(&client, other).await;
    let code = newest_code(&client);
    let their_code = client.pool.newest_code("+15550100199").unwrap();
    if code != their_code {
        assert_eq!(client.respond(&client.code_answer(&theirs, other, &code)).await.error(), MISMATCH);
    }
    assert_eq!(client.respond(&client.code_answer(&mine, other, &code)).await.error(), INVALID_SESSION);
    // Another's text message ends nobody's code.
    client.respond(&client.code_answer(&mine, SMS_USER, &code)).await.ok();
    client.respond(&client.code_answer(&theirs, other, &their_code)).await.ok();
}

#[tokio::test]
async fn the_session_of_one_second_factor_takes_no_code_of_another() {
    let client = Client::new();
    let sms = challenged(&client, SMS_USER).await;
    let responses = json!({"USERNAME": SMS_USER, "SOFTWARE_TOKEN_MFA_CODE": newest_code(&client)});
    let answer = client.answer("SOFTWARE_TOKEN_MFA", &sms["Session"], responses);
    assert_eq!(client.respond(&answer).await.error(), INVALID_SESSION);
    let totp = client.password("USER_SRP_AUTH", "totp@example.com", PASSWORD).await.ok();
    let responses = json!({"USERNAME": "totp@example.com", "SMS_MFA_CODE": client.totp(TOTP_SECRET, 0)});
    let answer = client.answer("SMS_MFA", &totp["Session"], responses);
    assert_eq!(client.respond(&answer).await.error(), INVALID_SESSION);
}

#[tokio::test]
async fn the_code_must_be_there() {
    let client = Client::new();
    let reply = challenged(&client, SMS_USER).await;
    let answer = client.code_answer(&reply, SMS_USER, "");
    assert_eq!(client.respond(&answer).await.error(), "InvalidParameter: Missing required parameter SMS_MFA_CODE");
}

#[tokio::test]
async fn the_e_mail_code_comes_after_the_text_message() {
    let client = Client::new();
    let reply = client.password("CUSTOM_AUTH", SMS_USER, PASSWORD).await.ok();
    assert_eq!((&reply["ChallengeName"], client.pool.newest_code(SMS_USER)), (&json!("SMS_MFA"), None));
    let reply = client.respond(&client.code_answer(&reply, SMS_USER, &newest_code(&client))).await.ok();
    assert_eq!(reply["ChallengeName"], "CUSTOM_CHALLENGE");
    let code = client.pool.newest_code(SMS_USER).unwrap();
    let reply = client.respond(&client.code_answer(&reply, SMS_USER, &code)).await.ok();
    assert!(reply["AuthenticationResult"]["IdToken"].is_string());
}

#[tokio::test]
async fn the_inbox_shows_the_text_message() {
    let client = Client::new();
    challenged(&client, SMS_USER).await;
    let code = newest_code(&client);
    for path in ["/local/inbox", "/local/inbox?to=%2B15550100123", "/local/inbox?to=+15550100123"] {
        let messages = client.get(path).await.ok();
        assert_eq!(messages.as_array().unwrap().len(), 1, "{path}");
        let message = &messages[0];
        assert_eq!((&message["kind"], &message["medium"]), (&json!("SMS_MFA"), &json!("SMS")));
        assert_eq!((&message["to"], &message["code"]), (&json!(PHONE_NUMBER), &json!(code)));
        assert_eq!(message["body"], format!("{code} is your verification code."));
        assert!(message.get("subject").is_none() && message["html"].is_null());
    }
    let page = client.get("/").await.ok().as_str().unwrap().to_owned();
    assert!(page.contains("<h2>Text message</h2>") && page.contains(PHONE_NUMBER), "{page}");
    assert!(page.contains(&format!("<p class=\"code\">{code}</p>")), "{page}");
}

#[tokio::test]
async fn the_seeded_user_can_be_looked_up() {
    let client = Client::new();
    let users = client.get("/local/users").await.ok();
    let user = users.as_array().unwrap().iter().find(|user| user["username"] == SMS_USER).unwrap();
    assert_eq!((&user["authFlow"], &user["phoneNumber"]), (&json!("USER_SRP_AUTH"), &json!(PHONE_NUMBER)));
    assert_eq!(user["description"], "password, then a code by text message");
}

/// Somebody who is signed in and chooses second factors.
struct SignedIn {
    client: Client,
    user: String,
    access: String,
}

impl SignedIn {
    /// After whatever second factor the sign-in asks for.
    async fn of(client: Client, user: &str) -> Self {
        let mut reply = client.password("USER_SRP_AUTH", user, PASSWORD).await.ok();
        if let Some(factor) = reply["ChallengeName"].as_str() {
            let code = if factor == "SMS_MFA" { newest_code(&client) } else { client.totp(TOTP_SECRET, 0) };
            reply = client.respond(&client.code_answer(&reply, user, &code)).await.ok();
        }
        let access = reply["AuthenticationResult"]["AccessToken"].as_str().unwrap().to_owned();
        Self { client, user: user.to_owned(), access }
    }

    /// Somebody with a verified phone number and an authenticator app, both on.
    async fn with_both() -> Self {
        let client = Client::new();
        let user = SeededUser { totp_secret: Some(TOTP_SECRET.into()), ..phone_user(USER, PHONE_NUMBER) };
        client.pool.add_user(&user);
        Self::of(client, USER).await
    }

    async fn choose(&self, mut settings: Value) -> Reply {
        settings["AccessToken"] = json!(self.access);
        self.client.call("SetUserMFAPreference", settings).await
    }

    /// Active factors and the preferred one, as `GetUser` tells them.
    async fn shown(&self) -> (Value, Value) {
        let user = self.client.call("GetUser", json!({"AccessToken": self.access})).await.ok();
        (user["UserMFASettingList"].clone(), user["PreferredMfaSetting"].clone())
    }

    async fn next_challenge(&self) -> Value {
        self.client.password("USER_SRP_AUTH", &self.user, PASSWORD).await.ok()["ChallengeName"].clone()
    }
}

#[tokio::test]
async fn the_preferred_factor_is_asked_for() {
    let user = SignedIn::with_both().await;
    let (on, preferred) = (json!({"Enabled": true}), json!({"Enabled": true, "PreferredMfa": true}));
    let both = json!(["SOFTWARE_TOKEN_MFA", "SMS_MFA"]);
    assert_eq!(user.shown().await, (both.clone(), json!("SOFTWARE_TOKEN_MFA")));
    assert_eq!(user.next_challenge().await, "SOFTWARE_TOKEN_MFA");

    user.choose(json!({"SMSMfaSettings": preferred})).await.ok();
    assert_eq!(user.shown().await, (both.clone(), json!("SMS_MFA")));
    assert_eq!(user.next_challenge().await, "SMS_MFA");

    // The choice, where none is preferred.
    user.choose(json!({"SMSMfaSettings": on, "SoftwareTokenMfaSettings": on})).await.ok();
    assert_eq!(user.shown().await, (both, Value::Null));
    assert_eq!(user.next_challenge().await, "SELECT_MFA_TYPE");

    user.choose(json!({"SoftwareTokenMfaSettings": {"Enabled": false}})).await.ok();
    assert_eq!(user.shown().await, (json!(["SMS_MFA"]), Value::Null));
    assert_eq!(user.next_challenge().await, "SMS_MFA");

    user.choose(json!({"SMSMfaSettings": {"Enabled": false}})).await.ok();
    assert_eq!(user.shown().await, (Value::Null, Value::Null));
    assert_eq!(user.next_challenge().await, Value::Null);
}

#[tokio::test]
async fn what_is_refused_changes_nothing() {
    let user = SignedIn::with_both().await;
    let before = user.shown().await;
    let preferred = json!({"Enabled": true, "PreferredMfa": true});
    for (settings, error) in [
        (json!({"SMSMfaSettings": preferred, "SoftwareTokenMfaSettings": preferred}), "Only one factor can be preferred"),
        (json!({"SMSMfaSettings": {"PreferredMfa": true}}), "A factor cannot be preferred while it is not enabled"),
        (
            json!({"SMSMfaSettings": {"Enabled": false}, "WebAuthnMfaSettings": {"Enabled": true}}),
            "User does not have delivery config set to turn on WEB_AUTHN",
        ),
    ] {
        assert_eq!(user.choose(settings).await.error(), format!("InvalidParameter: {error}"));
        assert_eq!(user.shown().await, before);
    }
}

#[tokio::test]
async fn text_messages_need_a_verified_phone_number() {
    let refused = "InvalidParameter: User does not have delivery config set to turn on SMS_MFA";
    let on = json!({"SMSMfaSettings": {"Enabled": true}});
    let user = SignedIn::of(Client::new(), USER).await;
    assert_eq!(user.choose(on.clone()).await.error(), refused);

    let client = Client::new();
    let email = "new@example.com";
    let attributes = json!([{"Name": "phone_number", "Value": "+15550100177"}]);
    let body = json!({"ClientId": client.client_id, "Username": email, "Password": PASSWORD, "UserAttributes": attributes});
    client.call("SignUp", body).await.ok();
    let code = client.pool.newest_code(email).unwrap();
    client.call("ConfirmSignUp", json!({"ClientId": client.client_id, "Username": email, "ConfirmationCode": code})).await.ok();
    let user = SignedIn::of(client, email).await;
    assert_eq!(user.choose(on.clone()).await.error(), refused);
    assert_eq!(user.next_challenge().await, Value::Null);

    let client = Client::new();
    client.pool.add_user(&SeededUser { sms_mfa: false, ..phone_user(email, PHONE_NUMBER) });
    let user = SignedIn::of(client, email).await;
    assert_eq!(user.next_challenge().await, Value::Null);
    user.choose(on).await.ok();
    assert_eq!(user.shown().await, (json!(["SMS_MFA"]), Value::Null));
    assert_eq!(user.next_challenge().await, "SMS_MFA");
}

#[tokio::test]
async fn where_a_second_factor_is_a_must_text_messages_are_one() {
    let client = Client::mfa_on();
    let in_that_pool = SeededUser { user_pool_id: seed::MFA_ON_POOL.to_owned(), ..phone_user(SMS_USER, PHONE_NUMBER) };
    client.pool.add_user(&in_that_pool);
    let user = SignedIn::of(client, SMS_USER).await;
    assert_eq!(user.next_challenge().await, "SMS_MFA");
    let error = user.choose(json!({"SMSMfaSettings": {"Enabled": false}})).await.error();
    assert_eq!(error, "InvalidParameter: MFA cannot be turned off in this user pool");
    assert_eq!(user.shown().await, (json!(["SMS_MFA"]), json!("SMS_MFA")));
}
