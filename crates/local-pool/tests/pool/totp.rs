//! `SOFTWARE_TOKEN_MFA`

use local_pool::seed::{PASSWORD, TOTP_SECRET};
use serde_json::Value;

use crate::client::{Client, USED};

const TOTP_USER: &str = "totp@example.com";
const MISMATCH: &str = "CodeMismatch: Invalid code or auth state for the user.";
const USED_CODE: &str = "ExpiredCode: Your software token has already been used once.";

async fn challenged(client: &Client) -> Value {
    let reply = client.password("USER_SRP_AUTH", TOTP_USER, PASSWORD).await.ok();
    assert_eq!(reply["ChallengeName"], "SOFTWARE_TOKEN_MFA");
    reply
}

async fn sign_in(client: &Client, steps: i64) -> crate::client::Reply {
    let reply = challenged(client).await;
    client.respond(&client.code_answer(&reply, TOTP_USER, &client.totp(TOTP_SECRET, steps))).await
}

#[tokio::test]
async fn the_right_code_gives_tokens() {
    let client = Client::new();
    let reply = challenged(&client).await;
    let parameters = &reply["ChallengeParameters"];
    assert_eq!(parameters["FRIENDLY_DEVICE_NAME"], "Seeded authenticator app");
    let username = parameters["USER_ID_FOR_SRP"].as_str().unwrap();
    let answer = client.code_answer(&reply, username, &client.totp(TOTP_SECRET, 0));
    assert!(client.respond(&answer).await.ok()["AuthenticationResult"]["AccessToken"].is_string());
    assert_eq!(client.respond(&answer).await.error(), USED);
}

#[tokio::test]
async fn a_wrong_code_leaves_the_session_usable() {
    let client = Client::new();
    client.next_step();
    let reply = challenged(&client).await;
    for wrong in [client.totp(TOTP_SECRET, 7), "12345".to_owned(), "abcdef".to_owned()] {
        let answer = client.code_answer(&reply, TOTP_USER, &wrong);
        assert_eq!(client.respond(&answer).await.error(), MISMATCH);
    }
    client.respond(&client.code_answer(&reply, TOTP_USER, &client.totp(TOTP_SECRET, 0))).await.ok();
}

#[tokio::test]
async fn one_step_of_drift_is_tolerated_two_are_not() {
    for (steps, is_right) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
        let client = Client::new();
        client.next_step();
        let reply = sign_in(&client, steps).await;
        assert_eq!(reply.status == 200, is_right, "{steps}");
        if !is_right {
            assert_eq!(reply.error(), MISMATCH);
        }
    }
}

#[tokio::test]
async fn a_code_works_once() {
    let client = Client::new();
    client.next_step();
    sign_in(&client, 0).await.ok();
    assert_eq!(sign_in(&client, 0).await.error(), USED_CODE);
    // Nor does an earlier one work after a later one.
    assert_eq!(sign_in(&client, -1).await.error(), USED_CODE);
    client.next_step();
    sign_in(&client, 0).await.ok();
}

#[tokio::test]
async fn a_used_code_leaves_the_session_usable() {
    let client = Client::new();
    client.next_step();
    sign_in(&client, 0).await.ok();
    let reply = challenged(&client).await;
    let used = client.code_answer(&reply, TOTP_USER, &client.totp(TOTP_SECRET, 0));
    assert_eq!(client.respond(&used).await.error(), USED_CODE);
    client.next_step();
    client.respond(&client.code_answer(&reply, TOTP_USER, &client.totp(TOTP_SECRET, 0))).await.ok();
}

#[tokio::test]
async fn the_code_must_be_there() {
    let client = Client::new();
    let reply = challenged(&client).await;
    let answer = client.code_answer(&reply, TOTP_USER, "");
    assert_eq!(client.respond(&answer).await.error(), "InvalidParameter: Missing required parameter SOFTWARE_TOKEN_MFA_CODE");
}
