//! What comes out of the machine.

use super::{
    job::Job,
    notice::Notice,
    screen::Screen,
    tokens::{PageTokens, Tokens},
};
use crate::{
    Secret,
    idp::{Request, StringMap},
};

/// Something to do.
#[derive(Debug)]
pub enum Effect {
    /// Send `request` and feed back [`Outcome::Replied`](super::Outcome::Replied) with `id`.
    Call {
        /// Comes back.
        id: u32,
        /// What to send.
        request: Request,
    },
    /// Let the browser paint, run `job` and feed back [`Outcome::Derived`](super::Outcome::Derived) with `id`.
    Derive {
        /// Comes back.
        id: u32,
        /// What to run.
        job: Job,
    },
    /// After `millis` milliseconds feed back [`Outcome::TimerFired`](super::Outcome::TimerFired) with `id`.
    StartTimer {
        /// Comes back.
        id: u32,
        /// How long.
        millis: u32,
    },
    /// Keep these tokens.
    Store(Tokens),
    /// Forget the stored tokens.
    Forget,
    /// Wait until no other tab refreshes, and feed back [`Outcome::RefreshLockAcquired`](super::Outcome::RefreshLockAcquired).
    AcquireRefreshLock,
    /// Let the next tab refresh.
    ReleaseRefreshLock,
    /// Answer a request of the page.
    Answer {
        /// Which request.
        request: u32,
        /// What it asked for, or why it cannot have it.
        answer: Result<Answer, Notice>,
    },
    /// Tell the page.
    Tell(HostEvent),
}

/// What answers a request of the page.
#[derive(Debug)]
pub enum Answer {
    /// To [`Page::TokensRequested`](super::Page::TokensRequested).
    Tokens(PageTokens),
    /// To [`Page::ScreenRequested`](super::Page::ScreenRequested) and [`Page::SignOutRequested`](super::Page::SignOutRequested).
    Done,
}

/// Why nobody is signed in any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignOutReason {
    /// The person or the page asked for it.
    Requested,
    /// The service no longer refreshes the tokens.
    Expired,
    /// Another tab or element ended it.
    Elsewhere,
}

impl SignOutReason {
    /// All of them.
    pub const ALL: &[Self] = &[Self::Requested, Self::Expired, Self::Elsewhere];

    /// The word in the event's detail.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
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
        /// Names it as long as it is open.
        id: u32,
        /// What the triggers made public.
        parameters: StringMap,
    },
}
