//! `SignUp`, `ConfirmSignUp` and `ResendConfirmationCode`
//!
//! A client of `USER_AUTH` gets a session with the sign-up, and another one from `ConfirmSignUp`, which signs in without a second code.
//!
//! # Source
//! API reference, `SignUp`, `ConfirmSignUp` and `InitiateAuth`; aws-sdk-js-v3#6724 shows the three calls. Amplify hands `ConfirmSignUp` no
//! session and reads one from its answer. That a session which is too old does not keep a right code from counting is not certain.

use cognito_protocol::{
    Secret,
    idp::{
        Attribute, ConfirmSignUpReply, ConfirmSignUpRequest, ErrorCode, ResendConfirmationCodeReply,
        ResendConfirmationCodeRequest, SignUpReply, SignUpRequest, StringMap,
    },
};

use super::{
    attribute_rules,
    custom_message::{self, Reason},
    destination::Destination,
    password_policy, session,
};
use crate::{
    clock::millis,
    config::AppClient,
    contact,
    cx::Cx,
    error::ApiError,
    random,
    state::{Factor, Flow, Pending, Progress, SentCode, User, UserId, UserStatus},
    validation::Checks,
};

const TRIES_PER_HOUR: u32 = 15;
const CODES_PER_HOUR: u32 = 5;

pub(super) fn sign_up(cx: &mut Cx<'_>, request: SignUpRequest) -> Result<SignUpReply, ApiError> {
    let email = request.username;
    let password = request.password.unwrap_or_default();
    let checks = Checks::default()
        .client_id(&request.client_id)
        .username(&email)
        .password(password.expose())
        .secret_hash(request.secret_hash.as_ref())
        .bystanders(&request.analytics_metadata, &request.user_context_data);
    attribute_rules::lengths(checks, request.user_attributes.iter().chain(&request.validation_data)).finish()?;
    let client = cx.client(&request.client_id)?;
    cx.check_secret_hash(client, &email, request.secret_hash.as_ref().map(Secret::expose))?;
    if !contact::is_email(&email) {
        return Err(ApiError::invalid_parameter("Username should be an email."));
    }
    password_policy::check(&cx.pool_of_client(client)?.password_policy, password.expose())?;
    let mut user = User::signed_up(&client.user_pool_id, &email, password)?;
    for attribute in request.user_attributes {
        check_attribute(client, &attribute, &email)?;
        user.write(&attribute.name, attribute.value.as_deref().unwrap_or_default());
    }
    let required = &cx.pool_of(&user.id)?.required_attributes;
    if let Some(missing) = required.iter().find(|name| user.attribute(name).is_none_or(str::is_empty)) {
        return Err(attribute_rules::required_is_missing(missing));
    }
    if cx.state.find(&client.user_pool_id, &email).is_some() {
        return Err(ApiError::new(ErrorCode::UsernameExists, "User already exists"));
    }
    let id = user.id.clone();
    cx.state.users.push(user);
    cx.tell_user(&id);
    // The user stays where the trigger fails, and can ask for another code; whether that is so on the service is not certain.
    send_code(cx, &id, client, Reason::SignUp, &request.client_metadata)?;
    let session = if client.allow_user_auth {
        Some(session::new_session(cx, Progress::new(id.clone(), client, Flow::Choice), Pending::SignUp)?)
    } else {
        None
    };
    Ok(SignUpReply {
        user_confirmed: false,
        user_sub: id.username,
        code_delivery_details: Some(Destination::Email(email).details()),
        session,
    })
}

fn check_attribute(client: &AppClient, attribute: &Attribute, email: &str) -> Result<(), ApiError> {
    let (name, value) = (attribute.name.as_str(), attribute.value.as_deref().unwrap_or_default());
    attribute_rules::check_writable(client, name)?;
    if name == "email" && value != email {
        return Err(ApiError::invalid_parameter("The email attribute should be the same as the username."));
    }
    if value.is_empty() { Ok(()) } else { attribute_rules::check_value(name, value) }
}

/// A code takes effect when its mail is written: where the trigger fails, an earlier one still counts.
fn send_code(
    cx: &mut Cx<'_>,
    id: &UserId,
    client: &AppClient,
    reason: Reason,
    client_metadata: &StringMap,
) -> Result<(), ApiError> {
    let code = random::six_digits()?;
    let email = cx.state.user(id).map(|user| user.email.clone()).unwrap_or_default();
    let mail = custom_message::message(cx, id, &client.id, reason, Destination::Email(email), client_metadata, &code)?;
    let expires_millis = cx.now_millis + millis(cx.settings().sign_up_code_validity);
    if let Some(user) = cx.state.user_mut(id) {
        user.confirmation = Some(SentCode { code: Some(code.into()), expires_millis });
        cx.shared.inbox().deliver(cx.now_millis, mail);
    }
    Ok(())
}

/// The user whom a sign-up name means, after one more use of an hourly quota. Strangers get the answer that a wrong code would get
/// anybody, and have the quota too: where it ends tells nothing.
fn signed_up(cx: &mut Cx<'_>, client: &AppClient, name: &str, quota: Factor, per_hour: u32) -> Result<UserId, ApiError> {
    let id = cx.state.find(&client.user_pool_id, name).map(|user| user.id.clone());
    match id {
        Some(id) => {
            cx.tell_user(&id);
            cx.use_quota(&id, quota, per_hour)?;
            Ok(id)
        }
        None if client.prevent_user_existence_errors => {
            let stranger = cx.identify(client, name)?;
            cx.use_quota(&stranger, quota, per_hour)?;
            Err(ApiError::code_expired())
        }
        None => Err(ApiError::new(ErrorCode::UserNotFound, "Username/client id combination not found.")),
    }
}

pub(super) fn confirm_sign_up(cx: &mut Cx<'_>, request: ConfirmSignUpRequest) -> Result<ConfirmSignUpReply, ApiError> {
    let code = request.confirmation_code.expose();
    Checks::default()
        .client_id(&request.client_id)
        .username(&request.username)
        .code("confirmationCode", code)
        .secret_hash(request.secret_hash.as_ref())
        .session(request.session.as_ref())
        .bystanders(&request.analytics_metadata, &request.user_context_data)
        .finish()?;
    let client = cx.client(&request.client_id)?;
    cx.check_secret_hash(client, &request.username, request.secret_hash.as_ref().map(Secret::expose))?;
    let id = signed_up(cx, client, &request.username, Factor::SignUpCode, TRIES_PER_HOUR)?;
    let sign_up_session = match &request.session {
        Some(text) => in_time(cx, client, &id, text)?,
        None => None,
    };
    let now = cx.now_millis;
    let user = cx.state.user_mut(&id).ok_or_else(ApiError::user_not_found)?;
    if user.status == UserStatus::Confirmed {
        return Err(ApiError::not_authorized("User cannot be confirmed. Current status is CONFIRMED"));
    }
    user.confirmation.as_ref().ok_or_else(ApiError::code_expired)?.check(code, now)?;
    user.confirm();
    if let Some(text) = sign_up_session {
        session::use_up(cx, text);
    }
    let session = if client.allow_user_auth {
        Some(session::new_session(cx, Progress::new(id, client, Flow::Choice), Pending::SignedUp)?)
    } else {
        None
    };
    Ok(ConfirmSignUpReply { session })
}

/// The session of a user's sign-up, unless it is too old to sign in with. Any other is refused.
fn in_time<'a>(cx: &Cx<'_>, client: &AppClient, user: &UserId, text: &'a Secret) -> Result<Option<&'a Secret>, ApiError> {
    let session = session::unused_session(cx, text, Some(client))?;
    if !matches!(session.pending, Pending::SignUp) || session.progress.user != *user {
        return Err(ApiError::invalid_session());
    }
    Ok((!session::is_expired(cx, session)).then_some(text))
}

pub(super) fn resend_confirmation_code(
    cx: &mut Cx<'_>,
    request: ResendConfirmationCodeRequest,
) -> Result<ResendConfirmationCodeReply, ApiError> {
    Checks::default()
        .client_id(&request.client_id)
        .username(&request.username)
        .secret_hash(request.secret_hash.as_ref())
        .bystanders(&request.analytics_metadata, &request.user_context_data)
        .finish()?;
    let client = cx.client(&request.client_id)?;
    cx.check_secret_hash(client, &request.username, request.secret_hash.as_ref().map(Secret::expose))?;
    let reply = ResendConfirmationCodeReply { code_delivery_details: Destination::Email(request.username.clone()).details() };
    let id = match signed_up(cx, client, &request.username, Factor::ResendCode, CODES_PER_HOUR) {
        Ok(id) => id,
        // As if it had been sent.
        Err(error) if client.prevent_user_existence_errors && error == ApiError::code_expired() => return Ok(reply),
        Err(error) => return Err(error),
    };
    if cx.state.user(&id).is_some_and(|user| user.status == UserStatus::Confirmed) {
        return Err(ApiError::invalid_parameter("User is already confirmed."));
    }
    send_code(cx, &id, client, Reason::ResendCode, &request.client_metadata)?;
    Ok(reply)
}
