//! `RevokeToken` and `GlobalSignOut`

use cognito_protocol::idp::{EmptyReply, ErrorCode, GlobalSignOutRequest, RevokeTokenRequest};

use crate::{cx::Cx, error::ApiError, tokens, validation::Checks};

/// Ends a refresh token and all tokens of the same sign-in. Doing it twice is no error.
pub(super) fn revoke_token(cx: &mut Cx<'_>, request: RevokeTokenRequest) -> Result<EmptyReply, ApiError> {
    let text = request.token.expose();
    Checks::default()
        .client_id(&request.client_id)
        .token("token", &request.token)
        .client_secret(request.client_secret.as_ref())
        .associated_sessions(request.revoke_associated_sessions.as_deref())
        .finish()?;
    let unauthorized = |message: &str| ApiError::new(ErrorCode::Unauthorized, message);
    // Elsewhere the error is ResourceNotFound, which the model does not give to this operation.
    let client = cx.client(&request.client_id).map_err(|error| unauthorized(&error.message))?;
    if !Cx::is_client_secret_right(client, request.client_secret.as_ref()) {
        return Err(unauthorized("Invalid client secret"));
    }
    if tokens::is_signed_token(cx, text) {
        return Err(ApiError::new(ErrorCode::UnsupportedTokenType, "Unsupported token type"));
    }
    let origin_jti = cx.state.refresh_tokens.get(text).map(|token| token.origin_jti.clone());
    let grant = origin_jti.and_then(|origin_jti| cx.state.grants.get_mut(&origin_jti));
    let grant = grant.ok_or_else(|| ApiError::invalid_parameter("Invalid Refresh Token"))?;
    if grant.client_id != client.id {
        return Err(unauthorized("The token was not issued to this client"));
    }
    grant.is_revoked = true;
    let user = grant.user.clone();
    cx.tell_user(&user);
    Ok(EmptyReply {})
}

/// Ends all sign-ins of a user.
pub(super) fn global_sign_out(cx: &mut Cx<'_>, request: GlobalSignOutRequest) -> Result<EmptyReply, ApiError> {
    Checks::default().access_token(Some(&request.access_token)).finish()?;
    let user = tokens::authorize(cx, &request.access_token)?;
    cx.state.sign_out(&user);
    Ok(EmptyReply {})
}
