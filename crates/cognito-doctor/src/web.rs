//! Requests, one after another, and why there was no reply.

use std::{
    error::Error as _,
    io::ErrorKind,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use ureq::{
    Agent, Error,
    http::{Request, Response, request::Builder},
};
use url::Url;

use crate::arguments::is_this_machine;

/// A reply that has not come after so long will not be waited for.
const TIMEOUT: Duration = Duration::from_secs(15);

/// The longest reply that is read, in bytes.
const MAX_REPLY: u64 = 1024 * 1024;

/// A reply.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body, as far as it is text.
    pub body: String,
    /// When the request was sent and the reply was there, by the local clock in milliseconds since the Unix epoch.
    pub between_millis: (i64, i64),
    headers: ureq::http::HeaderMap,
}

/// Why there is no reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoReply {
    /// No host of this name, nobody listens, or nothing came in time.
    Unreachable(String),
    /// The connection is not encrypted as it must be.
    Tls(String),
    /// Something came back that is not HTTP.
    NotHttp(String),
}

impl Reply {
    /// The value of a header; several of one name as a list.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        let values: Vec<&str> = self.headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// The server's clock, by its `Date` header.
    #[must_use]
    pub fn date_millis(&self) -> Option<i64> {
        httpdate::parse_http_date(&self.header("date")?).ok().map(millis)
    }

    /// What came, for a person who knows HTTP: `HTTP 404, text/html`.
    #[must_use]
    pub fn summary(&self) -> String {
        match self.header("content-type") {
            Some(content_type) => format!("HTTP {}, {content_type}", self.status),
            None => format!("HTTP {}", self.status),
        }
    }
}

/// Sends a request; no redirect is followed.
///
/// # Errors
/// [`NoReply`].
pub fn send(request: Builder, to: &Url, body: &str) -> Result<Reply, NoReply> {
    let mut config = Agent::config_builder()
        .timeout_global(Some(TIMEOUT))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .allow_non_standard_methods(true);
    if is_this_machine(to) {
        // No proxy knows it.
        config = config.proxy(None);
    }
    let agent = config.build().new_agent();
    let request = request.uri(to.as_str()).body(body.to_owned()).map_err(|error| NoReply::NotHttp(error.to_string()))?;
    let asked_millis = millis(SystemTime::now());
    read(run(&agent, request), asked_millis).map_err(|error| no_reply(&error))
}

/// `OPTIONS` and `GET` have no body.
fn run(agent: &Agent, request: Request<String>) -> Result<Response<ureq::Body>, Error> {
    if request.body().is_empty() {
        let (parts, _) = request.into_parts();
        agent.run(Request::from_parts(parts, ()))
    } else {
        agent.run(request)
    }
}

fn read(response: Result<Response<ureq::Body>, Error>, asked_millis: i64) -> Result<Reply, Error> {
    let mut response = response?;
    let answered_millis = millis(SystemTime::now());
    let bytes = response.body_mut().with_config().limit(MAX_REPLY).read_to_vec()?;
    Ok(Reply {
        status: response.status().as_u16(),
        body: String::from_utf8_lossy(&bytes).into_owned(),
        between_millis: (asked_millis, answered_millis),
        headers: response.headers().clone(),
    })
}

fn no_reply(error: &Error) -> NoReply {
    let text = match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    };
    match error {
        Error::Tls(_) | Error::Rustls(_) | Error::Pem(_) => NoReply::Tls(text),
        // What the TLS library refuses of what came.
        Error::Io(error) if error.kind() == ErrorKind::InvalidData => NoReply::Tls(text),
        Error::Protocol(_) | Error::Http(_) | Error::BodyExceedsLimit(_) => NoReply::NotHttp(text),
        _ => NoReply::Unreachable(text),
    }
}

fn millis(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
