//! The policy that every pool has here: that of a new pool.

use cognito_protocol::idp::ErrorCode;

use crate::error::ApiError;

/// One reason at a time, as the service gives them.
pub(super) fn check(password: &str) -> Result<(), ApiError> {
    const SYMBOLS: &str = "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ";
    let has = |of: fn(&char) -> bool| password.chars().any(|char| of(&char));
    let reason = if password.chars().count() < 8 {
        "Password not long enough"
    } else if !has(char::is_ascii_uppercase) {
        "Password must have uppercase characters"
    } else if !has(char::is_ascii_lowercase) {
        "Password must have lowercase characters"
    } else if !has(char::is_ascii_digit) {
        "Password must have numeric characters"
    } else if !password.contains(|char| SYMBOLS.contains(char)) {
        "Password must have symbol characters"
    } else {
        return Ok(());
    };
    Err(ApiError::new(ErrorCode::InvalidPassword, format!("Password did not conform with policy: {reason}")))
}
