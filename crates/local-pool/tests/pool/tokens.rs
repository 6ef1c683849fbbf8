//! Tokens: signatures by another library, claims, access

use std::time::Duration;

use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header, jwk::JwkSet};
use local_pool::seed;
use serde_json::{Value, json};

use crate::client::{Client, Tokens, USER, claims};

const ISSUER: &str = "http://127.0.0.1:9229/us-east-1_LocalPool";

async fn jwks(client: &Client) -> JwkSet {
    let keys = client.get("/us-east-1_LocalPool/.well-known/jwks.json").await.ok();
    serde_json::from_value(keys).unwrap()
}

#[tokio::test]
async fn the_jwks_verifies_both_tokens_with_different_keys() {
    let client = Client::new();
    let tokens = client.tokens(USER).await;
    let jwks = jwks(&client).await;
    let mut kids = Vec::new();
    for (token, audience) in [(tokens.id(), Some(seed::CLIENT)), (tokens.access(), None)] {
        let kid = decode_header(token).unwrap().kid.unwrap();
        let key = DecodingKey::from_jwk(jwks.find(&kid).unwrap()).unwrap();
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_issuer(&[ISSUER]);
        // The tests' clock stands still, and that library looks at the machine's.
        validation.validate_exp = false;
        match audience {
            Some(audience) => validation.set_audience(&[audience]),
            None => validation.validate_aud = false,
        }
        decode::<Value>(token, &key, &validation).unwrap();
        kids.push(kid);
    }
    assert_ne!(kids[0], kids[1]);
}

#[tokio::test]
async fn the_claims_of_an_id_token() {
    let client = Client::new();
    let claims = claims(client.tokens(USER).await.id());
    let now = client.pool.now_millis() / 1000;
    assert_eq!(claims["iss"], ISSUER);
    assert_eq!(claims["aud"], seed::CLIENT);
    assert_eq!(claims["token_use"], "id");
    assert_eq!(claims["cognito:username"], claims["sub"]);
    assert_eq!(claims["email"], USER);
    assert_eq!(claims["email_verified"], json!(true));
    assert_eq!((&claims["iat"], &claims["auth_time"]), (&json!(now), &json!(now)));
    assert!(claims["iat"].is_i64());
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 3600);
    for name in ["sub", "jti", "origin_jti", "event_id"] {
        assert_eq!(claims[name].as_str().unwrap().len(), 36, "{name}");
    }
    assert!(claims.get("client_id").is_none() && claims.get("scope").is_none());
}

#[tokio::test]
async fn the_claims_of_an_access_token() {
    let client = Client::new();
    let tokens = client.tokens(USER).await;
    let (access, id) = (claims(tokens.access()), claims(tokens.id()));
    assert_eq!(access["client_id"], seed::CLIENT);
    assert_eq!(access["token_use"], "access");
    assert_eq!(access["scope"], "aws.cognito.signin.user.admin");
    assert_eq!(access["username"], id["sub"]);
    assert_eq!(access["origin_jti"], id["origin_jti"]);
    assert_ne!(access["jti"], id["jti"]);
    assert!(access.get("aud").is_none() && access.get("email").is_none());
}

#[tokio::test]
async fn get_user_shows_the_attributes() {
    let client = Client::new();
    let tokens = client.tokens(USER).await;
    let user = client.call("GetUser", json!({"AccessToken": tokens.access()})).await.ok();
    assert_eq!(user["Username"], claims(tokens.id())["sub"]);
    let expected = [("sub", user["Username"].as_str().unwrap()), ("email", USER), ("email_verified", "true")];
    let expected: Vec<Value> = expected.iter().map(|(name, value)| json!({"Name": name, "Value": value})).collect();
    assert_eq!(user["UserAttributes"], json!(expected));
}

async fn get_user(client: &Client, token: &str) -> String {
    client.call("GetUser", json!({"AccessToken": token})).await.error()
}

#[tokio::test]
async fn tampered_and_foreign_tokens_are_refused() {
    let client = Client::new();
    let tokens = client.tokens(USER).await;
    let invalid = "NotAuthorized: Invalid Access Token";
    let access = tokens.access();
    let parts: Vec<&str> = access.split('.').collect();
    let other = client.tokens("srp@example.com").await;
    let other_payload = other.access().split('.').nth(1).unwrap();
    // The body of one token with the signature of another; no signature; the algorithm "none".
    let none = "eyJhbGciOiJub25lIn0";
    for token in [
        format!("{}.{other_payload}.{}", parts[0], parts[2]),
        format!("{}.{}.", parts[0], parts[1]),
        format!("{none}.{}.", parts[1]),
        "a.b.c".to_owned(),
        "x".to_owned(),
        tokens.id().to_owned(),
    ] {
        assert_eq!(get_user(&client, &token).await, invalid);
    }
    let error = get_user(&client, "not a token").await;
    assert!(error.contains("Value at 'accessToken' failed to satisfy constraint"), "{error}");
}

#[tokio::test]
async fn a_token_of_another_issuer_is_refused() {
    let other = Client::with(|builder| builder.with(|settings| settings.issuer_base = Some("http://pool.test/".into())));
    let tokens = other.tokens(USER).await;
    assert_eq!(claims(tokens.id())["iss"], "http://pool.test/us-east-1_LocalPool");
    // The keys are the same in one process, the issuer is not.
    assert_eq!(get_user(&Client::new(), tokens.access()).await, "NotAuthorized: Invalid Access Token");
}

#[tokio::test]
async fn access_tokens_expire() {
    let client = Client::with(|builder| builder.with(|settings| settings.access_token_validity = Duration::from_secs(300)));
    let tokens = client.tokens(USER).await;
    assert_eq!(tokens.0["ExpiresIn"], 300);
    client.pool.advance_clock(Duration::from_secs(301));
    assert_eq!(get_user(&client, tokens.access()).await, "NotAuthorized: Access Token has expired");
}

#[tokio::test]
async fn tokens_end_with_their_user() {
    let client = Client::new();
    let tokens = client.tokens(USER).await;
    client.pool.reset();
    assert_eq!(get_user(&client, tokens.access()).await, "NotAuthorized: Access Token has been revoked");
}

#[tokio::test]
async fn two_sign_ins_are_two_grants() {
    let client = Client::new();
    let (one, two): (Tokens, Tokens) = (client.tokens(USER).await, client.tokens(USER).await);
    assert_ne!(claims(one.id())["origin_jti"], claims(two.id())["origin_jti"]);
    assert_ne!(one.refresh(), two.refresh());
}

#[tokio::test]
async fn openid_configuration_points_to_the_keys() {
    let client = Client::new();
    let document = client.get("/us-east-1_LocalPool/.well-known/openid-configuration").await.ok();
    assert_eq!(document["issuer"], ISSUER);
    assert_eq!(document["jwks_uri"], format!("{ISSUER}/.well-known/jwks.json"));
    assert_eq!(client.get("/us-east-1_Other/.well-known/jwks.json").await.status, 404);
}
