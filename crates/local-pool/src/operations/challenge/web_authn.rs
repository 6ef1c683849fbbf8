//! `WEB_AUTHN`: a passkey as the first factor, after which no second one comes.
//!
//! # Source
//! API reference, `InitiateAuth` and `RespondToAuthChallenge`, with its sample of the options. The model says that the answer to
//! `SELECT_CHALLENGE` can hold the `CREDENTIAL`, and not what was asked of the browser then: here the choice has the options among its
//! parameters, for somebody who has a passkey. What is said to a wrong answer, and that it ends the sign-in, is not certain.

use cognito_protocol::{
    Secret,
    idp::{AuthReply, ChallengeName, RespondToAuthChallengeRequest, StringMap},
};
use serde_json::{Value, json};

use super::Outcome;
use crate::{
    config::AppClient,
    cx::Cx,
    error::ApiError,
    operations::{admission::admit, passkey_rules, session},
    passkeys,
    state::{Ceremony, Pending, Progress, UserId},
    validation::required,
};

/// What the browser is told.
const TIMEOUT_MILLIS: u32 = 180_000;

/// Asks for a passkey.
pub(super) fn open(cx: &mut Cx<'_>, progress: Progress) -> Result<AuthReply, ApiError> {
    let (parameters, ceremony) = ask(cx, &progress.user)?;
    let session = session::new_session(cx, progress, Pending::WebAuthn(ceremony))?;
    Ok(session::challenge_reply(ChallengeName::WebAuthn, Some(session), parameters))
}

/// The options for the browser, as parameters of a challenge, and what an answer to them is checked against.
pub(super) fn ask(cx: &Cx<'_>, user: &UserId) -> Result<(StringMap, Ceremony), ApiError> {
    let pool = cx.pool_of(user)?;
    let user = cx.state.user(user).ok_or_else(ApiError::incorrect)?;
    let relying_party_id = passkey_rules::relying_party_id(pool)?;
    let needs_user_verification = pool.web_authn.needs_user_verification();
    let asked = passkeys::begin_assertion(relying_party_id, &pool.web_authn, passkey_rules::usable(user, pool))?;
    let options = json!({
        "challenge": asked.challenge,
        "timeout": TIMEOUT_MILLIS,
        "rpId": relying_party_id,
        "allowCredentials": passkey_rules::usable(user, pool).map(passkey_rules::descriptor).collect::<Vec<Value>>(),
        "userVerification": if needs_user_verification { "required" } else { "preferred" },
    });
    Ok((StringMap::of([("CREDENTIAL_REQUEST_OPTIONS", options.to_string().as_str())]), asked.ceremony))
}

/// Takes the answer.
pub(in crate::operations) fn respond(
    cx: &mut Cx<'_>,
    client: &AppClient,
    request: &RespondToAuthChallengeRequest,
) -> Result<Outcome, ApiError> {
    let credential = required(&request.challenge_responses, "CREDENTIAL")?;
    let (text, session) = session::open_answered(cx, client, request)?;
    let Pending::WebAuthn(ceremony) = session.pending else {
        return Err(ApiError::invalid_session());
    };
    take(cx, text, session.progress, &ceremony, credential)
}

/// Takes a passkey's signature, right or wrong: a challenge is answered once.
pub(super) fn take(
    cx: &mut Cx<'_>,
    text: &Secret,
    mut progress: Progress,
    ceremony: &Ceremony,
    credential: &str,
) -> Result<Outcome, ApiError> {
    if !serde_json::from_str(credential).is_ok_and(|credential: Value| credential.is_object()) {
        return Err(ApiError::invalid_parameter("CREDENTIAL should be the text of an AuthenticationResponseJSON"));
    }
    session::use_up(cx, text);
    let pool = cx.pool_of(&progress.user)?;
    let relying_party_id = passkey_rules::relying_party_id(pool)?;
    let user = cx.state.user_mut(&progress.user).ok_or_else(ApiError::incorrect)?;
    // Deleted or switched off meanwhile.
    let proved = passkey_rules::is_first_factor(user, pool)
        .then(|| passkeys::verify(relying_party_id, ceremony, &user.sub, &user.passkeys, credential.as_bytes()))
        .flatten();
    let Some(passkey) = proved else { return Err(ApiError::incorrect()) };
    user.passkeys
        .iter_mut()
        .filter(|other| other.credential_id == passkey.credential_id)
        .for_each(|other| *other = passkey.clone());
    admit(cx, &progress)?;
    progress.passed("WEB_AUTHN");
    Ok(Outcome::Complete(progress))
}
