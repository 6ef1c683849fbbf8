//! `USER_AUTH`: a first factor of one's choice, or the code of a sign-up that was just confirmed.
//!
//! # Source
//! API reference, `InitiateAuth`. That a preference which no sign-in can begin with, or which the user cannot use, brings the choice
//! stands there; that a text which names no challenge is refused is this pool's own strictness.

use cognito_protocol::{
    Secret,
    idp::{AuthReply, ChallengeName, StringMap},
};

use super::{
    admission::admit,
    challenge::{FirstStep, Outcome, select_challenge},
    first_factor::{self, Choice},
    session, sign_in_device,
};
use crate::{
    config::AppClient,
    cx::Cx,
    error::ApiError,
    state::{Flow, Pending, Progress},
};

/// Begins: with the preferred factor, else with the choice.
pub(super) fn begin(
    cx: &mut Cx<'_>,
    client: &AppClient,
    username: &str,
    parameters: &StringMap,
    session: Option<&Secret>,
) -> Result<Outcome, ApiError> {
    let mut progress = Progress::new(cx.identify(client, username)?, client, Flow::Choice);
    sign_in_device::take(&mut progress, parameters);
    if let Some(session) = session {
        return after_sign_up(cx, client, progress, session);
    }
    let available = first_factor::available(cx, &progress.user)?;
    let Some(choice) = preferred(parameters)?.filter(|choice| available.contains(choice)) else {
        return select_challenge::open(cx, progress, username).map(Outcome::Challenge);
    };
    let step = FirstStep::read(choice, parameters)?;
    // The service hands the metadata of InitiateAuth to no trigger that words a message.
    let outcome = step.take(cx, progress, username, &StringMap::default())?;
    Ok(match outcome {
        Outcome::Challenge(reply) => {
            Outcome::Challenge(AuthReply { available_challenges: first_factor::names(&available), ..reply })
        }
        other @ (Outcome::Passed(_) | Outcome::Chosen(..) | Outcome::Answered(_) | Outcome::Complete(_)) => other,
    })
}

fn preferred(parameters: &StringMap) -> Result<Option<Choice>, ApiError> {
    let Some(name) = parameters.get("PREFERRED_CHALLENGE").filter(|name| !name.is_empty()) else { return Ok(None) };
    if let ChallengeName::Other(_) = ChallengeName::from(name) {
        return Err(ApiError::invalid_parameter("PREFERRED_CHALLENGE should be the name of a challenge"));
    }
    Ok(Choice::named(name))
}

/// The code of the sign-up counts as the first factor, in the first sign-in alone. No second factor follows it, as the developer guide
/// says of first sign-ins, "Adding MFA".
fn after_sign_up(cx: &mut Cx<'_>, client: &AppClient, progress: Progress, text: &Secret) -> Result<Outcome, ApiError> {
    let session = session::open_session(cx, text, Some(client))?;
    let is_first = !cx.state.grants.values().any(|grant| grant.user == progress.user);
    if !matches!(session.pending, Pending::SignedUp) || session.progress.user != progress.user || !is_first {
        return Err(ApiError::invalid_session());
    }
    cx.tell_user(&progress.user);
    session::use_up(cx, text);
    admit(cx, &progress)?;
    Ok(Outcome::Complete(progress))
}
