//! `DeleteUser`

use cognito_protocol::idp::{DeleteUserRequest, EmptyReply};

use crate::{cx::Cx, error::ApiError, tokens, validation::Checks};

/// Ends the user, with all that belongs to them. Their tokens say from now on that the user does not exist.
pub(super) fn delete_user(cx: &mut Cx<'_>, request: DeleteUserRequest) -> Result<EmptyReply, ApiError> {
    Checks::default().access_token(Some(&request.access_token)).finish()?;
    let id = tokens::authorize(cx, &request.access_token)?;
    cx.state.forget(&id);
    Ok(EmptyReply {})
}
