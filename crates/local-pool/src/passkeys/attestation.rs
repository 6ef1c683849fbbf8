//! Registration: a new passkey.

use std::num::NonZeroU32;

use base64ct::{Base64UrlUnpadded, Encoding};
use serde_json::Value;
use webauthn_rp::{
    PublicKeyCredentialCreationOptions, RegisteredCredential, Registration, RegistrationServerState,
    bin::{Decode, Encode},
    request::register::{
        CoseAlgorithmIdentifier, CoseAlgorithmIdentifiers, RegistrationVerificationOptions, ResidentKeyRequirement,
    },
    response::{AuthenticatorAttachment, AuthenticatorTransport, register::error::RegCeremonyErr},
};

use super::{Asked, HANDLE_LENGTH, origin::PagesOf, relying_party, requirement, user_handle};
use crate::{
    config::WebAuthnConfiguration,
    error::ApiError,
    state::{Ceremony, Passkey},
};

/// Why a passkey was not registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It is no `RegistrationResponseJSON`.
    Unreadable,
    /// It answers another challenge.
    Challenge,
    /// It was made on a page that does not belong to the relying party.
    Origin,
    /// It is for another relying party.
    RelyingParty,
    /// It is of a kind that is not taken, or does not hold what was asked for.
    NotSupported,
}

/// Asks for a new passkey of a user.
pub(crate) fn begin_registration(
    relying_party_id: &str,
    configuration: &WebAuthnConfiguration,
    sub: &str,
) -> Result<Asked, ApiError> {
    let relying_party = relying_party(relying_party_id)?;
    let handle = user_handle(sub)?;
    // The state holds neither names nor the passkeys that are there already.
    let mut options = PublicKeyCredentialCreationOptions::second_factor(&relying_party, (&handle).into(), Vec::new());
    options.pub_key_cred_params = CoseAlgorithmIdentifiers::ALL.remove(CoseAlgorithmIdentifier::Es384);
    options.authenticator_selection.resident_key = ResidentKeyRequirement::Required;
    options.authenticator_selection.user_verification = requirement(configuration);
    options.extensions.cred_props = None;
    options.timeout = NonZeroU32::MAX;
    let (state, _) = options.start_ceremony().map_err(|_| ApiError::internal())?;
    let encoded = state.encode().map_err(|_| ApiError::internal())?;
    Ok(Asked::new(&state, encoded))
}

/// Takes the passkey that came back.
pub(crate) fn complete_registration(
    relying_party_id: &str,
    ceremony: &Ceremony,
    credential: &[u8],
    created_millis: i64,
) -> Result<Passkey, Refusal> {
    let relying_party = relying_party(relying_party_id).map_err(|_| Refusal::RelyingParty)?;
    let state = RegistrationServerState::<HANDLE_LENGTH>::decode(&ceremony.0).map_err(|_| Refusal::Challenge)?;
    let registration = Registration::from_json_relaxed(credential).map_err(|_| unread(credential))?;
    let options = RegistrationVerificationOptions::<PagesOf<'_>, PagesOf<'_>> {
        allowed_origins: &[PagesOf(relying_party_id)],
        // Browsers ask security keys for `credProtect` of their own accord.
        error_on_unsolicited_extensions: false,
        ..RegistrationVerificationOptions::default()
    };
    let registered = state.verify(&relying_party, &registration, &options).map_err(|error| refusal(&error))?;
    Ok(passkey(&registered, relying_party_id, created_millis))
}

/// Why the crate could not read a passkey: it holds something else than it should, or something that the crate does not know.
fn unread(credential: &[u8]) -> Refusal {
    let credential: Value = serde_json::from_slice(credential).unwrap_or_default();
    let holds =
        |name: &str| credential["response"][name].as_str().is_some_and(|text| Base64UrlUnpadded::decode_vec(text).is_ok());
    if holds("clientDataJSON") && holds("attestationObject") { Refusal::NotSupported } else { Refusal::Unreadable }
}

fn passkey(registered: &RegisteredCredential<'_, HANDLE_LENGTH>, relying_party_id: &str, created_millis: i64) -> Passkey {
    let dynamic = registered.dynamic_state();
    let (attachment, friendly_name) = match dynamic.authenticator_attachment {
        AuthenticatorAttachment::Platform => (Some("platform"), "Platform passkey"),
        AuthenticatorAttachment::CrossPlatform => (Some("cross-platform"), "Roaming passkey"),
        AuthenticatorAttachment::None => (None, "Passkey"),
    };
    let transports = [
        (AuthenticatorTransport::Ble, "ble"),
        (AuthenticatorTransport::Hybrid, "hybrid"),
        (AuthenticatorTransport::Internal, "internal"),
        (AuthenticatorTransport::Nfc, "nfc"),
        (AuthenticatorTransport::SmartCard, "smart-card"),
        (AuthenticatorTransport::Usb, "usb"),
    ];
    let has = |transport: &(AuthenticatorTransport, &str)| registered.transports().contains(transport.0);
    let Ok(public_key) = registered.static_state().encode();
    let Ok(counter) = dynamic.encode();
    Passkey {
        credential_id: Base64UrlUnpadded::encode_string(registered.id().as_ref()),
        friendly_name: friendly_name.to_owned(),
        relying_party_id: relying_party_id.to_owned(),
        attachment: attachment.map(str::to_owned),
        transports: transports.iter().filter(|transport| has(transport)).map(|(_, name)| (*name).to_owned()).collect(),
        created_millis,
        public_key: Base64UrlUnpadded::encode_string(&public_key),
        counter: Base64UrlUnpadded::encode_string(&counter),
    }
}

fn refusal(error: &RegCeremonyErr) -> Refusal {
    match error {
        RegCeremonyErr::Timeout | RegCeremonyErr::ChallengeMismatch => Refusal::Challenge,
        RegCeremonyErr::OriginMismatch | RegCeremonyErr::CrossOrigin | RegCeremonyErr::TopOriginMismatch => Refusal::Origin,
        RegCeremonyErr::RpIdHashMismatch => Refusal::RelyingParty,
        RegCeremonyErr::CollectedClientData(_) | RegCeremonyErr::CollectedClientDataRelaxed(_) => Refusal::Unreadable,
        RegCeremonyErr::AttestationObject(_)
        | RegCeremonyErr::PubKey(_)
        | RegCeremonyErr::AttestationSignature
        | RegCeremonyErr::UserNotPresent
        | RegCeremonyErr::UserNotVerified
        | RegCeremonyErr::BackupEligible
        | RegCeremonyErr::BackupNotEligible
        | RegCeremonyErr::BackupDoesNotExist
        | RegCeremonyErr::MissingAuthenticatorAttachment
        | RegCeremonyErr::AuthenticatorAttachmentMismatch
        | RegCeremonyErr::Extension(_)
        | RegCeremonyErr::PublicKeyAlgorithmMismatch
        | RegCeremonyErr::Credential(_) => Refusal::NotSupported,
    }
}
