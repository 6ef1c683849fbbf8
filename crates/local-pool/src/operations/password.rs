//! What a right password means, and the password that is sent as it is.

use cognito_protocol::Secret;
use subtle::ConstantTimeEq;

use super::admission::admit;
use crate::{
    cx::Cx,
    error::ApiError,
    state::{Factor, Progress, UserId},
};

/// Takes a password that was sent as it is.
pub(super) fn check(cx: &mut Cx<'_>, progress: Progress, password: &str) -> Result<Progress, ApiError> {
    cx.check_lock(&progress.user, Factor::Password)?;
    let expected = cx.state.user(&progress.user).map(|user| user.password.expose());
    let is_right = expected.is_some_and(|expected| bool::from(expected.as_bytes().ct_eq(password.as_bytes())));
    if !is_right {
        cx.failed(&progress.user, Factor::Password);
        return Err(ApiError::incorrect());
    }
    proved(cx, progress)
}

/// The progress after a right password, where the account lets its user in.
pub(super) fn proved(cx: &mut Cx<'_>, mut progress: Progress) -> Result<Progress, ApiError> {
    cx.succeeded(&progress.user, Factor::Password);
    admit(cx, &progress)?;
    progress.passed("PASSWORD_VERIFIER");
    Ok(progress)
}

/// Gives a user another password. Proofs of the old one that are under way fail.
pub(super) fn set(cx: &mut Cx<'_>, user: &UserId, password: Secret) -> Result<(), ApiError> {
    cx.state.srp_exchanges.retain(|_, exchange| exchange.progress.user != *user);
    cx.state.user_mut(user).ok_or_else(ApiError::user_not_found)?.set_password(password)
}
