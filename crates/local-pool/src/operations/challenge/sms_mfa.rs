//! `SMS_MFA`: a code by text message, as second factor.
//!
//! # Source
//! API reference, `RespondToAuthChallenge`; the parameters and the mask as amazon-cognito-identity-js#236 shows them.

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
pub(in crate::operations) fn open(
    cx: &mut Cx<'_>,
    progress: Progress,
    client_metadata: &StringMap,
) -> Result<AuthReply, ApiError> {
    let user = cx.state.user(&progress.user).ok_or_else(ApiError::incorrect)?;
    let phone_number = user.verified_phone_number().ok_or_else(ApiError::internal)?;
    let sending = Sending {
        challenge_name: ChallengeName::SmsMfa,
        destination: Destination::PhoneNumber(phone_number.to_owned()),
        is_first_factor: false,
        digits: cx.pool_of(&progress.user)?.code_digits.sms_mfa,
        code_of,
    };
    sent_code::send(cx, progress, client_metadata, sending, |code| Pending::SmsMfa(Some(code)))
}

fn code_of(pending: &mut Pending) -> Option<&mut Option<Secret>> {
    if let Pending::SmsMfa(code) = pending { Some(code) } else { None }
}

/// Takes a code. A wrong one leaves the session as it is.
pub(in crate::operations) fn respond(
    cx: &mut Cx<'_>,
    client: &AppClient,
    request: &RespondToAuthChallengeRequest,
) -> Result<Outcome, ApiError> {
    let given = required(&request.challenge_responses, "SMS_MFA_CODE")?;
    let (text, session) = session::open_answered(cx, client, request)?;
    let Pending::SmsMfa(code) = session.pending else {
        return Err(ApiError::invalid_session());
    };
    sent_code::check(cx, &session.progress.user, Factor::Mfa, code.as_ref(), given)?;
    Ok(sent_code::pass_second_factor(cx, text, session.progress, "SMS_MFA"))
}
