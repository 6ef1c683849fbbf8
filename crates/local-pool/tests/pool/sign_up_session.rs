//! From a sign-up to the first sign-in without another code: the sessions of `SignUp` and `ConfirmSignUp`

use std::time::Duration;

use local_pool::seed::{CHOICE_CLIENT, CLIENT, PASSWORD};
use serde_json::{Value, json};

use crate::client::{Client, EXPIRED, INVALID_SESSION, Reply, USED, claims};

const NEW: &str = "new@example.com";

fn choice() -> Client {
    Client::of_pool("LocalChoice", CHOICE_CLIENT)
}

async fn signed_up(client: &Client, username: &str) -> Value {
    let body = json!({"ClientId": client.client_id, "Username": username, "Password": PASSWORD});
    client.call("SignUp", body).await.ok()
}

async fn confirm(client: &Client, username: &str, session: &Value) -> Reply {
    let code = client.pool.newest_code(username).unwrap();
    let mut body = json!({"ClientId": client.client_id, "Username": username, "ConfirmationCode": code});
    if !session.is_null() {
        body["Session"] = session.clone();
    }
    client.call("ConfirmSignUp", body).await
}

/// The session of a sign-up that was confirmed.
async fn confirmed(client: &Client, username: &str) -> Value {
    let session = signed_up(client, username).await["Session"].clone();
    let reply = confirm(client, username, &session).await.ok();
    assert!(reply["Session"].is_string(), "{reply}");
    reply["Session"].clone()
}

async fn sign_in(client: &Client, flow: &str, username: &str, session: &Value) -> Reply {
    let parameters = json!({"USERNAME": username, "SRP_A": "2"});
    let body = json!({"AuthFlow": flow, "ClientId": client.client_id, "AuthParameters": parameters, "Session": session});
    client.call("InitiateAuth", body).await
}

#[tokio::test]
async fn the_code_of_the_sign_up_signs_in() {
    let client = choice();
    let session = confirmed(&client, NEW).await;
    let tokens = sign_in(&client, "USER_AUTH", NEW, &session).await.ok()["AuthenticationResult"].clone();
    let id = claims(tokens["IdToken"].as_str().unwrap());
    assert_eq!((&id["email"], &id["email_verified"]), (&json!(NEW), &json!(true)));
    assert_eq!(sign_in(&client, "USER_AUTH", NEW, &session).await.error(), USED);
    // One message: that of the sign-up.
    assert_eq!(client.get("/local/inbox").await.ok().as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_client_without_the_flow_gets_no_session() {
    let client = Client::new().with_client(CLIENT);
    let session = signed_up(&client, NEW).await["Session"].clone();
    assert_eq!(session, Value::Null);
    assert_eq!(confirm(&client, NEW, &Value::Null).await.ok()["Session"], Value::Null);
}

#[tokio::test]
async fn the_session_of_the_sign_up_may_be_left_out_and_be_too_old() {
    let client = choice();
    signed_up(&client, NEW).await;
    assert!(confirm(&client, NEW, &Value::Null).await.ok()["Session"].is_string());
    let other = "other@example.com";
    let session = signed_up(&client, other).await["Session"].clone();
    client.pool.advance_clock(Duration::from_secs(181));
    assert!(confirm(&client, other, &session).await.ok()["Session"].is_string());
}

#[tokio::test]
async fn the_session_of_another_confirms_nobody() {
    let client = choice();
    let other = signed_up(&client, "other@example.com").await["Session"].clone();
    let session = signed_up(&client, NEW).await["Session"].clone();
    let choice = client.initiate("USER_AUTH", json!({"USERNAME": NEW})).await.ok()["Session"].clone();
    for session in [other, choice, json!("A".repeat(128))] {
        assert_eq!(confirm(&client, NEW, &session).await.error(), INVALID_SESSION);
    }
    // A wrong code leaves it as it is.
    let body = json!({"ClientId": client.client_id, "Username": NEW, "ConfirmationCode": "x", "Session": session});
    assert!(client.call("ConfirmSignUp", body).await.error().starts_with("CodeMismatch"));
    assert!(confirm(&client, NEW, &session).await.ok()["Session"].is_string());
}

#[tokio::test]
async fn the_session_signs_in_whom_it_is_for_and_in_time() {
    let client = choice();
    let unconfirmed = signed_up(&client, NEW).await["Session"].clone();
    assert_eq!(sign_in(&client, "USER_AUTH", NEW, &unconfirmed).await.error(), INVALID_SESSION);
    let session = confirm(&client, NEW, &unconfirmed).await.ok()["Session"].clone();
    assert_eq!(sign_in(&client, "USER_AUTH", "choose-factor@example.com", &session).await.error(), INVALID_SESSION);
    assert_eq!(sign_in(&client, "USER_AUTH", "nobody@example.com", &session).await.error(), INVALID_SESSION);
    assert_eq!(sign_in(&client, "USER_SRP_AUTH", NEW, &session).await.error(), INVALID_SESSION);
    let choice = client.initiate("USER_AUTH", json!({"USERNAME": NEW})).await.ok()["Session"].clone();
    assert_eq!(sign_in(&client, "USER_AUTH", NEW, &choice).await.error(), INVALID_SESSION);
    client.pool.advance_clock(Duration::from_secs(181));
    assert_eq!(sign_in(&client, "USER_AUTH", NEW, &session).await.error(), EXPIRED);
}

#[tokio::test]
async fn the_session_is_for_the_first_sign_in() {
    let client = choice();
    let session = confirmed(&client, NEW).await;
    client.password("USER_AUTH", NEW, PASSWORD).await.ok();
    assert_eq!(sign_in(&client, "USER_AUTH", NEW, &session).await.error(), INVALID_SESSION);
}
