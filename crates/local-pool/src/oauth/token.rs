//! `POST /oauth2/token`: tokens for a code, or for a refresh token.

use aws_lc_rs::digest;
use base64ct::{Base64UrlUnpadded, Encoding};
use cognito_protocol::{Secret, idp::AuthenticationResult};
use serde_json::{Value, json};
use subtle::ConstantTimeEq;

use super::{OauthError, Parameters, client, client::Credentials};
use crate::{
    config::{AppClient, OauthScope},
    cx::Cx,
    operations,
    state::{CodeUse, OauthGrant},
    tokens,
};

pub(crate) fn token(cx: &mut Cx<'_>, parameters: &Parameters, credentials: Option<&Credentials>) -> Result<Value, OauthError> {
    if parameters.repeated().is_some() {
        return Err(OauthError("invalid_request"));
    }
    let grant_type = parameters.get("grant_type").ok_or(OauthError("invalid_request"))?;
    let client = client::of_request(cx, parameters, credentials)?;
    if client.oauth.callback_urls.is_empty() {
        return Err(OauthError("unauthorized_client"));
    }
    let result = match grant_type {
        "authorization_code" => by_code(cx, client, parameters),
        "refresh_token" => by_refresh_token(cx, client, parameters),
        // A grant of machines.
        "client_credentials" => Err(OauthError("unauthorized_client")),
        _ => Err(OauthError("unsupported_grant_type")),
    };
    result.map(|result| body(&result))
}

fn by_code(cx: &mut Cx<'_>, client: &AppClient, parameters: &Parameters) -> Result<AuthenticationResult, OauthError> {
    let required = |name: &str| parameters.get(name).ok_or(OauthError("invalid_request"));
    let (text, redirect_uri, verifier) = (required("code")?, required("redirect_uri")?, required("code_verifier")?);
    let now_millis = cx.now_millis;
    let invalid = || OauthError("invalid_grant");
    let code = cx.state.oauth.codes.get_mut(text).ok_or_else(invalid)?;
    // Somebody else has it: RFC 6749, 4.1.2.
    if let CodeUse::Exchanged(origin_jti) = &code.use_of {
        let origin_jti = origin_jti.clone();
        if let Some(grant) = cx.state.grants.get_mut(&origin_jti) {
            grant.is_revoked = true;
        }
        return Err(invalid());
    }
    if matches!(code.use_of, CodeUse::Spoilt) || now_millis >= code.expires_millis {
        return Err(invalid());
    }
    let authorization = code.authorization.clone();
    let user = code.user.clone();
    code.use_of = CodeUse::Spoilt;
    let is_right = authorization.client_id == client.id
        && authorization.redirect_uri == redirect_uri
        && is_verifier(verifier)
        && bool::from(challenge_of(verifier).as_bytes().ct_eq(authorization.code_challenge.as_bytes()));
    if !is_right {
        return Err(invalid());
    }
    cx.tell_user(&user);
    if cx.state.user(&user).is_none_or(|user| !user.enabled) {
        return Err(invalid());
    }
    let oauth = OauthGrant { scopes: authorization.scopes, nonce: authorization.nonce };
    let (result, origin_jti) = tokens::grant_for_scopes(cx, client, &user, oauth)?;
    if let Some(code) = cx.state.oauth.codes.get_mut(text) {
        code.use_of = CodeUse::Exchanged(origin_jti);
    }
    Ok(result)
}

/// RFC 7636, 4.1.
fn is_verifier(text: &str) -> bool {
    (43..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

fn challenge_of(verifier: &str) -> String {
    Base64UrlUnpadded::encode_string(digest::digest(&digest::SHA256, verifier.as_bytes()).as_ref())
}

fn by_refresh_token(cx: &mut Cx<'_>, client: &AppClient, parameters: &Parameters) -> Result<AuthenticationResult, OauthError> {
    let text = Secret::from(parameters.get("refresh_token").ok_or(OauthError("invalid_request"))?);
    if parameters.get("scope").is_some() {
        // The scopes stay those of the sign-in.
        return Err(OauthError("invalid_scope"));
    }
    operations::refreshed(cx, client, &text, None).map_err(|_| OauthError("invalid_grant"))
}

/// There is no id token without `openid`, and no new refresh token without rotation.
fn body(result: &AuthenticationResult) -> Value {
    let texts =
        [("access_token", &result.access_token), ("id_token", &result.id_token), ("refresh_token", &result.refresh_token)];
    let mut body = json!({"token_type": "Bearer", "expires_in": result.expires_in.map_or(0, whole)});
    for (name, text) in texts {
        if let Some(text) = text {
            body[name] = json!(text.expose());
        }
    }
    body
}

#[allow(clippy::cast_possible_truncation)]
fn whole(secs: f64) -> i64 {
    secs as i64
}

/// The scopes as tokens have them.
pub(crate) fn scope_text(scopes: &[OauthScope]) -> String {
    scopes.iter().map(|scope| scope.name()).collect::<Vec<_>>().join(" ")
}
