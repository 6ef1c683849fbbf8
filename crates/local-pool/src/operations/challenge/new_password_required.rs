//! `NEW_PASSWORD_REQUIRED`: an administrator set the password, so the person chooses another, and gives the required attributes that
//! are missing.
//!
//! # Source
//! API reference, `RespondToAuthChallenge`: an attribute that has a value must not be sent. What is said about
//! one that is missing stands in aws-sdk-net-extensions-cognito#40 and amplify-swift#1786; what is said about one that must not be sent
//! is quoted by public programs. That a refused answer leaves the session as it is is not certain. On the service a temporary password
//! ends after some days; here it does not.

use std::collections::BTreeMap;

use cognito_protocol::idp::{AuthReply, ChallengeName, RespondToAuthChallengeRequest, StringMap};
use serde_json::json;

use super::Outcome;
use crate::{
    config::AppClient,
    cx::Cx,
    error::ApiError,
    operations::{attribute_rules, password, password_policy, session},
    state::{Pending, Progress, User, UserId, UserStatus},
    validation::{Checks, required},
};

const PREFIX: &str = "userAttributes.";

/// Asks for a new password and for what else is missing.
pub(in crate::operations) fn open(cx: &mut Cx<'_>, progress: Progress) -> Result<AuthReply, ApiError> {
    let user = cx.state.user(&progress.user).ok_or_else(ApiError::incorrect)?;
    let missing = missing_attributes(cx, user)?.into_iter().map(|name| [PREFIX, name].concat());
    let parameters = StringMap::of([
        ("USER_ID_FOR_SRP", progress.user.username.as_str()),
        ("userAttributes", &json!(user.attributes).to_string()),
        ("requiredAttributes", &json!(missing.collect::<Vec<String>>()).to_string()),
    ]);
    let session = session::new_session(cx, progress, Pending::NewPasswordRequired)?;
    Ok(session::challenge_reply(ChallengeName::NewPasswordRequired, Some(session), parameters))
}

/// The required attributes without a value.
fn missing_attributes<'a>(cx: &Cx<'a>, user: &User) -> Result<Vec<&'a str>, ApiError> {
    let required = cx.pool_of(&user.id)?.required_attributes.iter().map(String::as_str);
    Ok(required.filter(|name| user.attribute(name).is_none_or(str::is_empty)).collect())
}

/// Takes a password and attributes. Where something is wrong with them, nothing changes.
pub(in crate::operations) fn respond(
    cx: &mut Cx<'_>,
    client: &AppClient,
    request: &RespondToAuthChallengeRequest,
) -> Result<Outcome, ApiError> {
    let new_password = required(&request.challenge_responses, "NEW_PASSWORD")?;
    let (text, session) = session::open_answered(cx, client, request)?;
    if !matches!(session.pending, Pending::NewPasswordRequired) {
        return Err(ApiError::invalid_session());
    }
    let progress = session.progress;
    Checks::default().password(new_password).finish()?;
    password_policy::check(&cx.pool_of(&progress.user)?.password_policy, new_password)?;
    let given = given_attributes(cx, client, &progress.user, &request.challenge_responses)?;
    password::set(cx, &progress.user, new_password.into())?;
    session::use_up(cx, text);
    let user = cx.state.user_mut(&progress.user).ok_or_else(ApiError::incorrect)?;
    user.status = UserStatus::Confirmed;
    for (name, value) in given {
        user.write(name, value);
    }
    Ok(Outcome::Passed(progress))
}

/// The attributes of an answer, if they are right and complete.
fn given_attributes<'a>(
    cx: &Cx<'_>,
    client: &AppClient,
    user: &UserId,
    responses: &'a StringMap,
) -> Result<BTreeMap<&'a str, &'a str>, ApiError> {
    let user = cx.state.user(user).ok_or_else(ApiError::incorrect)?;
    let named = responses.iter().filter_map(|(name, value)| Some((name.strip_prefix(PREFIX)?, value)));
    let given: BTreeMap<&str, &str> = named.filter(|(_, value)| !value.is_empty()).collect();
    for (name, value) in &given {
        Checks::default().length("userAttributes.member.value", value, 0..=2048).finish()?;
        attribute_rules::check_writable(client, name)?;
        if user.attribute(name).is_some_and(|present| !present.is_empty()) {
            return Err(ApiError::not_authorized(format!("Cannot modify an already provided {name}")));
        }
        attribute_rules::check_value(name, value)?;
    }
    match missing_attributes(cx, user)?.into_iter().find(|name| !given.contains_key(name)) {
        Some(name) => Err(ApiError::invalid_parameter(format!("Invalid attributes given, {name} is missing"))),
        None => Ok(given),
    }
}
