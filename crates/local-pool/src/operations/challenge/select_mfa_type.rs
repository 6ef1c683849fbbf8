//! `SELECT_MFA_TYPE`: several second factors are on and none is preferred, so the person chooses.
//!
//! # Source
//! API reference, `SetUserMFAPreference` and `RespondToAuthChallenge`; amazon-cognito-identity-js and Amplify read `MFAS_CAN_CHOOSE`.
//! What is said to an answer that is none of the offered is not certain, nor that it leaves the session as it is.

use cognito_protocol::idp::{AuthReply, ChallengeName, RespondToAuthChallengeRequest, StringMap};
use serde_json::json;

use super::Outcome;
use crate::{
    config::{AppClient, SecondFactor},
    cx::Cx,
    error::ApiError,
    operations::{second_factor, session},
    state::{Pending, Progress},
    validation::required,
};

/// Offers the factors.
pub(in crate::operations) fn open(cx: &mut Cx<'_>, progress: Progress, factors: &[SecondFactor]) -> Result<AuthReply, ApiError> {
    let names: Vec<&str> = factors.iter().map(|factor| factor.name()).collect();
    let parameters =
        StringMap::of([("MFAS_CAN_CHOOSE", json!(names).to_string().as_str()), ("USER_ID_FOR_SRP", &progress.user.username)]);
    let session = session::new_session(cx, progress, Pending::SelectMfaType(factors.to_vec()))?;
    Ok(session::challenge_reply(ChallengeName::SelectMfaType, Some(session), parameters))
}

/// Takes one of what was offered.
pub(in crate::operations) fn respond(
    cx: &mut Cx<'_>,
    client: &AppClient,
    request: &RespondToAuthChallengeRequest,
) -> Result<Outcome, ApiError> {
    let answer = required(&request.challenge_responses, "ANSWER")?;
    let (text, session) = session::open_answered(cx, client, request)?;
    let Pending::SelectMfaType(factors) = session.pending else {
        return Err(ApiError::invalid_session());
    };
    let progress = session.progress;
    let pool = cx.pool_of(&progress.user)?;
    // Somebody signed in elsewhere may have turned it off meanwhile.
    let is_active =
        |factor: SecondFactor| cx.state.user(&progress.user).is_some_and(|user| second_factor::is_active(factor, user, pool));
    let chosen = factors.into_iter().find(|factor| factor.name() == answer && is_active(*factor));
    let chosen = chosen.ok_or_else(|| ApiError::invalid_parameter("ANSWER should be one of MFAS_CAN_CHOOSE"))?;
    session::use_up(cx, text);
    Ok(Outcome::Chosen(progress, chosen))
}
