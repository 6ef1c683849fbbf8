//! `ChangePassword`
//!
//! # Source
//! API reference; developer guide, "Quotas", for five times an hour. That wrong passwords count for the lock-out like those of
//! sign-ins, and that all tokens stay in force, is not certain.

use cognito_protocol::idp::{ChangePasswordRequest, EmptyReply};
use subtle::ConstantTimeEq;

use super::{password, password_policy};
use crate::{cx::Cx, error::ApiError, state::Factor, tokens, validation::Checks};

const PER_HOUR: u32 = 5;

pub(super) fn change_password(cx: &mut Cx<'_>, request: ChangePasswordRequest) -> Result<EmptyReply, ApiError> {
    let proposed = request.proposed_password;
    let mut checks =
        Checks::default().access_token(Some(&request.access_token)).password_at("proposedPassword", proposed.expose());
    if let Some(previous) = &request.previous_password {
        checks = checks.password_at("previousPassword", previous.expose());
    }
    checks.finish()?;
    let id = tokens::authorize(cx, &request.access_token)?;
    // Only who has no password may leave it out, and everybody here has one.
    let previous = request.previous_password.ok_or_else(|| ApiError::missing_parameter("PreviousPassword"))?;
    cx.check_lock(&id, Factor::Password)?;
    cx.use_quota(&id, Factor::ChangePassword, PER_HOUR)?;
    let present = &cx.state.user(&id).ok_or_else(ApiError::user_not_found)?.password;
    if !bool::from(present.expose().as_bytes().ct_eq(previous.expose().as_bytes())) {
        cx.failed(&id, Factor::Password);
        return Err(ApiError::incorrect());
    }
    password_policy::check(&cx.pool_of(&id)?.password_policy, proposed.expose())?;
    password::set(cx, &id, proposed)?;
    cx.succeeded(&id, Factor::Password);
    Ok(EmptyReply {})
}
