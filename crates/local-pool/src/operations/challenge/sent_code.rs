//! What the challenges with a code that was sent have in common.
//!
//! The code lives as long as its session. A wrong one leaves the session as it is; a later one to the same user makes an earlier one
//! wrong. Nothing sends a code again: that is a new sign-in.
//!
//! # Source
//! Codes that a later one makes wrong: aws-sdk-java#2018, amplify-js#11069. Wrong codes are counted like those of the authenticator
//! app: the developer guide, "Adding MFA", says so of all second factors; six wrong codes by e-mail were seen without a lock-out.

use cognito_protocol::{Secret, idp::StringMap};
use subtle::ConstantTimeEq;

use crate::{
    cx::Cx,
    error::ApiError,
    operations::destination::Destination,
    state::{Factor, Pending, UserId},
};

/// What such a challenge tells.
pub(super) fn parameters(user: &UserId, destination: &Destination) -> StringMap {
    StringMap::of([
        ("CODE_DELIVERY_DELIVERY_MEDIUM", destination.medium_name()),
        ("CODE_DELIVERY_DESTINATION", &destination.masked()),
        ("USER_ID_FOR_SRP", &user.username),
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

/// Whether a code is right; wrong ones count.
pub(super) fn check(cx: &mut Cx<'_>, user: &UserId, code: Option<&Secret>, given: &str) -> Result<(), ApiError> {
    cx.check_lock(user, Factor::Mfa)?;
    if !code.is_some_and(|code| bool::from(code.expose().as_bytes().ct_eq(given.as_bytes()))) {
        cx.failed(user, Factor::Mfa);
        return Err(ApiError::code_mismatch());
    }
    cx.succeeded(user, Factor::Mfa);
    Ok(())
}
