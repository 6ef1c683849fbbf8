//! Lambda triggers of the e-mail code flow of an Amazon Cognito user pool, as pure functions.
//!
//! The flow is `CUSTOM_AUTH` with SRP first, so the code is a second factor and never replaces the password:
//!
//! ```text
//!  SRP_A ─▶ PASSWORD_VERIFIER ─▶ (the user's own MFA) ─▶ CUSTOM_CHALLENGE, at most three wrong answers ─▶ tokens
//! ```
//!
//! - [`define_auth_challenge`] says what comes next.
//! - [`create_auth_challenge`] makes the code once per sign-in and says what is to be mailed.
//! - [`verify_auth_challenge_response`] compares the answer.
//!
//! Nothing here sends, reads a clock or draws random numbers: randomness comes in, the [`Mail`] goes out. Events are read from
//! the JSON that Lambda is called with, and the whole event goes back with its `response` filled in, as Lambda requires.
//!
//! # Source
//! AWS, Amazon Cognito developer guide: "Custom authentication challenge Lambda triggers".

mod code;
mod create;
mod define;
mod error;
mod event;
mod mail;
mod verify;

pub use code::CodeLength;
pub use create::{Created, Settings, create_auth_challenge};
pub use define::{MAX_WRONG_ANSWERS, define_auth_challenge};
pub use error::{RandomnessFailed, TriggerError};
pub use event::{
    CallerContext, ChallengeResult, CreateAuthChallengeEvent, CreateAuthChallengeRequest, CreateAuthChallengeResponse,
    DefineAuthChallengeEvent, DefineAuthChallengeRequest, DefineAuthChallengeResponse, Event, Texts,
    VerifyAuthChallengeResponseEvent, VerifyAuthChallengeResponseRequest, VerifyAuthChallengeResponseResponse,
};
pub use mail::{Language, Mail, mask_email};
pub use verify::verify_auth_challenge_response;
