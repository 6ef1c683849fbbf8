//! `PreventUserExistenceErrors`

use local_pool::seed;
use serde_json::json;

use crate::client::{Client, INCORRECT, USER};

const NOBODY: &str = "nobody@example.com";

#[tokio::test]
async fn an_unknown_user_looks_like_any_other() {
    let client = Client::new();
    for flow in ["USER_SRP_AUTH", "CUSTOM_AUTH"] {
        let known = client.begin(flow, USER).await.reply;
        let unknown = client.begin(flow, NOBODY).await;
        let names = |reply: &serde_json::Value| {
            let mut names: Vec<String> = reply["ChallengeParameters"].as_object().unwrap().keys().cloned().collect();
            names.push(format!("Session: {}", reply.get("Session").is_some()));
            names
        };
        assert_eq!(names(&known), names(&unknown.reply));
        let length = |reply: &serde_json::Value, name: &str| reply["ChallengeParameters"][name].as_str().unwrap().len();
        for name in ["SECRET_BLOCK", "USERNAME"] {
            assert_eq!(length(&known, name), length(&unknown.reply, name), "{name}");
        }
        let answer = client.proof(&unknown, seed::PASSWORD, &client.timestamp());
        assert_eq!(client.respond(&answer).await.error(), INCORRECT);
    }
}

#[tokio::test]
async fn asking_twice_tells_nothing() {
    let client = Client::new();
    let one = client.begin("USER_SRP_AUTH", NOBODY).await;
    let two = client.begin("CUSTOM_AUTH", NOBODY).await;
    for stable in ["SALT", "USERNAME", "USER_ID_FOR_SRP"] {
        assert_eq!(one.parameter(stable), two.parameter(stable), "{stable}");
    }
    for fresh in ["SRP_B", "SECRET_BLOCK"] {
        assert_ne!(one.parameter(fresh), two.parameter(fresh), "{fresh}");
    }
    // Another pool object, as after a restart.
    let later = Client::new().begin("USER_SRP_AUTH", NOBODY).await;
    assert_eq!(one.parameter("SALT"), later.parameter("SALT"));
    let other = client.begin("USER_SRP_AUTH", "somebody@example.com").await;
    assert_ne!(one.parameter("SALT"), other.parameter("SALT"));
    assert_ne!(one.parameter("USERNAME"), other.parameter("USERNAME"));
}

#[tokio::test]
async fn a_user_of_another_pool_is_unknown() {
    let client = Client::new();
    assert_eq!(client.password("USER_SRP_AUTH", "totp-setup@example.com", seed::PASSWORD).await.error(), INCORRECT);
}

#[tokio::test]
async fn unknown_users_are_locked_out_too() {
    let client = Client::new();
    for _ in 0..5 {
        assert_eq!(client.password("USER_SRP_AUTH", NOBODY, "wrong").await.error(), INCORRECT);
    }
    let reply = client.password("USER_SRP_AUTH", NOBODY, "wrong").await;
    assert_eq!(reply.error(), "NotAuthorized: Password attempts exceeded");
}

#[tokio::test]
async fn a_legacy_client_says_so() {
    let client = Client::new().with_client(seed::LEGACY_CLIENT);
    let unknown = "UserNotFound: User does not exist.";
    for flow in ["USER_SRP_AUTH", "CUSTOM_AUTH"] {
        let parameters = json!({"USERNAME": NOBODY, "SRP_A": "2", "CHALLENGE_NAME": "SRP_A"});
        assert_eq!(client.initiate(flow, parameters).await.error(), unknown);
    }
    client.password("USER_SRP_AUTH", USER, seed::PASSWORD).await.ok();
}

#[tokio::test]
async fn case_counts() {
    let client = Client::new();
    assert_eq!(client.password("USER_SRP_AUTH", "User@example.com", seed::PASSWORD).await.error(), INCORRECT);
}
