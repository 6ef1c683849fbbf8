//! The pool's clocks, life times, triggers and senders.

use std::time::Duration;

use super::TriggerSource;

/// The address that the pool listens on by default.
pub const DEFAULT_ADDRESS: &str = "127.0.0.1:9229";

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
    /// Life of a sign-up code, and of one that verifies an attribute.
    pub sign_up_code_validity: Duration,
    /// Life of a code for a forgotten password.
    pub reset_code_validity: Duration,
    /// Life of id and access tokens.
    pub access_token_validity: Duration,
    /// Life of refresh tokens.
    pub refresh_token_validity: Duration,
    /// Where the triggers run.
    pub trigger_source: TriggerSource,
    /// Of the triggers that run in process; functions elsewhere have their own. They are checked as those of a function: with wrong
    /// ones every sign-in by a code is refused and says why. The limits of mails are far higher than a deployed function's.
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
            reset_code_validity: Duration::from_secs(60 * MINUTE),
            access_token_validity: Duration::from_secs(60 * MINUTE),
            refresh_token_validity: Duration::from_secs(30 * DAY),
            trigger_source: TriggerSource::InProcess,
            // A developer, or a test, signs in as one seeded user all day. What is right for a person's inbox would only be in the way.
            triggers: triggers::Settings { mails_per_hour: 10_000, mails_per_day: 10_000, ..triggers::Settings::default() },
            trigger_timeout: Duration::from_secs(5),
            ses_identities: vec!["example.com".to_owned()],
            frozen_at_millis: None,
            log: false,
        }
    }
}
