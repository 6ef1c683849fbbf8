//! What an administrator would set: user pools, app clients, and the pool's clocks and life times.

use std::time::Duration;

use cognito_protocol::Secret;

use crate::functions::TriggerSource;

/// A user pool. Sign-in names are e-mail addresses (`UsernameAttributes`), so the real username is a UUID, the same as `sub`.
#[derive(Clone, Debug)]
pub struct UserPool {
    /// Such as `us-east-1_LocalPool`.
    pub id: String,
    /// Whether users have a second factor.
    pub mfa: MfaConfiguration,
}

impl UserPool {
    /// The part of the id after the first `_`: what SRP hashes.
    #[must_use]
    pub fn name(&self) -> &str {
        self.id.split_once('_').map_or("", |(_, name)| name)
    }

    /// The part of the id before the first `_`.
    #[must_use]
    pub fn region(&self) -> &str {
        self.id.split_once('_').map_or("", |(region, _)| region)
    }
}

/// `MfaConfiguration` of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MfaConfiguration {
    /// No second factors.
    Off,
    /// Who wants one sets one up.
    Optional,
    /// Who has none must set one up while signing in.
    On,
}

impl MfaConfiguration {
    /// The name in the API reference.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "OFF",
            Self::Optional => "OPTIONAL",
            Self::On => "ON",
        }
    }
}

/// An app client.
#[derive(Clone, Debug)]
pub struct AppClient {
    /// The client id.
    pub id: String,
    /// The pool it belongs to.
    pub user_pool_id: String,
    /// What it is there for.
    pub description: String,
    /// Browsers have none.
    pub secret: Option<Secret>,
    /// `ALLOW_USER_SRP_AUTH`
    pub allow_user_srp_auth: bool,
    /// `ALLOW_CUSTOM_AUTH`
    pub allow_custom_auth: bool,
    /// `ALLOW_USER_PASSWORD_AUTH`; off, as AWS recommends for browsers.
    pub allow_user_password_auth: bool,
    /// `PreventUserExistenceErrors`: `true` is `ENABLED`, `false` is `LEGACY`.
    pub prevent_user_existence_errors: bool,
    /// Every refresh brings a new refresh token and ends the old one.
    pub refresh_token_rotation: bool,
    /// For so long the old refresh token still works after a rotation (`RetryGracePeriodSeconds`).
    pub rotation_grace: Duration,
}

impl AppClient {
    /// A browser client as the console makes it today.
    #[must_use]
    pub fn browser(id: &str, user_pool_id: &str, description: &str) -> Self {
        Self {
            id: id.to_owned(),
            user_pool_id: user_pool_id.to_owned(),
            description: description.to_owned(),
            secret: None,
            allow_user_srp_auth: true,
            allow_custom_auth: true,
            allow_user_password_auth: false,
            prevent_user_existence_errors: true,
            refresh_token_rotation: false,
            rotation_grace: Duration::ZERO,
        }
    }
}

/// Settings for all user pools of one local pool.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What comes before `/<user pool id>` in `iss`; by default the address that [`serve`](crate::serve) listens on, and
    /// `http://127.0.0.1:9229` without it.
    pub issuer_base: Option<String>,
    /// `AuthSessionValidity`: how long a challenge can be answered. The service takes 3 to 15 minutes.
    pub session_validity: Duration,
    /// How long a `SECRET_BLOCK` can be answered. The service's limit is not known; clients answer at once.
    pub secret_block_validity: Duration,
    /// How far `TIMESTAMP` may lie from the pool's clock.
    pub timestamp_window: Duration,
    /// Life of a sign-up code.
    pub sign_up_code_validity: Duration,
    /// Life of id and access tokens.
    pub access_token_validity: Duration,
    /// Life of refresh tokens.
    pub refresh_token_validity: Duration,
    /// Where the triggers run.
    pub trigger_source: TriggerSource,
    /// Of the triggers that run in process; functions elsewhere have their own.
    pub triggers: triggers::Settings,
    /// How long a trigger elsewhere may take to answer; the service waits five seconds.
    pub trigger_timeout: Duration,
    /// Who may send through [`ses`](crate::ses): domains, whose subdomains count as well, and whole addresses.
    pub ses_identities: Vec<String>,
    /// The clock begins here, in milliseconds since 1970, and moves only when it is told to: for tests that must not depend on how
    /// quick the machine is.
    pub frozen_at_millis: Option<i64>,
    /// Whether each request is told on standard error: operation, user, outcome.
    pub log: bool,
}

impl Default for Settings {
    fn default() -> Self {
        const MINUTE: u64 = 60;
        const DAY: u64 = 24 * 60 * MINUTE;
        Self {
            issuer_base: None,
            session_validity: Duration::from_secs(3 * MINUTE),
            secret_block_validity: Duration::from_secs(MINUTE),
            timestamp_window: Duration::from_secs(5 * MINUTE),
            sign_up_code_validity: Duration::from_secs(DAY),
            access_token_validity: Duration::from_secs(60 * MINUTE),
            refresh_token_validity: Duration::from_secs(30 * DAY),
            trigger_source: TriggerSource::InProcess,
            triggers: triggers::Settings::default(),
            trigger_timeout: Duration::from_secs(5),
            ses_identities: vec!["example.com".to_owned()],
            frozen_at_millis: None,
            log: false,
        }
    }
}

/// Milliseconds of a duration, as the pool's clock counts.
pub(crate) fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
