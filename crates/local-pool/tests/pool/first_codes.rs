//! `EMAIL_OTP` and `SMS_OTP` as first factors of `USER_AUTH`

use std::time::Duration;

use local_pool::seed::{CHOICE_CLIENT, CHOICE_POOL, CHOOSE_FACTOR_PHONE_NUMBER, PASSWORD, SeededUser, TOTP_SECRET};
use serde_json::{Value, json};

use crate::client::{Client, EXPIRED, INCORRECT, INVALID_SESSION, USED, another, claims};

const CHOOSER: &str = "choose-factor@example.com";
const NOBODY: &str = "nobody@example.com";
const MISMATCH: &str = "CodeMismatch: Invalid code or auth state for the user.";
const EXCEEDED: &str = "NotAuthorized: Password attempts exceeded";
/// The challenge, where its code goes, and how the inbox and the challenge tell that.
const CODES: [(&str, &str, &str, &str); 2] =
    [("EMAIL_OTP", CHOOSER, "EMAIL", "c***@e***"), ("SMS_OTP", CHOOSE_FACTOR_PHONE_NUMBER, "SMS", "+*******0125")];

fn choice() -> Client {
    Client::of_pool("LocalChoice", CHOICE_CLIENT)
}

async fn preferred(client: &Client, username: &str, challenge: &str) -> Value {
    let reply = client.initiate("USER_AUTH", json!({"USERNAME": username, "PREFERRED_CHALLENGE": challenge})).await.ok();
    assert_eq!(reply["ChallengeName"], challenge);
    reply
}

/// The same by the choice.
async fn chosen(client: &Client, username: &str, challenge: &str) -> Value {
    let asked = client.initiate("USER_AUTH", json!({"USERNAME": username})).await.ok();
    let responses = json!({"USERNAME": username, "ANSWER": challenge});
    let reply = client.respond(&client.answer("SELECT_CHALLENGE", &asked["Session"], responses)).await.ok();
    assert_eq!(reply["ChallengeName"], challenge);
    reply
}

fn code_to(client: &Client, to: &str) -> String {
    client.pool.newest_code(to).unwrap()
}

#[tokio::test]
async fn the_code_that_was_sent_gives_tokens() {
    for (challenge, to, medium, destination) in CODES {
        let client = choice();
        let reply = preferred(&client, CHOOSER, challenge).await;
        // No USER_ID_FOR_SRP: the name stays the typed one.
        let parameters = json!({"CODE_DELIVERY_DELIVERY_MEDIUM": medium, "CODE_DELIVERY_DESTINATION": destination});
        assert_eq!(reply["ChallengeParameters"], parameters);
        assert_eq!(reply["AvailableChallenges"], json!(["PASSWORD_SRP", "PASSWORD", "EMAIL_OTP", "SMS_OTP"]));
        let code = code_to(&client, to);
        assert!(code.len() == 8 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
        let message = client.get("/local/inbox").await.ok()[0].clone();
        assert_eq!((&message["kind"], &message["medium"]), (&json!(challenge), &json!(medium)));
        let answer = client.code_answer(&reply, CHOOSER, &code);
        let tokens = client.respond(&answer).await.ok()["AuthenticationResult"].clone();
        assert_eq!(claims(tokens["IdToken"].as_str().unwrap())["email"], CHOOSER);
        assert_eq!(client.respond(&answer).await.error(), USED);
    }
}

#[tokio::test]
async fn a_code_can_be_chosen() {
    for (challenge, to, _, destination) in CODES {
        let client = choice();
        let reply = chosen(&client, CHOOSER, challenge).await;
        assert_eq!(reply["ChallengeParameters"]["CODE_DELIVERY_DESTINATION"], destination);
        let answer = client.code_answer(&reply, CHOOSER, &code_to(&client, to));
        assert!(client.respond(&answer).await.ok()["AuthenticationResult"]["AccessToken"].is_string());
    }
}

#[tokio::test]
async fn one_choice_sends_one_code() {
    let client = choice();
    let asked = client.initiate("USER_AUTH", json!({"USERNAME": CHOOSER})).await.ok();
    assert_eq!(client.get("/local/inbox").await.ok(), json!([]));
    let answer = client.answer("SELECT_CHALLENGE", &asked["Session"], json!({"USERNAME": CHOOSER, "ANSWER": "EMAIL_OTP"}));
    client.respond(&answer).await.ok();
    assert_eq!(client.respond(&answer).await.error(), USED);
    assert_eq!(client.get("/local/inbox").await.ok().as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_wrong_code_leaves_the_session_usable() {
    for (challenge, to, _, _) in CODES {
        let client = choice();
        let reply = preferred(&client, CHOOSER, challenge).await;
        let code = code_to(&client, to);
        for wrong in [another(&code), code[..6].to_owned(), format!("{code}0"), "abcdefgh".to_owned()] {
            assert_eq!(client.respond(&client.code_answer(&reply, CHOOSER, &wrong)).await.error(), MISMATCH, "{wrong}");
        }
        let empty = client.respond(&client.code_answer(&reply, CHOOSER, "")).await.error();
        assert_eq!(empty, format!("InvalidParameter: Missing required parameter {challenge}_CODE"));
        client.respond(&client.code_answer(&reply, CHOOSER, &code)).await.ok();
    }
}

#[tokio::test]
async fn wrong_codes_and_wrong_passwords_lock_together() {
    for (challenge, to, _, _) in CODES {
        let client = choice();
        for _ in 0..2 {
            assert_eq!(client.password("USER_AUTH", CHOOSER, "wrong").await.error(), INCORRECT);
        }
        let reply = preferred(&client, CHOOSER, challenge).await;
        let code = code_to(&client, to);
        for _ in 0..3 {
            let wrong = client.code_answer(&reply, CHOOSER, &another(&code));
            assert_eq!(client.respond(&wrong).await.error(), MISMATCH);
        }
        let right = client.code_answer(&reply, CHOOSER, &code);
        assert_eq!(client.respond(&right).await.error(), EXCEEDED);
        assert_eq!(client.password("USER_SRP_AUTH", CHOOSER, PASSWORD).await.error(), EXCEEDED);
        client.pool.advance_clock(Duration::from_secs(1));
        client.respond(&right).await.ok();
        // Success forgets.
        assert_eq!(client.password("USER_AUTH", CHOOSER, "wrong").await.error(), INCORRECT);
        client.password("USER_AUTH", CHOOSER, PASSWORD).await.ok();
    }
}

#[tokio::test]
async fn a_code_lives_as_long_as_its_session_and_no_longer_than_the_next_code() {
    for (challenge, to, _, _) in CODES {
        let client = choice();
        let earlier = preferred(&client, CHOOSER, challenge).await;
        let earlier_code = code_to(&client, to);
        let later = preferred(&client, CHOOSER, challenge).await;
        assert_eq!(client.respond(&client.code_answer(&earlier, CHOOSER, &earlier_code)).await.error(), MISMATCH);
        client.pool.advance_clock(Duration::from_secs(181));
        let late = client.code_answer(&later, CHOOSER, &code_to(&client, to));
        assert_eq!(client.respond(&late).await.error(), EXPIRED);
    }
}

#[tokio::test]
async fn the_session_of_one_code_takes_no_other() {
    let client = choice();
    let email = preferred(&client, CHOOSER, "EMAIL_OTP").await;
    let sms = preferred(&client, CHOOSER, "SMS_OTP").await;
    for (reply, name, key, code) in [
        (&email, "SMS_OTP", "SMS_OTP_CODE", code_to(&client, CHOOSER)),
        (&sms, "EMAIL_OTP", "EMAIL_OTP_CODE", code_to(&client, CHOOSE_FACTOR_PHONE_NUMBER)),
        (&sms, "SMS_MFA", "SMS_MFA_CODE", code_to(&client, CHOOSE_FACTOR_PHONE_NUMBER)),
    ] {
        let mut responses = json!({"USERNAME": CHOOSER});
        responses[key] = json!(code);
        let answer = client.answer(name, &reply["Session"], responses);
        assert_eq!(client.respond(&answer).await.error(), INVALID_SESSION, "{name}");
    }
}

#[tokio::test]
async fn no_second_factor_follows_a_code() {
    let client = choice();
    let user = SeededUser {
        user_pool_id: CHOICE_POOL.to_owned(),
        totp_secret: Some(TOTP_SECRET.into()),
        ..SeededUser::new("somebody@example.com", "USER_AUTH", "of this test")
    };
    client.pool.add_user(&user);
    let reply = preferred(&client, &user.email, "EMAIL_OTP").await;
    let answer = client.code_answer(&reply, &user.email, &code_to(&client, &user.email));
    assert!(client.respond(&answer).await.ok()["AuthenticationResult"]["AccessToken"].is_string());
}

#[tokio::test]
async fn a_stranger_gets_a_code_that_nobody_sent() {
    let client = choice();
    for reply in [preferred(&client, NOBODY, "EMAIL_OTP").await, chosen(&client, NOBODY, "EMAIL_OTP").await] {
        let parameters = json!({"CODE_DELIVERY_DELIVERY_MEDIUM": "EMAIL", "CODE_DELIVERY_DESTINATION": "n***@e***"});
        assert_eq!(reply["ChallengeParameters"], parameters);
        for code in ["00000000", "12345678"] {
            assert_eq!(client.respond(&client.code_answer(&reply, NOBODY, code)).await.error(), MISMATCH);
        }
    }
    assert_eq!(client.get("/local/inbox").await.ok(), json!([]));
    let reply = preferred(&client, NOBODY, "EMAIL_OTP").await;
    assert_eq!(client.respond(&client.code_answer(&reply, NOBODY, "12345678")).await.error(), MISMATCH);
    assert_eq!(client.respond(&client.code_answer(&reply, NOBODY, "12345678")).await.error(), EXCEEDED);
}

#[tokio::test]
async fn a_right_code_does_not_help_where_the_account_does_not_let_anybody_in() {
    let user = SeededUser {
        user_pool_id: CHOICE_POOL.to_owned(),
        ..SeededUser::new("somebody@example.com", "USER_AUTH", "of this test")
    };
    for (user, error) in [
        (SeededUser { enabled: false, ..user.clone() }, "NotAuthorized: User is disabled."),
        (SeededUser { must_reset_password: true, ..user.clone() }, "PasswordResetRequired: Password reset required for the user"),
    ] {
        let client = choice();
        client.pool.add_user(&user);
        let reply = preferred(&client, &user.email, "EMAIL_OTP").await;
        let answer = client.code_answer(&reply, &user.email, &code_to(&client, &user.email));
        assert_eq!(client.respond(&answer).await.error(), error);
    }
    // As the password alone, whatever client of the pool it is.
    let client = choice();
    let marked = SeededUser { needs_email_code: true, ..user };
    client.pool.add_user(&marked);
    let reply = preferred(&client, &marked.email, "EMAIL_OTP").await;
    let answer = client.code_answer(&reply, &marked.email, &code_to(&client, &marked.email));
    let error = client.respond(&answer).await.error();
    assert!(error.starts_with("UserLambdaValidation: PreAuthentication failed with error "), "{error}");
}
