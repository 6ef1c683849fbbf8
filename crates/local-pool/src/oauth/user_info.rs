//! `GET /oauth2/userInfo`: what the scopes of an access token let its bearer see. All values are texts, as the service has them.

use serde_json::{Value, json};

use super::bearer;
use crate::{config::OauthScope, cx::Cx, tokens};

/// Why nothing is told, as RFC 6750 names it.
#[derive(Clone, Copy)]
pub(crate) enum UserInfoError {
    NoToken,
    InvalidToken,
    InsufficientScope,
}

pub(crate) fn user_info(cx: &mut Cx<'_>, authorization: Option<&str>) -> Result<Value, UserInfoError> {
    let token = authorization.and_then(bearer::token).ok_or(UserInfoError::NoToken)?;
    let id = tokens::authorize_openid(cx, &token).map_err(|scopes_are_wrong| {
        if scopes_are_wrong { UserInfoError::InsufficientScope } else { UserInfoError::InvalidToken }
    })?;
    let (user_id, scopes) = id;
    cx.tell_user(&user_id);
    let user = cx.state.user(&user_id).filter(|user| user.enabled).ok_or(UserInfoError::InvalidToken)?;
    let mut told = json!({"sub": user.sub, "username": user.id.username});
    for (name, value) in user.attributes.iter().filter(|(name, _)| shows(&scopes, name)) {
        told[name.as_str()] = json!(value);
    }
    Ok(told)
}

/// Whether scopes show an attribute. `openid` alone shows all; beside others those count.
pub(crate) fn shows(scopes: &[OauthScope], attribute: &str) -> bool {
    let has = |scope: OauthScope| scopes.contains(&scope);
    let narrows = [OauthScope::Email, OauthScope::Phone, OauthScope::Profile].into_iter().any(has);
    match attribute {
        "email" | "email_verified" if has(OauthScope::Email) => true,
        "phone_number" | "phone_number_verified" if has(OauthScope::Phone) => true,
        "identities" => true,
        _ => has(OauthScope::Profile) || !narrows,
    }
}
