//! `AssociateSoftwareToken` and `VerifySoftwareToken`, signed in or within `MFA_SETUP`.

use cognito_protocol::{
    Secret,
    idp::{
        AssociateSoftwareTokenReply, AssociateSoftwareTokenRequest, ErrorCode, VerifySoftwareTokenReply,
        VerifySoftwareTokenRequest,
    },
    totp,
};

use super::{
    challenge::software_token_mfa::{Refused, accepted_step, used_before},
    session::{new_session, open_session, use_up},
};
use crate::{
    config::{MfaConfiguration, SecondFactor},
    cx::Cx,
    error::ApiError,
    random,
    state::{Pending, Preference, Session, Setup, Totp, UserId},
    tokens,
    validation::Checks,
};

/// By whose leave a token is set up.
enum Leave<'a> {
    SignedIn(UserId),
    SigningIn(&'a Secret, Session),
}

impl Leave<'_> {
    fn user(&self) -> &UserId {
        match self {
            Self::SignedIn(user) => user,
            Self::SigningIn(_, session) => &session.progress.user,
        }
    }
}

fn leave<'a>(cx: &mut Cx<'_>, access_token: Option<&Secret>, session: Option<&'a Secret>) -> Result<Leave<'a>, ApiError> {
    let leave = match (access_token, session) {
        (Some(token), None) => Leave::SignedIn(tokens::authorize(cx, token)?),
        (None, Some(text)) => {
            let session = open_session(cx, text, None)?;
            if !matches!(session.pending, Pending::MfaSetup(_)) {
                return Err(ApiError::invalid_session());
            }
            cx.tell_user(&session.progress.user);
            Leave::SigningIn(text, session)
        }
        _ => {
            return Err(ApiError::invalid_parameter("Exactly one of AccessToken and Session is required"));
        }
    };
    let pool = cx.pool_of(leave.user())?;
    if pool.mfa == MfaConfiguration::Off || !pool.second_factors.contains(&SecondFactor::SoftwareToken) {
        return Err(not_found("Software Token MFA has not been enabled by the userPool"));
    }
    Ok(leave)
}

fn not_found(message: &str) -> ApiError {
    ApiError::new(ErrorCode::SoftwareTokenMfaNotFound, message)
}

/// Every call makes a new secret; an app that is in use stays so until the new one is verified.
pub(super) fn associate_software_token(
    cx: &mut Cx<'_>,
    request: AssociateSoftwareTokenRequest,
) -> Result<AssociateSoftwareTokenReply, ApiError> {
    let (token, session) = (request.access_token.as_ref(), request.session.as_ref());
    Checks::default().access_token(token).session(session).finish()?;
    let leave = leave(cx, token, session)?;
    let secret = totp::encode_secret(&random::bytes::<32>()?);
    let session = match leave {
        Leave::SignedIn(user) => {
            let user = cx.state.user_mut(&user).ok_or_else(ApiError::user_not_found)?;
            user.pending_totp = Some(secret.clone());
            None
        }
        Leave::SigningIn(text, session) => {
            use_up(cx, text);
            let pending = Pending::MfaSetup(Setup::Associated(secret.clone()));
            Some(new_session(cx, session.progress, pending)?)
        }
    };
    Ok(AssociateSoftwareTokenReply { secret_code: secret, session })
}

/// A wrong code leaves the session as it is.
pub(super) fn verify_software_token(
    cx: &mut Cx<'_>,
    request: VerifySoftwareTokenRequest,
) -> Result<VerifySoftwareTokenReply, ApiError> {
    let (token, session) = (request.access_token.as_ref(), request.session.as_ref());
    let code = request.user_code.expose();
    Checks::default().access_token(token).session(session).user_code(code).finish()?;
    let leave = leave(cx, token, session)?;
    let now = cx.now_secs();
    let user = cx.state.user_mut(leave.user()).ok_or_else(ApiError::user_not_found)?;
    let secret = match &leave {
        Leave::SignedIn(_) => user.pending_totp.clone(),
        Leave::SigningIn(_, session) => match &session.pending {
            Pending::MfaSetup(Setup::Associated(secret)) => Some(secret.clone()),
            _ => None,
        },
    };
    let Some(secret) = secret else {
        // Verified once is verified: the same code again is a used one.
        let last = user.totp.as_ref().filter(|_| matches!(leave, Leave::SignedIn(_)));
        let was_used =
            last.is_some_and(|totp| matches!(accepted_step(&totp.secret, code, now, totp.last_step), Err(Refused::UsedBefore)));
        let none = "Software token TOTP multi-factor authentication (MFA) is not associated with the user.";
        return Err(if was_used { used_before() } else { not_found(none) });
    };
    let step = accepted_step(&secret, code, now, i64::MIN)
        .map_err(|_| ApiError::new(ErrorCode::EnableSoftwareTokenMfa, "Code mismatch and fail enable Software Token MFA"))?;
    // A replaced app leaves its settings to the new one; signed in, a first one waits for SetUserMFAPreference.
    let is_signing_in = matches!(leave, Leave::SigningIn(..));
    let first = Preference { enabled: is_signing_in, preferred: false };
    let preference = user.totp.as_ref().map_or(first, |old| old.preference);
    user.totp = Some(Totp {
        secret,
        friendly_device_name: request.friendly_device_name.filter(|name| !name.is_empty()),
        last_step: step,
        preference,
    });
    user.pending_totp = None;
    let session = match leave {
        Leave::SignedIn(_) => None,
        Leave::SigningIn(text, session) => {
            use_up(cx, text);
            Some(new_session(cx, session.progress, Pending::MfaSetup(Setup::Verified))?)
        }
    };
    Ok(VerifySoftwareTokenReply { status: Some("SUCCESS".to_owned()), session })
}
