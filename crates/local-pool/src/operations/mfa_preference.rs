//! `SetUserMFAPreference`

use cognito_protocol::idp::{EmptyReply, Json, MfaSettings, SetUserMfaPreferenceRequest, Wire, refuse_unknown};

use super::body::member;
use crate::{config::MfaConfiguration, cx::Cx, error::ApiError, tokens, validation::Checks};

/// The settings of each factor are structures of their own.
pub(super) fn refuse_unknown_settings(body: &Json) -> Result<(), ApiError> {
    for name in SetUserMfaPreferenceRequest::MEMBERS {
        if let Some(settings @ Json::Object(_)) = member(body, name) {
            refuse_unknown::<MfaSettings>(settings)?;
        }
    }
    Ok(())
}

/// A factor that is not mentioned keeps its state. One that is: `Enabled` and `PreferredMfa` are `false` when absent.
pub(super) fn set_user_mfa_preference(cx: &mut Cx<'_>, request: SetUserMfaPreferenceRequest) -> Result<EmptyReply, ApiError> {
    Checks::default().access_token(Some(&request.access_token)).finish()?;
    let id = tokens::authorize(cx, &request.access_token)?;
    let mfa = cx.mfa_of(&id);

    let others = [
        (&request.sms_mfa_settings, "SMS_MFA"),
        (&request.email_mfa_settings, "EMAIL_OTP"),
        (&request.web_authn_mfa_settings, "WEB_AUTHN"),
    ];
    let all = others.into_iter().chain([(&request.software_token_mfa_settings, "SOFTWARE_TOKEN_MFA")]);
    let mentioned = all.filter_map(|(settings, name)| settings.as_ref().map(|settings| (Wish::of(settings), name)));
    let mut preferred = 0;
    for (wish, _) in mentioned {
        if wish.preferred && !wish.enabled {
            return Err(ApiError::invalid_parameter("A factor cannot be preferred while it is not enabled"));
        }
        preferred += u32::from(wish.preferred);
    }
    if preferred > 1 {
        return Err(ApiError::invalid_parameter("Only one factor can be preferred"));
    }
    for (settings, name) in others {
        if settings.as_ref().is_some_and(|settings| Wish::of(settings).enabled) {
            return Err(no_delivery(name));
        }
    }

    let user = cx.state.user_mut(&id).ok_or_else(ApiError::user_not_found)?;
    if let Some(wish) = request.software_token_mfa_settings.as_ref().map(Wish::of) {
        match &mut user.totp {
            Some(_) if !wish.enabled && mfa == MfaConfiguration::On => {
                return Err(ApiError::invalid_parameter("MFA cannot be turned off in this user pool"));
            }
            Some(totp) => (totp.enabled, totp.preferred) = (wish.enabled, wish.preferred),
            None if wish.enabled => return Err(no_delivery("SOFTWARE_TOKEN_MFA")),
            None => {}
        }
    }
    Ok(EmptyReply {})
}

struct Wish {
    enabled: bool,
    preferred: bool,
}

impl Wish {
    fn of(settings: &MfaSettings) -> Self {
        Self { enabled: settings.enabled.unwrap_or(false), preferred: settings.preferred_mfa.unwrap_or(false) }
    }
}

fn no_delivery(factor: &str) -> ApiError {
    ApiError::invalid_parameter(format!("User does not have delivery config set to turn on {factor}"))
}
