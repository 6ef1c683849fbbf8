//! What a right password leads to, and `USER_PASSWORD_AUTH`.

use cognito_protocol::idp::{AuthReply, ErrorCode, StringMap};
use subtle::ConstantTimeEq;

use super::respond;
use crate::{
    config::AppClient,
    cx::Cx,
    error::ApiError,
    state::{Factor, Progress, UserStatus},
};

/// `USER_PASSWORD_AUTH`, for clients that allow it.
pub(super) fn user_password_auth(
    cx: &mut Cx<'_>,
    client: &AppClient,
    username: &str,
    password: &str,
) -> Result<AuthReply, ApiError> {
    let user = cx.identify(client, username)?;
    cx.check_lock(&user, Factor::Password)?;
    let expected = cx.state.user(&user).map(|user| user.password.expose());
    let is_right = expected.is_some_and(|expected| bool::from(expected.as_bytes().ct_eq(password.as_bytes())));
    if !is_right {
        cx.failed(&user, Factor::Password);
        return Err(ApiError::incorrect());
    }
    let progress =
        Progress { user, client_id: client.id.clone(), is_custom_auth: false, history: Vec::new(), has_passed_mfa: false };
    proved(cx, client, progress, &StringMap::default())
}

/// Goes on after the password. Only now it may show that the user is disabled or unconfirmed: before, everybody could ask.
pub(super) fn proved(
    cx: &mut Cx<'_>,
    client: &AppClient,
    mut progress: Progress,
    client_metadata: &StringMap,
) -> Result<AuthReply, ApiError> {
    cx.succeeded(&progress.user, Factor::Password);
    let user = cx.state.user(&progress.user).ok_or_else(ApiError::incorrect)?;
    if !user.enabled {
        return Err(ApiError::user_disabled());
    }
    if user.status == UserStatus::Unconfirmed {
        return Err(ApiError::new(ErrorCode::UserNotConfirmed, "User is not confirmed."));
    }
    progress.passed("PASSWORD_VERIFIER");
    respond::go_on(cx, client, progress, client_metadata)
}
