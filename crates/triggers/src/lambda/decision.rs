//! What a trigger decided, in one word for the log.

use crate::{
    CreateAuthChallengeResponse, CustomMessageResponse, DefineAuthChallengeResponse, VerifyAuthChallengeResponseResponse,
};

/// A response that can be told without telling about whom.
pub trait Decision {
    /// The word.
    fn decision(&self) -> &'static str;
}

impl Decision for DefineAuthChallengeResponse {
    fn decision(&self) -> &'static str {
        match (self.issue_tokens, self.challenge_name.as_deref()) {
            (true, _) => "tokens",
            (false, Some("PASSWORD_VERIFIER")) => "password",
            (false, Some(_)) => "code",
            (false, None) => "failed",
        }
    }
}

impl Decision for CreateAuthChallengeResponse {
    fn decision(&self) -> &'static str {
        if self.public_challenge_parameters.contains_key("expired") { "expired" } else { "asked" }
    }
}

impl Decision for VerifyAuthChallengeResponseResponse {
    fn decision(&self) -> &'static str {
        if self.answer_correct { "right" } else { "wrong" }
    }
}

impl Decision for CustomMessageResponse {
    fn decision(&self) -> &'static str {
        if self.email_message.is_some() { "worded" } else { "left" }
    }
}
