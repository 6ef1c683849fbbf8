//! Sign-ins that are under way.

use cognito_protocol::Secret;
use srp_reference::Key;
use triggers::{ChallengeResult, Texts};

use super::{Ceremony, UserId};
use crate::config::{AppClient, SecondFactor};

/// Which flow a sign-in goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flow {
    /// `USER_SRP_AUTH` and `USER_PASSWORD_AUTH`: the password, and what second factors there are.
    Password,
    /// `CUSTOM_AUTH`: the triggers decide what comes after the password.
    Custom,
    /// `USER_AUTH`: a first factor of one's choice.
    Choice,
}

/// How far a sign-in has come; carried from challenge to challenge.
#[derive(Clone)]
pub(crate) struct Progress {
    /// Possibly a simulated one.
    pub user: UserId,
    pub client_id: String,
    pub flow: Flow,
    /// What the triggers see as `session`.
    pub history: Vec<ChallengeResult>,
    /// The user's own second factor was passed.
    pub has_passed_mfa: bool,
}

impl Progress {
    /// A sign-in that begins.
    pub fn new(user: UserId, client: &AppClient, flow: Flow) -> Self {
        Self { user, client_id: client.id.clone(), flow, history: Vec::new(), has_passed_mfa: false }
    }

    pub fn passed(&mut self, challenge_name: &str) {
        self.history.push(ChallengeResult {
            challenge_name: challenge_name.to_owned(),
            challenge_result: true,
            challenge_metadata: None,
        });
    }
}

/// What a session waits for.
#[derive(Clone)]
pub(crate) enum Pending {
    /// In all flows but `USER_SRP_AUTH`, which has no session here; holds the `SECRET_BLOCK`.
    PasswordVerifier(String),
    SoftwareTokenMfa,
    /// Holds the code, until a later one makes it wrong.
    SmsMfa(Option<Secret>),
    EmailOtp(EmailOtp),
    /// The same as a first factor by text message.
    SmsOtp(Option<Secret>),
    /// Holds the name that was typed: what is made up for a user who does not exist is made of it.
    SelectChallenge {
        typed_name: String,
        /// What was asked of the browser of somebody who has a passkey.
        passkey: Option<Ceremony>,
    },
    /// Holds what was asked of the browser.
    WebAuthn(Ceremony),
    /// Holds what was offered.
    SelectMfaType(Vec<SecondFactor>),
    MfaSetup(Setup),
    NewPasswordRequired,
    /// Holds what the creation of the challenge kept private.
    CustomChallenge {
        private_parameters: Texts,
        metadata: Option<String>,
    },
    /// A sign-up that is not confirmed; its session is for `ConfirmSignUp`.
    SignUp,
    /// A sign-up that is confirmed; its session is for the first sign-in.
    SignedUp,
}

/// A code by e-mail that is to be answered.
#[derive(Clone)]
pub(crate) struct EmailOtp {
    /// Until a later one makes it wrong.
    pub code: Option<Secret>,
    pub purpose: EmailOtpPurpose,
}

/// What a code by e-mail is for.
#[derive(Clone)]
pub(crate) enum EmailOtpPurpose {
    FirstFactor,
    SecondFactor,
    /// Holds the address that the right answer verifies and makes a second factor.
    SetUp(String),
}

/// How far the set-up of an authenticator app has come.
#[derive(Clone)]
pub(crate) enum Setup {
    Begun,
    Associated(Secret),
    Verified,
}

#[derive(Clone)]
pub(crate) struct Session {
    pub progress: Progress,
    pub pending: Pending,
    pub born_millis: i64,
    pub is_used: bool,
}

/// What the pool remembers for a `SECRET_BLOCK`.
pub(crate) struct SrpExchange {
    pub progress: Progress,
    pub key: Key,
    pub born_millis: i64,
}
