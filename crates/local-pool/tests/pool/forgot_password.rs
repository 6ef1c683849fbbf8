//! `ForgotPassword`, `ConfirmForgotPassword`, and users who must reset their password

use std::time::Duration;

use local_pool::seed::{self, LEGACY_CLIENT, PASSWORD, PHONE_NUMBER, SeededUser};
use serde_json::{Value, json};

use crate::{
    client::{Client, INCORRECT, Reply, USER, another},
    lambda::Lambda,
};

const NEW: &str = "Another-1!";
const NOBODY: &str = "nobody@example.com";
const EXPIRED_CODE: &str = "ExpiredCode: Invalid code provided, please request a code again.";
const MISMATCH: &str = "CodeMismatch: Invalid verification code provided, please try again.";
const LIMIT: &str = "LimitExceeded: Attempt limit exceeded, please try after some time.";

async fn forgot(client: &Client, username: &str) -> Reply {
    client.call("ForgotPassword", json!({"ClientId": client.client_id, "Username": username})).await
}

async fn confirm(client: &Client, username: &str, code: &str, password: &str) -> Reply {
    let body = json!({
        "ClientId": client.client_id, "Username": username, "ConfirmationCode": code, "Password": password,
    });
    client.call("ConfirmForgotPassword", body).await
}

fn legacy() -> Client {
    Client::new().with_client(LEGACY_CLIENT)
}

fn user() -> SeededUser {
    SeededUser::new(USER, "USER_SRP_AUTH", "of this test")
}

fn delivery(destination: &str, medium: &str, attribute: &str) -> Value {
    json!({"CodeDeliveryDetails": {"Destination": destination, "DeliveryMedium": medium, "AttributeName": attribute}})
}

#[tokio::test]
async fn the_code_in_the_mail_sets_a_new_password() {
    let client = Client::new();
    assert_eq!(forgot(&client, USER).await.ok(), delivery("u***@e***", "EMAIL", "email"));
    let code = client.pool.newest_code(USER).unwrap();
    assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
    let mail = client.get(&format!("/local/inbox?to={USER}")).await.ok()[0].clone();
    assert_eq!((&mail["kind"], &mail["medium"]), (&json!("FORGOT_PASSWORD"), &json!("EMAIL")));
    // The old password works until then.
    client.tokens(USER).await;
    assert_eq!(confirm(&client, USER, &another(&code), NEW).await.error(), MISMATCH);
    assert_eq!(confirm(&client, USER, &code, NEW).await.ok(), json!({}));
    assert_eq!(client.password("USER_SRP_AUTH", USER, PASSWORD).await.error(), INCORRECT);
    client.password("USER_SRP_AUTH", USER, NEW).await.ok();
    // The code counts once.
    assert_eq!(confirm(&client, USER, &code, NEW).await.error(), EXPIRED_CODE);
}

#[tokio::test]
async fn a_code_lives_for_an_hour_and_a_later_one_takes_its_place() {
    let client = Client::new();
    forgot(&client, USER).await.ok();
    let old = client.pool.newest_code(USER).unwrap();
    client.pool.advance_clock(Duration::from_secs(3600));
    assert_eq!(confirm(&client, USER, &old, NEW).await.error(), EXPIRED_CODE);
    forgot(&client, USER).await.ok();
    let code = client.pool.newest_code(USER).unwrap();
    if old != code {
        assert_eq!(confirm(&client, USER, &old, NEW).await.error(), MISMATCH);
    }
    client.pool.advance_clock(Duration::from_secs(3599));
    confirm(&client, USER, &code, NEW).await.ok();
}

#[tokio::test]
async fn the_policy_counts_and_uses_up_no_try() {
    let client = Client::new();
    forgot(&client, USER).await.ok();
    let code = client.pool.newest_code(USER).unwrap();
    for _ in 0..6 {
        let error = confirm(&client, USER, &code, "another-1!").await.error();
        assert_eq!(error, "InvalidPassword: Password did not conform with policy: Password must have uppercase characters");
    }
    confirm(&client, USER, &code, NEW).await.ok();
}

#[tokio::test]
async fn tries_and_codes_are_limited_by_the_hour_for_strangers_too() {
    for name in [USER, NOBODY] {
        let client = Client::new();
        forgot(&client, name).await.ok();
        let code = client.pool.newest_code(name).unwrap_or_else(|| "123456".to_owned());
        for _ in 0..5 {
            assert_eq!(confirm(&client, name, &another(&code), NEW).await.error(), MISMATCH, "{name}");
        }
        assert_eq!(confirm(&client, name, &code, NEW).await.error(), LIMIT, "{name}");
        for _ in 0..4 {
            forgot(&client, name).await.ok();
        }
        assert_eq!(forgot(&client, name).await.error(), LIMIT, "{name}");
    }
    let client = Client::new();
    for _ in 0..5 {
        forgot(&client, USER).await.ok();
    }
    client.pool.advance_clock(Duration::from_secs(3601));
    forgot(&client, USER).await.ok();
    confirm(&client, USER, &client.pool.newest_code(USER).unwrap(), NEW).await.ok();
}

#[tokio::test]
async fn strangers_learn_nothing_but_from_a_legacy_client() {
    let client = Client::new();
    for name in [NOBODY, USER] {
        assert_eq!(confirm(&client, name, "123456", NEW).await.error(), EXPIRED_CODE, "{name}");
    }
    assert_eq!(forgot(&client, NOBODY).await.ok(), delivery("n***@e***", "EMAIL", "email"));
    assert_eq!(client.pool.newest_code(NOBODY), None);
    assert_eq!(forgot(&client, "+15550100188").await.ok(), delivery("+*******0188", "SMS", "phone_number"));
    assert_eq!(confirm(&client, NOBODY, "123456", NEW).await.error(), MISMATCH);

    let client = legacy();
    assert_eq!(forgot(&client, NOBODY).await.error(), "UserNotFound: User does not exist.");
    assert_eq!(confirm(&client, NOBODY, "123456", NEW).await.error(), "UserNotFound: User does not exist.");
}

/// With `PreventUserExistenceErrors` all of them get a delivery that never happens.
#[tokio::test]
async fn who_cannot_be_reached_looks_like_a_stranger() {
    let no_address =
        "InvalidParameter: Cannot reset password for the user as there is no registered/verified email or phone_number";
    for (seeded, error) in [
        (SeededUser { confirmed: false, ..user() }, no_address),
        (SeededUser { email_verified: false, ..user() }, no_address),
        (SeededUser { email_otp: true, ..user() }, no_address),
        (SeededUser { enabled: false, ..user() }, "NotAuthorized: User is disabled."),
    ] {
        let client = Client::new();
        client.pool.add_user(&seeded);
        assert_eq!(forgot(&client, USER).await.ok(), delivery("u***@e***", "EMAIL", "email"));
        assert_eq!(client.pool.newest_code(USER), None);
        assert_eq!(confirm(&client, USER, "123456", NEW).await.error(), MISMATCH);
        let client = legacy();
        client.pool.add_user(&seeded);
        assert_eq!(forgot(&client, USER).await.error(), error);
    }
}

#[tokio::test]
async fn a_temporary_password_is_not_to_be_forgotten() {
    let client = Client::of_pool("LocalNamed", seed::NAMED_CLIENT);
    let error = forgot(&client, "new-password@example.com").await.error();
    assert_eq!(error, "NotAuthorized: User password cannot be reset in the current state.");
}

#[tokio::test]
async fn a_text_message_takes_the_place_of_mails_that_are_a_second_factor_or_not_verified() {
    let phone = SeededUser { phone_number: Some(PHONE_NUMBER.to_owned()), ..user() };
    let by_sms = delivery("+*******0123", "SMS", "phone_number");
    let by_mail = delivery("u***@e***", "EMAIL", "email");
    for (seeded, expected) in [
        (SeededUser { email_otp: true, ..phone.clone() }, &by_sms),
        (SeededUser { email_verified: false, ..phone.clone() }, &by_sms),
        (SeededUser { sms_mfa: true, ..phone.clone() }, &by_mail),
        (phone, &by_mail),
    ] {
        let client = Client::new();
        client.pool.add_user(&seeded);
        assert_eq!(forgot(&client, USER).await.ok(), *expected);
        let to = if *expected == by_sms { PHONE_NUMBER } else { USER };
        confirm(&client, USER, &client.pool.newest_code(to).unwrap(), NEW).await.ok();
    }
}

#[tokio::test]
async fn a_reset_ends_a_lock_out() {
    let client = Client::new();
    for _ in 0..5 {
        assert_eq!(client.password("USER_SRP_AUTH", USER, "wrong").await.error(), INCORRECT);
    }
    forgot(&client, USER).await.ok();
    confirm(&client, USER, &client.pool.newest_code(USER).unwrap(), NEW).await.ok();
    client.password("USER_SRP_AUTH", USER, NEW).await.ok();
}

/// What the service does with them is not certain.
#[tokio::test]
async fn tokens_stay_in_force() {
    let client = Client::new();
    let tokens = client.tokens(USER).await;
    forgot(&client, USER).await.ok();
    confirm(&client, USER, &client.pool.newest_code(USER).unwrap(), NEW).await.ok();
    client.call("GetUser", json!({"AccessToken": tokens.access()})).await.ok();
    client.initiate("REFRESH_TOKEN_AUTH", json!({"REFRESH_TOKEN": tokens.refresh()})).await.ok();
}

#[tokio::test]
async fn whoever_must_reset_the_password_does_so_and_signs_in() {
    let client = Client::new();
    let name = "reset-required@example.com";
    let error = client.password("USER_SRP_AUTH", name, PASSWORD).await.error();
    assert_eq!(error, "PasswordResetRequired: Password reset required for the user");
    // Who does not know the password does not learn it.
    assert_eq!(client.password("USER_SRP_AUTH", name, "wrong").await.error(), INCORRECT);
    forgot(&client, name).await.ok();
    confirm(&client, name, &client.pool.newest_code(name).unwrap(), NEW).await.ok();
    let reply = client.password("USER_SRP_AUTH", name, NEW).await.ok();
    assert!(reply["AuthenticationResult"]["IdToken"].is_string());
}

#[tokio::test]
async fn a_client_with_a_secret_needs_the_hash_and_members_are_known() {
    let mut client = Client::new().with_client(seed::SECRET_CLIENT);
    client.client_secret = Some(seed::CLIENT_SECRET.into());
    assert!(forgot(&client, USER).await.error().starts_with("NotAuthorized: Client"));
    assert!(confirm(&client, USER, "123456", NEW).await.error().starts_with("NotAuthorized: Client"));
    let body = json!({"ClientId": client.client_id, "Username": USER, "SecretHash": client.secret_hash(USER)});
    client.call("ForgotPassword", body).await.ok();
    let body = json!({"ClientId": client.client_id, "Username": USER, "Session": "x"});
    assert_eq!(client.call("ForgotPassword", body).await.error(), "Serialization: Unknown member Session");
    let body = json!({"ClientId": client.client_id, "Username": USER, "Password": NEW});
    let error = client.call("ConfirmForgotPassword", body).await.error();
    assert!(error.contains("Value null at 'confirmationCode'"), "{error}");
}

#[tokio::test]
async fn a_function_words_the_mail() {
    let lambda = Lambda::default();
    let client = lambda.client().await;
    let body = json!({"ClientId": client.client_id, "Username": USER, "ClientMetadata": {"locale": "ja"}});
    client.call("ForgotPassword", body).await.ok();
    let event = lambda.newest("custom-message");
    assert_eq!(event["triggerSource"], "CustomMessage_ForgotPassword");
    assert_eq!(event["request"]["clientMetadata"], json!({"locale": "ja"}));
    assert_eq!(event["request"]["userAttributes"]["email"], USER);
}
