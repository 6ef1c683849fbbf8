//! The sign-in machine: what the person, the clock and the service do goes in, what is to be done comes out.
//!
//! [`step`] is pure and total. It cannot fail and cannot panic; it does no I/O. What it wants done it returns as [`Effect`]s, and
//! what came of them is fed back as [`Event`]s. Replies, jobs and timers carry the id that the machine gave them, and an id that
//! nobody waits for any more is dropped.
//!
//! ```text
//!  Starting ──▶ EnteringCredentials ──▶ SigningIn ──▶ Answering ──┬──▶ SignedIn (with its account part)
//!                       ▲                   │             │       │
//!                       └── notice ─────────┴─────────────┴── SettingUpTotp
//! ```
//!
//! A state holds only what its phase has earned. The password moves from the form into `SigningIn` and, because
//! "Send a new code" starts the sign-in again, stays with an open challenge; it is wiped when the challenge ends.
//!
//! # Source
//! Protocol notes sections 3, 5 and 6; AWS developer guide, "User pool authentication flow".

mod account;
mod answering;
mod cx;
mod effect;
mod event;
mod job;
mod notice;
mod session;
mod settings;
mod sign_in;
mod state;
mod totp_setup;
mod view;

pub use effect::{Effect, HostEvent, SignOutReason, TokenSet};
pub use event::{CallError, Event};
pub use job::{Derived, Job};
pub use notice::Notice;
pub use settings::{PasswordFlow, Purpose, Settings};
pub use state::{State, StoredSession};
pub use view::{AccountView, CodeView, Screen, TotpSetupView, View, ViewDetails};

use cx::Cx;
use state::Phase;

/// What one event led to.
#[derive(Debug)]
pub struct Step {
    /// The state to feed the next event to.
    pub state: State,
    /// What to do now, in this order.
    pub effects: Vec<Effect>,
}

/// `(state, event) → (state, effects)`.
///
/// `now_millis` is the local clock in milliseconds since the Unix epoch; the service's clock is known from its replies. An event
/// that does not fit the state is ignored when it comes from the person or is stale, and ends in a [`Notice`] when it comes from
/// the service.
#[must_use]
pub fn step(state: State, now_millis: i64, event: Event) -> Step {
    let State { mut core, phase } = state;
    if let Event::Replied { service_millis: Some(service_millis), .. } = &event {
        core.service_ahead_millis = Some(service_millis.saturating_sub(now_millis));
    }
    let screen_before = phase.screen();
    let mut cx = Cx::new(&mut core, now_millis);
    let phase = phase.on(&mut cx, event);
    let screen = phase.screen();
    if screen != screen_before {
        cx.tell(HostEvent::ScreenChanged(screen));
    }
    let effects = cx.finish(screen);
    Step { state: State { core, phase }, effects }
}

impl Phase {
    fn on(self, cx: &mut Cx<'_>, event: Event) -> Phase {
        match self {
            Self::EnteringCredentials(_) | Self::SigningIn(_) | Self::Answering(_) | Self::SettingUpTotp(_)
                if matches!(event, Event::ResetRequested) =>
            {
                sign_in::signed_out(cx, None)
            }
            Self::Starting => match event {
                Event::Started { stored } => session::start(cx, stored),
                event => {
                    sign_in::ignore(cx, &event);
                    Self::Starting
                }
            },
            Self::NotSignedIn(phase) => phase.on(cx, event),
            Self::EnteringCredentials(phase) => phase.on(cx, event),
            Self::SigningIn(phase) => phase.on(cx, event),
            Self::Answering(phase) => phase.on(cx, event),
            Self::SettingUpTotp(phase) => phase.on(cx, event),
            Self::SignedIn(phase) => phase.on(cx, event),
        }
    }
}
