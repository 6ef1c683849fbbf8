//! Posts requests to the pool's endpoint and to no other host.

use std::time::{Duration, UNIX_EPOCH};

use cognito_protocol::{
    Secret,
    flow::{CallError, CallResult},
    idp::{CONTENT_TYPE, Json, Request, ServiceError, TARGET_PREFIX},
};
use serde_json::Value;
use ureq::{Agent, Body, http::Response};

/// A reply that has not come after so long will not be waited for.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The longest reply that is read, in bytes. Tokens of a user with a hundred groups take a tenth of it.
const MAX_REPLY: u64 = 256 * 1024;

/// A connection to one endpoint.
#[derive(Debug)]
pub struct Transport {
    agent: Agent,
    endpoint: String,
    /// What went wrong last, for people who know the service: the machine's notices are for those who do not.
    pub failure: String,
}

impl Transport {
    pub fn new(endpoint: String) -> Self {
        let mut config = Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            // Errors have a body that tells which, and a redirect would take tokens to who knows where.
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false);
        if endpoint.starts_with("http://") {
            // A pool on this machine, which no proxy knows.
            config = config.proxy(None);
        }
        Self { agent: config.build().new_agent(), endpoint, failure: String::new() }
    }

    /// Sends `request`. With what came of it comes the service's clock by the `Date` header, in milliseconds since the Unix epoch.
    pub fn post(&mut self, request: &Request) -> (CallResult, Option<i64>) {
        // Wiped when dropped, as passwords and tokens must be; the copies inside of serde_json and the TLS library are not.
        let body = Secret::from(Value::from(&request.body).to_string());
        let target = [TARGET_PREFIX, request.operation].concat();
        let post = self.agent.post(&self.endpoint).header("content-type", CONTENT_TYPE).header("x-amz-target", target);
        match post.send(body.expose()) {
            Ok(response) => {
                let service_millis = date(&response);
                (self.read(request, response), service_millis)
            }
            Err(error) => (Err(self.no_reply(&error)), None),
        }
    }

    fn read(&mut self, request: &Request, mut response: Response<Body>) -> CallResult {
        let bytes = response.body_mut().with_config().limit(MAX_REPLY).read_to_vec();
        let text = String::from_utf8(bytes.map_err(|error| self.no_reply(&error))?);
        let text = Secret::from(text.map_err(|_| self.bad_reply(request, "bytes that are no text"))?);
        let body = serde_json::from_str::<Value>(text.expose()).map(Json::from);
        let status = response.status();
        if status != 200 {
            let header = response.headers().get("x-amzn-errortype").and_then(|value| value.to_str().ok());
            let error = ServiceError::of_reply(status.as_u16(), header, body.ok());
            self.failure = format!("HTTP {status} {} {}", error.code.as_str(), error.message);
            return Err(CallError::Service(error));
        }
        // Should the machine find that this is no reply of the operation, that is what is behind it.
        self.failure = format!("{} answered by what is not its reply", request.operation);
        match body {
            Ok(body) => Ok(body),
            // Operations without output answer `{}` or nothing at all.
            Err(_) if text.is_empty() => Ok(Json::Object(Vec::new())),
            Err(_) => Err(self.bad_reply(request, "no JSON")),
        }
    }

    fn bad_reply(&mut self, request: &Request, what: &str) -> CallError {
        self.failure = format!("{} answered by {what}", request.operation);
        CallError::BadReply
    }

    fn no_reply(&mut self, error: &ureq::Error) -> CallError {
        self.failure = format!("{}: {error}", self.endpoint);
        match error {
            // Something came back, and it is not HTTP or without end.
            ureq::Error::Protocol(_) | ureq::Error::Http(_) | ureq::Error::BodyExceedsLimit(_) => CallError::BadReply,
            _ => CallError::Network,
        }
    }
}

/// The service's clock.
fn date(response: &Response<Body>) -> Option<i64> {
    let header = response.headers().get("date")?.to_str().ok()?;
    let since_epoch = httpdate::parse_http_date(header).ok()?.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since_epoch.as_millis()).ok()
}
