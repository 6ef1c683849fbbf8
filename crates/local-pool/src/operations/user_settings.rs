//! `SetUserSettings`, which `SetUserMFAPreference` took the place of, and `UpdateAuthEventFeedback`.
//!
//! # Source
//! API reference: `SMS` and `phone_number` are all that `SetUserSettings` takes. The sentences are not certain.

use cognito_protocol::idp::{
    EmptyReply, ErrorCode, Json, MfaOption, MfaSettings, SetUserMfaPreferenceRequest, SetUserSettingsRequest,
    UpdateAuthEventFeedbackRequest, refuse_unknown,
};

use super::{
    body::{member, require_list},
    mfa_preference,
};
use crate::{cx::Cx, error::ApiError, tokens, validation::Checks};

/// The list must be there, even if it is empty; the options are structures of their own.
pub(super) fn check_options(body: &Json) -> Result<(), ApiError> {
    require_list(body, "MFAOptions")?;
    if let Some(Json::Array(options)) = member(body, "MFAOptions") {
        options.iter().filter(|option| matches!(option, Json::Object(_))).try_for_each(refuse_unknown::<MfaOption>)?;
    }
    Ok(())
}

/// Text messages on, or off with an empty list. Other factors stay as they are.
pub(super) fn set_user_settings(cx: &mut Cx<'_>, request: SetUserSettingsRequest) -> Result<EmptyReply, ApiError> {
    let mut checks = Checks::default().access_token(Some(&request.access_token));
    for option in &request.mfa_options {
        if let Some(medium) = option.delivery_medium.as_deref() {
            checks = checks.one_of("mFAOptions.member.deliveryMedium", medium, matches!(medium, "SMS" | "EMAIL"), "SMS, EMAIL");
        }
        if let Some(name) = option.attribute_name.as_deref() {
            checks = checks.attribute_name("mFAOptions.member.attributeName", name);
        }
    }
    checks.finish()?;
    tokens::authorize(cx, &request.access_token)?;
    let is_sms = |option: &MfaOption| {
        option.delivery_medium.as_deref() == Some("SMS") && option.attribute_name.as_deref() == Some("phone_number")
    };
    if !request.mfa_options.iter().all(is_sms) {
        return Err(ApiError::invalid_parameter("MFAOptions takes DeliveryMedium SMS with AttributeName phone_number alone"));
    }
    let sms = MfaSettings { enabled: Some(!request.mfa_options.is_empty()), preferred_mfa: None };
    let preference = SetUserMfaPreferenceRequest {
        access_token: request.access_token,
        sms_mfa_settings: Some(sms),
        software_token_mfa_settings: None,
        email_mfa_settings: None,
        web_authn_mfa_settings: None,
    };
    mfa_preference::set_user_mfa_preference(cx, preference)
}

/// Always refused: mails with such tokens come of threat protection, which these pools do not have.
pub(super) fn update_auth_event_feedback(
    cx: &mut Cx<'_>,
    request: UpdateAuthEventFeedbackRequest,
) -> Result<EmptyReply, ApiError> {
    let value = request.feedback_value.as_str();
    Checks::default()
        .user_pool_id(&request.user_pool_id)
        .username(&request.username)
        .event_id(&request.event_id)
        .token("feedbackToken", &request.feedback_token)
        .one_of("feedbackValue", value, matches!(value, "Valid" | "Invalid"), "Valid, Invalid")
        .finish()?;
    if !cx.user_pools().iter().any(|pool| pool.id == request.user_pool_id) {
        let message = format!("User pool {} does not exist.", request.user_pool_id);
        return Err(ApiError::new(ErrorCode::ResourceNotFound, message));
    }
    let not_enabled = ErrorCode::from("UserPoolAddOnNotEnabledException");
    Err(ApiError::new(not_enabled, "User pool does not have threat protection enabled"))
}
