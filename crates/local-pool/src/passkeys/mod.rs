//! WebAuthn, in the service's place: what is asked of an authenticator, and whether what comes back is an answer to it.
//!
//! `webauthn_rp` does the ceremonies of the specification; its state is kept as bytes, because a session is cloned. The pool's own clock
//! says how long a challenge lives, so the crate's life time is as long as it can be.

mod assertion;
mod attestation;
mod origin;

use base64ct::{Base64UrlUnpadded, Encoding};
use webauthn_rp::{
    bin::Decode,
    request::{AsciiDomain, RpId, TimedCeremony, UserVerificationRequirement, register::UserHandle},
    response::CredentialId,
};

pub(crate) use assertion::{begin_assertion, verify};
pub(crate) use attestation::{Refusal, begin_registration, complete_registration};

use crate::{config::WebAuthnConfiguration, error::ApiError, state::Ceremony};

/// The length of a `sub`, which is the user handle of a passkey.
const HANDLE_LENGTH: usize = 36;

/// Whether a text can be a relying party's identifier. Browsers take no address of the Internet Protocol.
pub(crate) fn is_relying_party_id(id: &str) -> bool {
    let is_host = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
    let is_domain = id.bytes().all(is_host) && AsciiDomain::try_from(id.to_owned()).is_ok_and(|_| !id.ends_with('.'));
    is_domain && id.len() <= 127 && id.rsplit('.').next().is_some_and(|label| !label.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Something that is asked of an authenticator.
pub(crate) struct Asked {
    /// In base64url.
    pub challenge: String,
    pub ceremony: Ceremony,
}

impl Asked {
    fn new(state: &impl TimedCeremony, encoded: Vec<u8>) -> Self {
        let challenge = Base64UrlUnpadded::encode_string(&state.sent_challenge().0.to_le_bytes());
        Self { challenge, ceremony: Ceremony(encoded) }
    }
}

/// Bytes as WebAuthn writes them in JSON.
pub(crate) fn base64url(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

/// The relying party, for the crate.
fn relying_party(id: &str) -> Result<RpId, ApiError> {
    AsciiDomain::try_from(id.to_owned()).map(RpId::Domain).map_err(|_| ApiError::internal())
}

fn user_handle(sub: &str) -> Result<UserHandle<HANDLE_LENGTH>, ApiError> {
    let bytes: [u8; HANDLE_LENGTH] = sub.as_bytes().try_into().map_err(|_| ApiError::internal())?;
    UserHandle::decode(bytes).map_err(|_| ApiError::internal())
}

fn credential_id(base64url: &str) -> Option<CredentialId<Vec<u8>>> {
    CredentialId::decode(Base64UrlUnpadded::decode_vec(base64url).ok()?).ok()
}

fn requirement(configuration: &WebAuthnConfiguration) -> UserVerificationRequirement {
    if configuration.needs_user_verification() {
        UserVerificationRequirement::Required
    } else {
        UserVerificationRequirement::Preferred
    }
}
