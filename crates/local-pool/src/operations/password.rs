//! What a right password means, and `USER_PASSWORD_AUTH`.

use cognito_protocol::{Secret, idp::ErrorCode};
use subtle::ConstantTimeEq;

use super::trigger_event::attributes;
use crate::{
    config::AppClient,
    cx::Cx,
    error::ApiError,
    state::{Factor, Progress, UserId, UserStatus},
};

/// `USER_PASSWORD_AUTH`, for clients that allow it.
pub(super) fn user_password_auth(
    cx: &mut Cx<'_>,
    client: &AppClient,
    username: &str,
    password: &str,
) -> Result<Progress, ApiError> {
    let user = cx.identify(client, username)?;
    cx.check_lock(&user, Factor::Password)?;
    let expected = cx.state.user(&user).map(|user| user.password.expose());
    let is_right = expected.is_some_and(|expected| bool::from(expected.as_bytes().ct_eq(password.as_bytes())));
    if !is_right {
        cx.failed(&user, Factor::Password);
        return Err(ApiError::incorrect());
    }
    proved(cx, Progress::new(user, client))
}

/// The progress after a right password. Only now it may show that the user is disabled or unconfirmed, that the password must be reset,
/// or what the trigger says: before, everybody could ask. When exactly the service calls the trigger is not certain, nor whether it
/// tells of a reset before the password is right.
pub(super) fn proved(cx: &mut Cx<'_>, mut progress: Progress) -> Result<Progress, ApiError> {
    cx.succeeded(&progress.user, Factor::Password);
    let user = cx.state.user(&progress.user).ok_or_else(ApiError::incorrect)?;
    if !user.enabled {
        return Err(ApiError::user_disabled());
    }
    match user.status {
        UserStatus::Unconfirmed => return Err(ApiError::new(ErrorCode::UserNotConfirmed, "User is not confirmed.")),
        UserStatus::ResetRequired => {
            return Err(ApiError::new(ErrorCode::PasswordResetRequired, "Password reset required for the user"));
        }
        // What must be done about a temporary password is a challenge.
        UserStatus::Confirmed | UserStatus::ForceChangePassword => {}
    }
    if !progress.is_custom_auth {
        let attributes = attributes(cx, &progress.user);
        cx.trigger(|functions| functions.pre_authentication(&attributes))?;
    }
    progress.passed("PASSWORD_VERIFIER");
    Ok(progress)
}

/// Gives a user another password. Proofs of the old one that are under way fail.
pub(super) fn set(cx: &mut Cx<'_>, user: &UserId, password: Secret) -> Result<(), ApiError> {
    cx.state.srp_exchanges.retain(|_, exchange| exchange.progress.user != *user);
    cx.state.user_mut(user).ok_or_else(ApiError::user_not_found)?.set_password(password)
}
