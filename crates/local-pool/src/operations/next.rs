//! What comes after a step of a sign-in: a second factor, what the triggers say, or tokens.

use cognito_protocol::idp::{AuthReply, StringMap};

use super::{
    challenge::{Outcome, device, email_otp, mfa_setup, new_password_required, select_mfa_type, sms_mfa, software_token_mfa},
    custom_auth,
    second_factor::{self, Asked},
    sign_in_device::{self, Role},
};
use crate::{
    config::{AppClient, MfaConfiguration, SecondFactor},
    cx::Cx,
    error::ApiError,
    state::{Flow, Progress, UserStatus},
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
        Outcome::Passed(progress) => match missing(cx, &progress)? {
            Some(Missing::NewPassword) => new_password_required::open(cx, progress),
            Some(Missing::Device) => device::open(cx, progress, false),
            Some(Missing::Code(factor)) => ask(cx, progress, factor, client_metadata),
            Some(Missing::Choice(factors)) => select_mfa_type::open(cx, progress, &factors),
            Some(Missing::Setup) => mfa_setup::open(cx, progress),
            None => match progress.flow {
                Flow::Custom => next(cx, client, Outcome::Answered(progress), client_metadata),
                Flow::Password | Flow::Choice => complete(cx, client, progress),
            },
        },
        Outcome::Chosen(progress, factor) => ask(cx, progress, factor, client_metadata),
        Outcome::Answered(progress) => {
            let decided = custom_auth::decide(cx, progress, client_metadata)?;
            next(cx, client, decided, client_metadata)
        }
        Outcome::Challenge(reply) => Ok(reply),
        Outcome::Complete(progress) => complete(cx, client, progress),
    }
}

/// Asks for a second factor.
fn ask(cx: &mut Cx<'_>, progress: Progress, factor: SecondFactor, client_metadata: &StringMap) -> Result<AuthReply, ApiError> {
    match factor {
        SecondFactor::SoftwareToken => software_token_mfa::open(cx, progress),
        SecondFactor::Sms => sms_mfa::open(cx, progress, client_metadata),
        SecondFactor::Email => email_otp::open(cx, progress, client_metadata),
    }
}

/// What a sign-in needs beside the password.
enum Missing {
    NewPassword,
    /// A remembered device, in the place of a code.
    Device,
    Code(SecondFactor),
    Choice(Vec<SecondFactor>),
    Setup,
}

fn missing(cx: &Cx<'_>, progress: &Progress) -> Result<Option<Missing>, ApiError> {
    if progress.has_passed_mfa {
        return Ok(None);
    }
    let pool = cx.pool_of(&progress.user)?;
    let user = cx.state.user(&progress.user).ok_or_else(ApiError::incorrect)?;
    if user.status == UserStatus::ForceChangePassword {
        return Ok(Some(Missing::NewPassword));
    }
    let is_device_enough = sign_in_device::role(cx, progress)? == Role::InPlaceOfSecondFactor;
    Ok(match second_factor::asked_for(user, pool) {
        Asked::For(_) | Asked::Choice(_) if is_device_enough => Some(Missing::Device),
        Asked::For(factor) => Some(Missing::Code(factor)),
        Asked::Choice(factors) => Some(Missing::Choice(factors)),
        Asked::Nothing if pool.mfa == MfaConfiguration::On => Some(Missing::Setup),
        Asked::Nothing => None,
    })
}

/// Gives tokens, after a remembered device's proof.
fn complete(cx: &mut Cx<'_>, client: &AppClient, progress: Progress) -> Result<AuthReply, ApiError> {
    match sign_in_device::role(cx, &progress)? {
        Role::InPlaceOfSecondFactor | Role::Last => return device::open(cx, progress, true),
        Role::None => {}
    }
    Ok(AuthReply {
        challenge_name: None,
        session: None,
        challenge_parameters: StringMap::default(),
        authentication_result: Some(tokens::grant(cx, client, &progress)?),
        available_challenges: Vec::new(),
    })
}
