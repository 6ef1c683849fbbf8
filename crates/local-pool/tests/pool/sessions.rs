//! Challenge sessions

use std::time::Duration;

use local_pool::seed;
use serde_json::json;

use crate::client::{Client, EXPIRED, INVALID_SESSION, USED, USER};

#[tokio::test]
async fn a_session_works_once() {
    let client = Client::new();
    let reply = client.password("CUSTOM_AUTH", USER, seed::PASSWORD).await.ok();
    let right = client.code_answer(&reply, USER, &client.pool.newest_code(USER).unwrap());
    client.respond(&right).await.ok();
    assert_eq!(client.respond(&right).await.error(), USED);
}

#[tokio::test]
async fn a_session_expires_after_three_minutes() {
    let client = Client::new();
    let reply = client.password("CUSTOM_AUTH", USER, seed::PASSWORD).await.ok();
    let right = client.code_answer(&reply, USER, &client.pool.newest_code(USER).unwrap());
    client.pool.advance_clock(Duration::from_secs(181));
    assert_eq!(client.respond(&right).await.error(), EXPIRED);
}

#[tokio::test]
async fn the_time_is_a_setting() {
    let client = Client::with(|builder| builder.with(|settings| settings.session_validity = Duration::from_secs(5)));
    let reply = client.password("USER_SRP_AUTH", "totp@example.com", seed::PASSWORD).await.ok();
    client.pool.advance_clock(Duration::from_secs(6));
    let code = client.totp(seed::TOTP_SECRET, 0);
    let answer = client.code_answer(&reply, "totp@example.com", &code);
    assert_eq!(client.respond(&answer).await.error(), EXPIRED);
}

#[tokio::test]
async fn invented_sessions_are_refused() {
    let client = Client::new();
    let answer = |session: &str| {
        let responses = json!({"USERNAME": USER, "ANSWER": "123456"});
        client.answer("CUSTOM_CHALLENGE", &json!(session), responses)
    };
    assert_eq!(client.respond(&answer(&"A".repeat(128))).await.error(), INVALID_SESSION);
    assert_eq!(
        client.respond(&answer("short")).await.error(),
        "InvalidParameter: 1 validation error detected: Value at 'session' failed to satisfy constraint: \
         Member must have length greater than or equal to 20"
    );
    let mut without = answer("");
    without.as_object_mut().unwrap().remove("Session");
    assert_eq!(client.respond(&without).await.error(), "InvalidParameter: Missing required parameter Session");
}

#[tokio::test]
async fn a_reset_forgets_sessions() {
    let client = Client::new();
    let reply = client.password("USER_SRP_AUTH", "totp@example.com", seed::PASSWORD).await.ok();
    client.pool.reset();
    let answer = client.code_answer(&reply, "totp@example.com", &client.totp(seed::TOTP_SECRET, 0));
    assert_eq!(client.respond(&answer).await.error(), INVALID_SESSION);
}
