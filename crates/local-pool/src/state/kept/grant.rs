//! Sign-ins with their refresh tokens.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::secret::KeptSecret;
use crate::{
    config::OauthScope,
    state::{Grant, OauthGrant, RefreshToken, State, UserId},
};

/// A completed sign-in.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct KeptGrant {
    origin_jti: String,
    username: String,
    client_id: String,
    auth_time_secs: i64,
    event_id: String,
    session_id: String,
    created_millis: i64,
    last_active_millis: i64,
    expires_millis: i64,
    is_revoked: bool,
    device_key: Option<String>,
    /// Of a sign-in at the OAuth endpoints: its scopes.
    scopes: Option<Vec<String>>,
    refresh_tokens: Vec<KeptRefreshToken>,
}

/// A refresh token that was handed out.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct KeptRefreshToken {
    text: KeptSecret,
    retires_millis: Option<i64>,
}

/// The sign-ins of a pool, in an order that is the same each time.
pub(super) fn of_pool(
    user_pool_id: &str,
    grants: &HashMap<String, Grant>,
    refresh_tokens: &HashMap<String, RefreshToken>,
) -> Vec<KeptGrant> {
    let mut tokens: HashMap<&str, Vec<KeptRefreshToken>> = HashMap::new();
    for (text, token) in refresh_tokens {
        let RefreshToken { origin_jti, retires_millis } = token;
        let kept = KeptRefreshToken { text: KeptSecret(text.as_str().into()), retires_millis: *retires_millis };
        tokens.entry(origin_jti).or_default().push(kept);
    }
    let own = grants.iter().filter(|(_, grant)| grant.user.user_pool_id == user_pool_id);
    let mut kept: Vec<KeptGrant> = own
        .map(|(origin_jti, grant)| {
            let mut refresh_tokens = tokens.remove(origin_jti.as_str()).unwrap_or_default();
            refresh_tokens.sort_by(|one, other| one.text.0.expose().cmp(other.text.0.expose()));
            KeptGrant::of(origin_jti, grant, refresh_tokens)
        })
        .collect();
    kept.sort_by(|one, other| (one.created_millis, &one.origin_jti).cmp(&(other.created_millis, &other.origin_jti)));
    kept
}

/// Brings them back, but for those whose time is over: a file does not grow for ever.
pub(super) fn restore(kept: &[KeptGrant], user_pool_id: &str, now_millis: i64, state: &mut State) -> Result<(), &'static str> {
    for kept in kept.iter().filter(|kept| now_millis < kept.expires_millis) {
        for KeptRefreshToken { text, retires_millis } in &kept.refresh_tokens {
            let token = RefreshToken { origin_jti: kept.origin_jti.clone(), retires_millis: *retires_millis };
            if state.refresh_tokens.insert(text.0.expose().to_owned(), token).is_some() {
                return Err("a refresh token is there twice");
            }
        }
        if state.grants.insert(kept.origin_jti.clone(), kept.restored(user_pool_id)).is_some() {
            return Err("a sign-in is there twice");
        }
    }
    Ok(())
}

impl KeptGrant {
    fn of(origin_jti: &str, grant: &Grant, refresh_tokens: Vec<KeptRefreshToken>) -> Self {
        let Grant {
            user: UserId { user_pool_id: _, username },
            client_id,
            auth_time_secs,
            event_id,
            session_id,
            created_millis,
            last_active_millis,
            expires_millis,
            is_revoked,
            device_key,
            oauth,
        } = grant.clone();
        Self {
            origin_jti: origin_jti.to_owned(),
            username,
            client_id,
            auth_time_secs,
            event_id,
            session_id,
            created_millis,
            last_active_millis,
            expires_millis,
            is_revoked,
            device_key,
            // The nonce is for the first id token, which is out.
            scopes: oauth.map(|OauthGrant { scopes, nonce: _ }| scopes.iter().map(|scope| scope.name().to_owned()).collect()),
            refresh_tokens,
        }
    }

    fn restored(&self, user_pool_id: &str) -> Grant {
        let Self {
            origin_jti: _,
            username,
            client_id,
            auth_time_secs,
            event_id,
            session_id,
            created_millis,
            last_active_millis,
            expires_millis,
            is_revoked,
            device_key,
            scopes,
            refresh_tokens: _,
        } = self.clone();
        let user = UserId { user_pool_id: user_pool_id.to_owned(), username };
        let oauth = scopes.map(|names| {
            let scopes = OauthScope::ALL.into_iter().filter(|scope| names.iter().any(|name| name == scope.name())).collect();
            OauthGrant { scopes, nonce: None }
        });
        Grant {
            user,
            client_id,
            auth_time_secs,
            event_id,
            session_id,
            created_millis,
            last_active_millis,
            expires_millis,
            is_revoked,
            device_key,
            oauth,
        }
    }
}
