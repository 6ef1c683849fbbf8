//! The device that a sign-in comes from: `DEVICE_KEY`, and what it spares the person.
//!
//! # Source
//! API reference, `InitiateAuth`, `RespondToAuthChallenge` and `DeviceConfigurationType`; where clients look for "Device does not exist."
//! (amazon-cognito-identity-js: in the answer to `PASSWORD_VERIFIER`, which it then repeats with `DEVICE_KEY: null`). That a device which
//! was confirmed and is not remembered is asked for nothing, and that a second factor which a device does not replace comes before it,
//! are not certain.

use cognito_protocol::idp::StringMap;

use super::devices::no_device;
use crate::{cx::Cx, error::ApiError, state::Progress};

/// What a device means to a sign-in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// There is none, or it proved itself, or counts for nothing.
    None,
    /// It proves itself in the place of the second factor.
    InPlaceOfSecondFactor,
    /// It proves itself once nothing else is missing.
    Last,
}

/// Takes the device's key of an answer; one without it leaves what came before.
pub(super) fn take(progress: &mut Progress, parameters: &StringMap) {
    if let Some(key) = given(parameters) {
        progress.device_key = Some(key);
    }
}

/// The device's key in `AuthParameters` or `ChallengeResponses`.
pub(super) fn given(parameters: &StringMap) -> Option<String> {
    parameters.get("DEVICE_KEY").filter(|key| !key.is_empty()).map(str::to_owned)
}

/// Whether the device of a sign-in is one of the user's, and what it is asked. Only now, after the first factor, it may show.
pub(super) fn role(cx: &Cx<'_>, progress: &Progress) -> Result<Role, ApiError> {
    let (Some(key), Some(devices)) = (&progress.device_key, cx.pool_of(&progress.user)?.device_configuration) else {
        return Ok(Role::None);
    };
    let (_, confirmed) = cx.state.devices.get_confirmed(&progress.user, key).ok_or_else(no_device)?;
    Ok(match devices.challenge_required_on_new_device {
        _ if progress.has_proved_device || !confirmed.is_remembered => Role::None,
        true => Role::InPlaceOfSecondFactor,
        false => Role::Last,
    })
}
