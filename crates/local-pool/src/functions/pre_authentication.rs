//! What a `PreAuthentication` trigger says to a sign-in by one factor alone: the password, or a code of `USER_AUTH`.
//!
//! Users of a pool are not bound to an app client: whoever may sign in by `CUSTOM_AUTH` may also do so by `USER_SRP_AUTH`, without a
//! code, wherever a client allows that. Two things close this door, here as in a pool on AWS:
//!
//! - an app client with `ALLOW_CUSTOM_AUTH` and without `ALLOW_USER_SRP_AUTH`, for the pages of these users
//!   ([`EMAIL_CODE_CLIENT`](crate::seed::EMAIL_CODE_CLIENT)), and
//! - where another client of the pool allows `USER_SRP_AUTH`, this trigger, which refuses users whom an attribute marks. No client may
//!   write that attribute.
//!
//! The service calls `PreAuthentication` for sign-ins by the password, and not in `CUSTOM_AUTH` (amplify-js#5318), so the trigger need
//! not know the flow, which its event does not tell. Whoever does not want to rely on that has it look at
//! `callerContext.clientId` too, and let the client of the first kind pass.

use triggers::Texts;

use super::{invoke, trigger::Trigger};
use crate::{error::ApiError, seed::EMAIL_CODE_ATTRIBUTE};

/// For the person; the service ends the sentence.
const TEXT: &str = "Your account needs a code by e-mail besides the password, and this page does not ask for one";

pub(super) fn pre_authentication(user_attributes: &Texts) -> Result<(), ApiError> {
    if user_attributes.contains_key(EMAIL_CODE_ATTRIBUTE) {
        return Err(invoke::failed(Trigger::PreAuthentication, TEXT));
    }
    Ok(())
}
