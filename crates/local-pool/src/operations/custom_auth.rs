//! `CUSTOM_AUTH`: the triggers decide.

use cognito_protocol::idp::{AuthReply, ChallengeName, RespondToAuthChallengeRequest, StringMap};
use serde_json::Value;
use triggers::{
    ChallengeResult, CreateAuthChallengeRequest, DefineAuthChallengeRequest, DefineAuthChallengeResponse,
    VerifyAuthChallengeResponseRequest,
};

use super::{
    respond::{challenge_reply, complete, new_session, open_answered, use_up},
    srp,
    trigger_event::{attributes, event, texts},
};
use crate::{
    config::AppClient,
    cx::Cx,
    error::ApiError,
    functions,
    inbox::Mail,
    state::{Pending, Progress},
    validation::required,
};

/// Begins: with `CHALLENGE_NAME` = `SRP_A` the triggers see that first.
pub(super) fn begin(cx: &mut Cx<'_>, client: &AppClient, username: &str, parameters: &StringMap) -> Result<AuthReply, ApiError> {
    let srp_a = match parameters.get("CHALLENGE_NAME") {
        Some("SRP_A") => Some(required(parameters, "SRP_A")?),
        Some(_) => return Err(ApiError::invalid_parameter("CHALLENGE_NAME should be SRP_A")),
        None => None,
    };
    let mut progress = Progress {
        user: cx.identify(client, username)?,
        client_id: client.id.clone(),
        is_custom_auth: true,
        history: Vec::new(),
        has_passed_mfa: false,
    };
    if srp_a.is_some() {
        progress.passed("SRP_A");
    }
    // The service does not hand the metadata of InitiateAuth to these triggers.
    let none = StringMap::default();
    let next = define(cx, &progress, &none)?;
    match (next.challenge_name.as_deref(), srp_a) {
        (Some("PASSWORD_VERIFIER"), Some(srp_a)) => {
            let (parameters, secret_block) = srp::challenge(cx, progress.clone(), username, srp_a)?;
            let session = new_session(cx, progress, Pending::PasswordVerifier(secret_block))?;
            Ok(challenge_reply(ChallengeName::PasswordVerifier, Some(session), parameters))
        }
        _ => follow(cx, client, progress, next, &none),
    }
}

/// Goes on after the password and the user's own second factor.
pub(super) fn go_on(
    cx: &mut Cx<'_>,
    client: &AppClient,
    progress: Progress,
    client_metadata: &StringMap,
) -> Result<AuthReply, ApiError> {
    let next = define(cx, &progress, client_metadata)?;
    follow(cx, client, progress, next, client_metadata)
}

/// Answers `CUSTOM_CHALLENGE`. A wrong answer uses the session up as well: another try comes with a new one.
pub(super) fn respond(
    cx: &mut Cx<'_>,
    client: &AppClient,
    request: &RespondToAuthChallengeRequest,
) -> Result<AuthReply, ApiError> {
    let answer = required(&request.challenge_responses, "ANSWER")?;
    let (text, session) = open_answered(cx, client, request)?;
    let Pending::CustomChallenge { private_parameters, metadata } = session.pending else {
        return Err(ApiError::invalid_session());
    };
    use_up(cx, text);
    let mut progress = session.progress;
    let trigger_request = VerifyAuthChallengeResponseRequest {
        user_attributes: attributes(cx, &progress.user),
        private_challenge_parameters: private_parameters,
        challenge_answer: Value::from(answer),
        client_metadata: texts(&request.client_metadata),
        user_not_found: is_unknown(cx, &progress),
        ..Default::default()
    };
    let event = event(cx, &progress.user, &progress.client_id, "VerifyAuthChallengeResponse_Authentication", trigger_request);
    let is_right = cx.shared.functions.verify(event, cx.now_secs())?;
    progress.history.push(ChallengeResult {
        challenge_name: "CUSTOM_CHALLENGE".to_owned(),
        challenge_result: is_right,
        challenge_metadata: metadata,
    });
    go_on(cx, client, progress, &request.client_metadata)
}

/// Does what the definition says.
fn follow(
    cx: &mut Cx<'_>,
    client: &AppClient,
    progress: Progress,
    next: DefineAuthChallengeResponse,
    client_metadata: &StringMap,
) -> Result<AuthReply, ApiError> {
    match next.challenge_name.as_deref() {
        _ if next.fail_authentication => Err(ApiError::incorrect()),
        // Whatever a trigger says, nobody gets tokens for a user who does not exist.
        None if next.issue_tokens && !is_unknown(cx, &progress) => complete(cx, client, &progress),
        None if next.issue_tokens => Err(ApiError::incorrect()),
        Some("CUSTOM_CHALLENGE") => create(cx, progress, client_metadata),
        _ => Err(functions::unrecognizable()),
    }
}

fn define(cx: &Cx<'_>, progress: &Progress, client_metadata: &StringMap) -> Result<DefineAuthChallengeResponse, ApiError> {
    let request = DefineAuthChallengeRequest {
        user_attributes: attributes(cx, &progress.user),
        session: progress.history.clone(),
        client_metadata: texts(client_metadata),
        user_not_found: is_unknown(cx, progress),
        ..Default::default()
    };
    let event = event(cx, &progress.user, &progress.client_id, "DefineAuthChallenge_Authentication", request);
    cx.shared.functions.define(event)
}

fn create(cx: &mut Cx<'_>, progress: Progress, client_metadata: &StringMap) -> Result<AuthReply, ApiError> {
    let request = CreateAuthChallengeRequest {
        user_attributes: attributes(cx, &progress.user),
        challenge_name: "CUSTOM_CHALLENGE".to_owned(),
        session: progress.history.clone(),
        client_metadata: texts(client_metadata),
        user_not_found: is_unknown(cx, &progress),
        ..Default::default()
    };
    let event = event(cx, &progress.user, &progress.client_id, "CreateAuthChallenge_Authentication", request);
    let (response, mail) = cx.shared.functions.create(event, cx.now_secs())?;
    if let Some(triggers::Mail { to, subject, text, html }) = mail {
        let code = response.private_challenge_parameters.get("answer").cloned();
        let mail = Mail { kind: "CUSTOM_CHALLENGE", from: None, to, subject, text: Some(text), html: Some(html), code };
        cx.shared.inbox().deliver(cx.now_millis, mail);
    }
    let mut parameters = StringMap::default();
    for (name, value) in &response.public_challenge_parameters {
        parameters.insert(name, value.as_str());
    }
    parameters.insert("USERNAME", progress.user.username.as_str());
    let pending = Pending::CustomChallenge {
        private_parameters: response.private_challenge_parameters,
        metadata: response.challenge_metadata,
    };
    let session = new_session(cx, progress, pending)?;
    Ok(challenge_reply(ChallengeName::CustomChallenge, Some(session), parameters))
}

fn is_unknown(cx: &Cx<'_>, progress: &Progress) -> bool {
    cx.state.user(&progress.user).is_none()
}
