//! Passkeys of a user, and registrations that were begun.

use serde::{Deserialize, Serialize};

/// A registered passkey: plain data, to be kept as it is.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Passkey {
    /// Its identifier, in base64url.
    pub credential_id: String,
    pub friendly_name: String,
    /// The relying party that it was registered for. The pool may have another by now, which it is of no use for.
    pub relying_party_id: String,
    /// `platform` or `cross-platform`.
    pub attachment: Option<String>,
    /// How its authenticator is reached, as the browser said.
    pub transports: Vec<String>,
    pub created_millis: i64,
    /// The public key and what never changes with it, in base64url.
    pub public_key: String,
    /// The counter of its signatures and what else a sign-in changes, in base64url.
    pub counter: String,
}

/// A registration that was begun and not completed.
#[derive(Clone)]
pub(crate) struct PasskeyRegistration {
    /// The client whose token began it.
    pub client_id: String,
    /// What was asked of the browser.
    pub ceremony: Ceremony,
    pub expires_millis: i64,
}

/// What was asked of a browser, its challenge above all: an answer is checked against it once.
#[derive(Clone)]
pub(crate) struct Ceremony(pub Vec<u8>);
