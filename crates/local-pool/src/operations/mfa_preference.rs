//! `SetUserMFAPreference`
//!
//! # Source
//! API reference; what is said where a factor is not set up stands in aws-sdk-js-v3#4645 for the authenticator app. That a phone
//! number or an address that is not verified counts as none is not certain, nor are the other sentences.

use cognito_protocol::idp::{
    EmptyReply, Json, MfaSettings, SetUserMfaPreferenceRequest, WebAuthnMfaSettings, Wire, refuse_unknown,
};

use super::{body::member, passkey_rules, second_factor};
use crate::{
    config::{FirstFactor, MfaConfiguration, SecondFactor, UserPool},
    cx::Cx,
    error::ApiError,
    state::{Preference, User},
    tokens,
    validation::Checks,
};

/// The settings of each factor are structures of their own.
pub(super) fn refuse_unknown_settings(body: &Json) -> Result<(), ApiError> {
    for name in SetUserMfaPreferenceRequest::MEMBERS {
        match member(body, name) {
            Some(settings @ Json::Object(_)) if *name == "WebAuthnMfaSettings" => {
                refuse_unknown::<WebAuthnMfaSettings>(settings)?
            }
            Some(settings @ Json::Object(_)) => refuse_unknown::<MfaSettings>(settings)?,
            _ => {}
        }
    }
    Ok(())
}

/// A factor that is not mentioned keeps its state, but stops being preferred when another begins to be. One that is mentioned:
/// `Enabled` and `PreferredMfa` are `false` when absent. Where one of them is refused, nothing changes.
pub(super) fn set_user_mfa_preference(cx: &mut Cx<'_>, request: SetUserMfaPreferenceRequest) -> Result<EmptyReply, ApiError> {
    Checks::default().access_token(Some(&request.access_token)).finish()?;
    let id = tokens::authorize(cx, &request.access_token)?;
    let pool = cx.pool_of(&id)?;

    let wish = |settings: &Option<MfaSettings>| settings.as_ref().map(wish);
    let wishes = [
        (SecondFactor::Sms, wish(&request.sms_mfa_settings)),
        (SecondFactor::SoftwareToken, wish(&request.software_token_mfa_settings)),
        (SecondFactor::Email, wish(&request.email_mfa_settings)),
    ];
    let passkey = request.web_authn_mfa_settings.as_ref().map(|settings| settings.enabled.unwrap_or(false));

    let mentioned: Vec<Preference> = wishes.iter().filter_map(|(_, wish)| *wish).collect();
    if mentioned.iter().any(|wish| wish.preferred && !wish.enabled) {
        return Err(ApiError::invalid_parameter("A factor cannot be preferred while it is not enabled"));
    }
    let preferred = mentioned.iter().filter(|wish| wish.preferred).count();
    if preferred > 1 {
        return Err(ApiError::invalid_parameter("Only one factor can be preferred"));
    }
    if passkey == Some(true) && !passkey_rules::can_count_as_both(pool) {
        return Err(no_delivery(FirstFactor::WebAuthn.name()));
    }
    let user = cx.state.user_mut(&id).ok_or_else(ApiError::user_not_found)?;
    for (factor, wish) in wishes {
        if let Some(wish) = wish {
            check(user, pool, factor, wish)?;
        }
    }

    // Somebody who loses the passkey must get in still.
    let is_on = |(factor, wish): &(SecondFactor, Option<Preference>)| match wish {
        Some(wish) => wish.enabled,
        None => second_factor::is_active(*factor, user, pool),
    };
    if passkey == Some(true) && !wishes.iter().any(is_on) {
        return Err(ApiError::invalid_parameter("Passkeys can be a second factor only beside another one that is on"));
    }

    user.passkey_mfa = passkey.unwrap_or(user.passkey_mfa);
    for (factor, wish) in wishes {
        let Some(preference) = second_factor::preference_mut(factor, user) else { continue };
        match wish {
            Some(wish) => *preference = wish,
            None => preference.preferred &= preferred == 0,
        }
    }
    Ok(EmptyReply {})
}

/// Whether a user can have that.
fn check(user: &User, pool: &UserPool, factor: SecondFactor, wish: Preference) -> Result<(), ApiError> {
    if wish.enabled && (second_factor::preference(factor, user).is_none() || !pool.second_factors.contains(&factor)) {
        return Err(no_delivery(factor.name()));
    }
    if !wish.enabled && pool.mfa == MfaConfiguration::On && second_factor::is_active(factor, user, pool) {
        return Err(ApiError::invalid_parameter("MFA cannot be turned off in this user pool"));
    }
    Ok(())
}

fn wish(settings: &MfaSettings) -> Preference {
    Preference { enabled: settings.enabled.unwrap_or(false), preferred: settings.preferred_mfa.unwrap_or(false) }
}

fn no_delivery(factor: &str) -> ApiError {
    ApiError::invalid_parameter(format!("User does not have delivery config set to turn on {factor}"))
}
