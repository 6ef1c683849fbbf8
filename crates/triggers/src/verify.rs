//! `VerifyAuthChallengeResponse`: whether an answer is right.

use subtle::ConstantTimeEq;

use crate::{
    code,
    create::ANSWER,
    event::{VerifyAuthChallengeResponseEvent, VerifyAuthChallengeResponseRequest, VerifyAuthChallengeResponseResponse},
};

/// Fills in whether the answer is right.
///
/// Total: an answer that is no text, parameters that are missing and an expected answer that is no code are merely wrong. How
/// long the comparison takes tells at most the length of the code, which is public.
#[must_use]
pub fn verify_auth_challenge_response(mut event: VerifyAuthChallengeResponseEvent) -> VerifyAuthChallengeResponseEvent {
    event.response = VerifyAuthChallengeResponseResponse { answer_correct: is_right(&event.request) };
    event
}

fn is_right(request: &VerifyAuthChallengeResponseRequest) -> bool {
    let expected = request.private_challenge_parameters.as_ref().and_then(|parameters| parameters.get(ANSWER));
    let Some(expected) = expected.filter(|expected| code::is_code(expected)) else { return false };
    let Some(answer) = request.challenge_answer.as_str() else { return false };
    let answer = code::normalised(answer);
    let same = bool::from(answer.as_bytes().ct_eq(expected.as_bytes()));
    same & !request.user_not_found
}
