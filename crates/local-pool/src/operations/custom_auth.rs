//! `CUSTOM_AUTH`: the define trigger decides what comes.

use cognito_protocol::idp::StringMap;
use triggers::{DefineAuthChallengeRequest, DefineAuthChallengeResponse};

use super::{
    challenge::{Outcome, custom_challenge, password_verifier},
    sign_in_device,
    trigger_event::{attributes, event, is_unknown, texts},
};
use crate::{
    config::AppClient,
    cx::Cx,
    error::ApiError,
    functions,
    state::{Flow, Progress},
    validation::required,
};

/// Begins: with `CHALLENGE_NAME` = `SRP_A` the triggers see that first.
pub(super) fn begin(cx: &mut Cx<'_>, client: &AppClient, username: &str, parameters: &StringMap) -> Result<Outcome, ApiError> {
    let srp_a = match parameters.get("CHALLENGE_NAME") {
        Some("SRP_A") => Some(required(parameters, "SRP_A")?),
        Some(_) => return Err(ApiError::invalid_parameter("CHALLENGE_NAME should be SRP_A")),
        None => None,
    };
    let mut progress = Progress::new(cx.identify(client, username)?, client, Flow::Custom);
    sign_in_device::take(&mut progress, parameters);
    if srp_a.is_some() {
        progress.passed("SRP_A");
    }
    // The service does not hand the metadata of InitiateAuth to these triggers.
    let none = StringMap::default();
    let next = define(cx, &progress, &none)?;
    match (next.challenge_name.as_deref(), srp_a) {
        (Some("PASSWORD_VERIFIER"), Some(srp_a)) => {
            password_verifier::open_with_session(cx, progress, username, srp_a).map(Outcome::Challenge)
        }
        _ => follow(cx, progress, next, &none),
    }
}

/// What the triggers say to the challenges so far: another challenge, or that nothing is missing.
pub(super) fn decide(cx: &mut Cx<'_>, progress: Progress, client_metadata: &StringMap) -> Result<Outcome, ApiError> {
    let next = define(cx, &progress, client_metadata)?;
    follow(cx, progress, next, client_metadata)
}

/// Does what the definition says.
fn follow(
    cx: &mut Cx<'_>,
    progress: Progress,
    next: DefineAuthChallengeResponse,
    client_metadata: &StringMap,
) -> Result<Outcome, ApiError> {
    match next.challenge_name.as_deref() {
        _ if next.fail_authentication => Err(ApiError::incorrect()),
        // Whatever a trigger says, nobody gets tokens for a user who does not exist.
        None if next.issue_tokens && !is_unknown(cx, &progress.user) => Ok(Outcome::Complete(progress)),
        None if next.issue_tokens => Err(ApiError::incorrect()),
        Some("CUSTOM_CHALLENGE") => custom_challenge::open(cx, progress, client_metadata).map(Outcome::Challenge),
        _ => Err(functions::unrecognizable()),
    }
}

fn define(cx: &mut Cx<'_>, progress: &Progress, client_metadata: &StringMap) -> Result<DefineAuthChallengeResponse, ApiError> {
    let request = DefineAuthChallengeRequest {
        user_attributes: attributes(cx, &progress.user),
        session: progress.history.clone(),
        client_metadata: texts(client_metadata),
        user_not_found: is_unknown(cx, &progress.user),
        ..Default::default()
    };
    let event = event(cx, &progress.user, &progress.client_id, "DefineAuthChallenge_Authentication", request);
    cx.trigger(|functions| functions.define(event))
}
