//! `SOFTWARE_TOKEN_MFA`: a code of the authenticator app.

use cognito_protocol::{
    Secret,
    idp::{AuthReply, ChallengeName, ErrorCode, RespondToAuthChallengeRequest, StringMap},
    totp,
};

use super::Outcome;
use crate::{
    config::AppClient,
    cx::Cx,
    error::ApiError,
    operations::session,
    state::{Factor, Pending, Progress},
    validation::required,
};

/// Asks for a code.
pub(in crate::operations) fn open(cx: &mut Cx<'_>, progress: Progress) -> Result<AuthReply, ApiError> {
    let mut parameters = StringMap::of([("USER_ID_FOR_SRP", progress.user.username.as_str())]);
    let totp = cx.state.user(&progress.user).and_then(|user| user.totp.as_ref());
    if let Some(device) = totp.and_then(|totp| totp.friendly_device_name.as_deref()) {
        parameters.insert("FRIENDLY_DEVICE_NAME", device);
    }
    let session = session::new_session(cx, progress, Pending::SoftwareTokenMfa)?;
    Ok(session::challenge_reply(ChallengeName::SoftwareTokenMfa, Some(session), parameters))
}

/// Takes a code. A wrong one leaves the session as it is.
pub(in crate::operations) fn respond(
    cx: &mut Cx<'_>,
    client: &AppClient,
    request: &RespondToAuthChallengeRequest,
) -> Result<Outcome, ApiError> {
    let code = required(&request.challenge_responses, "SOFTWARE_TOKEN_MFA_CODE")?;
    let (text, session) = session::open_answered(cx, client, request)?;
    if !matches!(session.pending, Pending::SoftwareTokenMfa) {
        return Err(ApiError::invalid_session());
    }
    let mut progress = session.progress;
    cx.check_lock(&progress.user, Factor::Mfa)?;
    let now = cx.now_secs();
    let totp = cx.state.user_mut(&progress.user).and_then(|user| user.totp.as_mut());
    let totp = totp.ok_or_else(ApiError::invalid_session)?;
    match accepted_step(&totp.secret, code, now, totp.last_step) {
        Ok(step) => totp.last_step = step,
        Err(Refused::UsedBefore) => return Err(used_before()),
        Err(Refused::Wrong) => {
            cx.failed(&progress.user, Factor::Mfa);
            return Err(ApiError::code_mismatch());
        }
    }
    session::use_up(cx, text);
    cx.succeeded(&progress.user, Factor::Mfa);
    progress.passed("SOFTWARE_TOKEN_MFA");
    progress.has_passed_mfa = true;
    Ok(Outcome::Passed(progress))
}

/// Why a code is not taken.
pub(in crate::operations) enum Refused {
    Wrong,
    UsedBefore,
}

/// The step that a code belongs to: this one, the one before or the one after, but none up to `last_step`.
pub(in crate::operations) fn accepted_step(secret: &Secret, code: &str, unix_secs: i64, last_step: i64) -> Result<i64, Refused> {
    let offset = totp::window_of(secret, code, unix_secs, 1).ok().flatten().ok_or(Refused::Wrong)?;
    let step = totp::step_at(unix_secs) + offset;
    if step > last_step { Ok(step) } else { Err(Refused::UsedBefore) }
}

pub(in crate::operations) fn used_before() -> ApiError {
    ApiError::new(ErrorCode::ExpiredCode, "Your software token has already been used once.")
}
