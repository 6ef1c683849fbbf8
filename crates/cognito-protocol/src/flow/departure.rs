//! A session that was forgotten here and has not ended at the service.

use super::refreshing::Refreshing;
use crate::Secret;

/// A session that is over here and not yet at the service.
#[derive(Debug)]
pub(super) struct Departure {
    pub stage: Stage,
    /// Is revoked should ending all sessions fail.
    pub refresh_token: Option<Secret>,
    /// The device of the session.
    pub device_key: Option<String>,
    /// Whether all sessions are to end.
    pub ends_all: bool,
    /// The page's requests for that.
    pub requests: Vec<u32>,
    /// Where the page goes then.
    pub next_url: Option<String>,
}

/// What is waited for.
#[derive(Debug)]
pub(super) enum Stage {
    /// The refresh may bring another refresh token, which has to be revoked, or the access token that ends all sessions.
    Refreshing(Refreshing),
    /// The call that ends all sessions, by its id.
    EndingAll(u32),
}

impl Departure {
    /// Whether the call with this id is waited for.
    pub fn awaits(&self, id: u32) -> bool {
        match &self.stage {
            Stage::Refreshing(refreshing) => refreshing.call == id,
            Stage::EndingAll(call) => *call == id,
        }
    }
}
