//! `RespondToAuthChallenge`: which challenge it is, sessions, and what comes after a passed one.

use cognito_protocol::{
    Secret,
    idp::{AuthReply, ChallengeName, RespondToAuthChallengeRequest, StringMap},
};

use super::{custom_auth, mfa, srp};
use crate::{
    config::{AppClient, millis},
    cx::Cx,
    error::ApiError,
    random,
    state::{Pending, Progress, Session},
    tokens,
    validation::{Checks, required},
};

/// Used and expired sessions are kept for so long to tell them from invented ones.
const REMEMBERED_MILLIS: i64 = 24 * 60 * 60 * 1000;

const CHALLENGES: &str = "SMS_MFA, EMAIL_OTP, SOFTWARE_TOKEN_MFA, SELECT_MFA_TYPE, MFA_SETUP, PASSWORD_VERIFIER, \
                          CUSTOM_CHALLENGE, SELECT_CHALLENGE, DEVICE_SRP_AUTH, DEVICE_PASSWORD_VERIFIER, \
                          ADMIN_NO_SRP_AUTH, NEW_PASSWORD_REQUIRED, SMS_OTP, PASSWORD, PASSWORD_SRP, WEB_AUTHN";

pub(super) fn respond_to_auth_challenge(cx: &mut Cx<'_>, request: RespondToAuthChallengeRequest) -> Result<AuthReply, ApiError> {
    let name = &request.challenge_name;
    Checks::default()
        .client_id(&request.client_id)
        .one_of("challengeName", name.as_str(), !matches!(name, ChallengeName::Other(_)), CHALLENGES)
        .session(request.session.as_ref())
        .bystanders(&request.analytics_metadata, &request.user_context_data)
        .finish()?;
    let client = cx.client(&request.client_id)?;
    match name {
        ChallengeName::PasswordVerifier => srp::respond(cx, client, &request),
        ChallengeName::SoftwareTokenMfa => mfa::respond_software_token(cx, client, &request),
        ChallengeName::MfaSetup => mfa::respond_setup(cx, client, &request),
        ChallengeName::CustomChallenge => custom_auth::respond(cx, client, &request),
        // No session of this pool waits for any other challenge.
        _ => {
            open_session(cx, session_of(&request)?, Some(client))?;
            Err(ApiError::invalid_session())
        }
    }
}

/// The session and its state, for the challenges that always have one; checks `USERNAME` and `SECRET_HASH` too.
pub(super) fn open_answered<'a>(
    cx: &mut Cx<'_>,
    client: &AppClient,
    request: &'a RespondToAuthChallengeRequest,
) -> Result<(&'a Secret, Session), ApiError> {
    let username = required(&request.challenge_responses, "USERNAME")?;
    let text = session_of(request)?;
    let session = open_session(cx, text, Some(client))?;
    if !cx.is_named(&session.progress.user, username) {
        return Err(ApiError::invalid_session());
    }
    cx.tell_user(&session.progress.user);
    cx.check_secret_hash_in(client, &session.progress.user.username, &request.challenge_responses)?;
    Ok((text, session))
}

fn session_of(request: &RespondToAuthChallengeRequest) -> Result<&Secret, ApiError> {
    request.session.as_ref().ok_or_else(|| ApiError::missing_parameter("Session"))
}

/// The state of a session that can be answered still. It stays usable until [`use_up`].
pub(super) fn open_session(cx: &Cx<'_>, text: &Secret, client: Option<&AppClient>) -> Result<Session, ApiError> {
    let session = cx.state.sessions.get(text.expose()).ok_or_else(ApiError::invalid_session)?;
    if client.is_some_and(|client| client.id != session.progress.client_id) {
        return Err(ApiError::invalid_session());
    }
    if session.is_used {
        return Err(ApiError::not_authorized("Invalid session for the user, session can only be used once."));
    }
    if cx.now_millis - session.born_millis > millis(cx.settings().session_validity) {
        return Err(ApiError::not_authorized("Invalid session for the user, session is expired."));
    }
    Ok(session.clone())
}

/// Ends a session: its answer was taken.
pub(super) fn use_up(cx: &mut Cx<'_>, text: &Secret) {
    if let Some(session) = cx.state.sessions.get_mut(text.expose()) {
        session.is_used = true;
    }
}

/// A new session; its life begins now, whatever came before.
pub(super) fn new_session(cx: &mut Cx<'_>, progress: Progress, pending: Pending) -> Result<Secret, ApiError> {
    let now = cx.now_millis;
    cx.state.sessions.retain(|_, session| now - session.born_millis <= REMEMBERED_MILLIS);
    let text = random::opaque()?;
    cx.state.sessions.insert(text.clone(), Session { progress, pending, born_millis: now, is_used: false });
    Ok(text.into())
}

/// What comes after the password or a second factor: the next of them, what the triggers say, or tokens.
pub(super) fn go_on(
    cx: &mut Cx<'_>,
    client: &AppClient,
    progress: Progress,
    client_metadata: &StringMap,
) -> Result<AuthReply, ApiError> {
    if let Some(challenge) = mfa::challenge(cx, &progress)? {
        return Ok(challenge);
    }
    if progress.is_custom_auth {
        return custom_auth::go_on(cx, client, progress, client_metadata);
    }
    complete(cx, client, &progress)
}

pub(super) fn complete(cx: &mut Cx<'_>, client: &AppClient, progress: &Progress) -> Result<AuthReply, ApiError> {
    Ok(AuthReply {
        challenge_name: None,
        session: None,
        challenge_parameters: StringMap::default(),
        authentication_result: Some(tokens::grant(cx, client, &progress.user)?),
        available_challenges: Vec::new(),
    })
}

pub(super) fn challenge_reply(name: ChallengeName, session: Option<Secret>, parameters: StringMap) -> AuthReply {
    AuthReply {
        challenge_name: Some(name),
        session,
        challenge_parameters: parameters,
        authentication_result: None,
        available_challenges: Vec::new(),
    }
}
