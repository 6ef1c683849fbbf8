//! Codes outside of sign-ins: of a sign-up, of a forgotten password, of an address or a number.

use cognito_protocol::Secret;
use subtle::ConstantTimeEq;

use crate::{config::VerifiedAttribute, error::ApiError};

/// A code that was sent, or for a user who does not exist one that was not.
pub(crate) struct SentCode {
    /// None is right where this is absent.
    pub code: Option<Secret>,
    pub expires_millis: i64,
}

impl SentCode {
    /// Whether the code is the right one, and in time.
    pub fn check(&self, given: &str, now_millis: i64) -> Result<(), ApiError> {
        if now_millis >= self.expires_millis {
            return Err(ApiError::code_expired());
        }
        let is_right = self.code.as_ref().is_some_and(|code| bool::from(code.expose().as_bytes().ct_eq(given.as_bytes())));
        if is_right { Ok(()) } else { Err(ApiError::wrong_verification_code()) }
    }
}

/// The code of a sign-up.
pub(crate) struct Confirmation {
    pub sent: SentCode,
    /// Where it went.
    pub attribute: VerifiedAttribute,
}

/// A code that verifies an attribute.
pub(crate) struct Verification {
    pub sent: SentCode,
    /// The value that takes the place of the present one with the right code, where the pool verifies before it updates.
    pub new_value: Option<String>,
}
