//! What comes after a step of a sign-in: a second factor, what the triggers say, or tokens.

use cognito_protocol::idp::{AuthReply, StringMap};

use super::{
    challenge::{Outcome, mfa_setup, sms_mfa, software_token_mfa},
    custom_auth,
    second_factor::{self, SecondFactor},
};
use crate::{
    config::{AppClient, MfaConfiguration},
    cx::Cx,
    error::ApiError,
    state::Progress,
    tokens,
};

/// The reply to a request that a step came of.
pub(super) fn next(
    cx: &mut Cx<'_>,
    client: &AppClient,
    outcome: Outcome,
    client_metadata: &StringMap,
) -> Result<AuthReply, ApiError> {
    match outcome {
        Outcome::Passed(progress) => match missing_factor(cx, &progress)? {
            Some(Missing::Code(SecondFactor::SoftwareToken)) => software_token_mfa::open(cx, progress),
            Some(Missing::Code(SecondFactor::Sms)) => sms_mfa::open(cx, progress, client_metadata),
            Some(Missing::Setup) => mfa_setup::open(cx, progress),
            None if progress.is_custom_auth => next(cx, client, Outcome::Answered(progress), client_metadata),
            None => complete(cx, client, &progress),
        },
        Outcome::Answered(progress) => {
            let decided = custom_auth::decide(cx, progress, client_metadata)?;
            next(cx, client, decided, client_metadata)
        }
        Outcome::Challenge(reply) => Ok(reply),
        Outcome::Complete(progress) => complete(cx, client, &progress),
    }
}

/// What a sign-in needs beside the password.
enum Missing {
    Code(SecondFactor),
    Setup,
}

fn missing_factor(cx: &Cx<'_>, progress: &Progress) -> Result<Option<Missing>, ApiError> {
    if progress.has_passed_mfa {
        return Ok(None);
    }
    let mfa = cx.mfa_of(&progress.user);
    let user = cx.state.user(&progress.user).ok_or_else(ApiError::incorrect)?;
    Ok(match second_factor::asked_for(user, mfa) {
        Some(factor) => Some(Missing::Code(factor)),
        None if mfa == MfaConfiguration::On => Some(Missing::Setup),
        None => None,
    })
}

fn complete(cx: &mut Cx<'_>, client: &AppClient, progress: &Progress) -> Result<AuthReply, ApiError> {
    Ok(AuthReply {
        challenge_name: None,
        session: None,
        challenge_parameters: StringMap::default(),
        authentication_result: Some(tokens::grant(cx, client, &progress.user)?),
        available_challenges: Vec::new(),
    })
}
