//! Lambda triggers of the e-mail code flow of an Amazon Cognito user pool.
//!
//! The flow is `CUSTOM_AUTH` with SRP first, so the code is a second factor and never replaces the password:
//!
//! ```text
//!  SRP_A ─▶ PASSWORD_VERIFIER ─▶ (the user's own MFA) ─▶ CUSTOM_CHALLENGE, at most MAX_ATTEMPTS wrong answers ─▶ tokens
//! ```
//!
//! - [`define_auth_challenge`] says what comes next.
//! - [`create_auth_challenge`] makes the code once per sign-in and says what is to be mailed.
//! - [`verify_auth_challenge_response`] compares the answer.
//! - [`create_counted`] and [`verify_counted`] are the last two with what a user's earlier sign-ins left behind: [`attempts`].
//! - [`custom_message`] words the mails that the service itself sends.
//!
//! But for the counting ones these are pure functions: nothing in them sends, reads a clock or draws random numbers. Randomness and the time come in, the
//! [`Mail`] goes out. Events are read from the JSON that Lambda is called with, and the whole event goes back with its `response`
//! filled in, as Lambda requires. The binaries around them, one per function, are in the feature `lambda`; `template.yaml`
//! deploys them.
//!
//! # Source
//! AWS, Amazon Cognito developer guide: "Custom authentication challenge Lambda triggers", "Custom message Lambda trigger".

mod address;
pub mod attempts;
mod code;
mod counted;
mod create;
mod custom_message;
mod define;
mod error;
mod event;
#[cfg(feature = "lambda")]
pub mod lambda;
mod locale;
mod messages;
mod name;
mod service_text;
mod settings;
mod verify;

pub use address::mask_email;
pub use code::CodeLength;
pub use counted::{create_counted, verify_counted};
pub use create::{Created, create_auth_challenge};
pub use custom_message::custom_message;
pub use define::define_auth_challenge;
pub use error::{Cause, RandomnessFailed, TriggerError};
pub use event::{
    CallerContext, ChallengeResult, CreateAuthChallengeEvent, CreateAuthChallengeRequest, CreateAuthChallengeResponse,
    CustomMessageEvent, CustomMessageRequest, CustomMessageResponse, DefineAuthChallengeEvent, DefineAuthChallengeRequest,
    DefineAuthChallengeResponse, Event, Texts, VerifyAuthChallengeResponseEvent, VerifyAuthChallengeResponseRequest,
    VerifyAuthChallengeResponseResponse,
};
pub use messages::{Mail, Messages, MessagesError};
pub use service_text::is_taken_by_service;
pub use settings::{Sender, Settings, SettingsError};
pub use verify::verify_auth_challenge_response;
