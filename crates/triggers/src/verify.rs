//! `VerifyAuthChallengeResponse`: whether an answer is right.

use subtle::ConstantTimeEq;

use crate::{
    code::Code,
    event::{VerifyAuthChallengeResponseEvent, VerifyAuthChallengeResponseRequest, VerifyAuthChallengeResponseResponse},
};

/// Fills in whether the answer is right. `now_secs` is the present in seconds since 1970.
///
/// Total: an answer that is no text, parameters that are missing, an expected answer that is no code and a code that is too old
/// are merely wrong, and so is everything in an event from another source than an authentication. How long the comparison takes
/// tells at most the length of the code, which is public.
#[must_use]
pub fn verify_auth_challenge_response(
    mut event: VerifyAuthChallengeResponseEvent,
    now_secs: i64,
) -> VerifyAuthChallengeResponseEvent {
    let is_expected = event.trigger_source == "VerifyAuthChallengeResponse_Authentication";
    let answer_correct = is_expected && is_right(&event.request, now_secs);
    event.response = VerifyAuthChallengeResponseResponse { answer_correct };
    event
}

fn is_right(request: &VerifyAuthChallengeResponseRequest, now_secs: i64) -> bool {
    let Some(code) = Code::from_private_parameters(&request.private_challenge_parameters) else { return false };
    let Some(answer) = request.challenge_answer.as_str() else { return false };
    let answer = one_time_code::normalise(answer);
    let same = bool::from(answer.as_bytes().ct_eq(code.digits().as_bytes()));
    same & !code.is_expired(now_secs) & !request.user_not_found
}
