//! `DefineAuthChallenge`: what comes next in a sign-in.

use crate::{
    event::{ChallengeResult, DefineAuthChallengeEvent, DefineAuthChallengeResponse},
    settings::Settings,
};

/// Fills in the response: the next challenge, tokens, or the end.
///
/// Total: whatever the session holds that is not a prefix of the flow ends the sign-in. That covers `CUSTOM_AUTH` without
/// `SRP_A` (an empty session), where the password would be skipped. For a user whom the pool does not know the challenges look
/// the same, but no sequence of answers gives tokens. An event from another source than an authentication gives none either.
#[must_use]
pub fn define_auth_challenge(mut event: DefineAuthChallengeEvent, settings: &Settings) -> DefineAuthChallengeEvent {
    let next = match next(&event.request.session, settings.max_attempts) {
        _ if event.trigger_source != "DefineAuthChallenge_Authentication" => Next::Fail,
        Next::Tokens if event.request.user_not_found => Next::Fail,
        next => next,
    };
    event.response = match next {
        Next::Challenge(name) => DefineAuthChallengeResponse { challenge_name: Some(name.to_owned()), ..Default::default() },
        Next::Tokens => DefineAuthChallengeResponse { issue_tokens: true, ..Default::default() },
        Next::Fail => DefineAuthChallengeResponse { fail_authentication: true, ..Default::default() },
    };
    event
}

enum Next {
    Challenge(&'static str),
    Tokens,
    Fail,
}

fn next(session: &[ChallengeResult], max_attempts: u32) -> Next {
    let (srp_a, rest) = match session {
        [first, rest @ ..] if first.challenge_name == "SRP_A" => (first, rest),
        _ => return Next::Fail,
    };
    if !srp_a.challenge_result {
        return Next::Fail;
    }
    let (password, rest) = match rest {
        [] => return Next::Challenge("PASSWORD_VERIFIER"),
        [first, rest @ ..] => (first, rest),
    };
    if password.challenge_name != "PASSWORD_VERIFIER" || !password.challenge_result {
        return Next::Fail;
    }
    let mut wrong_answers = 0_u32;
    let mut answered = false;
    for result in rest {
        match (result.challenge_name.as_str(), result.challenge_result) {
            // No challenge follows a right answer, so a second one is not of this flow.
            ("CUSTOM_CHALLENGE", _) if answered => return Next::Fail,
            ("CUSTOM_CHALLENGE", true) => answered = true,
            ("CUSTOM_CHALLENGE", false) => wrong_answers = wrong_answers.saturating_add(1),
            (name, true) if is_second_factor(name) => {}
            _ => return Next::Fail,
        }
    }
    if wrong_answers >= max_attempts {
        Next::Fail
    } else if answered {
        Next::Tokens
    } else {
        Next::Challenge("CUSTOM_CHALLENGE")
    }
}

/// What the service itself asks after the password, when the user has it set up.
fn is_second_factor(name: &str) -> bool {
    matches!(
        name,
        "SOFTWARE_TOKEN_MFA"
            | "SMS_MFA"
            | "EMAIL_OTP"
            | "MFA_SETUP"
            | "SELECT_MFA_TYPE"
            | "DEVICE_SRP_AUTH"
            | "DEVICE_PASSWORD_VERIFIER"
    )
}
