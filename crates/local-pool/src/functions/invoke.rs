//! Lambda's API `Invoke`, and what the service says when a function does not answer as it should.
//!
//! # Source
//! AWS, Lambda API reference, `Invoke`; Cognito developer guide, "Customizing user pool workflows with Lambda triggers": the
//! function has five seconds, and is called up to three times. The sentences are the service's where reports show them: "… failed
//! with error …", "Unrecognizable lambda output" (amazon-cognito-identity-js#167), "Invalid lambda function output : Invalid JSON"
//! (amplify-js#13352), "… invocation failed due to error Socket timeout while invoking Lambda function."
//! (amazon-cognito-identity-dart-2#204). What follows "due to error" for other reasons is not certain.

use std::time::Duration;

use axum::http::header::CONTENT_TYPE;
use cognito_protocol::idp::ErrorCode;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use ureq::Agent;

use super::trigger::Trigger;
use crate::{config::InvokeUrl, error::ApiError};

const ATTEMPTS: u32 = 3;
/// Lambda's limit for answers.
const MAX_ANSWER_BYTES: u64 = 6 * 1024 * 1024;

pub(super) struct Invoker {
    url: InvokeUrl,
    agent: Agent,
}

/// What came back over HTTP.
struct Answer {
    status: u16,
    /// `X-Amz-Function-Error`: the function ran and failed.
    function_error: Option<String>,
    /// `X-Amzn-ErrorType`: it did not run.
    error_type: Option<String>,
    body: Vec<u8>,
}

impl Invoker {
    pub fn new(url: InvokeUrl, timeout: Duration) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(timeout))
            .http_status_as_error(false)
            .max_redirects(0)
            // The environment's proxy is not meant for this machine.
            .proxy(None)
            // Hosts of functions come and go between two sign-ins; a connection to one that is gone would look like a failure.
            .max_idle_connections(0)
            .build();
        Self { url, agent: config.new_agent() }
    }

    /// The member `response` of the function's answer.
    pub fn response(&self, trigger: Trigger, event: &impl Serialize) -> Result<Map<String, Value>, ApiError> {
        let event = serde_json::to_vec(event).map_err(|_| ApiError::internal())?;
        let answer = self.answer(trigger, &event)?;
        if answer.status != 200 {
            let reason = answer.error_type.as_deref().and_then(|name| name.split([':', ',']).next()).unwrap_or_default();
            let reason = if reason.is_empty() { format!("HTTP status {}", answer.status) } else { reason.to_owned() };
            return Err(not_invoked(trigger, &reason));
        }
        let body: Option<Value> = serde_json::from_slice(&answer.body).ok();
        if let Some(function_error) = answer.function_error {
            let member = |name| body.as_ref()?.get(name)?.as_str().map(str::to_owned);
            // A runtime always tells one of them.
            let told = member("errorMessage").or_else(|| member("errorType")).unwrap_or(function_error);
            return Err(failed(trigger, &told));
        }
        let body =
            body.ok_or_else(|| ApiError::new(ErrorCode::InvalidLambdaResponse, "Invalid lambda function output : Invalid JSON"))?;
        match body {
            Value::Object(mut members) => match members.remove("response") {
                Some(Value::Object(response)) => Ok(response),
                _ => Err(unrecognizable()),
            },
            _ => Err(unrecognizable()),
        }
    }

    fn answer(&self, trigger: Trigger, event: &[u8]) -> Result<Answer, ApiError> {
        for _ in 0..ATTEMPTS {
            match self.post(trigger, event) {
                Ok(answer) => return Ok(answer),
                Err(ureq::Error::Timeout(_)) => {}
                Err(error) => return Err(not_invoked(trigger, &error.to_string())),
            }
        }
        Err(not_invoked(trigger, "Socket timeout while invoking Lambda function"))
    }

    fn post(&self, trigger: Trigger, event: &[u8]) -> Result<Answer, ureq::Error> {
        let url = self.url.invocations(trigger.function());
        let mut response = self.agent.post(url).header(CONTENT_TYPE, "application/json").send(event)?;
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let (function_error, error_type) = (header("x-amz-function-error"), header("x-amzn-errortype"));
        let body = response.body_mut().with_config().limit(MAX_ANSWER_BYTES).read_to_vec()?;
        Ok(Answer { status: response.status().as_u16(), function_error, error_type, body })
    }
}

/// The response as the trigger's type has it.
pub(super) fn typed<Response: DeserializeOwned>(response: Map<String, Value>) -> Result<Response, ApiError> {
    serde_json::from_value(Value::Object(response)).map_err(|_| unrecognizable())
}

/// The function failed, with a text that is meant for the person.
pub(super) fn failed(trigger: Trigger, text: &str) -> ApiError {
    ApiError::new(ErrorCode::UserLambdaValidation, format!("{} failed with error {text}.", trigger.name()))
}

pub(super) fn not_invoked(trigger: Trigger, reason: &str) -> ApiError {
    let message = format!("{} invocation failed due to error {reason}.", trigger.name());
    ApiError::new(ErrorCode::UnexpectedLambda, message)
}

pub(super) fn unrecognizable() -> ApiError {
    ApiError::new(ErrorCode::InvalidLambdaResponse, "Unrecognizable lambda output")
}
