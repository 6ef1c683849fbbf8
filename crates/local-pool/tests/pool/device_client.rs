//! A client with devices, for the tests.

use cognito_protocol::srp::{Identity, derive_device_verifier};
use local_pool::{
    Builder,
    seed::{DEVICE_ALWAYS_CLIENT, DEVICE_ALWAYS_POOL, DEVICE_CLIENT, DEVICE_POOL, PASSWORD, SeededUser, TOTP_SECRET},
};
use serde_json::{Value, json};

use crate::client::{Client, Reply, USER, ephemeral};

pub const APP_USER: &str = "app@example.com";
pub const NO_DEVICE: &str = "ResourceNotFound: Device does not exist.";
pub const INVALID_TOKEN: &str = "NotAuthorized: Invalid Refresh Token.";
pub const DEVICE_PASSWORD: &str = "a password of forty random bytes, or so";

/// A client of a pool that tracks devices, with a user who has a password alone and one with an authenticator app.
pub fn tracking(pool_id: &str, client_id: &str, pool_name: &'static str) -> Client {
    tracking_with(|builder| builder, pool_id, client_id, pool_name)
}

pub fn tracking_with(change: impl FnOnce(Builder) -> Builder, pool_id: &str, client_id: &str, pool_name: &'static str) -> Client {
    let mut client = Client::with(change).with_client(client_id);
    client.pool_name = pool_name;
    let user = |name: &str| SeededUser {
        user_pool_id: pool_id.to_owned(),
        client_id: client_id.to_owned(),
        ..SeededUser::new(name, "USER_SRP_AUTH", "of the tests")
    };
    client.pool.add_user(&user(USER));
    client.pool.add_user(&SeededUser { totp_secret: Some(TOTP_SECRET.into()), ..user(APP_USER) });
    client
}

pub fn opt_in() -> Client {
    tracking(DEVICE_POOL, DEVICE_CLIENT, "LocalDevice")
}

pub fn always() -> Client {
    tracking(DEVICE_ALWAYS_POOL, DEVICE_ALWAYS_CLIENT, "LocalDeviceAlways")
}

/// What came with the tokens, and who they are.
pub struct Device {
    pub key: String,
    pub group_key: String,
    pub access_token: String,
    pub refresh_token: String,
}

pub fn device(result: &Value) -> Device {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    Device {
        key: text(&result["NewDeviceMetadata"]["DeviceKey"]),
        group_key: text(&result["NewDeviceMetadata"]["DeviceGroupKey"]),
        access_token: text(&result["AccessToken"]),
        refresh_token: text(&result["RefreshToken"]),
    }
}

pub fn confirmation(device: &Device) -> Value {
    let verifier = derive_device_verifier(&device.group_key, &device.key, &DEVICE_PASSWORD.into(), &[0x80; 16]);
    json!({
        "AccessToken": device.access_token,
        "DeviceKey": device.key,
        "DeviceName": "Firefox on a test",
        "DeviceSecretVerifierConfig":
            {"PasswordVerifier": verifier.password_verifier_base64, "Salt": verifier.salt_base64},
    })
}

pub async fn confirm(client: &Client, device: &Device) -> Value {
    client.call("ConfirmDevice", confirmation(device)).await.ok()
}

pub async fn remember(client: &Client, device: &Device, status: &str) {
    let body = json!({"AccessToken": device.access_token, "DeviceKey": device.key, "DeviceRememberedStatus": status});
    client.call("UpdateDeviceStatus", body).await.ok();
}

/// A new device of a user with a password alone.
pub async fn new_device(client: &Client) -> Device {
    device(&client.tokens(USER).await.0)
}

/// Signs in by password and app, with a new device.
pub async fn new_device_of_app_user(client: &Client) -> Device {
    let reply = client.password("USER_SRP_AUTH", APP_USER, PASSWORD).await.ok();
    let answer = client.code_answer(&reply, APP_USER, &client.totp(TOTP_SECRET, 0));
    device(&client.respond(&answer).await.ok()["AuthenticationResult"])
}

/// The answer to the password of a sign-in with `DEVICE_KEY`.
pub async fn password_with(client: &Client, flow: &str, username: &str, key: &str) -> Reply {
    let challenge = client.begin(flow, username).await;
    let mut proof = client.proof(&challenge, PASSWORD, &client.timestamp());
    proof["ChallengeResponses"]["DEVICE_KEY"] = json!(key);
    client.respond(&proof).await
}

/// Answers `DEVICE_SRP_AUTH`.
pub async fn device_srp(client: &Client, reply: &Value, username: &str, device: &Device) -> (Value, Value) {
    assert_eq!(reply["ChallengeName"], "DEVICE_SRP_AUTH", "{reply}");
    let ephemeral = ephemeral();
    let responses = json!({"USERNAME": username, "DEVICE_KEY": device.key, "SRP_A": ephemeral.public_hex()});
    let asked = client.respond(&client.answer("DEVICE_SRP_AUTH", &reply["Session"], responses)).await.ok();
    assert_eq!(asked["ChallengeName"], "DEVICE_PASSWORD_VERIFIER");
    let parameter = |name: &str| asked["ChallengeParameters"][name].as_str().unwrap();
    assert_eq!(parameter("DEVICE_KEY"), device.key);
    let identity = Identity { pool_name: &device.group_key, user_id_for_srp: &device.key };
    let key = ephemeral.process_challenge(&identity, &DEVICE_PASSWORD.into(), parameter("SALT"), parameter("SRP_B")).unwrap();
    let timestamp = client.timestamp();
    let responses = json!({
        "USERNAME": parameter("USERNAME"),
        "DEVICE_KEY": device.key,
        "PASSWORD_CLAIM_SECRET_BLOCK": parameter("SECRET_BLOCK"),
        "TIMESTAMP": timestamp,
        "PASSWORD_CLAIM_SIGNATURE": key.sign(&identity, parameter("SECRET_BLOCK"), &timestamp).unwrap(),
    });
    let answer = client.answer("DEVICE_PASSWORD_VERIFIER", &asked["Session"], responses);
    (asked, answer)
}

pub async fn prove_device(client: &Client, reply: &Value, username: &str, device: &Device) -> Reply {
    let (_, answer) = device_srp(client, reply, username, device).await;
    client.respond(&answer).await
}

pub async fn refresh(client: &Client, device: &Device, key: Option<&str>) -> [Reply; 2] {
    let mut parameters = json!({"REFRESH_TOKEN": device.refresh_token});
    let mut body = json!({"RefreshToken": device.refresh_token, "ClientId": client.client_id});
    if let Some(key) = key {
        parameters["DEVICE_KEY"] = json!(key);
        body["DeviceKey"] = json!(key);
    }
    [client.initiate("REFRESH_TOKEN_AUTH", parameters).await, client.call("GetTokensFromRefreshToken", body).await]
}

pub async fn call(client: &Client, operation: &str, device: &Device) -> Reply {
    client.call(operation, json!({"AccessToken": device.access_token, "DeviceKey": device.key})).await
}
