//! What comes of an invocation.

use std::{error, fmt, time::Duration};

use crate::{functions::MAX_REQUEST_BYTES, variables::function_arn};

/// An invocation that had its turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invocation {
    /// What the function answered, or why it did not.
    pub outcome: Outcome,
    /// From just before the process was started to when its answer arrived, where this invocation started the process and an
    /// answer came.
    pub cold_start: Option<Duration>,
    /// From the invocation's turn, after any wait for others, to its outcome.
    pub duration: Duration,
}

/// What the function answered, or why it did not.
#[derive(Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The posted response, byte for byte.
    Response(Vec<u8>),
    /// What the function reported, or Lambda in its place: `Runtime.ExitError`, `Runtime.InvalidEntrypoint`, `Sandbox.Timedout`,
    /// `Function.ResponseSizeTooLarge`.
    FunctionError {
        /// The kind of error, such as `Runtime.ExitError`.
        error_type: String,
        /// What happened.
        error_message: String,
    },
}

impl Outcome {
    pub(crate) fn function_error(error_type: impl Into<String>, error_message: impl Into<String>) -> Self {
        Self::FunctionError { error_type: error_type.into(), error_message: error_message.into() }
    }
}

impl fmt::Debug for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Response(bytes) => f.debug_tuple("Response").field(&String::from_utf8_lossy(bytes)).finish(),
            Self::FunctionError { error_type, error_message } => {
                f.debug_struct("FunctionError").field("error_type", error_type).field("error_message", error_message).finish()
            }
        }
    }
}

/// Why an invocation never reached its function. The names are those of Lambda's exceptions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvokeError {
    /// There is no function of that name.
    ResourceNotFound(String),
    /// The payload is not JSON.
    InvalidRequestContent,
    /// The payload has more than 6 MiB.
    RequestTooLarge,
    /// The [`LocalLambda`](crate::LocalLambda) was dropped before the invocation had its turn or its answer.
    Stopped,
}

impl fmt::Display for InvokeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ResourceNotFound(name) => write!(f, "Function not found: {}", function_arn(name)),
            Self::InvalidRequestContent => f.write_str("Could not parse request body into json"),
            Self::RequestTooLarge => {
                write!(f, "Request must be smaller than {MAX_REQUEST_BYTES} bytes for the InvokeFunction operation")
            }
            Self::Stopped => f.write_str("The functions were stopped"),
        }
    }
}

impl error::Error for InvokeError {}
