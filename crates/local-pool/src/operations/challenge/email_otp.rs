//! `EMAIL_OTP`: a code by e-mail, as second factor; in a set-up of one its right answer verifies the address and turns the factor on.
//!
//! # Source
//! API reference, `RespondToAuthChallenge`; eight digits and wrong codes that leave the session usable were seen on the service.

use cognito_protocol::{
    Secret,
    idp::{AuthReply, ChallengeName, RespondToAuthChallengeRequest, StringMap},
};

use super::{Outcome, sent_code};
use crate::{
    config::AppClient,
    cx::Cx,
    error::ApiError,
    operations::{
        attribute_rules,
        custom_message::{self, Reason},
        destination::Destination,
        session,
    },
    random,
    state::{EmailOtp, Pending, Progress, UserId},
    validation::required,
};

/// Sends a code to the user's verified address and asks for it.
pub(in crate::operations) fn open(
    cx: &mut Cx<'_>,
    progress: Progress,
    client_metadata: &StringMap,
) -> Result<AuthReply, ApiError> {
    let user = cx.state.user(&progress.user).ok_or_else(ApiError::incorrect)?;
    let address = user.verified_email().ok_or_else(ApiError::internal)?.to_owned();
    send(cx, progress, address, None, client_metadata)
}

/// Sends a code to an address that is to become a second factor.
pub(super) fn send_for_set_up(
    cx: &mut Cx<'_>,
    progress: Progress,
    address: &str,
    client_metadata: &StringMap,
) -> Result<AuthReply, ApiError> {
    send(cx, progress, address.to_owned(), Some(address.to_owned()), client_metadata)
}

fn send(
    cx: &mut Cx<'_>,
    progress: Progress,
    address: String,
    sets_up: Option<String>,
    client_metadata: &StringMap,
) -> Result<AuthReply, ApiError> {
    let destination = Destination::Email(address);
    let parameters = sent_code::parameters(&progress.user, &destination);
    let code = random::eight_digits()?;
    let Progress { user, client_id, .. } = &progress;
    let message = custom_message::message(cx, user, client_id, Reason::SignIn, destination, client_metadata, &code)?;
    sent_code::end_earlier(cx, &progress.user, code_of);
    let pending = Pending::EmailOtp(EmailOtp { code: Some(code.into()), sets_up });
    let session = session::new_session(cx, progress, pending)?;
    cx.shared.inbox().deliver(cx.now_millis, message);
    Ok(session::challenge_reply(ChallengeName::EmailOtp, Some(session), parameters))
}

fn code_of(pending: &mut Pending) -> Option<&mut Option<Secret>> {
    if let Pending::EmailOtp(sent) = pending { Some(&mut sent.code) } else { None }
}

/// Takes a code. A wrong one leaves the session as it is.
pub(in crate::operations) fn respond(
    cx: &mut Cx<'_>,
    client: &AppClient,
    request: &RespondToAuthChallengeRequest,
) -> Result<Outcome, ApiError> {
    let given = required(&request.challenge_responses, "EMAIL_OTP_CODE")?;
    let (text, session) = session::open_answered(cx, client, request)?;
    let Pending::EmailOtp(EmailOtp { code, sets_up }) = session.pending else {
        return Err(ApiError::invalid_session());
    };
    let mut progress = session.progress;
    sent_code::check(cx, &progress.user, code.as_ref(), given)?;
    if let Some(address) = sets_up {
        set_up(cx, &progress.user, &address)?;
    }
    session::use_up(cx, text);
    progress.passed("EMAIL_OTP");
    progress.has_passed_mfa = true;
    Ok(Outcome::Passed(progress))
}

/// The address is the person's own, and a second factor from now on.
fn set_up(cx: &mut Cx<'_>, user: &UserId, address: &str) -> Result<(), ApiError> {
    if cx.state.is_taken(address, user) {
        return Err(attribute_rules::alias_exists());
    }
    let user = cx.state.user_mut(user).ok_or_else(ApiError::incorrect)?;
    user.write_verified("email", address);
    user.email_otp.enabled = true;
    Ok(())
}
