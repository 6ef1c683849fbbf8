//! What the challenges with a code that was sent have in common.
//!
//! The code lives as long as its session. A wrong one leaves the session as it is; a later one to the same user makes an earlier one
//! wrong. Nothing sends a code again: that is a new sign-in.
//!
//! # Source
//! Codes that a later one makes wrong: aws-sdk-java#2018, amplify-js#11069. Wrong codes are counted like those of the authenticator
//! app: the developer guide, "Adding MFA", says so of all second factors; six wrong codes by e-mail were seen without a lock-out. Those
//! of a first factor are counted with wrong passwords; that the service does so is not certain.

use cognito_protocol::{Secret, idp::StringMap};
use subtle::ConstantTimeEq;

use super::Outcome;
use crate::{
    cx::Cx,
    error::ApiError,
    operations::{admission::admit, destination::Destination, session},
    state::{Factor, Pending, Progress, UserId},
};

/// What such a challenge tells as a second factor.
pub(super) fn parameters(user: &UserId, destination: &Destination) -> StringMap {
    let mut parameters = delivery(destination);
    parameters.insert("USER_ID_FOR_SRP", user.username.as_str());
    parameters
}

/// The same as a first factor: the samples of the API reference have no `USER_ID_FOR_SRP` there.
pub(super) fn delivery(destination: &Destination) -> StringMap {
    StringMap::of([
        ("CODE_DELIVERY_DELIVERY_MEDIUM", destination.medium_name()),
        ("CODE_DELIVERY_DESTINATION", &destination.masked()),
    ])
}

/// Ends the codes of a user's other sign-ins, where `code_of` finds one in what a session waits for.
pub(super) fn end_earlier(cx: &mut Cx<'_>, user: &UserId, code_of: fn(&mut Pending) -> Option<&mut Option<Secret>>) {
    for session in cx.state.sessions.values_mut().filter(|session| session.progress.user == *user) {
        if let Some(code) = code_of(&mut session.pending) {
            *code = None;
        }
    }
}

/// Whether a code is right; wrong ones count as those of the factor.
pub(super) fn check(cx: &mut Cx<'_>, user: &UserId, factor: Factor, code: Option<&Secret>, given: &str) -> Result<(), ApiError> {
    cx.check_lock(user, factor)?;
    if !code.is_some_and(|code| bool::from(code.expose().as_bytes().ct_eq(given.as_bytes()))) {
        cx.failed(user, factor);
        return Err(ApiError::code_mismatch());
    }
    cx.succeeded(user, factor);
    Ok(())
}

/// Ends the sign-in after the right code of a first factor: no second one follows it.
pub(super) fn pass_first_factor(
    cx: &mut Cx<'_>,
    text: &Secret,
    mut progress: Progress,
    challenge_name: &str,
) -> Result<Outcome, ApiError> {
    session::use_up(cx, text);
    admit(cx, &progress)?;
    progress.passed(challenge_name);
    Ok(Outcome::Complete(progress))
}
