//! Which passkeys count, and where.
//!
//! # Source
//! API reference, `WebAuthnConfigurationType`, `WebAuthnFactorConfigurationType` and `WebAuthnMfaSettingsType`. That a passkey signs
//! somebody in who has a second factor on, where the pool leaves that to people, is not certain; codes as a first factor do so too.

use cognito_protocol::idp::ErrorCode;
use serde_json::{Value, json};

use crate::{
    config::{FactorConfiguration, FirstFactor, MfaConfiguration, UserPool},
    error::ApiError,
    state::{Passkey, User, UserStatus},
};

/// What passkeys of a pool are for, where it takes any.
pub(super) fn relying_party_id(pool: &UserPool) -> Result<&str, ApiError> {
    if !pool.first_factors.contains(&FirstFactor::WebAuthn) {
        return Err(ApiError::new(ErrorCode::WebAuthnNotEnabled, "Passkeys are not enabled in this user pool"));
    }
    pool.web_authn.relying_party_id.as_deref().ok_or_else(|| {
        ApiError::new(ErrorCode::WebAuthnConfigurationMissing, "The user pool has neither a relying party id nor a domain")
    })
}

/// The passkeys that a browser can use for the pool's relying party of today.
pub(super) fn usable<'a>(user: &'a User, pool: &'a UserPool) -> impl Iterator<Item = &'a Passkey> {
    let of_today = pool.web_authn.relying_party_id.as_deref();
    user.passkeys.iter().filter(move |passkey| Some(passkey.relying_party_id.as_str()) == of_today)
}

/// Whether somebody can sign in with a passkey.
pub(super) fn is_first_factor(user: &User, pool: &UserPool) -> bool {
    let is_enough = match pool.mfa {
        MfaConfiguration::On => counts_as_both(user, pool),
        MfaConfiguration::Off | MfaConfiguration::Optional => true,
    };
    is_enough && user.status != UserStatus::ForceChangePassword && usable(user, pool).next().is_some()
}

/// Whether the pool and the user want a passkey to be both factors.
pub(super) fn counts_as_both(user: &User, pool: &UserPool) -> bool {
    user.passkey_mfa && can_count_as_both(pool)
}

/// Whether the pool allows it.
pub(super) fn can_count_as_both(pool: &UserPool) -> bool {
    pool.first_factors.contains(&FirstFactor::WebAuthn)
        && match pool.web_authn.factor_configuration {
            FactorConfiguration::MultiFactorWithUserVerification => true,
            FactorConfiguration::SingleFactor => false,
        }
}

/// A `PublicKeyCredentialDescriptorJSON`.
pub(super) fn descriptor(passkey: &Passkey) -> Value {
    json!({"type": "public-key", "id": passkey.credential_id, "transports": passkey.transports})
}
