//! `PASSWORD_VERIFIER`: the password by SRP.

use base64ct::{Base64, Encoding};
use cognito_protocol::idp::{AuthReply, ChallengeName, RespondToAuthChallengeRequest, StringMap};
use srp_reference::{Refused, ServerExchange, Value, Verifier};

use super::Outcome;
use crate::{
    clock::millis,
    config::AppClient,
    cx::Cx,
    error::ApiError,
    operations::{password, session, sign_in_device},
    random,
    state::{Factor, Flow, Pending, Progress, SrpExchange, UserId, simulated},
    timestamp::Timestamp,
    validation::required,
};

/// Asks for the proof in `USER_SRP_AUTH`: no session, the state sits in `SECRET_BLOCK`.
pub(in crate::operations) fn open(
    cx: &mut Cx<'_>,
    progress: Progress,
    typed_name: &str,
    srp_a: &str,
) -> Result<AuthReply, ApiError> {
    let (parameters, _) = challenge(cx, progress, typed_name, srp_a)?;
    Ok(session::challenge_reply(ChallengeName::PasswordVerifier, None, parameters))
}

/// Asks for the proof in `CUSTOM_AUTH` and `USER_AUTH`, where there is a session besides.
pub(in crate::operations) fn open_with_session(
    cx: &mut Cx<'_>,
    progress: Progress,
    typed_name: &str,
    srp_a: &str,
) -> Result<AuthReply, ApiError> {
    let (parameters, secret_block) = challenge(cx, progress.clone(), typed_name, srp_a)?;
    let session = session::new_session(cx, progress, Pending::PasswordVerifier(secret_block))?;
    Ok(session::challenge_reply(ChallengeName::PasswordVerifier, Some(session), parameters))
}

/// The parameters of a `PASSWORD_VERIFIER` and the `SECRET_BLOCK` among them.
///
/// For a user who does not exist everything is done the same, with a password that nobody knows.
fn challenge(cx: &mut Cx<'_>, progress: Progress, typed_name: &str, srp_a: &str) -> Result<(StringMap, String), ApiError> {
    let unknown;
    let verifier = match cx.state.user(&progress.user) {
        Some(user) => user.verifier(),
        None => {
            unknown = unknown_verifier(&progress.user, &cx.pool_of(&progress.user)?.sign_in_names.folded(typed_name))?;
            &unknown
        }
    };
    let server = ServerExchange::begin(&random::bytes::<32>()?, verifier);
    let key = server.key(verifier, srp_a).map_err(srp_error)?;
    let secret_block = random::secret_block()?;
    let parameters = StringMap::of([
        ("SALT", verifier.salt_hex().as_str()),
        ("SECRET_BLOCK", &secret_block),
        ("SRP_B", &server.srp_b()),
        ("USERNAME", &progress.user.username),
        ("USER_ID_FOR_SRP", &progress.user.username),
    ]);
    let (now, validity) = (cx.now_millis, millis(cx.settings().secret_block_validity));
    cx.state.srp_exchanges.retain(|_, exchange| now - exchange.born_millis <= validity);
    let exchange = SrpExchange { progress, key, born_millis: now };
    cx.state.srp_exchanges.insert(secret_block.clone(), exchange);
    Ok((parameters, secret_block))
}

fn unknown_verifier(user: &UserId, typed_name: &str) -> Result<Verifier, ApiError> {
    let (_, salt) = simulated(&user.user_pool_id, typed_name);
    Ok(Verifier::derive(&user.identity(), &random::opaque()?, &salt))
}

pub(super) fn srp_error(refused: Refused) -> ApiError {
    match refused {
        Refused::NotHex(Value::A) | Refused::TooLarge(Value::A) | Refused::Zero(Value::A) => {
            ApiError::invalid_parameter(refused.to_string())
        }
        // None of this comes of what the client sent.
        Refused::NotHex(_) | Refused::TooLarge(_) | Refused::Zero(_) => ApiError::internal(),
        Refused::ScramblerZero | Refused::NoKey | Refused::DeviceVerifier => ApiError::internal(),
    }
}

/// Takes the proof.
pub(in crate::operations) fn respond(
    cx: &mut Cx<'_>,
    client: &AppClient,
    request: &RespondToAuthChallengeRequest,
) -> Result<Outcome, ApiError> {
    let responses = &request.challenge_responses;
    let username = required(responses, "USERNAME")?;
    let signature = required(responses, "PASSWORD_CLAIM_SIGNATURE")?;
    let secret_block = required(responses, "PASSWORD_CLAIM_SECRET_BLOCK")?;
    let timestamp_text = required(responses, "TIMESTAMP")?;
    let timestamp = Timestamp::read(timestamp_text);
    if timestamp == Timestamp::Unparsable {
        return Err(unparsable_timestamp());
    }
    check_session(cx, client, request, username, secret_block)?;

    // From here on the block is used, whatever comes out.
    let exchange = cx.state.srp_exchanges.remove(secret_block).ok_or_else(ApiError::incorrect)?;
    let SrpExchange { mut progress, key, born_millis } = exchange;
    let age = cx.now_millis - born_millis;
    let belongs = progress.client_id == client.id
        && age <= millis(cx.settings().secret_block_validity)
        && cx.is_named(&progress.user, username);
    if !belongs {
        return Err(ApiError::incorrect());
    }
    let has_session = match progress.flow {
        Flow::Password => false,
        Flow::Custom | Flow::Choice => true,
    };
    if has_session && request.session.is_none() {
        return Err(ApiError::missing_parameter("Session"));
    }
    cx.tell_user(&progress.user);
    cx.check_secret_hash_in(client, &progress.user.username, responses)?;
    cx.check_lock(&progress.user, Factor::Password)?;
    let is_in_time = match timestamp {
        Timestamp::Exact(secs) => secs.abs_diff(cx.now_secs()) <= cx.settings().timestamp_window.as_secs(),
        Timestamp::Inexact | Timestamp::Unparsable => false,
    };
    let is_proof = Base64::decode_vec(secret_block)
        .is_ok_and(|block| key.verifies(&progress.user.identity(), &block, timestamp_text, signature));
    if !(is_in_time && is_proof) {
        cx.failed(&progress.user, Factor::Password);
        return Err(ApiError::incorrect());
    }
    // What `InitiateAuth` said of a device no longer counts: a client repeats the answer without one that does not exist.
    progress.device_key = sign_in_device::given(responses);
    if let Err(no_device) = sign_in_device::role(cx, &progress) {
        request.session.iter().for_each(|text| session::restore(cx, text));
        cx.state.srp_exchanges.insert(secret_block.to_owned(), SrpExchange { progress, key, born_millis });
        return Err(no_device);
    }
    password::proved(cx, progress).map(Outcome::Passed)
}

pub(super) fn unparsable_timestamp() -> ApiError {
    ApiError::invalid_parameter("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.")
}

/// `CUSTOM_AUTH` and `USER_AUTH` have a session here, and use it up.
fn check_session(
    cx: &mut Cx<'_>,
    client: &AppClient,
    request: &RespondToAuthChallengeRequest,
    username: &str,
    secret_block: &str,
) -> Result<(), ApiError> {
    let Some(text) = &request.session else { return Ok(()) };
    let session = session::open_session(cx, text, Some(client))?;
    match &session.pending {
        Pending::PasswordVerifier(block) if block == secret_block && cx.is_named(&session.progress.user, username) => {
            session::use_up(cx, text);
            Ok(())
        }
        // The block of another sign-in: a wrong proof like any other.
        Pending::PasswordVerifier(_) => {
            session::use_up(cx, text);
            Err(ApiError::incorrect())
        }
        _ => Err(ApiError::invalid_session()),
    }
}
