//! `SMS_MFA`: a code by text message, as second factor.
//!
//! The code lives as long as its session. A wrong one leaves the session as it is; a later text message to the same user makes the
//! code of an earlier one wrong. Nothing sends a code again: that is a new sign-in.
//!
//! # Source
//! API reference, `RespondToAuthChallenge`; the parameters and the mask as amazon-cognito-identity-js#236 shows them; codes that a
//! later one makes wrong: aws-sdk-java#2018, amplify-js#11069. Wrong codes are counted like those of the authenticator app: the
//! developer guide, "Adding MFA", says so of all second factors.

use cognito_protocol::idp::{AuthReply, ChallengeName, RespondToAuthChallengeRequest, StringMap};
use subtle::ConstantTimeEq;

use super::Outcome;
use crate::{
    config::AppClient,
    cx::Cx,
    error::ApiError,
    operations::{custom_message, session},
    random,
    state::{Factor, Pending, Progress, UserId},
    validation::required,
};

/// Sends a code and asks for it.
pub(in crate::operations) fn open(
    cx: &mut Cx<'_>,
    progress: Progress,
    client_metadata: &StringMap,
) -> Result<AuthReply, ApiError> {
    let user = cx.state.user(&progress.user).ok_or_else(ApiError::incorrect)?;
    let phone_number = user.verified_phone_number().ok_or_else(ApiError::internal)?.to_owned();
    let parameters = StringMap::of([
        ("CODE_DELIVERY_DELIVERY_MEDIUM", "SMS"),
        ("CODE_DELIVERY_DESTINATION", &mask(&phone_number)),
        ("USER_ID_FOR_SRP", &progress.user.username),
    ]);
    let code = random::six_digits()?;
    let message = custom_message::sign_in_sms(cx, &progress, phone_number, client_metadata, &code)?;
    end_earlier_codes(cx, &progress.user);
    let session = session::new_session(cx, progress, Pending::SmsMfa(Some(code.into())))?;
    cx.shared.inbox().deliver(cx.now_millis, message);
    Ok(session::challenge_reply(ChallengeName::SmsMfa, Some(session), parameters))
}

/// `+15550100123` → `+*******0123`, as the service masks destinations.
fn mask(phone_number: &str) -> String {
    let digits = phone_number.trim_start_matches('+');
    let hidden = digits.chars().count().saturating_sub(4);
    let shown: String = digits.chars().skip(hidden).collect();
    format!("+{}{shown}", "*".repeat(hidden))
}

fn end_earlier_codes(cx: &mut Cx<'_>, user: &UserId) {
    for session in cx.state.sessions.values_mut().filter(|session| session.progress.user == *user) {
        if let Pending::SmsMfa(code) = &mut session.pending {
            *code = None;
        }
    }
}

/// Takes a code. A wrong one leaves the session as it is.
pub(in crate::operations) fn respond(
    cx: &mut Cx<'_>,
    client: &AppClient,
    request: &RespondToAuthChallengeRequest,
) -> Result<Outcome, ApiError> {
    let given = required(&request.challenge_responses, "SMS_MFA_CODE")?;
    let (text, session) = session::open_answered(cx, client, request)?;
    let Pending::SmsMfa(code) = session.pending else {
        return Err(ApiError::invalid_session());
    };
    let mut progress = session.progress;
    cx.check_lock(&progress.user, Factor::Mfa)?;
    if !code.is_some_and(|code| bool::from(code.expose().as_bytes().ct_eq(given.as_bytes()))) {
        cx.failed(&progress.user, Factor::Mfa);
        return Err(ApiError::code_mismatch());
    }
    session::use_up(cx, text);
    cx.succeeded(&progress.user, Factor::Mfa);
    progress.passed("SMS_MFA");
    progress.has_passed_mfa = true;
    Ok(Outcome::Passed(progress))
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn the_last_four_digits_are_shown() {
        assert_eq!(mask("+15550100123"), "+*******0123");
        assert_eq!(mask("+4912345678901"), "+*********8901");
        assert_eq!(mask("+1234"), "+1234");
        assert_eq!(mask(""), "+");
    }
}
