//! Whether the account lets in somebody whose first factor was right.

use cognito_protocol::idp::ErrorCode;

use super::trigger_event::attributes;
use crate::{
    cx::Cx,
    error::ApiError,
    state::{Flow, Progress, UserStatus},
};

/// Only now it may show that the user is disabled or unconfirmed, that the password must be reset, or what the trigger says: before,
/// everybody could ask. When exactly the service calls the trigger is not certain, nor whether it tells of a reset before the first
/// factor is right, or after a code at all.
pub(super) fn admit(cx: &mut Cx<'_>, progress: &Progress) -> Result<(), ApiError> {
    let user = cx.state.user(&progress.user).ok_or_else(ApiError::incorrect)?;
    if !user.enabled {
        return Err(ApiError::user_disabled());
    }
    match user.status {
        UserStatus::Unconfirmed => return Err(ApiError::new(ErrorCode::UserNotConfirmed, "User is not confirmed.")),
        UserStatus::ResetRequired => {
            return Err(ApiError::new(ErrorCode::PasswordResetRequired, "Password reset required for the user"));
        }
        UserStatus::ExternalProvider => return Err(ApiError::incorrect()),
        // What must be done about a temporary password is a challenge.
        UserStatus::Confirmed | UserStatus::ForceChangePassword => {}
    }
    match progress.flow {
        // The service calls the trigger in the other flows alone.
        Flow::Custom => Ok(()),
        Flow::Password | Flow::Choice => {
            let attributes = attributes(cx, &progress.user);
            cx.trigger(|functions| functions.pre_authentication(&attributes))
        }
    }
}
