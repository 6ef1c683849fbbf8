//! `DEVICE_SRP_AUTH` and `DEVICE_PASSWORD_VERIFIER`: a remembered device proves its password by SRP.
//!
//! # Source
//! Clients: all send the session but pycognito, which signs in by `USER_SRP_AUTH` and never has one.

use base64ct::{Base64, Encoding};
use cognito_protocol::idp::{AuthReply, ChallengeName, RespondToAuthChallengeRequest, StringMap};
use srp_reference::{Identity, ServerExchange};

use super::{Outcome, password_verifier};
use crate::{
    config::AppClient,
    cx::Cx,
    error::ApiError,
    operations::{devices::no_device, session, sign_in_device},
    random,
    state::{DeviceProof, Flow, Pending, Progress, Session},
    timestamp::Timestamp,
    validation::required,
};

/// Asks for the device's `A`. `completes` tells that nothing else is missing.
pub(in crate::operations) fn open(cx: &mut Cx<'_>, progress: Progress, completes: bool) -> Result<AuthReply, ApiError> {
    let session = session::new_session(cx, progress, Pending::DeviceSrpAuth { completes })?;
    Ok(session::challenge_reply(ChallengeName::DeviceSrpAuth, Some(session), StringMap::default()))
}

/// Takes `A`, and asks for the proof.
pub(in crate::operations) fn respond_srp(
    cx: &mut Cx<'_>,
    client: &AppClient,
    request: &RespondToAuthChallengeRequest,
) -> Result<Outcome, ApiError> {
    let srp_a = required(&request.challenge_responses, "SRP_A")?;
    let request = &with_session(cx, request, |_| true);
    let (text, session) = session::open_answered(cx, client, request)?;
    let Pending::DeviceSrpAuth { completes } = session.pending else { return Err(ApiError::invalid_session()) };
    let progress = session.progress;
    let device_key = device_key(&progress, request)?;
    let (_, confirmed) = cx.state.devices.get_confirmed(&progress.user, &device_key).ok_or_else(no_device)?;
    let verifier = confirmed.verifier.clone();
    let server = ServerExchange::begin(&random::bytes::<32>()?, &verifier);
    let key = server.key(&verifier, srp_a).map_err(password_verifier::srp_error)?;
    let secret_block = random::secret_block()?;
    session::use_up(cx, text);
    let parameters = StringMap::of([
        ("SALT", verifier.salt_hex().as_str()),
        ("SECRET_BLOCK", &secret_block),
        ("SRP_B", &server.srp_b()),
        ("DEVICE_KEY", &device_key),
        ("USERNAME", &progress.user.username),
    ]);
    let proof = DeviceProof { key, secret_block, completes };
    let session = session::new_session(cx, progress, Pending::DevicePasswordVerifier(proof))?;
    let reply = session::challenge_reply(ChallengeName::DevicePasswordVerifier, Some(session), parameters);
    Ok(Outcome::Challenge(reply))
}

/// Takes the proof. A wrong one ends the sign-in: the client that makes it has another device's password.
pub(in crate::operations) fn respond_proof(
    cx: &mut Cx<'_>,
    client: &AppClient,
    request: &RespondToAuthChallengeRequest,
) -> Result<Outcome, ApiError> {
    let responses = &request.challenge_responses;
    let signature = required(responses, "PASSWORD_CLAIM_SIGNATURE")?;
    let secret_block = required(responses, "PASSWORD_CLAIM_SECRET_BLOCK")?;
    let timestamp = required(responses, "TIMESTAMP")?;
    let is_in_time = match Timestamp::read(timestamp) {
        Timestamp::Unparsable => return Err(password_verifier::unparsable_timestamp()),
        Timestamp::Exact(secs) => secs.abs_diff(cx.now_secs()) <= cx.settings().timestamp_window.as_secs(),
        Timestamp::Inexact => false,
    };
    let request = &with_session(cx, request, |proof| proof.is_some_and(|proof| proof.secret_block == secret_block));
    let (text, session) = session::open_answered(cx, client, request)?;
    let Pending::DevicePasswordVerifier(DeviceProof { key, secret_block: asked, completes }) = session.pending else {
        return Err(ApiError::invalid_session());
    };
    let mut progress = session.progress;
    let device_key = device_key(&progress, request)?;
    session::use_up(cx, text);
    let (device, _) = cx.state.devices.get_confirmed(&progress.user, &device_key).ok_or_else(no_device)?;
    let identity = Identity { pool_name: &device.group_key, user_id_for_srp: &device.key };
    let is_proof = asked == secret_block
        && Base64::decode_vec(secret_block).is_ok_and(|block| key.verifies(&identity, &block, timestamp, signature));
    if !(is_in_time && is_proof) {
        return Err(ApiError::incorrect());
    }
    progress.has_proved_device = true;
    if completes {
        return Ok(Outcome::Complete(progress));
    }
    progress.passed("DEVICE_SRP_AUTH");
    progress.passed("DEVICE_PASSWORD_VERIFIER");
    progress.has_passed_mfa = true;
    Ok(Outcome::Passed(progress))
}

/// An answer without a session, after `USER_SRP_AUTH`: with that of the newest sign-in of the user, on this device, that waits for it.
fn with_session(
    cx: &Cx<'_>,
    request: &RespondToAuthChallengeRequest,
    is_asked: impl Fn(Option<&DeviceProof>) -> bool,
) -> RespondToAuthChallengeRequest {
    let responses = &request.challenge_responses;
    let (username, key) = (responses.get("USERNAME").unwrap_or_default(), sign_in_device::given(responses));
    let waits = |session: &Session| {
        let is_for_this = match &session.pending {
            Pending::DeviceSrpAuth { .. } => request.challenge_name == ChallengeName::DeviceSrpAuth && is_asked(None),
            Pending::DevicePasswordVerifier(proof) => {
                request.challenge_name == ChallengeName::DevicePasswordVerifier && is_asked(Some(proof))
            }
            _ => false,
        };
        let Progress { user, flow, device_key, .. } = &session.progress;
        is_for_this && !session.is_used && *flow == Flow::Password && *device_key == key && cx.is_named(user, username)
    };
    let mut request = request.clone();
    if request.session.is_none() {
        let waiting = cx.state.sessions.iter().filter(|(_, session)| waits(session));
        let newest = waiting.max_by_key(|(_, session)| session.born_millis);
        request.session = newest.map(|(text, _)| text.as_str().into());
    }
    request
}

/// The device of the sign-in, which the answer must name: another one is none that was asked.
fn device_key(progress: &Progress, request: &RespondToAuthChallengeRequest) -> Result<String, ApiError> {
    let given = required(&request.challenge_responses, "DEVICE_KEY")?;
    progress.device_key.clone().filter(|key| key == given).ok_or_else(no_device)
}
