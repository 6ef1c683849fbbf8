//! What a way to another provider and back is held together by: what leaves the page, and what is kept meanwhile.
//!
//! # Source
//! docs/cognito.md#federation; RFC 6749, 7636

use base64ct::{Base64, Encoding};

use super::settings::Federation;
use crate::{
    Secret,
    idp::{Json, Member, StringMap},
    srp::sha256,
};

/// For so long a person may stay at a provider.
const STAY_MILLIS: i64 = 60 * 60 * 1000;

/// The members of a record.
pub(super) const STATE: &str = "State";
pub(super) const VERIFIER: &str = "Verifier";
pub(super) const NONCE: &str = "Nonce";
pub(super) const CLIENT_ID: &str = "ClientId";
pub(super) const DOMAIN: &str = "Domain";
pub(super) const REDIRECT_URI: &str = "RedirectUri";
pub(super) const ENDS_AT: &str = "EndsAt";

/// What one way to a provider and back is held together by, each 256 bits as base64url: 43 characters.
#[derive(Debug)]
pub struct RedirectSecrets {
    verifier: Secret,
    state: Secret,
    nonce: Secret,
}

impl RedirectSecrets {
    /// Of random bytes.
    pub(super) fn of(bytes: &[[u8; 32]; 3]) -> Self {
        let [verifier, state, nonce] = bytes;
        let text = |bytes: &[u8; 32]| Secret::from(base64url(bytes));
        Self { verifier: text(verifier), state: text(state), nonce: text(nonce) }
    }

    /// What is kept in this tab until the person is back.
    pub(super) fn record(&self, client_id: &str, federation: &Federation, now_millis: i64) -> Json {
        let mut map = StringMap::default();
        for (name, value) in [
            (STATE, self.state.expose()),
            (VERIFIER, self.verifier.expose()),
            (NONCE, self.nonce.expose()),
            (CLIENT_ID, client_id),
            (DOMAIN, &federation.domain),
            (REDIRECT_URI, &federation.redirect_uri),
            (ENDS_AT, &now_millis.saturating_add(STAY_MILLIS).to_string()),
        ] {
            map.insert(name, value);
        }
        map.encode().unwrap_or(Json::Null)
    }

    /// Where the person goes.
    pub(super) fn authorize_url(&self, way: &Way<'_>) -> String {
        let challenge = base64url(&*sha256(&[self.verifier.expose().as_bytes()]));
        let Way { client_id, federation, provider, login_hint, proves_again } = way;
        let mut parameters = vec![
            ("response_type", "code"),
            ("client_id", client_id),
            ("redirect_uri", &federation.redirect_uri),
            ("scope", &federation.scopes),
            ("identity_provider", provider),
            ("state", self.state.expose()),
            ("nonce", self.nonce.expose()),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        if !login_hint.is_empty() {
            parameters.push(("login_hint", login_hint));
        }
        if *proves_again {
            parameters.push(("prompt", "login"));
        }
        [&federation.domain, "/oauth2/authorize?", &encoded(&parameters)].concat()
    }
}

/// The alphabet of RFC 4648, section 5, without padding. Made of the other one, whose code is there anyway.
fn base64url(bytes: &[u8]) -> String {
    let mut text = Base64::encode_string(bytes).replace('+', "-").replace('/', "_");
    text.truncate(text.trim_end_matches('=').len());
    text
}

/// A way to a provider.
pub(super) struct Way<'a> {
    pub client_id: &'a str,
    pub federation: &'a Federation,
    pub provider: &'a str,
    /// What was typed as sign-in name; empty for nothing.
    pub login_hint: &'a str,
    /// The person is signed in and has to show once more who they are.
    pub proves_again: bool,
}

/// Parameters of a query or a form.
pub(super) fn encoded(parameters: &[(&str, &str)]) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut text = String::new();
    for (name, value) in parameters {
        if !text.is_empty() {
            text.push('&');
        }
        text.push_str(name);
        text.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                text.push(char::from(byte));
            } else {
                text.push('%');
                text.extend([byte >> 4, byte & 15].map(|digit| HEX.get(usize::from(digit)).map_or('0', |hex| char::from(*hex))));
            }
        }
    }
    text
}
