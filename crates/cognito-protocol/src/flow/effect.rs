//! What comes out of the machine.

use super::{
    device::Device,
    first_factor::FirstFactor,
    job::Job,
    notice::Notice,
    passkey::Ceremony,
    screen::Screen,
    tokens::{PageTokens, Tokens},
};
use crate::{
    Secret,
    idp::{Json, Request, StringMap},
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
    /// Keep these tokens, and no others of the app client. What was kept before is fed back as
    /// [`Outcome::LeftOver`](super::Outcome::LeftOver).
    Store(Tokens),
    /// Keep these tokens, which a refresh brought, where the session with the refresh token `used` is still kept. Otherwise it has ended:
    /// feed them back as [`Outcome::LeftOver`](super::Outcome::LeftOver), and what the store holds as
    /// [`Page::StoreChanged`](super::Page::StoreChanged).
    StoreRenewed {
        /// What to keep.
        tokens: Tokens,
        /// What they were refreshed by.
        used: Secret,
    },
    /// Forget all tokens of the app client. Other sessions than that of the user who signed in last are fed back as
    /// [`Outcome::LeftOver`](super::Outcome::LeftOver).
    Forget,
    /// Keep this, and nothing else, for the next load of the page in this tab: a challenge that waits for the person. What is kept is fed back
    /// as [`Page::ChallengeFound`](super::Page::ChallengeFound). It is of use for minutes, and belongs where no other tab and no later
    /// session of the browser finds it. Whoever keeps nothing loses a convenience.
    KeepChallenge(Json),
    /// Forget the challenge that is kept: it is answered, over or left.
    ForgetChallenge,
    /// Keep `record` in this tab, and nothing else like it, and go to `url`. It comes back as [`Page::ReturnFound`](super::Page::ReturnFound)
    /// when a page of this tab has a return in its address. Where it cannot be kept, stay, and feed back
    /// [`Outcome::CouldNotLeave`](super::Outcome::CouldNotLeave) with `id`.
    Leave {
        /// Comes back.
        id: u32,
        /// What to keep.
        record: Json,
        /// Where to go.
        url: Secret,
    },
    /// The return is taken: forget the record, and take the parameters of the return out of the page's address and its history.
    ForgetReturn,
    /// Post `form`, which is form-encoded, to `url` and feed back [`Outcome::Replied`](super::Outcome::Replied) with `id`.
    Exchange {
        /// Comes back.
        id: u32,
        /// The token endpoint of the pool's domain.
        url: String,
        /// What to post.
        form: Secret,
    },
    /// Go to this page: the last effect of a step.
    Navigate {
        /// Where to go.
        url: String,
    },
    /// Wait until no other tab refreshes, and feed back [`Outcome::RefreshLockAcquired`](super::Outcome::RefreshLockAcquired).
    AcquireRefreshLock,
    /// Let the next tab refresh.
    ReleaseRefreshLock,
    /// Have the browser ask for a passkey, or for a new one, and feed back [`Outcome::PasskeyAnswered`](super::Outcome::PasskeyAnswered)
    /// with `id`. What was asked before is no longer wanted.
    AskPasskey {
        /// Comes back.
        id: u32,
        /// What to ask for.
        ceremony: Ceremony,
        /// What the service asks of the browser, as it came: it may be anything.
        options: Json,
    },
    /// Nobody waits for what the browser asks: it closes its dialog.
    DismissPasskey,
    /// Keep on this device what the person chose to sign in by, for [`Settings::last_factor`](super::Settings::last_factor).
    RememberFactor(FirstFactor),
    /// Feed back [`Outcome::DeviceFound`](super::Outcome::DeviceFound) with what is kept of the device of a user, whom `name` tells: the real
    /// username, or a name that somebody signed in by.
    FindDevice {
        /// Comes back.
        id: u32,
        /// Whose device.
        name: String,
    },
    /// Keep a device, beyond the session. Where it is not remembered, the session alone needs it.
    KeepDevice {
        /// What to keep.
        device: Device,
        /// The name that its user signed in by.
        sign_in_name: String,
        /// Whether the pool remembers it.
        is_remembered: bool,
    },
    /// Forget the device with this key, if one of that user with this key is kept.
    ForgetDevice {
        /// The real username.
        username: String,
        /// The key.
        key: Secret,
    },
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
    /// To [`Page::ScreenRequested`](super::Page::ScreenRequested); to [`Page::SignOutRequested`](super::Page::SignOutRequested), that
    /// nobody is signed in, or that all sessions have ended.
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
    /// The account was deleted.
    Deleted,
}

impl SignOutReason {
    /// All of them.
    pub const ALL: &[Self] = &[Self::Requested, Self::Expired, Self::Elsewhere, Self::Deleted];

    /// The word in the event's detail.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Expired => "expired",
            Self::Elsewhere => "elsewhere",
            Self::Deleted => "deleted",
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
