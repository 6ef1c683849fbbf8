//! How long a client may take to send a request.

use std::time::Duration;

/// How long a client may take to send a request; what takes longer is ended, so that nobody can hold a connection for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestLimits {
    /// From the first moment that a request could begin to the end of its headers: a connection that is idle for so long is closed.
    pub headers: Duration,
    /// From the end of the headers to the end of the body; then the answer is 408.
    pub body: Duration,
}

impl Default for RequestLimits {
    fn default() -> Self {
        Self { headers: Duration::from_secs(30), body: Duration::from_secs(10) }
    }
}
