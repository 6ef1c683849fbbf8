//! `SMS_OTP`: a code by text message as first factor of `USER_AUTH`.
//!
//! # Source
//! API reference, `RespondToAuthChallenge`. Eight digits were seen on the service for the code by e-mail; that this one has as many is
//! not certain.

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
        custom_message::{self, Reason},
        destination::Destination,
        session,
    },
    random,
    state::{Factor, Pending, Progress},
    validation::required,
};

/// Sends a code and asks for it.
pub(super) fn open(cx: &mut Cx<'_>, progress: Progress, client_metadata: &StringMap) -> Result<AuthReply, ApiError> {
    let user = cx.state.user(&progress.user).ok_or_else(ApiError::incorrect)?;
    let phone_number = user.verified_phone_number().ok_or_else(ApiError::internal)?;
    let destination = Destination::PhoneNumber(phone_number.to_owned());
    let parameters = sent_code::delivery(&destination);
    let code = random::digits(cx.pool_of(&progress.user)?.code_digits.sms_otp)?;
    let Progress { user, client_id, .. } = &progress;
    let message = custom_message::message(cx, user, client_id, Reason::FirstFactor, destination, client_metadata, &code)?;
    sent_code::end_earlier(cx, &progress.user, code_of);
    let session = session::new_session(cx, progress, Pending::SmsOtp(Some(code.into())))?;
    cx.shared.inbox().deliver(cx.now_millis, message);
    Ok(session::challenge_reply(ChallengeName::SmsOtp, Some(session), parameters))
}

fn code_of(pending: &mut Pending) -> Option<&mut Option<Secret>> {
    if let Pending::SmsOtp(code) = pending { Some(code) } else { None }
}

/// Takes a code. A wrong one leaves the session as it is.
pub(in crate::operations) fn respond(
    cx: &mut Cx<'_>,
    client: &AppClient,
    request: &RespondToAuthChallengeRequest,
) -> Result<Outcome, ApiError> {
    let given = required(&request.challenge_responses, "SMS_OTP_CODE")?;
    let (text, session) = session::open_answered(cx, client, request)?;
    let Pending::SmsOtp(code) = session.pending else {
        return Err(ApiError::invalid_session());
    };
    sent_code::check(cx, &session.progress.user, Factor::Password, code.as_ref(), given)?;
    sent_code::pass_first_factor(cx, text, session.progress, "SMS_OTP")
}
