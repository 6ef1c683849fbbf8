//! Why a trigger cannot do its work. The service shows the text to the person who signs in, as
//! `<Trigger> failed with error <text>.`, so it is in the person's language, says what to do, and names no secret.

use std::fmt;

use crate::messages::{Message, Messages};

/// The source of randomness gave none, or nothing usable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RandomnessFailed;

impl fmt::Display for RandomnessFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no randomness")
    }
}

impl std::error::Error for RandomnessFailed {}

/// What is the matter, for the deployer's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The user has no e-mail address that a code could go to, or one that is none. The pool's administrator is to blame.
    NoEmail,
    /// The mail was not taken. The deployer or the mail service is to blame.
    MailFailed,
    /// A replaced message could not be written out with this event. The deployer is to blame.
    Template,
    /// The trigger was asked for another challenge than `CUSTOM_CHALLENGE`, or for another reason than an authentication.
    UnknownChallenge,
    /// Too much was tried, or mailed: so many minutes must pass. Whoever guesses is to blame.
    Locked {
        /// At least one.
        minutes: u32,
    },
    /// An attempt could not be counted, and so is none: the table of attempts did not answer, or too many came at once.
    NotCounted,
    /// No code could be made.
    Randomness(RandomnessFailed),
}

impl Cause {
    /// A name for logs and for Lambda's `errorType`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoEmail => "NoEmail",
            Self::MailFailed => "MailFailed",
            Self::Template => "Template",
            Self::UnknownChallenge => "UnknownChallenge",
            Self::Locked { .. } => "Locked",
            Self::NotCounted => "NotCounted",
            Self::Randomness(_) => "Randomness",
        }
    }
}

/// Why a trigger gives no answer, with the text for the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriggerError {
    cause: Cause,
    text: String,
}

impl TriggerError {
    /// The error with its text in the person's language (`locale` as in an event; the empty text where none is known).
    #[must_use]
    pub fn new(cause: Cause, messages: &Messages, locale: &str) -> Self {
        let message = match cause {
            Cause::NoEmail => Message::NoEmail,
            Cause::MailFailed => Message::MailFailed,
            Cause::Locked { .. } => Message::Locked,
            Cause::NotCounted => Message::TryLater,
            Cause::Template | Cause::UnknownChallenge | Cause::Randomness(_) => Message::NotPossible,
        };
        // The service puts a full stop behind it.
        let minutes = match cause {
            Cause::Locked { minutes } => Some(minutes),
            _ => None,
        };
        let text = messages.line(message, locale, minutes).trim_end_matches(['.', '。']).to_owned();
        Self { cause, text }
    }

    /// What is the matter.
    #[must_use]
    pub fn cause(&self) -> Cause {
        self.cause
    }
}

impl fmt::Display for TriggerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for TriggerError {}
