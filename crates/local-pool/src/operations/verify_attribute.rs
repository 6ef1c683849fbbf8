//! `GetUserAttributeVerificationCode` and `VerifyUserAttribute`
//!
//! # Source
//! API reference; developer guide, "Quotas", for the limits. What is said about an attribute that cannot be verified is not certain.

use cognito_protocol::idp::{
    EmptyReply, GetUserAttributeVerificationCodeReply, GetUserAttributeVerificationCodeRequest, VerifyUserAttributeRequest,
};

use super::{attribute_code, attribute_rules, custom_message::Reason, destination::Destination};
use crate::{
    config::VerifiedAttribute,
    cx::Cx,
    error::ApiError,
    state::{Factor, User},
    tokens,
    validation::Checks,
};

const CODES_PER_HOUR: u32 = 5;
const TRIES_PER_HOUR: u32 = 15;

fn verifiable(name: &str) -> Result<VerifiedAttribute, ApiError> {
    VerifiedAttribute::of(name).ok_or_else(|| ApiError::invalid_parameter("Only email and phone_number can be verified"))
}

/// Sends a code: to the value that waits for it, else to the present one.
pub(super) fn get_user_attribute_verification_code(
    cx: &mut Cx<'_>,
    request: GetUserAttributeVerificationCodeRequest,
) -> Result<GetUserAttributeVerificationCodeReply, ApiError> {
    let name = request.attribute_name.as_str();
    Checks::default().access_token(Some(&request.access_token)).attribute_name("attributeName", name).finish()?;
    let (id, client) = tokens::authorize_client(cx, &request.access_token)?;
    verifiable(name)?;
    cx.use_quota(&id, Factor::AttributeCode, CODES_PER_HOUR)?;
    let user = cx.state.user(&id).ok_or_else(ApiError::user_not_found)?;
    let new_value = user.verifications.get(name).and_then(|verification| verification.new_value.clone());
    let value = new_value.as_deref().or_else(|| user.attribute(name)).filter(|value| !value.is_empty());
    let destination = value.and_then(|value| Destination::of_attribute(name, value));
    let destination = destination.ok_or_else(|| ApiError::invalid_parameter(format!("User has no {name} to verify")))?;
    let reason = Reason::VerifyAttribute;
    let prepared = attribute_code::prepare(cx, &id, client, reason, destination, new_value, &request.client_metadata)?;
    let details = attribute_code::send(cx, &id, prepared);
    Ok(GetUserAttributeVerificationCodeReply { code_delivery_details: Some(details) })
}

/// Takes the code: the value is the person's own.
pub(super) fn verify_user_attribute(cx: &mut Cx<'_>, request: VerifyUserAttributeRequest) -> Result<EmptyReply, ApiError> {
    let (name, code) = (request.attribute_name.as_str(), request.code.expose());
    Checks::default()
        .access_token(Some(&request.access_token))
        .attribute_name("attributeName", name)
        .code("code", code)
        .finish()?;
    let id = tokens::authorize(cx, &request.access_token)?;
    verifiable(name)?;
    cx.use_quota(&id, Factor::VerifyAttribute, TRIES_PER_HOUR)?;
    let user = cx.state.user(&id).ok_or_else(ApiError::user_not_found)?;
    let verification = user.verifications.get(name).ok_or_else(ApiError::code_expired)?;
    verification.sent.check(code, cx.now_millis)?;
    let value = verification.new_value.as_deref().or_else(|| user.attribute(name)).unwrap_or_default().to_owned();
    if cx.state.is_taken(&value, &id) {
        return Err(attribute_rules::alias_exists());
    }
    let user: &mut User = cx.state.user_mut(&id).ok_or_else(ApiError::user_not_found)?;
    user.verifications.remove(name);
    user.write_verified(name, &value);
    Ok(EmptyReply {})
}
