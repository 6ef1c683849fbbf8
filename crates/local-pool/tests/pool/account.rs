//! `ChangePassword` and `DeleteUser`

use std::time::Duration;

use local_pool::seed::PASSWORD;
use serde_json::{Value, json};

use crate::client::{Client, INCORRECT, Reply, USER};

const NEW: &str = "Another-1!";

async fn change(client: &Client, access_token: &str, previous: &str, proposed: &str) -> Reply {
    let body = json!({"AccessToken": access_token, "PreviousPassword": previous, "ProposedPassword": proposed});
    client.call("ChangePassword", body).await
}

#[tokio::test]
async fn the_new_password_signs_in_and_the_tokens_stay() {
    let client = Client::new();
    let tokens = client.tokens(USER).await;
    let under_way = client.begin("USER_SRP_AUTH", USER).await;
    assert_eq!(change(&client, tokens.access(), PASSWORD, NEW).await.ok(), json!({}));
    assert_eq!(client.password("USER_SRP_AUTH", USER, PASSWORD).await.error(), INCORRECT);
    let proof = client.proof(&under_way, PASSWORD, &client.timestamp());
    assert_eq!(client.respond(&proof).await.error(), INCORRECT);
    client.password("USER_SRP_AUTH", USER, NEW).await.ok();
    client.call("GetUser", json!({"AccessToken": tokens.access()})).await.ok();
}

#[tokio::test]
async fn what_is_refused_changes_nothing() {
    let client = Client::new();
    let tokens = client.tokens(USER).await;
    for (previous, proposed, error) in [
        ("wrong", NEW, INCORRECT),
        (PASSWORD, "Aa1!", "InvalidPassword: Password did not conform with policy: Password not long enough"),
        (PASSWORD, "another1", "InvalidPassword: Password did not conform with policy: Password must have uppercase characters"),
        (
            PASSWORD,
            " Another-1! ",
            "InvalidParameter: 1 validation error detected: Value at 'proposedPassword' failed to satisfy constraint: \
             Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$",
        ),
    ] {
        assert_eq!(change(&client, tokens.access(), previous, proposed).await.error(), error);
    }
    let body = json!({"AccessToken": tokens.access(), "ProposedPassword": NEW});
    let error = client.call("ChangePassword", body).await.error();
    assert_eq!(error, "InvalidParameter: Missing required parameter PreviousPassword");
    assert_eq!(change(&client, "invented", PASSWORD, NEW).await.error(), "NotAuthorized: Invalid Access Token");
    client.tokens(USER).await;
}

#[tokio::test]
async fn a_password_can_be_changed_five_times_an_hour() {
    let client = Client::new();
    let tokens = client.tokens(USER).await;
    for (previous, proposed) in [(PASSWORD, NEW), (NEW, PASSWORD), (PASSWORD, NEW), (NEW, PASSWORD), (PASSWORD, NEW)] {
        change(&client, tokens.access(), previous, proposed).await.ok();
    }
    let limit = "LimitExceeded: Attempt limit exceeded, please try after some time.";
    assert_eq!(change(&client, tokens.access(), NEW, PASSWORD).await.error(), limit);
    client.pool.advance_clock(Duration::from_secs(3601));
    let reply = client.password("USER_SRP_AUTH", USER, NEW).await.ok();
    let access_token = reply["AuthenticationResult"]["AccessToken"].as_str().unwrap();
    change(&client, access_token, NEW, PASSWORD).await.ok();
}

#[tokio::test]
async fn guesses_lock_as_those_at_sign_in() {
    let client = Client::new();
    let tokens = client.tokens(USER).await;
    for _ in 0..5 {
        assert_eq!(change(&client, tokens.access(), "wrong", NEW).await.error(), INCORRECT);
    }
    let error = change(&client, tokens.access(), PASSWORD, NEW).await.error();
    assert_eq!(error, "NotAuthorized: Password attempts exceeded");
}

#[tokio::test]
async fn a_deleted_user_does_not_exist_and_can_sign_up_again() {
    let client = Client::new();
    let tokens = client.tokens(USER).await;
    let access = json!({"AccessToken": tokens.access()});
    let reply = client.call("DeleteUser", access.clone()).await;
    // The body is empty.
    assert_eq!((reply.status, &reply.body), (200, &Value::String(String::new())));
    for operation in ["GetUser", "DeleteUser"] {
        assert_eq!(client.call(operation, access.clone()).await.error(), "UserNotFound: User does not exist.");
    }
    let refresh = client.initiate("REFRESH_TOKEN_AUTH", json!({"REFRESH_TOKEN": tokens.refresh()})).await;
    assert_eq!(refresh.error(), "UserNotFound: User does not exist.");
    assert_eq!(client.password("USER_SRP_AUTH", USER, PASSWORD).await.error(), INCORRECT);

    let body = json!({"ClientId": client.client_id, "Username": USER, "Password": NEW});
    client.call("SignUp", body).await.ok();
    let code = client.pool.newest_code(USER).unwrap();
    client.call("ConfirmSignUp", json!({"ClientId": client.client_id, "Username": USER, "ConfirmationCode": code})).await.ok();
    client.password("USER_SRP_AUTH", USER, NEW).await.ok();
    // The tokens of the one before are still nobody's.
    assert_eq!(client.call("GetUser", access).await.error(), "UserNotFound: User does not exist.");
}

#[tokio::test]
async fn a_sign_in_that_was_under_way_ends_with_the_user() {
    let client = Client::new();
    let tokens = client.tokens(USER).await;
    let custom = client.password("CUSTOM_AUTH", USER, PASSWORD).await.ok();
    let code = client.pool.newest_code(USER).unwrap();
    client.call("DeleteUser", json!({"AccessToken": tokens.access()})).await;
    let error = client.respond(&client.code_answer(&custom, USER, &code)).await.error();
    assert_eq!(error, "NotAuthorized: Invalid session for the user.");
}
