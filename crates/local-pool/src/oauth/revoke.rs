//! `POST /oauth2/revoke`: ends a refresh token and all tokens of the same sign-in.

use super::{OauthError, Parameters, client, client::Credentials};
use crate::{cx::Cx, tokens};

/// A token that nobody knows is as good as ended (RFC 7009, 2.2).
pub(crate) fn revoke(cx: &mut Cx<'_>, parameters: &Parameters, credentials: Option<&Credentials>) -> Result<(), OauthError> {
    if parameters.repeated().is_some() {
        return Err(OauthError("invalid_request"));
    }
    let client = client::of_request(cx, parameters, credentials)?;
    let text = parameters.get("token").ok_or(OauthError("invalid_request"))?;
    if tokens::is_signed_token(cx, text) {
        return Err(OauthError("unsupported_token_type"));
    }
    let origin_jti = cx.state.refresh_tokens.get(text).map(|token| token.origin_jti.clone());
    let Some(grant) = origin_jti.and_then(|origin_jti| cx.state.grants.get_mut(&origin_jti)) else { return Ok(()) };
    if grant.client_id != client.id {
        return Err(OauthError("invalid_client"));
    }
    grant.is_revoked = true;
    let user = grant.user.clone();
    cx.tell_user(&user);
    Ok(())
}
