//! What is kept of a completed sign-in.

use super::{claims, settings::Settings};
use crate::{Secret, idp::AuthenticationResult};

/// Life of an access token whose reply does not tell, in seconds: the service's default.
const DEFAULT_EXPIRES_IN_SECS: f64 = 3600.0;

/// Tokens with less than this to live are refreshed before they are handed out.
const FRESH_MILLIS: i64 = 60_000;

/// For so long after a sign-in, in seconds, a person need not prove again who they are before the account's protection is changed.
const RECENT_SECS: i64 = 600;

/// The tokens of one user, as they are kept between page loads.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// The real username.
    pub username: String,
    /// What was typed to sign in.
    pub sign_in_name: String,
    /// JWT with the user's attributes.
    pub id_token: Secret,
    /// JWT for APIs.
    pub access_token: Secret,
    /// Opaque.
    pub refresh_token: Option<Secret>,
    /// When the access token expires, by the local clock, in milliseconds since the Unix epoch.
    pub expires_at_millis: i64,
    /// They came from the pool's domain, where the browser is signed in, too.
    pub is_federated: bool,
}

/// The tokens that a page may have. The refresh token is not among them.
#[derive(Clone, Debug)]
pub struct PageTokens {
    /// JWT with the user's attributes.
    pub id_token: Secret,
    /// JWT for APIs.
    pub access_token: Secret,
    /// When the access token expires, by the local clock, in milliseconds since the Unix epoch.
    pub expires_at_millis: i64,
}

impl Tokens {
    /// The tokens in a reply; `None` when it has no access token.
    pub(super) fn of(result: AuthenticationResult, username: String, sign_in_name: String, now_millis: i64) -> Option<Self> {
        Some(Self {
            username,
            sign_in_name,
            id_token: result.id_token.unwrap_or_default(),
            access_token: result.access_token?,
            refresh_token: result.refresh_token,
            expires_at_millis: expiry(now_millis, result.expires_in),
            is_federated: false,
        })
    }

    /// Takes what a refresh brought; `None` when that is no access token of this pool, client and user. Without rotation no refresh token
    /// comes back, and the old one stays in force.
    pub(super) fn renew(&mut self, settings: &Settings, result: AuthenticationResult, now_millis: i64) -> Option<()> {
        let access_token = result.access_token?;
        let id_token = result.id_token.unwrap_or_default();
        if !claims::are_ours(settings, access_token.expose(), id_token.expose()) {
            return None;
        }
        self.access_token = access_token;
        self.id_token = id_token;
        self.refresh_token = result.refresh_token.or_else(|| self.refresh_token.take());
        self.expires_at_millis = expiry(now_millis, result.expires_in);
        Some(())
    }

    /// Whether they are of this pool and client, and of one user.
    pub(super) fn are_ours(&self, settings: &Settings) -> bool {
        claims::are_ours(settings, self.access_token.expose(), self.id_token.expose())
    }

    /// With the real username, where no challenge told it.
    pub(super) fn with_real_username(self, settings: &Settings) -> Self {
        let username = claims::text(settings, self.access_token.expose(), "username").unwrap_or(self.username);
        Self { username, ..self }
    }

    /// The device of the sign-in, where the pool tracks devices. Every refresh must name it.
    pub(super) fn device_key(&self, settings: &Settings) -> Option<String> {
        claims::text(settings, self.access_token.expose(), "device_key")
    }

    /// Whether both are one user's.
    pub(super) fn are_of_the_user_of(&self, other: &Self, settings: &Settings) -> bool {
        let sub = |tokens: &Self| claims::text(settings, tokens.access_token.expose(), "sub");
        sub(self).is_some_and(|own| sub(other) == Some(own))
    }

    /// Whether the person signed in only just, and not in a session that somebody else may have found open. `service_millis` is the
    /// service's clock in milliseconds since the Unix epoch.
    pub(super) fn are_of_recent_sign_in(&self, settings: &Settings, service_millis: i64) -> bool {
        let signed_in_secs = claims::auth_time_secs(settings, self.access_token.expose());
        let now_secs = service_millis.div_euclid(1000);
        signed_in_secs.is_some_and(|secs| now_secs.saturating_sub(secs) <= RECENT_SECS)
    }

    /// Whether the access token has at least a minute to live.
    pub(super) fn are_fresh(&self, now_millis: i64) -> bool {
        self.expires_at_millis.saturating_sub(now_millis) >= FRESH_MILLIS
    }

    /// What the page may have of them.
    pub(super) fn for_page(&self) -> PageTokens {
        PageTokens {
            id_token: self.id_token.clone(),
            access_token: self.access_token.clone(),
            expires_at_millis: self.expires_at_millis,
        }
    }
}

#[allow(clippy::cast_possible_truncation)]
fn expiry(now_millis: i64, expires_in_secs: Option<f64>) -> i64 {
    let secs = expires_in_secs.filter(|secs| secs.is_finite()).unwrap_or(DEFAULT_EXPIRES_IN_SECS);
    now_millis.saturating_add((secs.clamp(0.0, 1e9) * 1000.0) as i64)
}
