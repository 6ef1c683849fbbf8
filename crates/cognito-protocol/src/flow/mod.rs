//! The sign-in machine: what the person, the page and the service do goes in, what is to be done comes out.
//!
//! [`step`] is pure and total. It cannot fail and cannot panic; it does no I/O. What it wants done it returns as [`Effect`]s, and
//! what came of them is fed back as [`Outcome`]s. Calls, jobs and timers carry the id that the machine gave them, and an id that
//! nobody waits for any more is dropped.
//!
//! ```text
//!  Starting ──▶ EnteringCredentials ──▶ Proving ──▶ Asking ──┬──▶ SignedIn (with its Account)
//!                       ▲                  │           │     │
//!                       └── notice ────────┴───────────┴── SettingUpTotp, ChoosingSetup, ChoosingPassword, ChoosingFactor, AskingPasskey
//! ```
//!
//! From the form, `SigningUp` and `ConfirmingSignUp`, and `RequestingReset` and `ResettingPassword`, lead to `Proving` with the password
//! that was just chosen. `ChoosingFactor` stands between `Proving` and what the person chose to sign in by: a code, or the form once more.
//!
//! A phase holds only what it has earned, changes in place, and says where to go in the words of a sign-in; `route` alone knows
//! which phase that is. A challenge with one answer is data: a file in `challenge/` and a row in its table. What a signed-in person
//! does is a task in `account/`. The password moves from the form into `Proving` and, because "Send a new code" starts the sign-in
//! again, stays with an open challenge that a code can follow; it is wiped when the challenge ends.
//!
//! # Source
//! docs/cognito.md#flows, docs/cognito.md#challenges; AWS developer guide, "User pool authentication flow".

mod account;
mod attributes;
mod call_error;
mod challenge;
mod claims;
mod contact;
mod cx;
mod departure;
mod device;
mod effect;
mod enrolment;
mod event;
mod factor;
mod farewell;
mod federation;
mod first_factor;
mod form;
mod job;
mod new_device;
mod notice;
mod open_challenge;
mod passkey;
mod password_rule;
mod phase;
mod phases;
mod phone_number;
mod redirect_secrets;
mod refresh;
mod refreshing;
mod route;
mod screen;
mod sent_code;
mod settings;
mod state;
mod tokens;
mod view;

pub use call_error::CallError;
#[cfg(feature = "serde_json")]
pub use claims::read_claims;
pub use contact::Contact;
pub use device::{Device, RememberDevice};
pub use effect::{Answer, Effect, HostEvent, SignOutReason};
pub use event::{CallResult, Event, Outcome, Page, Person, Returned};
pub use factor::{Choice, Factor};
pub use first_factor::FirstFactor;
pub use form::{Action, Answers, field};
pub use job::{Derived, Job, Progress, Running};
pub use notice::{Detail, Notice, NoticeKind};
pub use passkey::{Ceremony, PasskeyFailure};
pub use password_rule::PasswordRule;
pub use redirect_secrets::RedirectSecrets;
pub use screen::Screen;
pub use settings::{Federation, Purpose, ReadClaims, Settings, SignInFlow, UsernameKind};
pub use state::{State, Step, step};
pub use tokens::{PageTokens, Tokens};
pub use view::{
    AccountSettings, AccountView, ChallengeView, ContactDetail, Details, DeviceEntry, PasskeyEntry, Shown, TotpSetupView, View,
};
