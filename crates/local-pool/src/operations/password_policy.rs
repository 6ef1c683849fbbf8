//! Whether a pool takes a password.

use cognito_protocol::idp::ErrorCode;

use crate::{config::PasswordPolicy, error::ApiError};

pub(super) fn check(policy: &PasswordPolicy, password: &str) -> Result<(), ApiError> {
    match policy.refusal(password) {
        Some(reason) => Err(ApiError::new(ErrorCode::InvalidPassword, format!("Password did not conform with policy: {reason}"))),
        None => Ok(()),
    }
}
