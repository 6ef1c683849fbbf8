//! Errors in the form of the service's REST-JSON protocol.

/// An error: `x-amzn-ErrorType`, `message` and the HTTP status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SesError {
    pub code: &'static str,
    pub message: String,
    pub status: u16,
}

impl SesError {
    pub fn new(code: &'static str, status: u16, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), status }
    }

    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new("BadRequestException", 400, message)
    }

    /// Of the service, but not of this pool.
    pub fn unsupported(what: &str) -> Self {
        Self::bad_request(format!("The local pool does not support {what}."))
    }

    /// Whether the service says `NotFoundException` or `BadRequestException` here is not certain.
    pub fn not_found(what: &str, name: &str) -> Self {
        Self::new("NotFoundException", 404, format!("{what} {name} does not exist."))
    }

    pub fn invalid_signature(message: impl Into<String>) -> Self {
        Self::new("InvalidSignatureException", 403, message)
    }

    pub fn internal() -> Self {
        Self::new("InternalFailure", 500, "Something went wrong")
    }
}
