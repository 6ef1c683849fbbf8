//! `ListUserSessions` and `RevokeUserSession`, and what else ends a sign-in

use local_pool::seed;
use serde_json::{Value, json};

use crate::client::{Client, Reply, START_MILLIS, Tokens, USER};

async fn list(client: &Client, tokens: &Tokens, more: Value) -> Reply {
    let mut body = json!({"AccessToken": tokens.access()});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    client.call("ListUserSessions", body).await
}

async fn sessions(client: &Client, tokens: &Tokens) -> Vec<Value> {
    let reply = list(client, tokens, json!({})).await.ok();
    assert_eq!(reply.get("NextToken"), None);
    reply["Sessions"].as_array().unwrap().clone()
}

async fn revoke(client: &Client, tokens: &Tokens, id: &Value) -> Reply {
    client.call("RevokeUserSession", json!({"AccessToken": tokens.access(), "SessionId": id})).await
}

async fn is_good(client: &Client, tokens: &Tokens) -> bool {
    client.call("GetUser", json!({"AccessToken": tokens.access()})).await.status == 200
}

#[tokio::test]
async fn a_user_sees_their_sessions_in_all_clients_of_the_pool() {
    let client = Client::new();
    let one = client.tokens(USER).await;
    client.next_step();
    let client = client.with_client(seed::LEGACY_CLIENT);
    let other = client.tokens(USER).await;
    client.tokens("srp@example.com").await;
    let listed = sessions(&client, &other).await;
    let start = START_MILLIS / 1000;
    let expected = |client_id: &str, at: i64, is_current: bool, id: &Value| {
        json!({
            "SessionId": id, "SessionType": "TOKEN", "ClientId": client_id, "CreateDate": at, "LastActiveDate": at,
            "DeviceType": "unknown", "IsCurrentSession": is_current,
        })
    };
    let ids = [&listed[0]["SessionId"], &listed[1]["SessionId"]];
    assert_eq!(listed[0], expected(seed::LEGACY_CLIENT, start + 30, true, ids[0]));
    assert_eq!(listed[1], expected(seed::CLIENT, start, false, ids[1]));
    for id in ids {
        let id = id.as_str().unwrap();
        let is_plain = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit();
        assert!(id.len() == 28 && id.starts_with("tkn") && id.chars().all(is_plain), "{id}");
    }
    // A refresh is activity, and no other session.
    client.next_step();
    let client = client.with_client(seed::CLIENT);
    client.initiate("REFRESH_TOKEN_AUTH", json!({"REFRESH_TOKEN": one.refresh()})).await.ok();
    let listed = sessions(&client, &one).await;
    assert_eq!((&listed[1]["LastActiveDate"], &listed[1]["CreateDate"]), (&json!(start + 60), &json!(start)));
    assert_eq!(listed.iter().map(|session| &session["IsCurrentSession"]).collect::<Vec<_>>(), [&json!(false), &json!(true)]);
}

#[tokio::test]
async fn another_session_can_be_ended_and_ones_own_cannot() {
    let client = Client::new();
    let one = client.tokens(USER).await;
    client.next_step();
    let other = client.tokens(USER).await;
    let stranger = client.tokens("srp@example.com").await;
    let listed = sessions(&client, &one).await;
    let (others, own) = (&listed[0]["SessionId"], &listed[1]["SessionId"]);
    let strangers = &sessions(&client, &stranger).await[0]["SessionId"];

    let refused = revoke(&client, &one, own).await.error();
    assert!(refused.starts_with("InvalidParameter: "), "{refused}");
    assert_eq!(revoke(&client, &one, strangers).await.error(), "ResourceNotFound: Session does not exist.");
    assert_eq!(revoke(&client, &one, others).await.ok(), json!({}));
    assert!(!is_good(&client, &other).await && is_good(&client, &one).await && is_good(&client, &stranger).await);
    let refresh = client.initiate("REFRESH_TOKEN_AUTH", json!({"REFRESH_TOKEN": other.refresh()})).await;
    assert_eq!(refresh.error(), "NotAuthorized: Refresh Token has been revoked");
    assert_eq!(sessions(&client, &one).await.len(), 1);
    assert_eq!(revoke(&client, &one, others).await.error(), "ResourceNotFound: Session does not exist.");
}

#[tokio::test]
async fn many_sessions_come_in_pages() {
    let client = Client::with(|builder| builder.with_client(seed::CLIENT, |client| client.allow_user_password_auth = true));
    let mut last = client.tokens(USER).await;
    for _ in 0..60 {
        let password = json!({"USERNAME": USER, "PASSWORD": seed::PASSWORD});
        let reply = client.initiate("USER_PASSWORD_AUTH", password).await.ok();
        last = Tokens(reply["AuthenticationResult"].clone());
    }
    let first = list(&client, &last, json!({})).await.ok();
    let second = list(&client, &last, json!({"NextToken": first["NextToken"]})).await.ok();
    let id_of = |session: &Value| session["SessionId"].as_str().unwrap().to_owned();
    let mut ids: Vec<String> =
        [&first, &second].iter().flat_map(|page| page["Sessions"].as_array().unwrap().iter().map(id_of)).collect();
    assert_eq!((ids.len(), second.get("NextToken")), (61, None));
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 61);
    for wrong in ["nonsense", "MQ"] {
        let told = list(&client, &last, json!({"NextToken": wrong})).await.error();
        assert_eq!(told, "InvalidParameter: Invalid pagination token");
    }
}

#[tokio::test]
async fn a_pool_that_does_not_track_sessions_says_so() {
    let client = Client::of_pool("LocalNamed", seed::NAMED_CLIENT);
    let body = json!({
        "ClientId": seed::NAMED_CLIENT, "Username": "named@example.com", "Password": seed::PASSWORD,
        "UserAttributes": [{"Name": "name", "Value": "Ann"}],
    });
    client.call("SignUp", body).await.ok();
    let code = client.pool.newest_code("named@example.com").unwrap();
    let confirm = json!({"ClientId": seed::NAMED_CLIENT, "Username": "named@example.com", "ConfirmationCode": code});
    client.call("ConfirmSignUp", confirm).await.ok();
    let tokens = client.tokens("named@example.com").await;
    let refused = "OperationNotEnabled: User session tracking is not enabled for this user pool";
    assert_eq!(list(&client, &tokens, json!({})).await.error(), refused);
    assert_eq!(revoke(&client, &tokens, &json!("tkn0123456789abcdefghijklmno")).await.error(), refused);
}

#[tokio::test]
async fn revoke_token_takes_associated_sessions() {
    let client = Client::new();
    for which in ["NONE", "LINKED"] {
        let (one, other) = (client.tokens(USER).await, client.tokens(USER).await);
        let body = json!({"Token": one.refresh(), "ClientId": client.client_id, "RevokeAssociatedSessions": which});
        client.call("RevokeToken", body).await.ok();
        // Without managed login no session is linked with another.
        assert!(!is_good(&client, &one).await && is_good(&client, &other).await);
    }
}

/// Who signs up under a name of before is somebody else.
#[tokio::test]
async fn tokens_of_a_deleted_user_are_none_of_the_next_one_of_that_name() {
    let config = r#"{"pools": {"eu-west-1_Staff": {"usernameAttributes": [], "clients": {"staff": {}}, "users": {"ann": {}}}}}"#;
    let client = Client::with(|builder| builder.with_config(config, local_pool::Format::Json).unwrap()).with_client("staff");
    let client = Client { pool_name: "Staff", ..client };
    let tokens = client.tokens("ann").await;
    client.call("DeleteUser", json!({"AccessToken": tokens.access()})).await.ok();
    let body = json!({
        "ClientId": "staff", "Username": "ann", "Password": "Another-one-2!",
        "UserAttributes": [{"Name": "email", "Value": "another-ann@example.com"}],
    });
    client.call("SignUp", body).await.ok();
    assert!(!is_good(&client, &tokens).await);
}

#[tokio::test]
async fn a_user_of_whom_the_settings_say_something_else_is_signed_out() {
    let client = Client::new();
    let tokens = client.tokens("srp@example.com").await;
    let patch = json!({"pools": {(seed::LOCAL_POOL): {"users": {"srp@example.com": {"description": "another one"}}}}});
    let request = axum::http::Request::patch("/local/settings").header("host", "127.0.0.1:9229");
    let request = request.header("content-type", "application/merge-patch+json");
    client.send(request.body(patch.to_string().into()).unwrap()).await.ok();
    assert!(!is_good(&client, &tokens).await);
}
