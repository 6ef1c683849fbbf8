//! `SMS_OTP`: a code by text message as first factor of `USER_AUTH`.
//!
//! # Source
//! API reference, `RespondToAuthChallenge`. Eight digits were seen on the service for the code by e-mail; that this one has as many is
//! not certain.

use cognito_protocol::{
    Secret,
    idp::{AuthReply, ChallengeName, RespondToAuthChallengeRequest, StringMap},
};

use super::{
    Outcome,
    sent_code::{self, Sending},
};
use crate::{
    config::AppClient,
    cx::Cx,
    error::ApiError,
    operations::{destination::Destination, session},
    state::{Factor, Pending, Progress},
    validation::required,
};

/// Sends a code and asks for it.
pub(super) fn open(cx: &mut Cx<'_>, progress: Progress, client_metadata: &StringMap) -> Result<AuthReply, ApiError> {
    let user = cx.state.user(&progress.user).ok_or_else(ApiError::incorrect)?;
    let phone_number = user.verified_phone_number().ok_or_else(ApiError::internal)?;
    let sending = Sending {
        challenge_name: ChallengeName::SmsOtp,
        destination: Destination::PhoneNumber(phone_number.to_owned()),
        is_first_factor: true,
        digits: cx.pool_of(&progress.user)?.code_digits.sms_otp,
        code_of,
    };
    sent_code::send(cx, progress, client_metadata, sending, |code| Pending::SmsOtp(Some(code)))
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
