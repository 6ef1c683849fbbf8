//! The running settings: `/local/settings`

use axum::{body::Body, http::Request};
use local_pool::seed::{self, LOCAL_POOL, NAMED_POOL, PASSWORD, TOTP_SECRET};
use serde_json::{Value, json};

use crate::client::{Client, INCORRECT, Reply, USER};

async fn patch(client: &Client, patch: Value) -> Reply {
    let request =
        Request::patch("/local/settings").header("host", "127.0.0.1:9229").header("content-type", "application/merge-patch+json");
    client.send(request.body(Body::from(patch.to_string())).unwrap()).await
}

async fn patch_pool(client: &Client, changes: Value) -> Reply {
    patch(client, json!({"pools": {(LOCAL_POOL): changes}})).await
}

async fn patch_client(client: &Client, changes: Value) -> Reply {
    patch_pool(client, json!({"clients": {(client.client_id.as_str()): changes}})).await
}

async fn sign_up(client: &Client, password: &str) -> Reply {
    let body = json!({"ClientId": client.client_id, "Username": "new@example.com", "Password": password});
    client.call("SignUp", body).await
}

#[tokio::test]
async fn they_are_told_without_secrets() {
    let client = Client::new();
    let settings = client.get("/local/settings").await.ok();
    let pool = &settings["pools"][LOCAL_POOL];
    assert_eq!(settings["sessionSeconds"], 180);
    assert_eq!(pool["mfaConfiguration"], "OPTIONAL");
    assert_eq!(pool["clients"][seed::LEGACY_CLIENT]["preventUserExistenceErrors"], "LEGACY");
    assert_eq!(pool["users"]["choose@example.com"]["secondFactors"], json!(["SOFTWARE_TOKEN_MFA", "SMS_MFA", "EMAIL_OTP"]));
    assert_eq!(pool["users"]["choose@example.com"]["preferredFactor"], "NONE");
    assert_eq!(settings["pools"][NAMED_POOL]["users"]["new-password@example.com"]["status"], "FORCE_CHANGE_PASSWORD");
    let text = settings.to_string();
    for secret in [PASSWORD, TOTP_SECRET, seed::CLIENT_SECRET] {
        assert!(!text.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn second_factors_are_switched_off_and_on() {
    let client = Client::new();
    let signs_in = async || client.password("USER_SRP_AUTH", "sms@example.com", PASSWORD).await.ok()["ChallengeName"].clone();
    assert_eq!(signs_in().await, "SMS_MFA");
    patch_pool(&client, json!({"mfaConfiguration": "OFF"})).await.ok();
    assert_eq!(signs_in().await, Value::Null);
    patch_pool(&client, json!({"mfaConfiguration": "ON", "secondFactors": ["EMAIL_OTP"]})).await.ok();
    assert_eq!(signs_in().await, "MFA_SETUP");
    assert_eq!(client.get("/local/config").await.ok()["userPools"][0]["mfaConfiguration"], "ON");
}

#[tokio::test]
async fn codes_have_as_many_digits_as_the_pool_says() {
    let client = Client::new();
    let lengths = async || {
        let mut lengths = Vec::new();
        for (user, to) in [("sms@example.com", seed::PHONE_NUMBER), ("email-otp@example.com", "email-otp@example.com")] {
            let reply = client.password("USER_SRP_AUTH", user, PASSWORD).await.ok();
            let code = client.pool.newest_code(to).unwrap();
            client.respond(&client.code_answer(&reply, user, &code)).await.ok();
            lengths.push(code.len());
        }
        lengths
    };
    assert_eq!(lengths().await, [6, 8]);
    patch_pool(&client, json!({"codeDigits": {"SMS_MFA": 8, "EMAIL_OTP": 6}})).await.ok();
    assert_eq!(lengths().await, [8, 6]);
}

#[tokio::test]
async fn a_policy_counts_for_new_passwords_only() {
    let client = Client::new();
    patch_pool(&client, json!({"passwordPolicy": {"minimumLength": 20}})).await.ok();
    assert_eq!(
        sign_up(&client, PASSWORD).await.error(),
        "InvalidPassword: Password did not conform with policy: Password not long enough"
    );
    sign_up(&client, "Local-pool-1!Local-pool-1!").await.ok();
    client.password("USER_SRP_AUTH", "srp@example.com", PASSWORD).await.ok();
}

#[tokio::test]
async fn flows_are_switched() {
    let client = Client::new();
    patch_client(&client, json!({"explicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]})).await.ok();
    let parameters = json!({"USERNAME": USER, "PASSWORD": PASSWORD, "SRP_A": "2", "REFRESH_TOKEN": "x"});
    for flow in ["USER_SRP_AUTH", "CUSTOM_AUTH", "REFRESH_TOKEN_AUTH"] {
        let reply = client.initiate(flow, parameters.clone()).await;
        assert_eq!(reply.error(), format!("InvalidParameter: {flow} flow not enabled for this client"));
    }
    client.initiate("USER_PASSWORD_AUTH", parameters).await.ok();
}

#[tokio::test]
async fn existence_errors_are_switched() {
    let client = Client::new();
    let signs_in = async || client.initiate("USER_SRP_AUTH", json!({"USERNAME": "nobody@example.com", "SRP_A": "2"})).await;
    signs_in().await.ok();
    patch_client(&client, json!({"preventUserExistenceErrors": "LEGACY"})).await.ok();
    assert_eq!(signs_in().await.error(), "UserNotFound: User does not exist.");
}

#[tokio::test]
async fn a_secret_comes_and_goes() {
    let mut client = Client::new();
    let reply = patch_client(&client, json!({"clientSecret": seed::CLIENT_SECRET})).await.ok();
    assert!(!reply.to_string().contains(seed::CLIENT_SECRET));
    let begin = async |client: &Client| client.initiate("USER_SRP_AUTH", json!({"USERNAME": USER, "SRP_A": "2"})).await;
    assert!(begin(&client).await.error().ends_with("is configured with secret but SECRET_HASH was not received"));
    client.client_secret = Some(seed::CLIENT_SECRET.into());
    begin(&client).await.ok();
    // What is not named stays.
    patch_client(&client, json!({"description": "with a secret"})).await.ok();
    begin(&client).await.ok();
    patch_client(&client, json!({"clientSecret": null})).await.ok();
    client.client_secret = None;
    begin(&client).await.ok();
}

#[tokio::test]
async fn times_are_switched() {
    let client = Client::new();
    let reply = patch(&client, json!({"sessionSeconds": 10, "accessTokenSeconds": 300})).await.ok();
    assert_eq!((&reply["sessionSeconds"], &reply["accessTokenSeconds"]), (&json!(10), &json!(300)));
    let tokens = client.password("USER_SRP_AUTH", USER, PASSWORD).await.ok();
    assert_eq!(tokens["AuthenticationResult"]["ExpiresIn"].as_f64(), Some(300.0));
    let reply = client.password("USER_SRP_AUTH", "email-otp@example.com", PASSWORD).await.ok();
    client.pool.advance_clock(std::time::Duration::from_secs(11));
    let answer = client.code_answer(&reply, "email-otp@example.com", "12345678");
    assert_eq!(client.respond(&answer).await.error(), crate::client::EXPIRED);
}

#[tokio::test]
async fn users_of_whom_something_else_is_said_begin_anew() {
    let client = Client::new();
    let signs_in = async |user: &str, password: &str| client.password("USER_SRP_AUTH", user, password).await;
    let (jane, other) = ("jane@example.com", "Another-password-1!");
    patch_pool(&client, json!({"users": {(jane): {"password": other}}})).await.ok();
    signs_in(jane, other).await.ok();
    patch_pool(&client, json!({"users": {(jane): {"status": "RESET_REQUIRED"}}})).await.ok();
    assert!(signs_in(jane, other).await.error().starts_with("PasswordResetRequired: "));
    patch_pool(&client, json!({"users": {(jane): null}})).await.ok();
    assert_eq!(signs_in(jane, other).await.error(), INCORRECT);
}

#[tokio::test]
async fn other_users_stay_as_they_are() {
    let client = Client::new();
    let tokens = client.tokens(USER).await;
    sign_up(&client, PASSWORD).await.ok();
    patch_pool(&client, json!({"users": {"jane@example.com": {}}, "mfaConfiguration": "OFF"})).await.ok();
    client.call("GetUser", json!({"AccessToken": tokens.access()})).await.ok();
    assert!(sign_up(&client, PASSWORD).await.error().starts_with("UsernameExists: "));
}

#[tokio::test]
async fn a_pool_comes_and_goes() {
    let client = Client::new();
    let pool = json!({"clients": {"mine": {}}, "users": {(USER): {}}});
    patch(&client, json!({"pools": {"eu-west-1_Mine": pool}})).await.ok();
    let mine = Client {
        app: client.app.clone(),
        pool: client.pool.clone(),
        client_id: "mine".to_owned(),
        pool_name: "Mine",
        client_secret: None,
    };
    mine.tokens(USER).await;
    assert_eq!(client.get("/eu-west-1_Mine/.well-known/jwks.json").await.status, 200);
    patch(&client, json!({"pools": {"eu-west-1_Mine": null}})).await.ok();
    let reply = mine.initiate("USER_SRP_AUTH", json!({"USERNAME": USER, "SRP_A": "2"})).await;
    assert_eq!(reply.error(), "ResourceNotFound: User pool client mine does not exist.");
    assert_eq!(client.get("/eu-west-1_Mine/.well-known/jwks.json").await.status, 404);
}

#[tokio::test]
async fn what_is_wrong_changes_nothing() {
    let client = Client::new();
    let before = client.get("/local/settings").await.ok();
    for (change, mistake) in [
        (
            json!({"mfaConfiguration": "ON", "secondFactors": []}),
            "secondFactors: with mfaConfiguration ON there must be one at least: SOFTWARE_TOKEN_MFA, SMS_MFA, EMAIL_OTP",
        ),
        (json!({"mfaConfiguration": "OFF", "colour": 1, "users": {"srp@example.com": {"password": "hunter2"}}}), ""),
        (
            json!({"mfaConfiguration": "OFF", "clients": null}),
            "clients: the pool needs a client; write [pools.<pool id>.clients.<client id>], if only that line",
        ),
    ] {
        let reply = patch_pool(&client, change).await;
        assert_eq!(reply.status, 400);
        let mistakes = reply.body["mistakes"].as_array().unwrap();
        assert!(!reply.body.to_string().contains("hunter2"));
        match mistake {
            "" => assert!(mistakes.len() > 1),
            mistake => assert_eq!(mistakes[0], format!("pools.{LOCAL_POOL}.{mistake}")),
        }
        assert_eq!(client.get("/local/settings").await.ok(), before);
    }
    for text in ["", "x", "{\"sessionSeconds\": 10, \"sessionSeconds\": 20}"] {
        let request = Request::patch("/local/settings").header("host", "127.0.0.1").body(Body::from(text)).unwrap();
        assert_eq!(client.send(request).await.status, 400, "{text}");
    }
    assert_eq!(client.get("/local/settings").await.ok(), before);
}

#[tokio::test]
async fn a_reset_brings_the_settings_back() {
    let client = Client::new();
    let before = client.get("/local/settings").await.ok();
    patch_pool(&client, json!({"mfaConfiguration": "OFF"})).await.ok();
    patch(&client, json!({"sesIdentities": []})).await.ok();
    assert_ne!(client.get("/local/settings").await.ok(), before);
    client.pool.reset();
    assert_eq!(client.get("/local/settings").await.ok(), before);
}

#[tokio::test]
async fn tracking_of_devices_is_turned_on_and_off() {
    let client = Client::new();
    patch_pool(&client, json!({"deviceConfiguration": {"deviceOnlyRememberedOnUserPrompt": true}})).await.ok();
    assert!(client.tokens(USER).await.0["NewDeviceMetadata"].is_object());
    let settings = client.get("/local/settings").await.ok();
    let expected = json!({"challengeRequiredOnNewDevice": false, "deviceOnlyRememberedOnUserPrompt": true});
    assert_eq!(settings["pools"][LOCAL_POOL]["deviceConfiguration"], expected);
    patch_pool(&client, json!({"deviceConfiguration": null})).await.ok();
    assert!(client.tokens(USER).await.0.get("NewDeviceMetadata").is_none());
}
