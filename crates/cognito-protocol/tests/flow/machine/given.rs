//! What a machine is given: settings, and tokens as a store holds them.

use cognito_protocol::{
    Secret,
    flow::{Answers, Event, Person, Purpose, RememberDevice, Screen, Settings, SignInFlow, Tokens, UsernameKind, field},
    idp::{Json, StringMap},
};
use serde_json::json;

use crate::service::{
    CLIENT_ID, DEVICE_KEY, ISSUER, NAME, PASSWORD, POOL_ID, POOL_NAME, TOKEN_MARK, USER_ID, access_token, device_access_token,
    refresh_token,
};

/// Tue Sep 9 09:05:03 UTC 2025
pub const NOW: i64 = 1_757_408_703_000;
pub const HOUR: i64 = 3_600_000;
/// A sign-in that counts as recent however late it is.
const FOR_EVER: i64 = i64::MAX;
/// The nonce that comes of the randomness of these tests.
pub const NONCE: &str = "paWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaU";
/// The id of a request of the page whose answer the test does not look at.
pub const NOBODY: u32 = 0;

pub fn settings(sign_in_flow: SignInFlow, purpose: Purpose) -> Settings {
    Settings {
        client_id: CLIENT_ID.to_owned(),
        user_pool_id: POOL_ID.to_owned(),
        pool_name: POOL_NAME.to_owned(),
        is_endpoint_replaced: false,
        read_claims,
        client_has_secret: false,
        sign_in_flow,
        preferred_challenge: None,
        last_factor: None,
        has_passkeys: false,
        purpose,
        session_millis: 180_000,
        totp_issuer: "example.com".to_owned(),
        totp_label: None,
        sign_in_name: String::new(),
        username_kind: UsernameKind::Email,
        first_screen: Screen::SignIn,
        offers_sign_up: true,
        sign_up_attributes: Vec::new(),
        remember_device: RememberDevice::Ask,
        device_name: "Test".to_owned(),
        client_metadata: StringMap::default(),
        federation: None,
    }
}

/// The tokens of these tests are numbered and no JWTs: they are this pool's, whose kind their second part tells. Others are read.
fn read_claims(token: &str) -> Option<Json> {
    let mut parts = token.split('.');
    let (mark, kind) = (parts.next(), parts.next());
    let (token_use, client, auth_time) = match kind.filter(|_| mark == Some(TOKEN_MARK)) {
        Some("access" | "old") => ("access", "client_id", FOR_EVER),
        // Of somebody who signed in long ago.
        Some("found") => ("access", "client_id", NOW / 1000 - 3600),
        Some("device") => ("access", "client_id", FOR_EVER),
        Some("id" | "other") => ("id", "aud", FOR_EVER),
        Some(_) | None => return cognito_protocol::flow::read_claims(token),
    };
    let iss = format!("{ISSUER}/{POOL_ID}");
    let nonce = if kind == Some("id") { NONCE } else { "another" };
    let mut claims = json!({
        "iss": iss, "token_use": token_use, client: CLIENT_ID, "sub": USER_ID, "auth_time": auth_time, "nonce": nonce,
    });
    if kind == Some("device") {
        claims["device_key"] = DEVICE_KEY.into();
    }
    Some(claims.into())
}

/// The form of a challenge, submitted.
pub fn typed(answer: &str) -> Event {
    Person::Submitted(Answers::of([
        (field::CODE, Secret::from(answer)),
        (field::ANSWER, Secret::from(answer)),
        (field::NEW_PASSWORD, Secret::from(PASSWORD)),
    ]))
    .into()
}

/// Tokens as the store holds them.
pub fn stored(number: u32, expires_at_millis: i64) -> Tokens {
    Tokens {
        username: USER_ID.to_owned(),
        sign_in_name: NAME.to_owned(),
        id_token: format!("{TOKEN_MARK}.id.{number}").into(),
        access_token: access_token(number).into(),
        refresh_token: Some(refresh_token(number).into()),
        expires_at_millis,
        is_federated: false,
    }
}

/// The same, of somebody who signed in an hour before.
pub fn found(expires_at_millis: i64) -> Tokens {
    Tokens { access_token: format!("{TOKEN_MARK}.found.1").into(), ..stored(1, expires_at_millis) }
}

/// The same as [`stored`] on a device that the pool knows.
pub fn on_device(expires_at_millis: i64) -> Tokens {
    Tokens { access_token: device_access_token(1).into(), ..stored(1, expires_at_millis) }
}
