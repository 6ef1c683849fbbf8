//! `MFA_SETUP`, and the authenticator app of somebody who is signed in

use local_pool::seed::PASSWORD;
use serde_json::{Value, json};

use crate::client::{Client, INVALID_SESSION, Reply, Tokens, USED, USER};

const SETUP_USER: &str = "totp-setup@example.com";
const MISMATCH: &str = "EnableSoftwareTokenMFA: Code mismatch and fail enable Software Token MFA";
const USED_CODE: &str = "ExpiredCode: Your software token has already been used once.";

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

async fn associate(client: &Client, session: &Value) -> Reply {
    client.call("AssociateSoftwareToken", json!({"Session": session})).await
}

async fn verify(client: &Client, session: &Value, code: &str) -> Reply {
    let body = json!({"Session": session, "UserCode": code, "FriendlyDeviceName": "My phone"});
    client.call("VerifySoftwareToken", body).await
}

async fn finish(client: &Client, session: &Value) -> Reply {
    client.respond(&client.answer("MFA_SETUP", session, json!({"USERNAME": SETUP_USER}))).await
}

async fn begun(client: &Client) -> Value {
    let reply = client.password("USER_SRP_AUTH", SETUP_USER, PASSWORD).await.ok();
    assert_eq!(reply["ChallengeName"], "MFA_SETUP");
    assert_eq!(reply["ChallengeParameters"]["MFAS_CAN_SETUP"], "[\"SOFTWARE_TOKEN_MFA\"]");
    reply["Session"].clone()
}

#[tokio::test]
async fn the_whole_set_up_within_a_sign_in() {
    let client = Client::mfa_on();
    client.next_step();
    let first = begun(&client).await;
    let associated = associate(&client, &first).await.ok();
    let (secret, second) = (text(&associated["SecretCode"]), &associated["Session"]);
    assert_eq!(secret.len(), 52);
    assert_eq!(associate(&client, &first).await.error(), USED);

    let wrong = client.totp(secret, 5);
    assert_eq!(verify(&client, second, &wrong).await.error(), MISMATCH);
    let code = client.totp(secret, 0);
    let verified = verify(&client, second, &code).await.ok();
    assert_eq!(verified["Status"], "SUCCESS");
    assert_eq!(verify(&client, second, &code).await.error(), USED);

    let third = &verified["Session"];
    let done = finish(&client, third).await.ok();
    assert!(done["AuthenticationResult"]["RefreshToken"].is_string());
    assert_eq!(finish(&client, third).await.error(), USED);

    // From now on it is asked for, and the code of the set-up is used.
    let reply = client.password("USER_SRP_AUTH", SETUP_USER, PASSWORD).await.ok();
    assert_eq!(reply["ChallengeName"], "SOFTWARE_TOKEN_MFA");
    assert_eq!(reply["ChallengeParameters"]["FRIENDLY_DEVICE_NAME"], "My phone");
    let answer = client.code_answer(&reply, SETUP_USER, &code);
    assert_eq!(client.respond(&answer).await.error(), USED_CODE);
    client.next_step();
    let answer = client.code_answer(&reply, SETUP_USER, &client.totp(secret, 0));
    let tokens = Tokens(client.respond(&answer).await.ok()["AuthenticationResult"].clone());
    let user = client.call("GetUser", json!({"AccessToken": tokens.access()})).await.ok();
    assert_eq!(user["UserMFASettingList"], json!(["SOFTWARE_TOKEN_MFA"]));

    // The pool requires it.
    let off = json!({"AccessToken": tokens.access(), "SoftwareTokenMfaSettings": {"Enabled": false}});
    assert!(client.call("SetUserMFAPreference", off).await.error().starts_with("InvalidParameter"));
}

#[tokio::test]
async fn the_set_up_cannot_be_skipped() {
    let client = Client::mfa_on();
    let first = begun(&client).await;
    assert!(finish(&client, &first).await.error().starts_with("SoftwareTokenMFANotFound"));
    assert!(verify(&client, &first, "123456").await.error().starts_with("SoftwareTokenMFANotFound"));
    let associated = associate(&client, &first).await.ok();
    assert!(finish(&client, &associated["Session"]).await.error().starts_with("SoftwareTokenMFANotFound"));
}

#[tokio::test]
async fn associating_again_makes_a_new_secret() {
    let client = Client::mfa_on();
    client.next_step();
    let first = associate(&client, &begun(&client).await).await.ok();
    let second = associate(&client, &first["Session"]).await.ok();
    assert_ne!(first["SecretCode"], second["SecretCode"]);
    let old = client.totp(text(&first["SecretCode"]), 0);
    assert_eq!(verify(&client, &second["Session"], &old).await.error(), MISMATCH);
    let new = client.totp(text(&second["SecretCode"]), 0);
    verify(&client, &second["Session"], &new).await.ok();
}

#[tokio::test]
async fn other_sessions_do_not_set_up() {
    let client = Client::new();
    let reply = client.password("USER_SRP_AUTH", "totp@example.com", PASSWORD).await.ok();
    assert_eq!(associate(&client, &reply["Session"]).await.error(), INVALID_SESSION);
}

#[tokio::test]
async fn either_a_session_or_an_access_token() {
    let client = Client::new();
    let tokens = client.tokens(USER).await;
    for body in [json!({}), json!({"AccessToken": tokens.access(), "Session": "x".repeat(30)})] {
        assert!(client.call("AssociateSoftwareToken", body).await.error().starts_with("InvalidParameter"));
    }
}

#[tokio::test]
async fn user_codes_have_six_digits() {
    let client = Client::new();
    for code in ["12345", "1234567", "12345a", "１２３４５６"] {
        let body = json!({"Session": "x".repeat(30), "UserCode": code});
        let error = client.call("VerifySoftwareToken", body).await.error();
        assert!(error.contains("Value at 'userCode' failed to satisfy constraint"), "{error}");
    }
}

struct SignedIn {
    client: Client,
    tokens: Tokens,
}

impl SignedIn {
    async fn new() -> Self {
        let client = Client::new();
        client.next_step();
        let tokens = client.tokens(USER).await;
        Self { client, tokens }
    }

    async fn call(&self, operation: &str, mut body: Value) -> Reply {
        body["AccessToken"] = json!(self.tokens.access());
        self.client.call(operation, body).await
    }

    async fn prefer(&self, settings: Value) -> Reply {
        self.call("SetUserMFAPreference", json!({"SoftwareTokenMfaSettings": settings})).await
    }

    async fn associate(&self) -> String {
        let reply = self.call("AssociateSoftwareToken", json!({})).await.ok();
        assert!(reply.get("Session").is_none());
        text(&reply["SecretCode"]).to_owned()
    }

    async fn verify(&self, code: &str) -> Reply {
        self.call("VerifySoftwareToken", json!({"UserCode": code})).await
    }

    async fn next_challenge(&self) -> Value {
        self.client.password("USER_SRP_AUTH", USER, PASSWORD).await.ok()["ChallengeName"].clone()
    }
}

#[tokio::test]
async fn signed_in_it_is_associate_verify_prefer() {
    let user = SignedIn::new().await;
    let secret = user.associate().await;
    assert_eq!(user.verify(&user.client.totp(&secret, 6)).await.error(), MISMATCH);
    let code = user.client.totp(&secret, 0);
    assert_eq!(user.verify(&code).await.ok()["Status"], "SUCCESS");
    assert_eq!(user.verify(&code).await.error(), USED_CODE);
    // Verified, but not turned on yet.
    assert_eq!(user.next_challenge().await, Value::Null);
    user.prefer(json!({"Enabled": true, "PreferredMfa": true})).await.ok();
    assert_eq!(user.next_challenge().await, "SOFTWARE_TOKEN_MFA");
    let shown = user.call("GetUser", json!({})).await.ok();
    assert_eq!(shown["PreferredMfaSetting"], "SOFTWARE_TOKEN_MFA");
    assert_eq!(shown["UserMFASettingList"], json!(["SOFTWARE_TOKEN_MFA"]));
    user.prefer(json!({"Enabled": false, "PreferredMfa": false})).await.ok();
    assert_eq!(user.next_challenge().await, Value::Null);
    let shown = user.call("GetUser", json!({})).await.ok();
    assert!(shown.get("PreferredMfaSetting").is_none() && shown.get("UserMFASettingList").is_none());
}

#[tokio::test]
async fn a_new_app_replaces_the_old_one_when_it_is_verified() {
    let user = SignedIn::new().await;
    let old = user.associate().await;
    user.verify(&user.client.totp(&old, 0)).await.ok();
    user.prefer(json!({"Enabled": true, "PreferredMfa": true})).await.ok();
    user.client.next_step();
    let new = user.associate().await;
    let sign_in = async |secret: &str| {
        let reply = user.client.password("USER_SRP_AUTH", USER, PASSWORD).await.ok();
        let answer = user.client.code_answer(&reply, USER, &user.client.totp(secret, 0));
        user.client.respond(&answer).await.status
    };
    assert_eq!(sign_in(&old).await, 200);
    user.verify(&user.client.totp(&new, 0)).await.ok();
    user.client.next_step();
    assert_eq!(sign_in(&old).await, 400);
    assert_eq!(sign_in(&new).await, 200);
}

#[tokio::test]
async fn preferences_need_a_verified_app() {
    let user = SignedIn::new().await;
    let error = "InvalidParameter: User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA";
    assert_eq!(user.prefer(json!({"Enabled": true, "PreferredMfa": true})).await.error(), error);
    let secret = user.associate().await;
    assert_eq!(user.prefer(json!({"Enabled": true})).await.error(), error);
    assert!(user.prefer(json!({"Enabled": false, "PreferredMfa": true})).await.error().starts_with("InvalidParameter"));
    user.verify(&user.client.totp(&secret, 0)).await.ok();
    let sms = json!({"SMSMfaSettings": {"Enabled": true}});
    assert_eq!(
        user.call("SetUserMFAPreference", sms).await.error(),
        "InvalidParameter: User does not have delivery config set to turn on SMS_MFA"
    );
    // As amazon-cognito-identity-js sends it.
    let settings = json!({"SMSMfaSettings": null, "SoftwareTokenMfaSettings": {"PreferredMfa": true, "Enabled": true}});
    user.call("SetUserMFAPreference", settings).await.ok();
    let misspelt = user.prefer(json!({"Enabled": true, "Prefered": true})).await;
    assert_eq!(misspelt.error(), "Serialization: Unknown member Prefered");
}

#[tokio::test]
async fn nothing_to_verify() {
    let user = SignedIn::new().await;
    assert!(user.verify("123456").await.error().starts_with("SoftwareTokenMFANotFound"));
}
