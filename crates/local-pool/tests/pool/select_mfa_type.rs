//! `SELECT_MFA_TYPE`

use local_pool::seed::{CHOOSE_PHONE_NUMBER, PASSWORD, TOTP_SECRET};
use serde_json::{Value, json};

use crate::client::{Client, INVALID_SESSION, Reply, USED};

const CHOOSER: &str = "choose@example.com";

async fn offered(client: &Client) -> Value {
    let reply = client.password("USER_SRP_AUTH", CHOOSER, PASSWORD).await.ok();
    assert_eq!(reply["ChallengeName"], "SELECT_MFA_TYPE");
    reply
}

async fn choose(client: &Client, reply: &Value, answer: &str) -> Reply {
    let responses = json!({"USERNAME": CHOOSER, "ANSWER": answer});
    client.respond(&client.answer("SELECT_MFA_TYPE", &reply["Session"], responses)).await
}

#[tokio::test]
async fn whoever_prefers_none_of_several_factors_chooses_one() {
    for (name, destination) in [
        ("SOFTWARE_TOKEN_MFA", None),
        ("SMS_MFA", Some(("+*******0124", CHOOSE_PHONE_NUMBER))),
        ("EMAIL_OTP", Some(("c***@e***", CHOOSER))),
    ] {
        let client = Client::new();
        let reply = offered(&client).await;
        let parameters = &reply["ChallengeParameters"];
        assert_eq!(parameters["MFAS_CAN_CHOOSE"], r#"["SOFTWARE_TOKEN_MFA","SMS_MFA","EMAIL_OTP"]"#);
        let username = parameters["USER_ID_FOR_SRP"].as_str().unwrap();
        // Nothing is sent before the choice.
        assert_eq!(client.get("/local/inbox").await.ok(), json!([]));
        let next = choose(&client, &reply, name).await.ok();
        assert_eq!(next["ChallengeName"], name);
        let code = match destination {
            None => client.totp(TOTP_SECRET, 0),
            Some((masked, to)) => {
                assert_eq!(next["ChallengeParameters"]["CODE_DELIVERY_DESTINATION"], masked);
                client.pool.newest_code(to).unwrap()
            }
        };
        let reply = client.respond(&client.code_answer(&next, username, &code)).await.ok();
        assert!(reply["AuthenticationResult"]["IdToken"].is_string());
    }
}

#[tokio::test]
async fn an_answer_that_was_not_offered_leaves_the_choice_open() {
    let client = Client::new();
    let reply = offered(&client).await;
    for answer in ["EMAIL_MFA", "SMS_OTP", "sms_mfa"] {
        let error = choose(&client, &reply, answer).await.error();
        assert_eq!(error, "InvalidParameter: ANSWER should be one of MFAS_CAN_CHOOSE", "{answer}");
    }
    assert_eq!(choose(&client, &reply, "").await.error(), "InvalidParameter: Missing required parameter ANSWER");
    choose(&client, &reply, "EMAIL_OTP").await.ok();
    assert_eq!(choose(&client, &reply, "SMS_MFA").await.error(), USED);
}

#[tokio::test]
async fn a_factor_that_was_turned_off_meanwhile_cannot_be_chosen() {
    let client = Client::new();
    let reply = offered(&client).await;
    let chosen = choose(&client, &offered(&client).await, "SOFTWARE_TOKEN_MFA").await.ok();
    let done = client.respond(&client.code_answer(&chosen, CHOOSER, &client.totp(TOTP_SECRET, 0))).await.ok();
    let access = &done["AuthenticationResult"]["AccessToken"];
    client.call("DeleteUserAttributes", json!({"AccessToken": access, "UserAttributeNames": ["phone_number"]})).await.ok();
    let error = choose(&client, &reply, "SMS_MFA").await.error();
    assert_eq!(error, "InvalidParameter: ANSWER should be one of MFAS_CAN_CHOOSE");
    choose(&client, &reply, "EMAIL_OTP").await.ok();
}

#[tokio::test]
async fn no_code_is_taken_before_the_choice() {
    let client = Client::new();
    let reply = offered(&client).await;
    let responses = json!({"USERNAME": CHOOSER, "SOFTWARE_TOKEN_MFA_CODE": client.totp(TOTP_SECRET, 0)});
    let answer = client.answer("SOFTWARE_TOKEN_MFA", &reply["Session"], responses);
    assert_eq!(client.respond(&answer).await.error(), INVALID_SESSION);
}
