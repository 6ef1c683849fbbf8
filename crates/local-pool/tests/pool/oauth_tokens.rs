//! `/oauth2/token`, `/oauth2/revoke`, `/oauth2/userInfo`, and what a federated user may do

use std::time::Duration;

use axum::{body::Body, http::Request};
use local_pool::seed;
use serde_json::{Value, json};

use crate::{
    client::{Client, Reply, claims},
    oauth::{CALLBACK, request, with},
};

#[track_caller]
fn error(reply: Reply) -> String {
    assert_eq!((reply.status, &reply.headers["access-control-allow-origin"]), (400, &"*".parse().unwrap()), "{}", reply.body);
    reply.body["error"].as_str().unwrap().to_owned()
}

async fn tokens_for(client: &Client, scope: &str) -> Value {
    let code = client.choose(&with("scope", scope), "Continue as Jane Doe").await.parameter("code").unwrap();
    client.exchange(&code).await.ok()
}

async fn get_user(client: &Client, tokens: &Value) -> Reply {
    client.call("GetUser", json!({"AccessToken": tokens["access_token"]})).await
}

#[tokio::test]
async fn a_code_becomes_tokens_of_a_federated_user() {
    let client = Client::new();
    let reply = client.exchange(&client.code().await).await;
    assert_eq!(reply.headers["cache-control"], "no-store");
    assert_eq!(reply.headers["access-control-allow-origin"], "*");
    let tokens = reply.ok();
    assert_eq!((&tokens["token_type"], &tokens["expires_in"]), (&json!("Bearer"), &json!(3600)));
    let (id, access) = (claims(tokens["id_token"].as_str().unwrap()), claims(tokens["access_token"].as_str().unwrap()));
    let username = "Google_100000000000000000001";
    assert_eq!((&id["cognito:username"], &access["username"]), (&json!(username), &json!(username)));
    assert_eq!((&id["nonce"], &id["aud"]), (&json!("a-nonce"), &json!(seed::FEDERATION_CLIENT)));
    assert_eq!((&id["email"], &id["email_verified"]), (&json!("jane@google.example.com"), &json!(true)));
    assert_eq!(access["scope"], "openid email profile");
    assert_eq!(id["identities"][0]["providerName"], "Google");
    assert_eq!(id["identities"][0]["primary"], "true");
    assert!(tokens["refresh_token"].is_string());
}

#[tokio::test]
async fn the_same_person_is_the_same_user_next_time() {
    let client = Client::new();
    let (one, two) = (tokens_for(&client, "openid").await, tokens_for(&client, "openid").await);
    let sub = |tokens: &Value| claims(tokens["id_token"].as_str().unwrap())["sub"].clone();
    assert_eq!(sub(&one), sub(&two));
}

#[tokio::test]
async fn a_code_works_once_and_ends_its_tokens_when_it_comes_again() {
    let client = Client::new();
    let code = client.choose(&with("scope", "openid aws.cognito.signin.user.admin"), "Continue as Jane Doe").await;
    let code = code.parameter("code").unwrap();
    let tokens = client.exchange(&code).await.ok();
    get_user(&client, &tokens).await.ok();
    assert_eq!(error(client.exchange(&code).await), "invalid_grant");
    assert_eq!(get_user(&client, &tokens).await.error(), "NotAuthorized: Access Token has been revoked");
    let refresh = [
        ("grant_type", "refresh_token"),
        ("refresh_token", tokens["refresh_token"].as_str().unwrap()),
        ("client_id", seed::FEDERATION_CLIENT),
    ];
    assert_eq!(error(client.form("/oauth2/token", &refresh).await), "invalid_grant");
}

#[tokio::test]
async fn a_code_is_bound_to_client_redirect_uri_and_verifier() {
    let client = Client::with(|builder| {
        builder.with_client(seed::CLIENT, |client| client.oauth = local_pool::OauthClient::new(&[CALLBACK], &["Google"]))
    });
    for (name, value) in [
        ("client_id", seed::CLIENT),
        ("redirect_uri", "http://localhost:8080/"),
        ("redirect_uri", "http://127.0.0.1:8080"),
        ("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXX"),
        ("code_verifier", "short"),
        ("code_verifier", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
    ] {
        let code = client.code().await;
        assert_eq!(error(client.exchange_with(&code, name, value).await), "invalid_grant", "{name}");
        // Somebody else had it: it is spent.
        assert_eq!(error(client.exchange(&code).await), "invalid_grant", "{name}");
    }
    for name in ["grant_type", "code", "client_id", "redirect_uri", "code_verifier"] {
        let code = client.code().await;
        assert_eq!(error(client.exchange_with(&code, name, "").await), "invalid_request", "{name}");
        // What says nothing uses nothing up.
        client.exchange(&code).await.ok();
    }
}

#[tokio::test]
async fn a_code_lasts_five_minutes() {
    let client = Client::new();
    let (early, late) = (client.code().await, client.code().await);
    client.pool.advance_clock(Duration::from_secs(299));
    client.exchange(&early).await.ok();
    client.pool.advance_clock(Duration::from_secs(1));
    assert_eq!(error(client.exchange(&late).await), "invalid_grant");
}

#[tokio::test]
async fn the_token_endpoint_takes_forms_alone() {
    let client = Client::new();
    let code = client.code().await;
    let body = json!({"grant_type": "authorization_code", "code": code}).to_string();
    for content_type in ["application/json", "text/plain", "multipart/form-data"] {
        let request = Request::post("/oauth2/token").header("content-type", content_type);
        let reply = client.send(request.body(Body::from(body.clone())).unwrap()).await;
        assert_eq!(error(reply), "invalid_request", "{content_type}");
    }
    assert_eq!(error(client.exchange_with(&code, "grant_type", "password").await), "unsupported_grant_type");
    assert_eq!(error(client.exchange_with(&code, "grant_type", "client_credentials").await), "unauthorized_client");
    assert_eq!(error(client.exchange_with(&code, "client_id", "nobody").await), "invalid_client");
    assert_eq!(error(client.exchange_with(&code, "client_id", seed::LEGACY_CLIENT).await), "unauthorized_client");
    assert_eq!(error(client.exchange_with("no-code", "", "").await), "invalid_grant");
    let get = client.get("/oauth2/token").await;
    assert_eq!(get.status, 405);
}

#[tokio::test]
async fn a_client_with_a_secret_proves_it() {
    let client = Client::with(|builder| {
        builder.with_client(seed::FEDERATION_CLIENT, |client| client.secret = Some(seed::CLIENT_SECRET.into()))
    });
    let code = client.code().await;
    assert_eq!(error(client.exchange(&code).await), "invalid_client");
    let pairs = |secret: &'static str| {
        [
            ("grant_type", "authorization_code"),
            ("client_id", seed::FEDERATION_CLIENT),
            ("redirect_uri", CALLBACK),
            ("code_verifier", crate::oauth::VERIFIER),
            ("client_secret", secret),
        ]
    };
    let wrong: Vec<_> = pairs("x").into_iter().chain([("code", code.as_str())]).collect();
    assert_eq!(error(client.form("/oauth2/token", &wrong).await), "invalid_client");
    let right: Vec<_> = pairs(seed::CLIENT_SECRET).into_iter().chain([("code", code.as_str())]).collect();
    client.form("/oauth2/token", &right).await.ok();
}

#[tokio::test]
async fn refreshing_works_at_the_token_endpoint_and_by_the_operation() {
    let client = Client::new();
    let tokens = tokens_for(&client, "openid email").await;
    let refresh_token = tokens["refresh_token"].as_str().unwrap();
    let form = [("grant_type", "refresh_token"), ("refresh_token", refresh_token), ("client_id", seed::FEDERATION_CLIENT)];
    let renewed = client.form("/oauth2/token", &form).await.ok();
    assert!(renewed["refresh_token"].is_null());
    let id = claims(renewed["id_token"].as_str().unwrap());
    assert!(id["nonce"].is_null());
    assert_eq!(claims(renewed["access_token"].as_str().unwrap())["scope"], "openid email");
    let body = json!({"RefreshToken": refresh_token, "ClientId": seed::FEDERATION_CLIENT});
    let renewed = client.call("GetTokensFromRefreshToken", body).await.ok();
    let access = renewed["AuthenticationResult"]["AccessToken"].as_str().unwrap();
    assert_eq!(claims(access)["scope"], "openid email");
}

#[tokio::test]
async fn revoking_ends_a_sign_in() {
    let client = Client::new();
    let tokens = tokens_for(&client, "openid").await;
    let text = |name: &str| tokens[name].as_str().unwrap();
    let revoke = |token: &str, id: &str| vec![("token", token.to_owned()), ("client_id", id.to_owned())];
    let send = async |pairs: Vec<(&str, String)>| {
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        client.form("/oauth2/revoke", &pairs).await
    };
    assert_eq!(error(send(revoke(text("access_token"), seed::FEDERATION_CLIENT)).await), "unsupported_token_type");
    assert_eq!(error(send(revoke(text("refresh_token"), seed::CLIENT)).await), "invalid_client");
    assert_eq!(error(send(revoke("", seed::FEDERATION_CLIENT)).await), "invalid_request");
    assert_eq!(user_info(&client, text("access_token")).await.status, 200);
    for _ in 0..2 {
        assert_eq!(send(revoke(text("refresh_token"), seed::FEDERATION_CLIENT)).await.status, 200);
    }
    assert_eq!(user_info(&client, text("access_token")).await.status, 401);
    assert_eq!(send(revoke("unknown", seed::FEDERATION_CLIENT)).await.status, 200);
}

async fn user_info(client: &Client, token: &str) -> Reply {
    let request = Request::get("/oauth2/userInfo").header("authorization", format!("Bearer {token}"));
    client.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn user_info_tells_what_the_scopes_show() {
    let client = Client::new();
    let told = async |scope: &str| {
        let tokens = tokens_for(&client, scope).await;
        user_info(&client, tokens["access_token"].as_str().unwrap()).await
    };
    let all = told("openid").await.ok();
    assert_eq!((&all["name"], &all["email_verified"]), (&json!("Jane Doe"), &json!("true")));
    let email = told("openid email").await.ok();
    assert_eq!((&email["email"], &email["name"]), (&json!("jane@google.example.com"), &Value::Null));
    assert_eq!(told("openid phone").await.ok()["email"], Value::Null);
    let reply = told("aws.cognito.signin.user.admin").await;
    assert_eq!((reply.status, reply.headers["www-authenticate"].to_str().unwrap()), (403, "Bearer error=\"insufficient_scope\""));
    assert_eq!(user_info(&client, "x").await.status, 401);
    assert_eq!(client.get("/oauth2/userInfo").await.status, 401);
}

#[tokio::test]
async fn without_openid_there_is_no_id_token_and_without_the_admin_scope_no_operation() {
    let client = Client::new();
    let tokens = tokens_for(&client, "aws.cognito.signin.user.admin").await;
    assert!(tokens["id_token"].is_null());
    let user = get_user(&client, &tokens).await.ok();
    assert_eq!(user["Username"], "Google_100000000000000000001");
    let identities = user["UserAttributes"].as_array().unwrap().iter().find(|attribute| attribute["Name"] == "identities");
    assert!(identities.unwrap()["Value"].as_str().unwrap().contains("\"primary\":true"));
    let tokens = tokens_for(&client, "openid").await;
    assert_eq!(get_user(&client, &tokens).await.error(), "NotAuthorized: Access Token does not have required scopes");
}

#[tokio::test]
async fn a_federated_user_has_no_password() {
    let client = Client::new().with_client(seed::FEDERATION_CLIENT);
    tokens_for(&client, "openid").await;
    let username = "Google_100000000000000000001";
    for password in ["", seed::PASSWORD] {
        let reply = client.password("USER_SRP_AUTH", username, password).await;
        assert_eq!(reply.error(), crate::client::INCORRECT);
    }
    let forgot = json!({"ClientId": seed::FEDERATION_CLIENT, "Username": username});
    let forgot = client.call("ForgotPassword", forgot).await.error();
    assert_eq!(forgot, "NotAuthorized: User password cannot be reset in the current state.");
}

#[tokio::test]
async fn an_address_at_a_provider_is_nobody_elses_here() {
    let client = Client::new().with_client(seed::FEDERATION_CLIENT);
    tokens_for(&client, "openid").await;
    let body = json!({
        "ClientId": seed::FEDERATION_CLIENT,
        "Username": "jane@google.example.com",
        "Password": seed::PASSWORD,
    });
    client.call("SignUp", body).await.ok();
}

#[tokio::test]
async fn discovery_tells_the_endpoints() {
    let client = Client::new();
    let base = "http://127.0.0.1:9229";
    for path in ["/.well-known/openid-configuration", "/us-east-1_LocalPool/.well-known/openid-configuration"] {
        let document = client.get(path).await.ok();
        assert_eq!(document["issuer"], format!("{base}/us-east-1_LocalPool"));
        for (name, end) in [
            ("authorization_endpoint", "/oauth2/authorize"),
            ("token_endpoint", "/oauth2/token"),
            ("revocation_endpoint", "/oauth2/revoke"),
            ("userinfo_endpoint", "/oauth2/userInfo"),
            ("end_session_endpoint", "/logout"),
        ] {
            assert_eq!(document[name], format!("{base}{end}"));
        }
    }
}

#[tokio::test]
async fn a_reset_forgets_codes_and_users() {
    let client = Client::new();
    let code = client.code().await;
    client.pool.reset();
    assert_eq!(error(client.exchange(&code).await), "invalid_grant");
    assert_eq!(client.choose(&request(), "Cancel").await.parameter("error").as_deref(), Some("access_denied"));
}
