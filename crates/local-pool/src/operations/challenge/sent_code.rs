//! What the challenges with a code that was sent have in common.
//!
//! The code lives as long as its session. A wrong one leaves the session as it is; a later one to the same user makes an earlier one
//! wrong. Nothing sends a code again: that is a new sign-in.
//!
//! # Source
//! Codes that a later one makes wrong: aws-sdk-java#2018, amplify-js#11069. Wrong codes are counted like those of the authenticator
//! app: the developer guide, "Adding MFA", says so of all second factors; six wrong codes by e-mail were seen without a lock-out. Those
//! of a first factor are counted with wrong passwords; that the service does so is not certain.

use cognito_protocol::{
    Secret,
    idp::{AuthReply, ChallengeName, StringMap},
};
use subtle::ConstantTimeEq;

use super::Outcome;
use crate::{
    cx::Cx,
    error::ApiError,
    operations::{
        admission::admit,
        custom_message::{self, Reason},
        destination::Destination,
        session,
    },
    random,
    state::{Factor, Pending, Progress, UserId},
};

/// A code to send.
pub(super) struct Sending {
    pub challenge_name: ChallengeName,
    pub destination: Destination,
    /// Whether nothing came before it.
    pub is_first_factor: bool,
    /// How many digits the pool gives it.
    pub digits: u8,
    /// The code in what a session waits for.
    pub code_of: CodeOf,
}

/// Finds the code in what a session waits for.
type CodeOf = fn(&mut Pending) -> Option<&mut Option<Secret>>;

/// Sends a code and asks for it. `pending` is what the session then waits for, with the code.
pub(super) fn send(
    cx: &mut Cx<'_>,
    progress: Progress,
    client_metadata: &StringMap,
    sending: Sending,
    pending: impl FnOnce(Secret) -> Pending,
) -> Result<AuthReply, ApiError> {
    let Sending { challenge_name, destination, is_first_factor, digits, code_of } = sending;
    let Progress { user, client_id, .. } = &progress;
    let mut parameters = delivery(&destination);
    // The samples of the API reference have none for a first factor.
    if !is_first_factor {
        parameters.insert("USER_ID_FOR_SRP", user.username.as_str());
    }
    let reason = if is_first_factor { Reason::FirstFactor } else { Reason::SignIn };
    let code = random::digits(digits)?;
    let message = custom_message::message(cx, user, client_id, reason, destination, client_metadata, &code)?;
    end_earlier(cx, &progress.user, code_of);
    let session = session::new_session(cx, progress, pending(code.into()))?;
    cx.shared.inbox().deliver(cx.now_millis, message);
    Ok(session::challenge_reply(challenge_name, Some(session), parameters))
}

/// What such a challenge tells of the way that a code went.
pub(super) fn delivery(destination: &Destination) -> StringMap {
    StringMap::of([
        ("CODE_DELIVERY_DELIVERY_MEDIUM", destination.medium_name()),
        ("CODE_DELIVERY_DESTINATION", &destination.masked()),
    ])
}

/// Ends the codes of a user's other sign-ins, where `code_of` finds one in what a session waits for.
fn end_earlier(cx: &mut Cx<'_>, user: &UserId, code_of: CodeOf) {
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

/// Goes on after the right code of a second factor.
pub(super) fn pass_second_factor(cx: &mut Cx<'_>, text: &Secret, mut progress: Progress, challenge_name: &str) -> Outcome {
    session::use_up(cx, text);
    progress.passed(challenge_name);
    progress.has_passed_mfa = true;
    Outcome::Passed(progress)
}
