//! The triggers that there are.

/// A trigger: its name in the service's sentences, and that of its function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trigger {
    Define,
    Create,
    Verify,
    CustomMessage,
    PreAuthentication,
}

impl Trigger {
    pub fn name(self) -> &'static str {
        match self {
            Self::Define => "DefineAuthChallenge",
            Self::Create => "CreateAuthChallenge",
            Self::Verify => "VerifyAuthChallengeResponse",
            Self::CustomMessage => "CustomMessage",
            Self::PreAuthentication => "PreAuthentication",
        }
    }

    pub fn function(self) -> &'static str {
        match self {
            Self::Define => "define-auth-challenge",
            Self::Create => "create-auth-challenge",
            Self::Verify => "verify-auth-challenge-response",
            Self::CustomMessage => "custom-message",
            Self::PreAuthentication => "pre-authentication",
        }
    }
}
