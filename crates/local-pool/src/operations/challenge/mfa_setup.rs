//! `MFA_SETUP`: a second factor must be set up first. `AssociateSoftwareToken` and `VerifySoftwareToken` do that.

use cognito_protocol::idp::{AuthReply, ChallengeName, ErrorCode, RespondToAuthChallengeRequest, StringMap};

use super::Outcome;
use crate::{
    config::AppClient,
    cx::Cx,
    error::ApiError,
    operations::session,
    state::{Pending, Progress, Setup},
};

/// Asks for the set-up.
pub(in crate::operations) fn open(cx: &mut Cx<'_>, progress: Progress) -> Result<AuthReply, ApiError> {
    let user = progress.user.username.as_str();
    let parameters = StringMap::of([("USER_ID_FOR_SRP", user), ("MFAS_CAN_SETUP", r#"["SOFTWARE_TOKEN_MFA"]"#)]);
    let session = session::new_session(cx, progress, Pending::MfaSetup(Setup::Begun))?;
    Ok(session::challenge_reply(ChallengeName::MfaSetup, Some(session), parameters))
}

/// Takes the answer, once the authenticator app was verified with this sign-in's sessions.
pub(in crate::operations) fn respond(
    cx: &mut Cx<'_>,
    client: &AppClient,
    request: &RespondToAuthChallengeRequest,
) -> Result<Outcome, ApiError> {
    let (text, session) = session::open_answered(cx, client, request)?;
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
    session::use_up(cx, text);
    let mut progress = session.progress;
    // The triggers' documented names have none for this, so their session does not tell of it.
    progress.has_passed_mfa = true;
    Ok(Outcome::Passed(progress))
}
