//! `RevokeToken` and `GlobalSignOut`

use local_pool::seed;
use serde_json::json;

use crate::client::{Client, Reply, Tokens, USER};

async fn revoke(client: &Client, token: &str) -> Reply {
    client.call("RevokeToken", json!({"Token": token, "ClientId": client.client_id})).await
}

async fn is_access_good(client: &Client, tokens: &Tokens) -> bool {
    let reply = client.call("GetUser", json!({"AccessToken": tokens.access()})).await;
    if reply.status == 200 {
        return true;
    }
    assert_eq!(reply.error(), "NotAuthorized: Access Token has been revoked");
    false
}

async fn is_refresh_good(client: &Client, tokens: &Tokens) -> bool {
    let reply = client.initiate("REFRESH_TOKEN_AUTH", json!({"REFRESH_TOKEN": tokens.refresh()})).await;
    if reply.status == 200 {
        return true;
    }
    assert_eq!(reply.error(), "NotAuthorized: Refresh Token has been revoked");
    false
}

#[tokio::test]
async fn revoking_ends_one_sign_in() {
    let client = Client::new();
    let (one, other) = (client.tokens(USER).await, client.tokens(USER).await);
    assert!(is_access_good(&client, &one).await);
    assert_eq!(revoke(&client, one.refresh()).await.ok(), json!({}));
    assert!(!is_access_good(&client, &one).await);
    assert!(!is_refresh_good(&client, &one).await);
    assert!(is_access_good(&client, &other).await);
    assert!(is_refresh_good(&client, &other).await);
    // Twice is no error.
    revoke(&client, one.refresh()).await.ok();
}

#[tokio::test]
async fn what_cannot_be_revoked() {
    let client = Client::new();
    let tokens = client.tokens(USER).await;
    for token in [tokens.access(), tokens.id()] {
        assert_eq!(revoke(&client, token).await.error(), "UnsupportedTokenType: Unsupported token type");
    }
    assert_eq!(revoke(&client, "nonsense").await.error(), "InvalidParameter: Invalid Refresh Token");
    let client = client.with_client(seed::LEGACY_CLIENT);
    assert!(revoke(&client, tokens.refresh()).await.error().starts_with("Unauthorized: "));
    let client = client.with_client("nobodys");
    assert_eq!(revoke(&client, tokens.refresh()).await.error(), "Unauthorized: User pool client nobodys does not exist.");
    let client = client.with_client(seed::SECRET_CLIENT);
    assert!(revoke(&client, tokens.refresh()).await.error().starts_with("Unauthorized: "));
}

#[tokio::test]
async fn global_sign_out_ends_all_of_a_users() {
    let client = Client::new();
    let (one, two) = (client.tokens(USER).await, client.tokens(USER).await);
    let another_user = client.tokens("srp@example.com").await;
    assert_eq!(client.call("GlobalSignOut", json!({"AccessToken": one.access()})).await.ok(), json!({}));
    for tokens in [&one, &two] {
        assert!(!is_access_good(&client, tokens).await);
        assert!(!is_refresh_good(&client, tokens).await);
    }
    assert!(is_access_good(&client, &another_user).await);
    let again = client.call("GlobalSignOut", json!({"AccessToken": one.access()})).await;
    assert_eq!(again.error(), "NotAuthorized: Access Token has been revoked");
}
