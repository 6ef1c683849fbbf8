//! New tokens for a refresh token: `REFRESH_TOKEN_AUTH` and `GetTokensFromRefreshToken`.

use cognito_protocol::{
    Secret,
    idp::{
        AuthReply, AuthenticationResult, ErrorCode, GetTokensFromRefreshTokenReply, GetTokensFromRefreshTokenRequest, StringMap,
    },
};

use crate::{
    clock::millis,
    config::AppClient,
    cx::Cx,
    error::ApiError,
    state::Grant,
    tokens,
    validation::{Checks, required},
};

/// `InitiateAuth` with `REFRESH_TOKEN_AUTH`: the refresh token stays, so none comes back.
pub(super) fn refresh_token_auth(cx: &mut Cx<'_>, client: &AppClient, parameters: &StringMap) -> Result<AuthReply, ApiError> {
    if client.refresh_token_rotation {
        return Err(ApiError::new(
            ErrorCode::UnsupportedOperation,
            "Refresh token rotation is enabled for this client, use GetTokensFromRefreshToken",
        ));
    }
    if !client.allow_refresh_token_auth {
        return Err(ApiError::invalid_parameter("REFRESH_TOKEN_AUTH flow not enabled for this client"));
    }
    let text = Secret::from(required(parameters, "REFRESH_TOKEN")?);
    let (grant, origin_jti) = open(cx, client, &text, parameters.get("DEVICE_KEY"))?;
    // Made with the real username: the sign-in name is not part of a refresh.
    cx.check_secret_hash_in(client, &grant.user.username, parameters)?;
    let result = renew(cx, client, &grant, &origin_jti)?;
    touch(cx, &origin_jti);
    Ok(AuthReply {
        challenge_name: None,
        session: None,
        challenge_parameters: StringMap::default(),
        authentication_result: Some(result),
        available_challenges: Vec::new(),
    })
}

/// `GetTokensFromRefreshToken`: with rotation a new refresh token comes back and the old one ends.
pub(super) fn get_tokens_from_refresh_token(
    cx: &mut Cx<'_>,
    request: GetTokensFromRefreshTokenRequest,
) -> Result<GetTokensFromRefreshTokenReply, ApiError> {
    let checks = Checks::default()
        .client_id(&request.client_id)
        .token("refreshToken", &request.refresh_token)
        .client_secret(request.client_secret.as_ref());
    request.device_key.iter().fold(checks, |checks, key| checks.device_key(key)).finish()?;
    let client = cx.client(&request.client_id)?;
    if !Cx::is_client_secret_right(client, request.client_secret.as_ref()) {
        return Err(ApiError::not_authorized(format!("Unable to verify secret for client {}", client.id)));
    }
    let result = refreshed(cx, client, &request.refresh_token, request.device_key.as_deref())?;
    Ok(GetTokensFromRefreshTokenReply { authentication_result: result })
}

/// New tokens, with a new refresh token where the client rotates them.
pub(crate) fn refreshed(
    cx: &mut Cx<'_>,
    client: &AppClient,
    text: &Secret,
    device_key: Option<&str>,
) -> Result<AuthenticationResult, ApiError> {
    let (grant, origin_jti) = open(cx, client, text, device_key)?;
    let mut result = renew(cx, client, &grant, &origin_jti)?;
    touch(cx, &origin_jti);
    if client.refresh_token_rotation {
        result.refresh_token = Some(tokens::add_refresh_token(cx, &origin_jti)?);
        let retires = cx.now_millis + millis(client.rotation_grace);
        if let Some(old) = cx.state.refresh_tokens.get_mut(text.expose()) {
            // Within the grace period it was rotated before: that time stands.
            old.retires_millis.get_or_insert(retires);
        }
    }
    Ok(result)
}

/// The sign-in that a refresh token came from, if the token still counts. Where it had a device, that must be there and be named.
fn open(cx: &mut Cx<'_>, client: &AppClient, text: &Secret, device_key: Option<&str>) -> Result<(Grant, String), ApiError> {
    let invalid = || ApiError::not_authorized("Invalid Refresh Token.");
    let token = cx.state.refresh_tokens.get(text.expose()).cloned().ok_or_else(invalid)?;
    let grant = cx.state.grants.get(&token.origin_jti).cloned().ok_or_else(invalid)?;
    if grant.client_id != client.id {
        return Err(invalid());
    }
    cx.tell_user(&grant.user);
    if let Some(key) = &grant.device_key
        && (device_key != Some(key) || cx.state.devices.get_confirmed(&grant.user, key).is_none())
    {
        return Err(invalid());
    }
    if grant.is_revoked {
        return Err(ApiError::not_authorized("Refresh Token has been revoked"));
    }
    if cx.now_millis >= grant.expires_millis {
        return Err(ApiError::not_authorized("Refresh Token has expired"));
    }
    if token.retires_millis.is_some_and(|retires| cx.now_millis >= retires) {
        return Err(ApiError::new(ErrorCode::RefreshTokenReuse, "Refresh token has been used already"));
    }
    Ok((grant, token.origin_jti))
}

/// The session was active now.
fn touch(cx: &mut Cx<'_>, origin_jti: &str) {
    let now = cx.now_millis;
    if let Some(grant) = cx.state.grants.get_mut(origin_jti) {
        grant.last_active_millis = now;
    }
}

fn renew(cx: &Cx<'_>, client: &AppClient, grant: &Grant, origin_jti: &str) -> Result<AuthenticationResult, ApiError> {
    match cx.state.user(&grant.user) {
        None => Err(ApiError::user_not_found()),
        Some(user) if !user.enabled => Err(ApiError::user_disabled()),
        Some(_) => tokens::issue(cx, client, grant, origin_jti),
    }
}
