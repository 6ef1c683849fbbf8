//! `SMS_MFA`: a code by text message, as second factor.
//!
//! # Source
//! API reference, `RespondToAuthChallenge`; the parameters and the mask as amazon-cognito-identity-js#236 shows them.

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
pub(in crate::operations) fn open(
    cx: &mut Cx<'_>,
    progress: Progress,
    client_metadata: &StringMap,
) -> Result<AuthReply, ApiError> {
    let user = cx.state.user(&progress.user).ok_or_else(ApiError::incorrect)?;
    let phone_number = user.verified_phone_number().ok_or_else(ApiError::internal)?;
    let destination = Destination::PhoneNumber(phone_number.to_owned());
    let parameters = sent_code::parameters(&progress.user, &destination);
    let code = random::digits(cx.pool_of(&progress.user)?.code_digits.sms_mfa)?;
    let Progress { user, client_id, .. } = &progress;
    let message = custom_message::message(cx, user, client_id, Reason::SignIn, destination, client_metadata, &code)?;
    sent_code::end_earlier(cx, &progress.user, code_of);
    let session = session::new_session(cx, progress, Pending::SmsMfa(Some(code.into())))?;
    cx.shared.inbox().deliver(cx.now_millis, message);
    Ok(session::challenge_reply(ChallengeName::SmsMfa, Some(session), parameters))
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
    let mut progress = session.progress;
    sent_code::check(cx, &progress.user, Factor::Mfa, code.as_ref(), given)?;
    session::use_up(cx, text);
    progress.passed("SMS_MFA");
    progress.has_passed_mfa = true;
    Ok(Outcome::Passed(progress))
}
