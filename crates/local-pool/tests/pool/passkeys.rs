//! What the tests of passkeys have in common: a pool that takes them, and the calls.

use local_pool::{
    Builder, FactorConfiguration, MfaConfiguration, UserPool, UserVerification,
    seed::{CHOICE_CLIENT, CHOICE_POOL, PASSWORD, SeededUser},
};
use serde_json::{Value, json};

use crate::{
    authenticator::Authenticator,
    client::{Client, Reply},
};

pub const USER: &str = "choose-factor@example.com";
pub const OTHER: &str = "password-only@example.com";

pub fn client() -> Client {
    with_pool(|_| {})
}

/// A client of the pool of the choice, changed.
pub fn with_pool(change: impl FnOnce(&mut UserPool)) -> Client {
    let changed = |builder: Builder| {
        builder.with_seed(|seed| change(seed.user_pools.iter_mut().find(|pool| pool.id == CHOICE_POOL).unwrap()))
    };
    Client { pool_name: "LocalChoice", ..Client::with(changed).with_client(CHOICE_CLIENT) }
}

pub fn with_user_verification() -> Client {
    with_pool(|pool| pool.web_authn.user_verification = UserVerification::Required)
}

/// Passkeys are both factors.
pub fn both_factors(mfa: MfaConfiguration) -> Client {
    with_pool(|pool| {
        pool.mfa = mfa;
        pool.web_authn.factor_configuration = FactorConfiguration::MultiFactorWithUserVerification;
    })
}

pub fn add(client: &Client, email: &str) {
    let user = SeededUser::new(email, "USER_AUTH", "of this test");
    client.pool.add_user(&SeededUser { user_pool_id: CHOICE_POOL.to_owned(), client_id: CHOICE_CLIENT.to_owned(), ..user });
}

/// The access token of somebody who needs the password alone.
pub async fn token(client: &Client, username: &str) -> String {
    let parameters = json!({"USERNAME": username, "PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": PASSWORD});
    let reply = client.initiate("USER_AUTH", parameters).await.ok();
    reply["AuthenticationResult"]["AccessToken"].as_str().unwrap_or_else(|| panic!("{reply}")).to_owned()
}

/// Begins a registration.
pub async fn options(client: &Client, token: &str) -> Value {
    start(client, token).await.ok()["CredentialCreationOptions"].clone()
}

pub async fn start(client: &Client, token: &str) -> Reply {
    client.call("StartWebAuthnRegistration", json!({"AccessToken": token})).await
}

pub async fn complete(client: &Client, token: &str, credential: Value) -> Reply {
    client.call("CompleteWebAuthnRegistration", json!({"AccessToken": token, "Credential": credential})).await
}

/// Registers a passkey of a user.
pub async fn register(client: &Client, username: &str, authenticator: &mut Authenticator) {
    let token = token(client, username).await;
    let options = options(client, &token).await;
    complete(client, &token, authenticator.create(&options)).await.ok();
}

pub async fn list(client: &Client, token: &str) -> Vec<Value> {
    let reply = client.call("ListWebAuthnCredentials", json!({"AccessToken": token})).await.ok();
    reply["Credentials"].as_array().unwrap().clone()
}

/// Begins a sign-in with the passkey that is preferred.
pub async fn begin(client: &Client, username: &str) -> Value {
    let reply = client.initiate("USER_AUTH", json!({"USERNAME": username, "PREFERRED_CHALLENGE": "WEB_AUTHN"})).await.ok();
    assert_eq!(reply["ChallengeName"], "WEB_AUTHN", "{reply}");
    reply
}

/// `CREDENTIAL_REQUEST_OPTIONS`
pub fn request_options(reply: &Value) -> Value {
    serde_json::from_str(reply["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"].as_str().unwrap()).unwrap()
}

/// The answer to `WEB_AUTHN`.
pub async fn answer(client: &Client, reply: &Value, username: &str, credential: &Value) -> Reply {
    let responses = json!({"USERNAME": username, "CREDENTIAL": credential.to_string()});
    client.respond(&client.answer("WEB_AUTHN", &reply["Session"], responses)).await
}

/// Signs in with a passkey, or not.
pub async fn sign_in(client: &Client, username: &str, authenticator: &mut Authenticator) -> Reply {
    let reply = begin(client, username).await;
    let credential = authenticator.get(&request_options(&reply));
    answer(client, &reply, username, &credential).await
}

pub async fn available(client: &Client, username: &str) -> Value {
    client.initiate("USER_AUTH", json!({"USERNAME": username})).await.ok()["AvailableChallenges"].clone()
}

#[track_caller]
pub fn is_complete(reply: &Value) {
    assert!(reply["AuthenticationResult"]["IdToken"].is_string(), "{reply}");
}
