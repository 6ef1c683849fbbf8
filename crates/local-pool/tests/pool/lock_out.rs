//! Too many wrong passwords and codes

use std::time::Duration;

use local_pool::seed::{PASSWORD, TOTP_SECRET};

use crate::client::{Client, INCORRECT, USER};

const EXCEEDED: &str = "NotAuthorized: Password attempts exceeded";

#[tokio::test]
async fn five_wrong_passwords_lock_for_a_while() {
    let client = Client::new();
    for _ in 0..5 {
        assert_eq!(client.password("USER_SRP_AUTH", USER, "wrong").await.error(), INCORRECT);
    }
    // Even the right one; and that does not count as an attempt.
    assert_eq!(client.password("USER_SRP_AUTH", USER, PASSWORD).await.error(), EXCEEDED);
    client.pool.advance_clock(Duration::from_secs(1));
    assert_eq!(client.password("USER_SRP_AUTH", USER, "wrong").await.error(), INCORRECT);
    client.pool.advance_clock(Duration::from_millis(1999));
    assert_eq!(client.password("USER_SRP_AUTH", USER, PASSWORD).await.error(), EXCEEDED);
    client.pool.advance_clock(Duration::from_millis(1));
    client.password("USER_SRP_AUTH", USER, PASSWORD).await.ok();
    // Success forgets.
    for _ in 0..4 {
        assert_eq!(client.password("USER_SRP_AUTH", USER, "wrong").await.error(), INCORRECT);
    }
    client.password("USER_SRP_AUTH", USER, PASSWORD).await.ok();
}

#[tokio::test]
async fn another_user_is_not_locked() {
    let client = Client::new();
    for _ in 0..6 {
        client.password("USER_SRP_AUTH", USER, "wrong").await;
    }
    client.password("USER_SRP_AUTH", "srp@example.com", PASSWORD).await.ok();
}

#[tokio::test]
async fn five_wrong_totp_codes_lock_as_well() {
    let client = Client::new();
    client.next_step();
    let user = "totp@example.com";
    let reply = client.password("USER_SRP_AUTH", user, PASSWORD).await.ok();
    let wrong = client.code_answer(&reply, user, &client.totp(TOTP_SECRET, 9));
    for _ in 0..5 {
        assert!(client.respond(&wrong).await.error().starts_with("CodeMismatch"));
    }
    let right = client.code_answer(&reply, user, &client.totp(TOTP_SECRET, 0));
    assert_eq!(client.respond(&right).await.error(), EXCEEDED);
    client.pool.advance_clock(Duration::from_secs(1));
    client.respond(&right).await.ok();
}
