//! `SignUp`, `ConfirmSignUp` and `ResendConfirmationCode`
//!
//! A client of `USER_AUTH` gets a session with the sign-up, and another one from `ConfirmSignUp`, which signs in without a second code.
//!
//! # Source
//! API reference, `SignUp`, `ConfirmSignUp` and `InitiateAuth`; aws-sdk-js-v3#6724 shows the three calls. Amplify hands `ConfirmSignUp` no
//! session and reads one from its answer. That a session which is too old does not keep a right code from counting is not certain. Developer
//! guide, "User pool attributes", for aliases: the other's is taken, or `AliasExists`, where a code has verified it.

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
    password_policy, session, sign_up_name,
};
use crate::{
    clock::millis,
    config::{AppClient, UserPool, VerifiedAttribute},
    cx::Cx,
    error::ApiError,
    random,
    state::{Confirmation, Factor, Flow, Pending, Progress, SentCode, User, UserId, UserStatus},
    validation::Checks,
};

const TRIES_PER_HOUR: u32 = 15;
const CODES_PER_HOUR: u32 = 5;

pub(super) fn sign_up(cx: &mut Cx<'_>, request: SignUpRequest) -> Result<SignUpReply, ApiError> {
    let username = request.username;
    let password = request.password.unwrap_or_default();
    let checks = Checks::default()
        .client_id(&request.client_id)
        .username(&username)
        .password(password.expose())
        .secret_hash(request.secret_hash.as_ref())
        .bystanders(&request.analytics_metadata, &request.user_context_data);
    attribute_rules::lengths(checks, request.user_attributes.iter().chain(&request.validation_data)).finish()?;
    let client = cx.client(&request.client_id)?;
    cx.check_secret_hash(client, &username, request.secret_hash.as_ref().map(Secret::expose))?;
    let pool = cx.pool_of_client(client)?;
    let own = sign_up_name::check(&pool.sign_in_names, &username)?;
    password_policy::check(&pool.password_policy, password.expose())?;
    let mut user = User::signed_up(&client.user_pool_id, &pool.sign_in_names, &username, password)?;
    if let Some(own) = own {
        user.write(own.name(), &username);
    }
    for attribute in request.user_attributes {
        check_attribute(client, &attribute, own, &username)?;
        user.write(&attribute.name, attribute.value.as_deref().unwrap_or_default());
    }
    if let Some(missing) = pool.required_attributes.iter().find(|name| user.attribute(name).is_none_or(str::is_empty)) {
        return Err(attribute_rules::required_is_missing(missing));
    }
    // Where addresses and numbers are names, somebody may have either.
    let names = pool.sign_in_names.username_attributes().into_iter().filter_map(|name| user.attribute(name));
    if names.chain([username.as_str()]).any(|name| cx.state.find(&client.user_pool_id, name).is_some()) {
        return Err(ApiError::new(ErrorCode::UsernameExists, "User already exists"));
    }
    let destination = destination(&user, pool);
    let code_delivery_details = destination.as_ref().map(Destination::details);
    let (id, user_sub) = (user.id.clone(), user.sub.clone());
    cx.state.begin(user);
    cx.tell_user(&id);
    if let Some(destination) = destination {
        // The user stays where the trigger fails, and can ask for another code; whether that is so on the service is not certain.
        send_code(cx, &id, client, Reason::SignUp, destination, &request.client_metadata)?;
    }
    let session = if client.allow_user_auth {
        Some(session::new_session(cx, Progress::new(id.clone(), client, Flow::Choice), Pending::SignUp)?)
    } else {
        None
    };
    Ok(SignUpReply { user_confirmed: false, user_sub, code_delivery_details, session })
}

/// `own`: the attribute that the username is.
fn check_attribute(
    client: &AppClient,
    attribute: &Attribute,
    own: Option<VerifiedAttribute>,
    username: &str,
) -> Result<(), ApiError> {
    let (name, value) = (attribute.name.as_str(), attribute.value.as_deref().unwrap_or_default());
    attribute_rules::check_writable(client, name)?;
    if own.is_some_and(|own| own.name() == name) && value != username {
        return Err(ApiError::invalid_parameter(format!("The {name} attribute should be the same as the username.")));
    }
    if value.is_empty() { Ok(()) } else { attribute_rules::check_value(name, value) }
}

/// Where the code of a sign-up goes: to the number, if the pool verifies numbers, else to the address.
fn destination(user: &User, pool: &UserPool) -> Option<Destination> {
    [VerifiedAttribute::PhoneNumber, VerifiedAttribute::Email].into_iter().find_map(|attribute| {
        let value =
            user.attribute(attribute.name()).filter(|value| !value.is_empty() && pool.auto_verified.contains(&attribute))?;
        Destination::of_attribute(attribute.name(), value)
    })
}

/// A code takes effect when its mail is written: where the trigger fails, an earlier one still counts.
fn send_code(
    cx: &mut Cx<'_>,
    id: &UserId,
    client: &AppClient,
    reason: Reason,
    destination: Destination,
    client_metadata: &StringMap,
) -> Result<(), ApiError> {
    let code = random::six_digits()?;
    let attribute = destination.attribute();
    let message = custom_message::message(cx, id, &client.id, reason, destination, client_metadata, &code)?;
    let expires_millis = cx.now_millis + millis(cx.settings().sign_up_code_validity);
    if let Some(user) = cx.state.user_mut(id) {
        let sent = SentCode { code: Some(code.into()), expires_millis };
        user.confirmation = Some(Confirmation { sent, attribute });
        cx.shared.inbox().deliver(cx.now_millis, message);
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
    let confirmation = user.confirmation.as_ref().ok_or_else(ApiError::code_expired)?;
    confirmation.sent.check(code, now)?;
    let attribute = confirmation.attribute;
    take_alias(cx, &id, attribute, request.force_alias_creation.unwrap_or_default())?;
    cx.state.user_mut(&id).ok_or_else(ApiError::user_not_found)?.confirm();
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

/// Where what is being verified is an alias of somebody else, it is refused, or `ForceAliasCreation` takes it from them.
fn take_alias(cx: &mut Cx<'_>, id: &UserId, attribute: VerifiedAttribute, is_forced: bool) -> Result<(), ApiError> {
    let value = cx.state.user(id).and_then(|user| user.attribute(attribute.name())).unwrap_or_default().to_owned();
    let other = cx
        .state
        .users
        .iter_mut()
        .find(|user| user.id.user_pool_id == id.user_pool_id && user.id != *id && user.answers_to(&value));
    match other {
        None => Ok(()),
        Some(_) if !is_forced => Err(attribute_rules::alias_exists()),
        Some(other) => {
            other.set_verified(attribute.name(), false);
            Ok(())
        }
    }
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
    let id = match signed_up(cx, client, &request.username, Factor::ResendCode, CODES_PER_HOUR) {
        Ok(id) => id,
        // As if it had been sent.
        Err(error) if client.prevent_user_existence_errors && error == ApiError::code_expired() => {
            let code_delivery_details = Destination::looking_like(&request.username).details();
            return Ok(ResendConfirmationCodeReply { code_delivery_details });
        }
        Err(error) => return Err(error),
    };
    let user = cx.state.user(&id).ok_or_else(ApiError::user_not_found)?;
    if user.status == UserStatus::Confirmed {
        return Err(ApiError::invalid_parameter("User is already confirmed."));
    }
    let destination = destination(user, cx.pool_of(&id)?);
    let no_destination = || ApiError::invalid_parameter("Cannot resend codes. Auto verification not turned on.");
    let destination = destination.ok_or_else(no_destination)?;
    let code_delivery_details = destination.details();
    send_code(cx, &id, client, Reason::ResendCode, destination, &request.client_metadata)?;
    Ok(ResendConfirmationCodeReply { code_delivery_details })
}
