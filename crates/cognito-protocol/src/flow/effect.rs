//! What comes out of the machine.

use super::{Job, Notice, Screen, StoredSession};
use crate::{
    Secret,
    idp::{Request, StringMap},
};

/// Something to do.
#[derive(Debug)]
pub enum Effect {
    /// Send `request` and feed back [`Event::Replied`](super::Event::Replied) with `id`.
    Call {
        /// Comes back.
        id: u32,
        /// What to send.
        request: Request,
    },
    /// Let the browser paint, run `job` and feed back [`Event::Derived`](super::Event::Derived) with `id`.
    Derive {
        /// Comes back.
        id: u32,
        /// What to run.
        job: Job,
    },
    /// After `millis` milliseconds feed back [`Event::TimerFired`](super::Event::TimerFired) with `id`.
    StartTimer {
        /// Comes back.
        id: u32,
        /// How long.
        millis: u32,
    },
    /// Keep this session.
    Store(StoredSession),
    /// Forget the stored session.
    Forget,
    /// Wait until no other tab refreshes, and feed back [`Event::RefreshLockAcquired`](super::Event::RefreshLockAcquired).
    AcquireRefreshLock,
    /// Let the next tab refresh.
    ReleaseRefreshLock,
    /// Answer the page's request for tokens.
    AnswerTokens {
        /// Which request.
        request: u32,
        /// The tokens, or why there are none.
        outcome: Result<TokenSet, Notice>,
    },
    /// Tell the page.
    Tell(HostEvent),
}

/// The tokens that a page may have. The refresh token is not among them.
#[derive(Clone, Debug)]
pub struct TokenSet {
    /// JWT with the user's attributes.
    pub id_token: Secret,
    /// JWT for APIs.
    pub access_token: Secret,
    /// When the access token expires, by the local clock, in milliseconds since the Unix epoch.
    pub expires_at_millis: i64,
}

/// Why a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignOutReason {
    /// The person or the page asked for it.
    Requested,
    /// The service no longer refreshes it.
    Expired,
    /// Another tab or element ended it.
    Elsewhere,
}

impl SignOutReason {
    /// The word in the event's detail.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Expired => "expired",
            Self::Elsewhere => "elsewhere",
        }
    }
}

/// News for the page.
#[derive(Debug)]
pub enum HostEvent {
    /// Another screen is shown.
    ScreenChanged(Screen),
    /// Somebody is signed in. The ID token is for reading its claims; it is no part of the news.
    SignedIn {
        /// The real username.
        username: String,
        /// The ID token.
        id_token: Secret,
    },
    /// Nobody is signed in any more.
    SignedOut(SignOutReason),
    /// The tokens are new.
    TokensRefreshed,
    /// An error is shown.
    Error {
        /// Which.
        notice: Notice,
        /// On which screen.
        screen: Screen,
    },
    /// A custom challenge is open, and the page may take it over.
    Challenge {
        /// What the triggers made public.
        parameters: StringMap,
    },
}
