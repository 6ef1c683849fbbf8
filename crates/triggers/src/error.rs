//! Why a trigger cannot do its work. The texts reach the person who signs in, through the service's own message
//! `<Trigger> failed with error <text>.`, so they name no secret.

use std::fmt;

/// The source of randomness gave none, or nothing usable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RandomnessFailed;

impl fmt::Display for RandomnessFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no randomness")
    }
}

impl std::error::Error for RandomnessFailed {}

/// Why [`create_auth_challenge`](crate::create_auth_challenge) made no challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TriggerError {
    /// `CODE_LENGTH` is not a number in its bounds; holds what it was. The deployer is to blame.
    CodeLength(String),
    /// The user has no e-mail address that a code could go to. The pool's administrator is to blame.
    NoEmail,
    /// The trigger was asked for another challenge than `CUSTOM_CHALLENGE`.
    UnknownChallenge,
    /// No code could be made.
    Randomness(RandomnessFailed),
}

impl fmt::Display for TriggerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CodeLength(given) => write!(f, "CODE_LENGTH must be a whole number from 4 to 12, not {given:?}"),
            Self::NoEmail => f.write_str("the user has no e-mail address"),
            Self::UnknownChallenge => f.write_str("the challenge is not CUSTOM_CHALLENGE"),
            Self::Randomness(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for TriggerError {}

impl From<RandomnessFailed> for TriggerError {
    fn from(error: RandomnessFailed) -> Self {
        Self::Randomness(error)
    }
}
