//! Second factors while signing in: `SOFTWARE_TOKEN_MFA` and `MFA_SETUP`.

use cognito_protocol::{
    Secret,
    idp::{AuthReply, ChallengeName, ErrorCode, RespondToAuthChallengeRequest, StringMap},
    totp,
};

use super::respond::{challenge_reply, go_on, new_session, open_answered, use_up};
use crate::{
    config::{AppClient, MfaConfiguration},
    cx::Cx,
    error::ApiError,
    state::{Factor, Pending, Progress, Setup, User},
    validation::required,
};

/// Whether the user is asked for a code of the authenticator app.
pub(super) fn is_totp_active(user: &User, mfa: MfaConfiguration) -> bool {
    match mfa {
        MfaConfiguration::Off => false,
        MfaConfiguration::Optional => user.totp.as_ref().is_some_and(|totp| totp.enabled),
        MfaConfiguration::On => user.totp.is_some(),
    }
}

/// The second factor that this sign-in still needs.
pub(super) fn challenge(cx: &mut Cx<'_>, progress: &Progress) -> Result<Option<AuthReply>, ApiError> {
    if progress.has_passed_mfa {
        return Ok(None);
    }
    let mfa = cx.mfa_of(&progress.user);
    let user = cx.state.user(&progress.user).ok_or_else(ApiError::incorrect)?;
    let mut parameters = StringMap::of([("USER_ID_FOR_SRP", progress.user.username.as_str())]);
    let (name, pending) = if is_totp_active(user, mfa) {
        if let Some(device) = user.totp.as_ref().and_then(|totp| totp.friendly_device_name.as_deref()) {
            parameters.insert("FRIENDLY_DEVICE_NAME", device);
        }
        (ChallengeName::SoftwareTokenMfa, Pending::SoftwareTokenMfa)
    } else if mfa == MfaConfiguration::On {
        parameters.insert("MFAS_CAN_SETUP", r#"["SOFTWARE_TOKEN_MFA"]"#);
        (ChallengeName::MfaSetup, Pending::MfaSetup(Setup::Begun))
    } else {
        return Ok(None);
    };
    let session = new_session(cx, progress.clone(), pending)?;
    Ok(Some(challenge_reply(name, Some(session), parameters)))
}

/// Why a code is not taken.
pub(super) enum Refused {
    Wrong,
    UsedBefore,
}

/// The step that a code belongs to: this one, the one before or the one after, but none up to `last_step`.
pub(super) fn accepted_step(secret: &Secret, code: &str, unix_secs: i64, last_step: i64) -> Result<i64, Refused> {
    let offset = totp::window_of(secret, code, unix_secs, 1).ok().flatten().ok_or(Refused::Wrong)?;
    let step = totp::step_at(unix_secs) + offset;
    if step > last_step { Ok(step) } else { Err(Refused::UsedBefore) }
}

pub(super) fn used_before() -> ApiError {
    ApiError::new(ErrorCode::ExpiredCode, "Your software token has already been used once.")
}

/// Answers `SOFTWARE_TOKEN_MFA`. A wrong code leaves the session as it is.
pub(super) fn respond_software_token(
    cx: &mut Cx<'_>,
    client: &AppClient,
    request: &RespondToAuthChallengeRequest,
) -> Result<AuthReply, ApiError> {
    let code = required(&request.challenge_responses, "SOFTWARE_TOKEN_MFA_CODE")?;
    let (text, session) = open_answered(cx, client, request)?;
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
            return Err(ApiError::new(ErrorCode::CodeMismatch, "Invalid code or auth state for the user."));
        }
    }
    use_up(cx, text);
    cx.succeeded(&progress.user, Factor::Mfa);
    progress.passed("SOFTWARE_TOKEN_MFA");
    progress.has_passed_mfa = true;
    go_on(cx, client, progress, &request.client_metadata)
}

/// Answers `MFA_SETUP`, once the authenticator app was verified with this sign-in's sessions.
pub(super) fn respond_setup(
    cx: &mut Cx<'_>,
    client: &AppClient,
    request: &RespondToAuthChallengeRequest,
) -> Result<AuthReply, ApiError> {
    let (text, session) = open_answered(cx, client, request)?;
    match session.pending {
        Pending::MfaSetup(Setup::Verified) => {}
        Pending::MfaSetup(_) => {
            return Err(ApiError::new(
                ErrorCode::SoftwareTokenMfaNotFound,
                "Software token TOTP multi-factor authentication (MFA) is not set up for the user.",
            ));
        }
        _ => return Err(ApiError::invalid_session()),
    }
    use_up(cx, text);
    let mut progress = session.progress;
    // The triggers' documented names have none for this, so their session does not tell of it.
    progress.has_passed_mfa = true;
    go_on(cx, client, progress, &request.client_metadata)
}
