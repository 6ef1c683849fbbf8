//! What goes into the machine.

use super::{Derived, Screen, StoredSession};
use crate::{
    Secret,
    idp::{Reply, ServiceError},
};

/// Why a call brought no reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallError {
    /// The service answered with an error.
    Service(ServiceError),
    /// Nothing came back: no network, or the browser blocked the request.
    Network,
    /// Something came back that is not what the operation answers.
    BadReply,
}

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    /// The widget is on the page; `stored` is the session that the store holds.
    Started {
        /// The stored session.
        stored: Option<StoredSession>,
    },
    /// The person began to type credentials: time to compute ahead.
    CredentialsTouched,
    /// The person submitted the sign-in form.
    CredentialsSubmitted {
        /// What was typed; surrounding white space is dropped.
        sign_in_name: String,
        /// What was typed, byte for byte.
        password: Secret,
    },
    /// The person submitted a code or an answer.
    AnswerSubmitted {
        /// What was typed.
        answer: Secret,
    },
    /// The page shows a custom challenge itself and will answer it.
    ChallengeTakenOver,
    /// The person wants a new code.
    NewCodeRequested,
    /// The person wants to leave the present screen for the one before.
    BackRequested,
    /// The person wants to sign in, from the account element.
    SignInRequested,
    /// The person or the page wants to sign out; `global` ends the sessions of all devices.
    SignOutRequested {
        /// On all devices.
        global: bool,
    },
    /// The person wants to set up, or replace, the authenticator app.
    AuthenticatorSetupRequested,
    /// The person wants no authenticator codes any more.
    AuthenticatorTurnOffRequested,
    /// The page wants tokens with at least a minute to live.
    TokensRequested {
        /// Comes back in [`Effect::AnswerTokens`](super::Effect::AnswerTokens).
        request: u32,
    },
    /// The page wants another screen.
    ScreenRequested(Screen),
    /// The page wants a fresh start, without what was typed; a signed-in session stays.
    ResetRequested,
    /// A job is done.
    Derived {
        /// The job's id.
        id: u32,
        /// What came of it.
        derived: Derived,
    },
    /// A call is over.
    Replied {
        /// The call's id.
        id: u32,
        /// What came of it.
        outcome: Result<Reply, CallError>,
        /// The service's clock, from the reply's `Date` header, in milliseconds since the Unix epoch.
        service_millis: Option<i64>,
    },
    /// A timer ran out.
    TimerFired {
        /// The timer's id.
        id: u32,
    },
    /// No other tab refreshes now; `stored` is what the store holds at this moment.
    RefreshLockAcquired {
        /// The stored session.
        stored: Option<StoredSession>,
    },
    /// Another tab or element changed the stored session.
    StorageChanged {
        /// The stored session.
        stored: Option<StoredSession>,
    },
}
