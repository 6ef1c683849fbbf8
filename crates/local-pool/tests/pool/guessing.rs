//! Who knows the password guesses codes, over as many sign-ins as it takes

use local_pool::seed::PASSWORD;
use serde_json::Value;

use crate::client::{Client, USER};

/// A code of six digits that is not the mailed one.
fn wrong_code(client: &Client) -> &'static str {
    if client.pool.newest_code(USER).as_deref() == Some("000000") { "000001" } else { "000000" }
}

async fn begin(client: &Client) -> Result<Value, String> {
    let reply = client.password("CUSTOM_AUTH", USER, PASSWORD).await;
    if reply.status == 200 { Ok(reply.ok()) } else { Err(reply.error()) }
}

/// Three wrong codes, or as many as are taken.
async fn guess(client: &Client, mut reply: Value) -> u32 {
    for guesses in 1..=3 {
        let answered = client.respond(&client.code_answer(&reply, USER, wrong_code(client))).await;
        if answered.status != 200 {
            return guesses;
        }
        reply = answered.ok();
    }
    3
}

#[tokio::test]
async fn a_hundred_and_twenty_sign_ins_are_refused_and_told_how_long() {
    let client = Client::new();
    let (mut guesses, mut refusals) = (0, Vec::new());
    for _ in 0..120 {
        match begin(&client).await {
            Ok(reply) => guesses += guess(&client, reply).await,
            Err(error) => refusals.push(error),
        }
    }
    assert_eq!((guesses, refusals.len()), (9, 117));
    let text = "There were too many attempts to sign in. Please wait 1 minute, then try again";
    assert_eq!(refusals[0], format!("UserLambdaValidation: CreateAuthChallenge failed with error {text}."));
}
