//! Completed sign-ins and their refresh tokens.

use super::UserId;
use crate::config::OauthScope;

/// A completed sign-in: all tokens that come from it share its `origin_jti` and end with it.
#[derive(Clone)]
pub(crate) struct Grant {
    pub user: UserId,
    pub client_id: String,
    pub auth_time_secs: i64,
    pub event_id: String,
    /// Of this sign-in alone, for people to tell apart.
    pub session_id: String,
    pub created_millis: i64,
    /// When tokens were made of it last.
    pub last_active_millis: i64,
    /// When the refresh token ends; rotation does not prolong it.
    pub expires_millis: i64,
    pub is_revoked: bool,
    /// The device of the sign-in, where the pool tracks them: a refresh must name it.
    pub device_key: Option<String>,
    /// Of a sign-in at the OAuth endpoints.
    pub oauth: Option<OauthGrant>,
}

/// What a sign-in at the OAuth endpoints asked for.
#[derive(Clone)]
pub(crate) struct OauthGrant {
    pub scopes: Vec<OauthScope>,
    /// For the first id token alone.
    pub nonce: Option<String>,
}

impl Grant {
    pub fn is_active(&self, now_millis: i64) -> bool {
        !self.is_revoked && now_millis < self.expires_millis
    }
}

/// A refresh token that was handed out.
#[derive(Clone)]
pub(crate) struct RefreshToken {
    pub origin_jti: String,
    /// Since rotation replaced it; works on until then, plus the grace period.
    pub retires_millis: Option<i64>,
}
