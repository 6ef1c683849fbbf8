//! Sign-in: whether somebody has a passkey.

use std::num::NonZeroU32;

use base64ct::{Base64UrlUnpadded, Encoding};
use webauthn_rp::{
    AuthenticatedCredential, NonDiscoverableAuthentication, NonDiscoverableAuthenticationServerState,
    NonDiscoverableCredentialRequestOptions,
    bin::{Decode, Encode},
    request::{
        Credentials, PublicKeyCredentialDescriptor,
        auth::{AllowedCredential, AllowedCredentials, AuthenticationVerificationOptions, SignatureCounterEnforcement},
    },
    response::{
        AuthTransports,
        register::{DynamicState, StaticState},
    },
};

use super::{Asked, HANDLE_LENGTH, credential_id, origin::PagesOf, relying_party, requirement, user_handle};
use crate::{
    config::WebAuthnConfiguration,
    error::ApiError,
    state::{Ceremony, Passkey},
};

/// Asks for one of a user's passkeys.
pub(crate) fn begin_assertion<'a>(
    relying_party_id: &str,
    configuration: &WebAuthnConfiguration,
    passkeys: impl Iterator<Item = &'a Passkey>,
) -> Result<Asked, ApiError> {
    let relying_party = relying_party(relying_party_id)?;
    let mut allowed = AllowedCredentials::with_capacity(0);
    for passkey in passkeys {
        let id = credential_id(&passkey.credential_id).ok_or_else(ApiError::internal)?;
        // The options that a client gets are not made of these.
        let transports = AuthTransports::decode(0).map_err(|_| ApiError::internal())?;
        allowed.push(AllowedCredential::from(PublicKeyCredentialDescriptor { id, transports }));
    }
    let mut request =
        NonDiscoverableCredentialRequestOptions::second_factor(&relying_party, allowed).map_err(|_| ApiError::internal())?;
    let options = request.options();
    options.user_verification = requirement(configuration);
    options.timeout = NonZeroU32::MAX;
    let (state, _) = request.start_ceremony().map_err(|_| ApiError::internal())?;
    let encoded = state.encode().map_err(|_| ApiError::internal())?;
    Ok(Asked::new(&state, encoded))
}

/// The passkey that signed, with its new counter; `None` where anything is wrong, without a word about what.
pub(crate) fn verify(
    relying_party_id: &str,
    ceremony: &Ceremony,
    sub: &str,
    passkeys: &[Passkey],
    credential: &[u8],
) -> Option<Passkey> {
    let relying_party = relying_party(relying_party_id).ok()?;
    let state = NonDiscoverableAuthenticationServerState::decode(ceremony.0.as_slice()).ok()?;
    let response = NonDiscoverableAuthentication::<HANDLE_LENGTH>::from_json_relaxed(credential).ok()?;
    let id = Base64UrlUnpadded::encode_string(response.raw_id().as_ref());
    let is_it = |passkey: &&Passkey| passkey.credential_id == id && passkey.relying_party_id == relying_party_id;
    let passkey = passkeys.iter().find(is_it)?;

    let bytes = |text: &str| Base64UrlUnpadded::decode_vec(text).ok();
    let handle = user_handle(sub).ok()?;
    let fixed = StaticState::decode(bytes(&passkey.public_key)?.as_slice()).ok()?;
    let changing = DynamicState::decode(bytes(&passkey.counter)?.try_into().ok()?).ok()?;
    let mut known = AuthenticatedCredential::new(response.raw_id(), &handle, fixed, changing).ok()?;
    let options = AuthenticationVerificationOptions::<PagesOf<'_>, PagesOf<'_>> {
        allowed_origins: &[PagesOf(relying_party_id)],
        error_on_unsolicited_extensions: false,
        // A counter that does not grow: somebody else has the key too.
        sig_counter_enforcement: SignatureCounterEnforcement::Fail,
        ..AuthenticationVerificationOptions::default()
    };
    state.verify(&relying_party, &response, &mut known, &options).ok()?;
    let Ok(counter) = known.dynamic_state().encode();
    Some(Passkey { counter: Base64UrlUnpadded::encode_string(&counter), ..passkey.clone() })
}
