//! Errors as the service answers them; the messages are the service's own, word for word, where they are known.

use cognito_protocol::idp::{ErrorCode, WireError};

/// An error of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ApiError {
    pub code: String,
    pub message: String,
    pub status: u16,
}

impl ApiError {
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        let status = if code == ErrorCode::InternalError { 500 } else { 400 };
        Self { code: code.as_str().to_owned(), message: message.into(), status }
    }

    /// An error that is not in the operations' own lists.
    pub fn framework(code: &str, message: impl Into<String>, status: u16) -> Self {
        Self { code: code.to_owned(), message: message.into(), status }
    }

    /// The one answer to a wrong password, an unknown user, and everything that must look like them.
    pub fn incorrect() -> Self {
        Self::not_authorized("Incorrect username or password.")
    }

    pub fn not_authorized(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::NotAuthorized, message)
    }

    pub fn invalid_parameter(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidParameter, message)
    }

    pub fn missing_parameter(name: &str) -> Self {
        Self::invalid_parameter(format!("Missing required parameter {name}"))
    }

    pub fn attempts_exceeded() -> Self {
        Self::not_authorized("Password attempts exceeded")
    }

    /// A wrong code of a second factor.
    pub fn code_mismatch() -> Self {
        Self::new(ErrorCode::CodeMismatch, "Invalid code or auth state for the user.")
    }

    /// A wrong code of a sign-up, a reset or an attribute.
    pub fn wrong_verification_code() -> Self {
        Self::new(ErrorCode::CodeMismatch, "Invalid verification code provided, please try again.")
    }

    /// A code that is too old, or that was never sent.
    pub fn code_expired() -> Self {
        Self::new(ErrorCode::ExpiredCode, "Invalid code provided, please request a code again.")
    }

    /// A quota of this user is used up.
    pub fn limit_exceeded() -> Self {
        Self::new(ErrorCode::LimitExceeded, "Attempt limit exceeded, please try after some time.")
    }

    pub fn invalid_session() -> Self {
        Self::not_authorized("Invalid session for the user.")
    }

    pub fn user_not_found() -> Self {
        Self::new(ErrorCode::UserNotFound, "User does not exist.")
    }

    pub fn user_disabled() -> Self {
        Self::not_authorized("User is disabled.")
    }

    pub fn internal() -> Self {
        Self::new(ErrorCode::InternalError, "Something went wrong")
    }

    pub fn serialization(message: impl Into<String>) -> Self {
        Self::framework("SerializationException", message, 400)
    }
}

impl From<WireError> for ApiError {
    fn from(error: WireError) -> Self {
        match error {
            WireError::Missing(member) => Self::invalid_parameter(format!(
                "1 validation error detected: Value null at '{}' failed to satisfy constraint: Member must not be null",
                member_path(member)
            )),
            WireError::WrongType(member) => Self::serialization(format!("Wrong type of member {member}")),
            // The service ignores these. A local pool that does so too would let misspelt members through.
            WireError::Unknown(member) => {
                let shown: String = member.chars().filter(|char| !char.is_control()).take(64).collect();
                Self::serialization(format!("Unknown member {shown}"))
            }
        }
    }
}

impl From<getrandom::Error> for ApiError {
    fn from(_: getrandom::Error) -> Self {
        Self::internal()
    }
}

/// `ClientId` → `clientId`: constraints name members in lower camel case.
pub(crate) fn member_path(member: &str) -> String {
    let mut chars = member.chars();
    chars.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(chars).collect()
}
