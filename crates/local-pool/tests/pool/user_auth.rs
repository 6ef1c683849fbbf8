//! `USER_AUTH`: the choice of first factors, and the password among them

use std::time::Duration;

use local_pool::{
    FirstFactor, MfaConfiguration,
    seed::{CHOICE_CLIENT, CHOICE_POOL, CHOOSE_FACTOR_PHONE_NUMBER, CLIENT, PASSWORD, SeededUser, TOTP_SECRET},
};
use serde_json::{Value, json};

use crate::client::{Challenge, Client, EXPIRED, INCORRECT, INVALID_SESSION, Reply, USED, ephemeral};

const CHOOSER: &str = "choose-factor@example.com";
const PASSWORD_ONLY: &str = "password-only@example.com";
const NOBODY: &str = "nobody@example.com";
const ALL: [&str; 4] = ["PASSWORD_SRP", "PASSWORD", "EMAIL_OTP", "SMS_OTP"];

fn choice() -> Client {
    Client::of_pool("LocalChoice", CHOICE_CLIENT)
}

/// Adds somebody to the pool of the choice.
fn add(client: &Client, user: SeededUser) {
    client.pool.add_user(&SeededUser { user_pool_id: CHOICE_POOL.to_owned(), ..user });
}

fn somebody() -> SeededUser {
    SeededUser::new("somebody@example.com", "USER_AUTH", "of this test")
}

async fn prefer(client: &Client, username: &str, challenge: &str, more: Value) -> Reply {
    let mut parameters = more;
    parameters["USERNAME"] = json!(username);
    parameters["PREFERRED_CHALLENGE"] = json!(challenge);
    client.initiate("USER_AUTH", parameters).await
}

/// The choice that somebody gets who prefers nothing.
async fn asked(client: &Client, username: &str) -> Value {
    let reply = client.initiate("USER_AUTH", json!({"USERNAME": username})).await.ok();
    assert_eq!((&reply["ChallengeName"], &reply["ChallengeParameters"]), (&json!("SELECT_CHALLENGE"), &json!({})));
    assert!(reply["Session"].is_string());
    reply
}

async fn select(client: &Client, asked: &Value, username: &str, answer: &str, more: Value) -> Reply {
    let mut responses = more;
    responses["USERNAME"] = json!(username);
    responses["ANSWER"] = json!(answer);
    client.respond(&client.answer("SELECT_CHALLENGE", &asked["Session"], responses)).await
}

#[track_caller]
fn is_complete(reply: &Value) {
    assert!(reply["AuthenticationResult"]["IdToken"].is_string(), "{reply}");
}

#[tokio::test]
async fn the_flow_must_be_allowed() {
    let client = Client::new().with_client(CLIENT);
    let reply = client.initiate("USER_AUTH", json!({"USERNAME": "srp@example.com"})).await;
    assert_eq!(reply.error(), "InvalidParameter: USER_AUTH flow not enabled for this client");
    let error = choice().initiate("USER_AUTH", json!({})).await.error();
    assert_eq!(error, "InvalidParameter: Missing required parameter USERNAME");
}

#[tokio::test]
async fn what_can_be_chosen_is_what_the_pool_allows_and_the_user_has() {
    let client = choice();
    assert_eq!(asked(&client, CHOOSER).await["AvailableChallenges"], json!(ALL));
    assert_eq!(asked(&client, PASSWORD_ONLY).await["AvailableChallenges"], json!(["PASSWORD_SRP", "PASSWORD"]));
    add(&client, somebody());
    let available = asked(&client, "somebody@example.com").await["AvailableChallenges"].clone();
    assert_eq!(available, json!(["PASSWORD_SRP", "PASSWORD", "EMAIL_OTP"]));
    add(&client, SeededUser { email_verified: false, phone_number: Some("+15550100199".to_owned()), ..somebody() });
    let available = asked(&client, "somebody@example.com").await["AvailableChallenges"].clone();
    assert_eq!(available, json!(["PASSWORD_SRP", "PASSWORD", "SMS_OTP"]));

    let narrow = |builder: local_pool::Builder| {
        builder.with_seed(|seed| {
            let pool = seed.user_pools.iter_mut().find(|pool| pool.id == CHOICE_POOL).unwrap();
            pool.first_factors = vec![FirstFactor::Password, FirstFactor::SmsOtp];
        })
    };
    let client = Client { pool_name: "LocalChoice", ..Client::with(narrow).with_client(CHOICE_CLIENT) };
    assert_eq!(asked(&client, CHOOSER).await["AvailableChallenges"], json!(["PASSWORD_SRP", "PASSWORD", "SMS_OTP"]));
}

#[tokio::test]
async fn no_code_is_a_first_factor_where_everybody_needs_a_second_one() {
    let strict = |builder: local_pool::Builder| {
        builder.with_seed(|seed| {
            let pool = seed.user_pools.iter_mut().find(|pool| pool.id == CHOICE_POOL).unwrap();
            pool.mfa = MfaConfiguration::On;
        })
    };
    let client = Client { pool_name: "LocalChoice", ..Client::with(strict).with_client(CHOICE_CLIENT) };
    assert_eq!(asked(&client, CHOOSER).await["AvailableChallenges"], json!(["PASSWORD_SRP", "PASSWORD"]));
    let reply = prefer(&client, CHOOSER, "PASSWORD", json!({"PASSWORD": PASSWORD})).await.ok();
    assert_eq!(reply["ChallengeName"], "MFA_SETUP");
}

#[tokio::test]
async fn a_temporary_password_leaves_the_password_alone() {
    let client = choice();
    add(&client, SeededUser { has_temporary_password: true, ..somebody() });
    let reply = asked(&client, "somebody@example.com").await;
    assert_eq!(reply["AvailableChallenges"], json!(["PASSWORD_SRP", "PASSWORD"]));
    let reply = prefer(&client, "somebody@example.com", "EMAIL_OTP", json!({})).await.ok();
    assert_eq!(reply["ChallengeName"], "SELECT_CHALLENGE");
    assert_eq!(client.pool.newest_code("somebody@example.com"), None);
    let reply = select(&client, &reply, "somebody@example.com", "PASSWORD", json!({"PASSWORD": PASSWORD})).await.ok();
    assert_eq!(reply["ChallengeName"], "NEW_PASSWORD_REQUIRED");
}

#[tokio::test]
async fn a_preference_that_cannot_be_used_brings_the_choice() {
    let client = choice();
    for (username, challenge) in [
        (CHOOSER, "WEB_AUTHN"),
        (CHOOSER, "SOFTWARE_TOKEN_MFA"),
        (CHOOSER, "SELECT_CHALLENGE"),
        (PASSWORD_ONLY, "EMAIL_OTP"),
        (PASSWORD_ONLY, "SMS_OTP"),
    ] {
        let reply = prefer(&client, username, challenge, json!({})).await.ok();
        assert_eq!(reply["ChallengeName"], "SELECT_CHALLENGE", "{challenge}");
        assert_eq!(reply["AvailableChallenges"], asked(&client, username).await["AvailableChallenges"], "{challenge}");
    }
    let error = prefer(&client, CHOOSER, "PASSWROD", json!({"PASSWORD": PASSWORD})).await.error();
    assert_eq!(error, "InvalidParameter: PREFERRED_CHALLENGE should be the name of a challenge");
}

#[tokio::test]
async fn the_password_signs_in() {
    let client = choice();
    let error = prefer(&client, CHOOSER, "PASSWORD", json!({})).await.error();
    assert_eq!(error, "InvalidParameter: Missing required parameter PASSWORD");
    assert_eq!(prefer(&client, CHOOSER, "PASSWORD", json!({"PASSWORD": "wrong"})).await.error(), INCORRECT);
    is_complete(&prefer(&client, CHOOSER, "PASSWORD", json!({"PASSWORD": PASSWORD})).await.ok());
    assert_eq!(prefer(&client, NOBODY, "PASSWORD", json!({"PASSWORD": PASSWORD})).await.error(), INCORRECT);

    let reply = asked(&client, CHOOSER).await;
    let error = select(&client, &reply, CHOOSER, "PASSWORD", json!({})).await.error();
    assert_eq!(error, "InvalidParameter: Missing required parameter PASSWORD");
    is_complete(&select(&client, &reply, CHOOSER, "PASSWORD", json!({"PASSWORD": PASSWORD})).await.ok());
    let again = select(&client, &reply, CHOOSER, "PASSWORD", json!({"PASSWORD": PASSWORD})).await;
    assert_eq!(again.error(), USED);

    let reply = asked(&client, PASSWORD_ONLY).await;
    let responses = json!({"USERNAME": PASSWORD_ONLY, "PASSWORD": PASSWORD});
    is_complete(&client.respond(&client.answer("PASSWORD", &reply["Session"], responses)).await.ok());
}

#[tokio::test]
async fn a_wrong_password_ends_the_choice() {
    let client = choice();
    let reply = asked(&client, CHOOSER).await;
    assert_eq!(select(&client, &reply, CHOOSER, "PASSWORD", json!({"PASSWORD": "wrong"})).await.error(), INCORRECT);
    assert_eq!(select(&client, &reply, CHOOSER, "PASSWORD", json!({"PASSWORD": PASSWORD})).await.error(), USED);
    let reply = asked(&client, NOBODY).await;
    assert_eq!(select(&client, &reply, NOBODY, "PASSWORD", json!({"PASSWORD": PASSWORD})).await.error(), INCORRECT);
    assert_eq!(select(&client, &reply, NOBODY, "PASSWORD", json!({"PASSWORD": PASSWORD})).await.error(), USED);
}

#[tokio::test]
async fn the_password_is_proved_by_srp_with_the_session_that_came() {
    let client = choice();
    let error = prefer(&client, CHOOSER, "PASSWORD_SRP", json!({})).await.error();
    assert_eq!(error, "InvalidParameter: Missing required parameter SRP_A");
    let challenge = client.begin("USER_AUTH", CHOOSER).await;
    assert_eq!(challenge.reply["AvailableChallenges"], json!(ALL));
    let proof = client.proof(&challenge, PASSWORD, &client.timestamp());
    is_complete(&client.respond(&proof).await.ok());
    assert_eq!(client.respond(&proof).await.error(), USED);

    let challenge = client.begin("USER_AUTH", CHOOSER).await;
    let mut proof = client.proof(&challenge, PASSWORD, &client.timestamp());
    proof.as_object_mut().unwrap().remove("Session");
    assert_eq!(client.respond(&proof).await.error(), "InvalidParameter: Missing required parameter Session");

    assert_eq!(client.password("USER_AUTH", CHOOSER, "wrong").await.error(), INCORRECT);
    assert_eq!(client.password("USER_AUTH", NOBODY, PASSWORD).await.error(), INCORRECT);
}

#[tokio::test]
async fn srp_can_be_chosen() {
    let client = choice();
    for direct in [false, true] {
        let asked = asked(&client, CHOOSER).await;
        let ephemeral = ephemeral();
        let reply = if direct {
            let responses = json!({"USERNAME": CHOOSER, "SRP_A": ephemeral.public_hex()});
            client.respond(&client.answer("PASSWORD_SRP", &asked["Session"], responses)).await
        } else {
            select(&client, &asked, CHOOSER, "PASSWORD_SRP", json!({"SRP_A": ephemeral.public_hex()})).await
        };
        let challenge = Challenge { ephemeral, reply: reply.ok() };
        assert_eq!(challenge.reply["ChallengeName"], "PASSWORD_VERIFIER");
        is_complete(&client.respond(&client.proof(&challenge, PASSWORD, &client.timestamp())).await.ok());
    }
}

#[tokio::test]
async fn what_was_not_offered_cannot_be_chosen() {
    let client = choice();
    let reply = asked(&client, PASSWORD_ONLY).await;
    for answer in ["EMAIL_OTP", "SMS_OTP", "WEB_AUTHN", "SELECT_CHALLENGE", "password", "x"] {
        let error = select(&client, &reply, PASSWORD_ONLY, answer, json!({})).await.error();
        assert_eq!(error, "NotAuthorized: The selected challenge is not available", "{answer}");
    }
    let empty = select(&client, &reply, PASSWORD_ONLY, "", json!({})).await.error();
    assert_eq!(empty, "InvalidParameter: Missing required parameter ANSWER");
    // None of this was an answer.
    is_complete(&select(&client, &reply, PASSWORD_ONLY, "PASSWORD", json!({"PASSWORD": PASSWORD})).await.ok());
}

#[tokio::test]
async fn the_session_of_a_choice_is_its_users_and_ends() {
    let client = choice();
    let reply = asked(&client, CHOOSER).await;
    let password = json!({"PASSWORD": PASSWORD});
    assert_eq!(select(&client, &reply, PASSWORD_ONLY, "PASSWORD", password.clone()).await.error(), INVALID_SESSION);
    let responses = json!({"USERNAME": CHOOSER, "EMAIL_OTP_CODE": "12345678"});
    let code = client.answer("EMAIL_OTP", &reply["Session"], responses);
    assert_eq!(client.respond(&code).await.error(), INVALID_SESSION);
    client.pool.advance_clock(Duration::from_secs(181));
    assert_eq!(select(&client, &reply, CHOOSER, "PASSWORD", password.clone()).await.error(), EXPIRED);
    // A password is taken for a choice alone.
    let challenge = client.begin("USER_AUTH", CHOOSER).await;
    let responses = json!({"USERNAME": CHOOSER, "PASSWORD": PASSWORD});
    let answer = client.answer("PASSWORD", &challenge.reply["Session"], responses);
    assert_eq!(client.respond(&answer).await.error(), INVALID_SESSION);
}

#[tokio::test]
async fn second_factors_follow_a_password() {
    let client = choice();
    add(&client, SeededUser { totp_secret: Some(TOTP_SECRET.into()), ..somebody() });
    let user = "somebody@example.com";
    for how in ["PASSWORD", "PASSWORD_SRP"] {
        client.next_step();
        let reply = match how {
            "PASSWORD" => prefer(&client, user, "PASSWORD", json!({"PASSWORD": PASSWORD})).await.ok(),
            _ => client.password("USER_AUTH", user, PASSWORD).await.ok(),
        };
        assert_eq!(reply["ChallengeName"], "SOFTWARE_TOKEN_MFA", "{how}");
        is_complete(&client.respond(&client.code_answer(&reply, user, &client.totp(TOTP_SECRET, 0))).await.ok());
    }
}

#[tokio::test]
async fn a_stranger_gets_a_choice_too() {
    let client = choice();
    let reply = asked(&client, NOBODY).await;
    assert_eq!(reply["AvailableChallenges"], json!(["PASSWORD_SRP", "PASSWORD", "EMAIL_OTP"]));
    let first = ephemeral();
    let chosen = select(&client, &reply, NOBODY, "PASSWORD_SRP", json!({"SRP_A": first.public_hex()})).await.ok();
    let preferred = client.begin("USER_AUTH", NOBODY).await;
    for stable in ["SALT", "USERNAME", "USER_ID_FOR_SRP"] {
        assert_eq!(chosen["ChallengeParameters"][stable], preferred.parameter(stable), "{stable}");
    }

    let legacy =
        |builder: local_pool::Builder| builder.with_client(CHOICE_CLIENT, |client| client.prevent_user_existence_errors = false);
    let client = Client::with(legacy).with_client(CHOICE_CLIENT);
    let error = client.initiate("USER_AUTH", json!({"USERNAME": NOBODY})).await.error();
    assert_eq!(error, "UserNotFound: User does not exist.");
}

#[tokio::test]
async fn somebody_who_is_not_confirmed_or_must_reset_hears_so_after_the_password() {
    let client = choice();
    for (user, error) in [
        (SeededUser { confirmed: false, ..somebody() }, "UserNotConfirmed: User is not confirmed."),
        (SeededUser { must_reset_password: true, ..somebody() }, "PasswordResetRequired: Password reset required for the user"),
        (SeededUser { enabled: false, ..somebody() }, "NotAuthorized: User is disabled."),
    ] {
        add(&client, user);
        let reply = asked(&client, "somebody@example.com").await;
        let password = json!({"PASSWORD": PASSWORD});
        assert_eq!(select(&client, &reply, "somebody@example.com", "PASSWORD", password).await.error(), error);
    }
}

#[tokio::test]
async fn a_client_with_a_secret_proves_it_in_every_step() {
    let secret = "choiceclientsecretchoiceclientsecret";
    let with_secret =
        |builder: local_pool::Builder| builder.with_client(CHOICE_CLIENT, |client| client.secret = Some(secret.into()));
    let mut client = Client { pool_name: "LocalChoice", ..Client::with(with_secret).with_client(CHOICE_CLIENT) };
    let refused = client.initiate("USER_AUTH", json!({"USERNAME": CHOOSER})).await.error();
    assert!(refused.starts_with("NotAuthorized: Client"), "{refused}");
    client.client_secret = Some(secret.into());
    is_complete(&client.password("USER_AUTH", CHOOSER, PASSWORD).await.ok());
    let reply = asked(&client, CHOOSER).await;
    let refused = select(&client, &reply, CHOOSER, "PASSWORD", json!({"PASSWORD": PASSWORD})).await.error();
    assert!(refused.starts_with("NotAuthorized: Client"), "{refused}");
    // Neither the choice nor a code tells another name than the typed one.
    let hash = json!(client.secret_hash(CHOOSER));
    let answer = json!({"PASSWORD": PASSWORD, "SECRET_HASH": hash});
    is_complete(&select(&client, &reply, CHOOSER, "PASSWORD", answer).await.ok());
    for (challenge, to) in [("EMAIL_OTP", CHOOSER), ("SMS_OTP", CHOOSE_FACTOR_PHONE_NUMBER)] {
        let reply = prefer(&client, CHOOSER, challenge, json!({})).await.ok();
        let mut answer = client.code_answer(&reply, CHOOSER, &client.pool.newest_code(to).unwrap());
        answer["ChallengeResponses"]["SECRET_HASH"] = hash.clone();
        is_complete(&client.respond(&answer).await.ok());
    }
}
