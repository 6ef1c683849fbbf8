//! Challenge sessions: opening, using up, making new ones, and the replies that carry them.

use cognito_protocol::{
    Secret,
    idp::{AuthReply, ChallengeName, RespondToAuthChallengeRequest, StringMap},
};

use crate::{
    clock::millis,
    config::AppClient,
    cx::Cx,
    error::ApiError,
    random,
    state::{EmailOtpPurpose, Pending, Progress, Session},
    validation::required,
};

/// Used and expired sessions are kept for so long to tell them from invented ones.
const REMEMBERED_MILLIS: i64 = 24 * 60 * 60 * 1000;

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
    let hashed_name = if told_username(&session.pending) { &session.progress.user.username } else { username };
    cx.check_secret_hash_in(client, hashed_name, &request.challenge_responses)?;
    Ok((text, session))
}

/// Whether the challenge told the real username, which `SECRET_HASH` is made with from then on. Before, a client knows the typed name
/// alone; that the service takes a hash of it there is not certain.
fn told_username(pending: &Pending) -> bool {
    match pending {
        Pending::SelectChallenge { .. } | Pending::SmsOtp(_) | Pending::WebAuthn(_) | Pending::SignUp | Pending::SignedUp => {
            false
        }
        Pending::EmailOtp(sent) => match sent.purpose {
            EmailOtpPurpose::FirstFactor => false,
            EmailOtpPurpose::SecondFactor | EmailOtpPurpose::SetUp(_) => true,
        },
        Pending::PasswordVerifier(_)
        | Pending::SoftwareTokenMfa
        | Pending::SmsMfa(_)
        | Pending::SelectMfaType(_)
        | Pending::MfaSetup(_)
        | Pending::NewPasswordRequired
        | Pending::CustomChallenge { .. } => true,
    }
}

/// The session of a request that must have one.
pub(super) fn session_of(request: &RespondToAuthChallengeRequest) -> Result<&Secret, ApiError> {
    request.session.as_ref().ok_or_else(|| ApiError::missing_parameter("Session"))
}

/// The state of a session that can be answered still. It stays usable until [`use_up`].
pub(super) fn open_session(cx: &Cx<'_>, text: &Secret, client: Option<&AppClient>) -> Result<Session, ApiError> {
    let session = unused_session(cx, text, client)?;
    if is_expired(cx, session) {
        return Err(ApiError::not_authorized("Invalid session for the user, session is expired."));
    }
    Ok(session.clone())
}

/// The state of a session that was not used, whatever its age.
pub(super) fn unused_session<'a>(cx: &'a Cx<'_>, text: &Secret, client: Option<&AppClient>) -> Result<&'a Session, ApiError> {
    let session = cx.state.sessions.get(text.expose()).ok_or_else(ApiError::invalid_session)?;
    if client.is_some_and(|client| client.id != session.progress.client_id) {
        return Err(ApiError::invalid_session());
    }
    if session.is_used {
        return Err(ApiError::not_authorized("Invalid session for the user, session can only be used once."));
    }
    Ok(session)
}

/// Whether it is too late to answer a session.
pub(super) fn is_expired(cx: &Cx<'_>, session: &Session) -> bool {
    cx.now_millis - session.born_millis > millis(cx.settings().session_validity)
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

/// A reply that asks for something.
pub(super) fn challenge_reply(name: ChallengeName, session: Option<Secret>, parameters: StringMap) -> AuthReply {
    AuthReply {
        challenge_name: Some(name),
        session,
        challenge_parameters: parameters,
        authentication_result: None,
        available_challenges: Vec::new(),
    }
}
