//! The triggers that there are.

/// A trigger: its name in the service's sentences, and that of its function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trigger {
    Define,
    Create,
    Verify,
    CustomMessage,
}

impl Trigger {
    pub fn name(self) -> &'static str {
        match self {
            Self::Define => "DefineAuthChallenge",
            Self::Create => "CreateAuthChallenge",
            Self::Verify => "VerifyAuthChallengeResponse",
            Self::CustomMessage => "CustomMessage",
        }
    }

    pub fn function(self) -> &'static str {
        match self {
            Self::Define => "define-auth-challenge",
            Self::Create => "create-auth-challenge",
            Self::Verify => "verify-auth-challenge-response",
            Self::CustomMessage => "custom-message",
        }
    }
}
