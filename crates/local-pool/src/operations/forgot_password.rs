//! `ForgotPassword` and `ConfirmForgotPassword`
//!
//! A code goes to the verified address; to the verified phone number, where there is no such address or e-mail is a second factor of
//! this user. What is on as a second factor does not recover the password.
//!
//! # Source
//! API reference, `CreateUserPool`, `AccountRecoverySetting`, for where codes go; developer guide, "Managing error responses": a user
//! who does not exist, is disabled, or has no verified address or number gets a simulated delivery, and then CodeMismatch, or
//! ExpiredCode where no code was asked for. The sentences are quoted by public programs. Not certain: that asking is limited to five
//! times an hour (the quotas name confirming alone, 5 to 20 by risk: here 5), that a password against the policy uses up no try, and
//! that tokens which were handed out before stay in force.

use cognito_protocol::{
    Secret,
    idp::{ConfirmForgotPasswordRequest, EmptyReply, ErrorCode, ForgotPasswordReply, ForgotPasswordRequest},
};

use super::{
    custom_message::{self, Reason},
    destination::Destination,
    password, password_policy, second_factor,
};
use crate::{
    clock::millis,
    config::{AppClient, SecondFactor},
    cx::Cx,
    error::ApiError,
    random,
    state::{Factor, SentCode, UserId, UserStatus},
    validation::Checks,
};

const PER_HOUR: u32 = 5;

/// Sends a code, or does as if.
pub(super) fn forgot_password(cx: &mut Cx<'_>, request: ForgotPasswordRequest) -> Result<ForgotPasswordReply, ApiError> {
    Checks::default()
        .client_id(&request.client_id)
        .username(&request.username)
        .secret_hash(request.secret_hash.as_ref())
        .bystanders(&request.analytics_metadata, &request.user_context_data)
        .finish()?;
    let client = cx.client(&request.client_id)?;
    cx.check_secret_hash(client, &request.username, request.secret_hash.as_ref().map(Secret::expose))?;
    let id = cx.identify(client, &request.username)?;
    cx.use_quota(&id, Factor::ForgotPassword, PER_HOUR)?;
    let expires_millis = cx.now_millis + millis(cx.settings().reset_code_validity);
    let Some(destination) = destination(cx, client, &id)? else {
        cx.state.recoveries.insert(id, SentCode { code: None, expires_millis });
        let details = Destination::looking_like(&request.username).details();
        return Ok(ForgotPasswordReply { code_delivery_details: Some(details) });
    };
    let details = destination.details();
    let code = random::six_digits()?;
    let reason = Reason::ForgotPassword;
    let message = custom_message::message(cx, &id, &client.id, reason, destination, &request.client_metadata, &code)?;
    cx.state.recoveries.insert(id, SentCode { code: Some(code.into()), expires_millis });
    cx.shared.inbox().deliver(cx.now_millis, message);
    Ok(ForgotPasswordReply { code_delivery_details: Some(details) })
}

/// Where the code goes; nowhere, where a client must not learn why.
fn destination(cx: &Cx<'_>, client: &AppClient, id: &UserId) -> Result<Option<Destination>, ApiError> {
    let Some(user) = cx.state.user(id) else { return Ok(None) };
    let hides = client.prevent_user_existence_errors;
    match user.status {
        UserStatus::ForceChangePassword | UserStatus::ExternalProvider => return Err(cannot_be_reset()),
        UserStatus::Unconfirmed | UserStatus::Confirmed | UserStatus::ResetRequired => {}
    }
    if !user.enabled {
        return if hides { Ok(None) } else { Err(ApiError::user_disabled()) };
    }
    let pool = cx.pool_of(id)?;
    let unless = |factor: SecondFactor, value: Option<&str>| {
        value.filter(|_| !second_factor::is_active(factor, user, pool)).map(str::to_owned)
    };
    let email = unless(SecondFactor::Email, user.verified_email()).map(Destination::Email);
    let phone_number = || unless(SecondFactor::Sms, user.verified_phone_number()).map(Destination::PhoneNumber);
    match email.or_else(phone_number) {
        Some(destination) => Ok(Some(destination)),
        None if hides => Ok(None),
        None => Err(ApiError::invalid_parameter(
            "Cannot reset password for the user as there is no registered/verified email or phone_number",
        )),
    }
}

fn cannot_be_reset() -> ApiError {
    ApiError::not_authorized("User password cannot be reset in the current state.")
}

/// Sets a new password by the code, and ends a lock-out.
pub(super) fn confirm_forgot_password(cx: &mut Cx<'_>, request: ConfirmForgotPasswordRequest) -> Result<EmptyReply, ApiError> {
    let code = request.confirmation_code.expose();
    Checks::default()
        .client_id(&request.client_id)
        .username(&request.username)
        .code("confirmationCode", code)
        .password(request.password.expose())
        .secret_hash(request.secret_hash.as_ref())
        .bystanders(&request.analytics_metadata, &request.user_context_data)
        .finish()?;
    let client = cx.client(&request.client_id)?;
    cx.check_secret_hash(client, &request.username, request.secret_hash.as_ref().map(Secret::expose))?;
    let id = cx.identify(client, &request.username)?;
    password_policy::check(&cx.pool_of_client(client)?.password_policy, request.password.expose())?;
    cx.use_quota(&id, Factor::ResetCode, PER_HOUR)?;
    let recovery = cx.state.recoveries.get(&id).ok_or_else(ApiError::code_expired)?;
    recovery.check(code, cx.now_millis)?;
    let user = cx.state.user_mut(&id).ok_or_else(ApiError::wrong_verification_code)?;
    match user.status {
        UserStatus::Confirmed | UserStatus::ResetRequired => user.status = UserStatus::Confirmed,
        UserStatus::Unconfirmed => return Err(ApiError::new(ErrorCode::UserNotConfirmed, "User is not confirmed.")),
        UserStatus::ForceChangePassword | UserStatus::ExternalProvider => return Err(cannot_be_reset()),
    }
    password::set(cx, &id, request.password)?;
    cx.state.recoveries.remove(&id);
    cx.succeeded(&id, Factor::Password);
    cx.succeeded(&id, Factor::ResetCode);
    Ok(EmptyReply {})
}
