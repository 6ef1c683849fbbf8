//! `SELECT_CHALLENGE`: the person chooses the first factor. `PASSWORD` and `PASSWORD_SRP` can be answered by their own names as well.
//!
//! # Source
//! API reference, `InitiateAuth` and `RespondToAuthChallenge`. What is said to an answer that is none of the offered is quoted by public
//! programs; its code, and that it leaves the session as it is, are not certain. Nor is that a wrong password ends the choice: a client
//! that begins again then is right either way.

use cognito_protocol::idp::{AuthReply, ChallengeName, RespondToAuthChallengeRequest};

use super::{FirstStep, Outcome, web_authn};
use crate::{
    config::AppClient,
    cx::Cx,
    error::ApiError,
    operations::{
        first_factor::{self, Choice},
        session,
    },
    state::{Pending, Progress},
    validation::required,
};

/// Offers the factors.
pub(in crate::operations) fn open(cx: &mut Cx<'_>, progress: Progress, typed_name: &str) -> Result<AuthReply, ApiError> {
    let available = first_factor::available(cx, &progress.user)?;
    let has_passkey = available.contains(&Choice::WebAuthn);
    let asked = has_passkey.then(|| web_authn::ask(cx, &progress.user)).transpose()?;
    let (parameters, passkey) = asked.map(|(parameters, ceremony)| (parameters, Some(ceremony))).unwrap_or_default();
    let pending = Pending::SelectChallenge { typed_name: typed_name.to_owned(), passkey };
    let session = session::new_session(cx, progress, pending)?;
    let reply = session::challenge_reply(ChallengeName::SelectChallenge, Some(session), parameters);
    Ok(AuthReply { available_challenges: first_factor::names(&available), ..reply })
}

/// Takes one of what was offered.
pub(in crate::operations) fn respond(
    cx: &mut Cx<'_>,
    client: &AppClient,
    request: &RespondToAuthChallengeRequest,
) -> Result<Outcome, ApiError> {
    let answer = required(&request.challenge_responses, "ANSWER")?;
    respond_with(cx, client, request, Choice::named(answer))
}

/// Takes an answer by the name of a factor.
pub(in crate::operations) fn respond_with(
    cx: &mut Cx<'_>,
    client: &AppClient,
    request: &RespondToAuthChallengeRequest,
    choice: Option<Choice>,
) -> Result<Outcome, ApiError> {
    let (text, session) = session::open_answered(cx, client, request)?;
    let Pending::SelectChallenge { typed_name, passkey } = session.pending else {
        return Err(ApiError::invalid_session());
    };
    // What the user has may have changed meanwhile.
    let available = first_factor::available(cx, &session.progress.user)?;
    let choice = choice.filter(|choice| available.contains(choice));
    let choice = choice.ok_or_else(|| ApiError::not_authorized("The selected challenge is not available"))?;
    let credential = request.challenge_responses.get("CREDENTIAL").filter(|_| choice == Choice::WebAuthn);
    if let (Some(ceremony), Some(credential)) = (&passkey, credential) {
        return web_authn::take(cx, text, session.progress, ceremony, credential);
    }
    let step = FirstStep::read(choice, &request.challenge_responses)?;
    // Before a message is worded or a trigger runs, when others have the state: one choice is taken once.
    session::use_up(cx, text);
    step.take(cx, session.progress, &typed_name, &request.client_metadata)
}
