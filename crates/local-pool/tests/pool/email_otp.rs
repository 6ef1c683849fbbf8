//! `EMAIL_OTP` as second factor

use std::time::Duration;

use local_pool::{
    SecondFactor,
    seed::{LOCAL_POOL, PASSWORD, SeededUser},
};
use serde_json::{Value, json};

use crate::client::{Client, EXPIRED, INVALID_SESSION, USED, USER, another, claims};

const EMAIL_USER: &str = "email-otp@example.com";
const MISMATCH: &str = "CodeMismatch: Invalid code or auth state for the user.";

async fn challenged(client: &Client, user: &str) -> Value {
    let reply = client.password("USER_SRP_AUTH", user, PASSWORD).await.ok();
    assert_eq!(reply["ChallengeName"], "EMAIL_OTP");
    reply
}

fn newest_code(client: &Client) -> String {
    client.pool.newest_code(EMAIL_USER).unwrap()
}

/// Who signs in with a password alone, and has chosen this.
async fn chosen(client: &Client, settings: Value) -> String {
    let mut body = settings;
    body["AccessToken"] = json!(client.tokens(USER).await.access());
    let reply = client.call("SetUserMFAPreference", body).await;
    if reply.status == 200 { "ok".to_owned() } else { reply.error() }
}

#[tokio::test]
async fn the_code_in_the_mail_gives_tokens() {
    let client = Client::new();
    let reply = challenged(&client, EMAIL_USER).await;
    let parameters = &reply["ChallengeParameters"];
    let username = parameters["USER_ID_FOR_SRP"].as_str().unwrap();
    let expected = json!({
        "CODE_DELIVERY_DELIVERY_MEDIUM": "EMAIL",
        "CODE_DELIVERY_DESTINATION": "e***@e***",
        "USER_ID_FOR_SRP": username,
    });
    assert_eq!(parameters, &expected);
    let code = newest_code(&client);
    assert!(code.len() == 8 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
    let mail = client.get(&format!("/local/inbox?to={EMAIL_USER}")).await.ok()[0].clone();
    assert_eq!((&mail["kind"], &mail["medium"]), (&json!("EMAIL_OTP"), &json!("EMAIL")));
    assert!(mail["body"].as_str().unwrap().contains(&code), "{mail}");

    let answer = client.code_answer(&reply, username, &code);
    let tokens = client.respond(&answer).await.ok()["AuthenticationResult"].clone();
    assert_eq!(claims(tokens["IdToken"].as_str().unwrap())["email"], EMAIL_USER);
    assert_eq!(client.respond(&answer).await.error(), USED);

    let access = json!({"AccessToken": tokens["AccessToken"]});
    let user = client.call("GetUser", access).await.ok();
    assert_eq!((&user["UserMFASettingList"], &user["PreferredMfaSetting"]), (&json!(["EMAIL_OTP"]), &json!("EMAIL_OTP")));
}

#[tokio::test]
async fn a_wrong_code_leaves_the_session_usable() {
    let client = Client::new();
    let reply = challenged(&client, EMAIL_USER).await;
    let code = newest_code(&client);
    for wrong in [another(&code), code[..6].to_owned(), format!("{code}0"), "abcdefgh".to_owned()] {
        let answer = client.code_answer(&reply, EMAIL_USER, &wrong);
        assert_eq!(client.respond(&answer).await.error(), MISMATCH, "{wrong}");
    }
    client.respond(&client.code_answer(&reply, EMAIL_USER, &code)).await.ok();
}

#[tokio::test]
async fn five_wrong_codes_lock_for_a_while() {
    let client = Client::new();
    let reply = challenged(&client, EMAIL_USER).await;
    let code = newest_code(&client);
    for _ in 0..5 {
        assert_eq!(client.respond(&client.code_answer(&reply, EMAIL_USER, &another(&code))).await.error(), MISMATCH);
    }
    let right = client.code_answer(&reply, EMAIL_USER, &code);
    assert_eq!(client.respond(&right).await.error(), "NotAuthorized: Password attempts exceeded");
    client.pool.advance_clock(Duration::from_secs(1));
    client.respond(&right).await.ok();
}

#[tokio::test]
async fn a_code_lives_as_long_as_its_session_and_no_longer_than_the_next_code() {
    let client = Client::new();
    let earlier = challenged(&client, EMAIL_USER).await;
    let earlier_code = newest_code(&client);
    let later = challenged(&client, EMAIL_USER).await;
    assert_eq!(client.respond(&client.code_answer(&earlier, EMAIL_USER, &earlier_code)).await.error(), MISMATCH);
    client.pool.advance_clock(Duration::from_secs(181));
    assert_eq!(client.respond(&client.code_answer(&later, EMAIL_USER, &newest_code(&client))).await.error(), EXPIRED);
}

#[tokio::test]
async fn the_session_takes_no_code_of_another_factor_and_no_empty_one() {
    let client = Client::new();
    let reply = challenged(&client, EMAIL_USER).await;
    let code = newest_code(&client);
    let answer = client.answer("SMS_MFA", &reply["Session"], json!({"USERNAME": EMAIL_USER, "SMS_MFA_CODE": code}));
    assert_eq!(client.respond(&answer).await.error(), INVALID_SESSION);
    let answer = client.code_answer(&reply, EMAIL_USER, "");
    assert_eq!(client.respond(&answer).await.error(), "InvalidParameter: Missing required parameter EMAIL_OTP_CODE");
}

#[tokio::test]
async fn whoever_has_a_verified_address_can_turn_it_on_and_off() {
    let client = Client::new();
    let tokens = client.tokens(USER).await;
    let choose = async |settings: Value| {
        client.call("SetUserMFAPreference", json!({"AccessToken": tokens.access(), "EmailMfaSettings": settings})).await.ok()
    };
    choose(json!({"Enabled": true})).await;
    challenged(&client, USER).await;
    choose(json!({"Enabled": false})).await;
    client.tokens(USER).await;
}

#[tokio::test]
async fn an_address_that_is_not_verified_is_no_second_factor() {
    let refused = "InvalidParameter: User does not have delivery config set to turn on EMAIL_OTP";
    let on = json!({"EmailMfaSettings": {"Enabled": true}});
    let client = Client::new();
    client.pool.add_user(&SeededUser { email_verified: false, ..SeededUser::new(USER, "USER_SRP_AUTH", "of this test") });
    assert_eq!(chosen(&client, on.clone()).await, refused);
    let client = Client::new();
    let unverified = SeededUser { email_verified: false, email_otp: true, ..SeededUser::new(USER, "USER_SRP_AUTH", "") };
    client.pool.add_user(&unverified);
    client.tokens(USER).await;

    // Nor is one in a pool without this factor.
    let client = Client::with(|builder| {
        builder.with_seed(|seed| {
            let pool = seed.user_pools.iter_mut().find(|pool| pool.id == LOCAL_POOL).unwrap();
            pool.second_factors.retain(|factor| *factor != SecondFactor::Email);
        })
    });
    assert_eq!(chosen(&client, on).await, refused);
}
