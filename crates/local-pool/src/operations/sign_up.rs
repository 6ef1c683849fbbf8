//! `SignUp`, `ConfirmSignUp` and `ResendConfirmationCode`

use cognito_protocol::{
    Secret,
    idp::{
        Attribute, ConfirmSignUpReply, ConfirmSignUpRequest, ErrorCode, Json, ResendConfirmationCodeReply,
        ResendConfirmationCodeRequest, SignUpReply, SignUpRequest, StringMap, refuse_unknown,
    },
};
use subtle::ConstantTimeEq;

use super::{
    body::member,
    custom_message::{self, Reason},
    destination::Destination,
};
use crate::{
    clock::millis,
    config::AppClient,
    cx::Cx,
    error::ApiError,
    random,
    state::{Confirmation, Factor, User, UserId, UserStatus},
    validation::Checks,
};

/// Attributes that every pool has; `sub` and the `…_verified` ones are not for clients to write.
const WRITABLE: [&str; 17] = [
    "address",
    "birthdate",
    "email",
    "family_name",
    "gender",
    "given_name",
    "locale",
    "middle_name",
    "name",
    "nickname",
    "phone_number",
    "picture",
    "preferred_username",
    "profile",
    "updated_at",
    "website",
    "zoneinfo",
];

pub(super) fn refuse_unknown_attributes(body: &Json) -> Result<(), ApiError> {
    for name in ["UserAttributes", "ValidationData"] {
        if let Some(Json::Array(attributes)) = member(body, name) {
            attributes.iter().try_for_each(refuse_unknown::<Attribute>)?;
        }
    }
    Ok(())
}

pub(super) fn sign_up(cx: &mut Cx<'_>, request: SignUpRequest) -> Result<SignUpReply, ApiError> {
    let email = request.username;
    let password = request.password.unwrap_or_default();
    let mut checks = Checks::default()
        .client_id(&request.client_id)
        .username(&email)
        .password(password.expose())
        .secret_hash(request.secret_hash.as_ref())
        .bystanders(&request.analytics_metadata, &request.user_context_data);
    for attribute in request.user_attributes.iter().chain(&request.validation_data) {
        let value = attribute.value.as_deref().unwrap_or_default();
        checks = checks.length("userAttributes.member.name", &attribute.name, 1..=32).length(
            "userAttributes.member.value",
            value,
            0..=2048,
        );
    }
    checks.finish()?;
    let client = cx.client(&request.client_id)?;
    cx.check_secret_hash(client, &email, request.secret_hash.as_ref().map(Secret::expose))?;
    if !is_email(&email) {
        return Err(ApiError::invalid_parameter("Username should be an email."));
    }
    check_password(password.expose())?;
    let mut user = User::signed_up(&client.user_pool_id, &email, password)?;
    for attribute in request.user_attributes {
        check_attribute(&attribute, &email)?;
        user.attributes.insert(attribute.name, attribute.value.unwrap_or_default());
    }
    if cx.state.find(&client.user_pool_id, &email).is_some() {
        return Err(ApiError::new(ErrorCode::UsernameExists, "User already exists"));
    }
    let id = user.id.clone();
    cx.state.users.push(user);
    cx.tell_user(&id);
    // The user stays where the trigger fails, and can ask for another code; whether that is so on the service is not certain.
    send_code(cx, &id, client, Reason::SignUp, &request.client_metadata)?;
    Ok(SignUpReply {
        user_confirmed: false,
        user_sub: id.username,
        code_delivery_details: Some(Destination::Email(email).details()),
        session: None,
    })
}

/// The default policy, with one reason at a time as the service gives them.
fn check_password(password: &str) -> Result<(), ApiError> {
    const SYMBOLS: &str = "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ";
    let has = |of: fn(&char) -> bool| password.chars().any(|char| of(&char));
    let reason = if password.chars().count() < 8 {
        "Password not long enough"
    } else if !has(char::is_ascii_uppercase) {
        "Password must have uppercase characters"
    } else if !has(char::is_ascii_lowercase) {
        "Password must have lowercase characters"
    } else if !has(char::is_ascii_digit) {
        "Password must have numeric characters"
    } else if !password.contains(|char| SYMBOLS.contains(char)) {
        "Password must have symbol characters"
    } else {
        return Ok(());
    };
    Err(ApiError::new(ErrorCode::InvalidPassword, format!("Password did not conform with policy: {reason}")))
}

fn check_attribute(attribute: &Attribute, email: &str) -> Result<(), ApiError> {
    let name = attribute.name.as_str();
    match name {
        "email" if attribute.value.as_deref() != Some(email) => {
            Err(ApiError::invalid_parameter("The email attribute should be the same as the username."))
        }
        "sub" | "email_verified" | "phone_number_verified" => {
            Err(ApiError::not_authorized("A client attempted to write unauthorized attribute"))
        }
        _ if WRITABLE.contains(&name) => Ok(()),
        _ => Err(ApiError::invalid_parameter(format!(
            "Attributes did not conform to the schema: {name}: Attribute does not exist in schema.\n"
        ))),
    }
}

fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        let has_dot = domain.trim_matches('.').len() == domain.len() && domain.contains('.');
        !local.is_empty() && has_dot && !domain.contains('@') && !text.contains(['<', '>', ',', ';', '"'])
    })
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
        user.confirmation = Some(Confirmation { code: code.into(), expires_millis });
        cx.shared.inbox().deliver(cx.now_millis, mail);
    }
    Ok(())
}

/// The user whom a sign-up name means. Strangers get the answer that a wrong code would get anybody.
fn signed_up(cx: &mut Cx<'_>, client: &AppClient, name: &str) -> Result<UserId, ApiError> {
    let id = cx.state.find(&client.user_pool_id, name).map(|user| user.id.clone());
    match id {
        Some(id) => {
            cx.tell_user(&id);
            Ok(id)
        }
        None if client.prevent_user_existence_errors => Err(code_expired()),
        None => Err(ApiError::new(ErrorCode::UserNotFound, "Username/client id combination not found.")),
    }
}

fn code_expired() -> ApiError {
    ApiError::new(ErrorCode::ExpiredCode, "Invalid code provided, please request a code again.")
}

fn limit_exceeded() -> ApiError {
    ApiError::new(ErrorCode::LimitExceeded, "Attempt limit exceeded, please try after some time.")
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
    let id = signed_up(cx, client, &request.username)?;
    let now = cx.now_millis;
    if !cx.attempts(&id, Factor::SignUpCode).use_quota(now, 15) {
        return Err(limit_exceeded());
    }
    let user = cx.state.user_mut(&id).ok_or_else(ApiError::user_not_found)?;
    if user.status == UserStatus::Confirmed {
        return Err(ApiError::not_authorized("User cannot be confirmed. Current status is CONFIRMED"));
    }
    let confirmation = user.confirmation.as_ref().filter(|confirmation| now < confirmation.expires_millis);
    let expected = confirmation.ok_or_else(code_expired)?.code.expose();
    if !bool::from(expected.as_bytes().ct_eq(code.as_bytes())) {
        return Err(ApiError::new(ErrorCode::CodeMismatch, "Invalid verification code provided, please try again."));
    }
    user.confirm();
    Ok(ConfirmSignUpReply { session: None })
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
    let id = match signed_up(cx, client, &request.username) {
        Ok(id) => id,
        // As if it had been sent.
        Err(_) if client.prevent_user_existence_errors => return Ok(reply),
        Err(error) => return Err(error),
    };
    let now = cx.now_millis;
    if !cx.attempts(&id, Factor::ResendCode).use_quota(now, 5) {
        return Err(limit_exceeded());
    }
    if cx.state.user(&id).is_some_and(|user| user.status == UserStatus::Confirmed) {
        return Err(ApiError::invalid_parameter("User is already confirmed."));
    }
    send_code(cx, &id, client, Reason::ResendCode, &request.client_metadata)?;
    Ok(reply)
}
