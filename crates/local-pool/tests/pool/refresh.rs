//! `REFRESH_TOKEN_AUTH` and `GetTokensFromRefreshToken`

use std::time::Duration;

use local_pool::seed;
use serde_json::{Value, json};

use crate::client::{Client, Reply, USER, claims};

async fn refresh_token_auth(client: &Client, token: &str) -> Reply {
    client.initiate("REFRESH_TOKEN_AUTH", json!({"REFRESH_TOKEN": token})).await
}

async fn get_tokens(client: &Client, token: &str) -> Reply {
    client.call("GetTokensFromRefreshToken", json!({"RefreshToken": token, "ClientId": client.client_id})).await
}

fn check_renewed(reply: &Value, old_id_token: &str) {
    let result = &reply["AuthenticationResult"];
    let (old, new) = (claims(old_id_token), claims(result["IdToken"].as_str().unwrap()));
    for same in ["sub", "origin_jti", "auth_time", "event_id", "aud", "iss"] {
        assert_eq!(old[same], new[same], "{same}");
    }
    assert_ne!(old["jti"], new["jti"]);
    assert!(new["iat"].as_i64() > old["iat"].as_i64());
    assert!(result["AccessToken"].is_string());
}

#[tokio::test]
async fn both_ways_renew_and_keep_the_refresh_token() {
    let client = Client::new();
    let tokens = client.tokens(USER).await;
    client.pool.advance_clock(Duration::from_secs(3500));
    for reply in [
        refresh_token_auth(&client, tokens.refresh()).await.ok(),
        client.initiate("REFRESH_TOKEN", json!({"REFRESH_TOKEN": tokens.refresh()})).await.ok(),
        get_tokens(&client, tokens.refresh()).await.ok(),
    ] {
        check_renewed(&reply, tokens.id());
        assert!(reply["AuthenticationResult"].get("RefreshToken").is_none());
    }
}

#[tokio::test]
async fn unknown_and_expired_refresh_tokens_are_refused() {
    let client = Client::new();
    let tokens = client.tokens(USER).await;
    let invalid = "NotAuthorized: Invalid Refresh Token.";
    for bad in ["nonsense", tokens.access(), tokens.id()] {
        assert_eq!(refresh_token_auth(&client, bad).await.error(), invalid);
        assert_eq!(get_tokens(&client, bad).await.error(), invalid);
    }
    client.pool.advance_clock(Duration::from_secs(30 * 24 * 3600 + 1));
    let expired = "NotAuthorized: Refresh Token has expired";
    assert_eq!(refresh_token_auth(&client, tokens.refresh()).await.error(), expired);
    assert_eq!(get_tokens(&client, tokens.refresh()).await.error(), expired);
}

#[tokio::test]
async fn a_refresh_token_belongs_to_its_client() {
    let client = Client::new();
    let tokens = client.tokens(USER).await;
    let client = client.with_client(seed::LEGACY_CLIENT);
    assert_eq!(refresh_token_auth(&client, tokens.refresh()).await.error(), "NotAuthorized: Invalid Refresh Token.");
}

#[tokio::test]
async fn a_client_with_a_secret_proves_it_here_too() {
    let mut client = Client::new().with_client(seed::SECRET_CLIENT);
    client.client_secret = Some(seed::CLIENT_SECRET.into());
    let tokens = client.tokens(USER).await;
    let sub = claims(tokens.id())["sub"].as_str().unwrap().to_owned();
    let parameters = |hash| json!({"REFRESH_TOKEN": tokens.refresh(), "SECRET_HASH": hash});
    let with_sub = parameters(client.secret_hash(&sub));
    client.initiate("REFRESH_TOKEN_AUTH", with_sub).await.ok();
    let with_alias = parameters(client.secret_hash(USER));
    assert!(client.initiate("REFRESH_TOKEN_AUTH", with_alias).await.error().starts_with("NotAuthorized: Unable"));
    let mut body = json!({"RefreshToken": tokens.refresh(), "ClientId": client.client_id});
    assert!(client.call("GetTokensFromRefreshToken", body.clone()).await.error().starts_with("NotAuthorized"));
    body["ClientSecret"] = json!(seed::CLIENT_SECRET);
    client.call("GetTokensFromRefreshToken", body).await.ok();
}

fn rotating(grace: Duration) -> Client {
    Client::with(|builder| {
        builder.with_client(seed::CLIENT, |client| {
            client.refresh_token_rotation = true;
            client.rotation_grace = grace;
        })
    })
}

#[tokio::test]
async fn rotation_ends_the_old_token() {
    let client = rotating(Duration::ZERO);
    let tokens = client.tokens(USER).await;
    client.pool.advance_clock(Duration::from_secs(10));
    let reply = get_tokens(&client, tokens.refresh()).await.ok();
    check_renewed(&reply, tokens.id());
    let new = reply["AuthenticationResult"]["RefreshToken"].as_str().unwrap();
    assert_ne!(new, tokens.refresh());
    assert!(get_tokens(&client, tokens.refresh()).await.error().starts_with("RefreshTokenReuse: "));
    get_tokens(&client, new).await.ok();
}

#[tokio::test]
async fn the_old_token_works_within_the_grace_period() {
    let client = rotating(Duration::from_secs(60));
    let tokens = client.tokens(USER).await;
    get_tokens(&client, tokens.refresh()).await.ok();
    client.pool.advance_clock(Duration::from_secs(59));
    get_tokens(&client, tokens.refresh()).await.ok();
    client.pool.advance_clock(Duration::from_secs(2));
    assert!(get_tokens(&client, tokens.refresh()).await.error().starts_with("RefreshTokenReuse: "));
}

#[tokio::test]
async fn rotation_turns_refresh_token_auth_off() {
    let client = rotating(Duration::ZERO);
    let tokens = client.tokens(USER).await;
    assert!(refresh_token_auth(&client, tokens.refresh()).await.error().starts_with("UnsupportedOperation: "));
}
