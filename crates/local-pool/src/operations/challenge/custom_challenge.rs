//! `CUSTOM_CHALLENGE`: what the pool's triggers ask.

use cognito_protocol::idp::{AuthReply, ChallengeName, RespondToAuthChallengeRequest, StringMap};
use serde_json::Value;
use triggers::{ChallengeResult, CreateAuthChallengeRequest, VerifyAuthChallengeResponseRequest};

use super::Outcome;
use crate::{
    config::AppClient,
    cx::Cx,
    error::ApiError,
    inbox::{Delivery, Medium},
    operations::{
        session,
        trigger_event::{attributes, event, is_unknown, texts},
    },
    state::{Pending, Progress},
    validation::required,
};

/// Asks what the create trigger made.
pub(in crate::operations) fn open(
    cx: &mut Cx<'_>,
    progress: Progress,
    client_metadata: &StringMap,
) -> Result<AuthReply, ApiError> {
    let request = CreateAuthChallengeRequest {
        user_attributes: attributes(cx, &progress.user),
        challenge_name: "CUSTOM_CHALLENGE".to_owned(),
        session: progress.history.clone(),
        client_metadata: texts(client_metadata),
        user_not_found: is_unknown(cx, &progress.user),
        ..Default::default()
    };
    let event = event(cx, &progress.user, &progress.client_id, "CreateAuthChallenge_Authentication", request);
    let now_secs = cx.now_secs();
    let (response, mail) = cx.trigger(|functions| functions.create(event, now_secs))?;
    if let Some(triggers::Mail { to, subject, text, html }) = mail {
        let code = response.private_challenge_parameters.get("answer").cloned();
        let mail = Delivery {
            medium: Medium::Email,
            kind: "CUSTOM_CHALLENGE",
            from: None,
            to,
            subject: Some(subject),
            text: Some(text),
            html: Some(html),
            code,
        };
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
    let session = session::new_session(cx, progress, pending)?;
    Ok(session::challenge_reply(ChallengeName::CustomChallenge, Some(session), parameters))
}

/// Takes an answer. A wrong one uses the session up as well: another try comes with a new one.
pub(in crate::operations) fn respond(
    cx: &mut Cx<'_>,
    client: &AppClient,
    request: &RespondToAuthChallengeRequest,
) -> Result<Outcome, ApiError> {
    let answer = required(&request.challenge_responses, "ANSWER")?;
    let (text, session) = session::open_answered(cx, client, request)?;
    let Pending::CustomChallenge { private_parameters, metadata } = session.pending else {
        return Err(ApiError::invalid_session());
    };
    session::use_up(cx, text);
    let mut progress = session.progress;
    let trigger_request = VerifyAuthChallengeResponseRequest {
        user_attributes: attributes(cx, &progress.user),
        private_challenge_parameters: private_parameters,
        challenge_answer: Value::from(answer),
        client_metadata: texts(&request.client_metadata),
        user_not_found: is_unknown(cx, &progress.user),
        ..Default::default()
    };
    let event = event(cx, &progress.user, &progress.client_id, "VerifyAuthChallengeResponse_Authentication", trigger_request);
    let now_secs = cx.now_secs();
    let is_right = cx.trigger(|functions| functions.verify(event, now_secs))?;
    progress.history.push(ChallengeResult {
        challenge_name: "CUSTOM_CHALLENGE".to_owned(),
        challenge_result: is_right,
        challenge_metadata: metadata,
    });
    Ok(Outcome::Answered(progress))
}
