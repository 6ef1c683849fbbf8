//! What the OAuth endpoints remember: who is at a provider's page, codes that were handed out, and browsers that are signed in.

use std::collections::HashMap;

use super::UserId;
use crate::config::OauthScope;

/// What a page asked for, after all checks.
#[derive(Clone)]
pub(crate) struct Authorization {
    pub client_id: String,
    pub user_pool_id: String,
    pub redirect_uri: String,
    pub scopes: Vec<OauthScope>,
    pub state: Option<String>,
    pub nonce: Option<String>,
    pub code_challenge: String,
}

/// Somebody who is at a provider's page.
pub(crate) struct Visit {
    pub authorization: Authorization,
    pub provider: String,
    pub expires_millis: i64,
}

/// A code that was handed out.
pub(crate) struct Code {
    pub authorization: Authorization,
    pub user: UserId,
    pub expires_millis: i64,
    pub use_of: CodeUse,
}

/// What became of a code.
pub(crate) enum CodeUse {
    Unused,
    /// Somebody had it without what belongs to it.
    Spoilt,
    /// Tokens were made with it: their `origin_jti`.
    Exchanged(String),
}

/// A browser that is signed in here, so that the next sign-in with the same provider needs no page.
pub(crate) struct BrowserSession {
    pub user: UserId,
    pub provider: String,
    pub expires_millis: i64,
}

/// All of it, by its own text.
#[derive(Default)]
pub(crate) struct Oauth {
    pub visits: HashMap<String, Visit>,
    pub codes: HashMap<String, Code>,
    pub browsers: HashMap<String, BrowserSession>,
}

impl Oauth {
    /// Forgets what is too old. Codes stay a day, so that one which comes twice can still end its tokens.
    pub fn forget_old(&mut self, now_millis: i64) {
        const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;
        self.visits.retain(|_, visit| now_millis < visit.expires_millis);
        self.codes.retain(|_, code| now_millis < code.expires_millis.saturating_add(DAY_MILLIS));
        self.browsers.retain(|_, browser| now_millis < browser.expires_millis);
    }

    pub fn forget_user(&mut self, user: &UserId) {
        self.codes.retain(|_, code| code.user != *user);
        self.browsers.retain(|_, browser| browser.user != *user);
    }
}
