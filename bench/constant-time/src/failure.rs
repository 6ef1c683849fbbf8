//! Why nothing can be measured.

use std::fmt;

use cognito_protocol::srp::SrpError;

/// A computation that does not come to its end. None is known for the numbers that are drawn here.
#[derive(Debug)]
pub enum Failure {
    /// The arithmetic refuses its numbers.
    Refused(SrpError),
    /// The machine asks for no proof of the password, so a sign-in goes another way than `proof.rs` has it.
    NoProof,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(error) => error.fmt(f),
            Self::NoProof => f.write_str("the machine asks for no proof of the password: see bench/constant-time/src/proof.rs"),
        }
    }
}

impl std::error::Error for Failure {}

impl From<SrpError> for Failure {
    fn from(error: SrpError) -> Self {
        Self::Refused(error)
    }
}
