//! `MFA_SETUP`: a second factor must be set up first. `AssociateSoftwareToken` and `VerifySoftwareToken` do that for the app; for
//! e-mail the answer names the address, and `EMAIL_OTP` follows.
//!
//! # Source
//! API reference, `RespondToAuthChallenge`; the answer with `EMAIL` as Amplify sends it. Whether the service offers e-mail to somebody
//! who has a verified address, or sends a code to it at once, is not certain; nor is what it says to an answer that it cannot take.

use cognito_protocol::idp::{AuthReply, ChallengeName, ErrorCode, RespondToAuthChallengeRequest, StringMap};

use serde_json::json;

use super::{Outcome, email_otp};
use crate::{
    config::{AppClient, SecondFactor},
    cx::Cx,
    error::ApiError,
    operations::{attribute_rules, session},
    state::{Pending, Progress, Setup},
};

/// Asks for the set-up.
pub(in crate::operations) fn open(cx: &mut Cx<'_>, progress: Progress) -> Result<AuthReply, ApiError> {
    let factors = cx.pool_of(&progress.user)?.second_factors.iter();
    let offered: Vec<&str> =
        factors.filter(|factor| factor.can_be_set_up_while_signing_in()).map(|factor| factor.name()).collect();
    let user = progress.user.username.as_str();
    let parameters = StringMap::of([("USER_ID_FOR_SRP", user), ("MFAS_CAN_SETUP", &json!(offered).to_string())]);
    let session = session::new_session(cx, progress, Pending::MfaSetup(Setup::Begun))?;
    Ok(session::challenge_reply(ChallengeName::MfaSetup, Some(session), parameters))
}

/// Takes the answer: an address; or none, once the authenticator app was verified with this sign-in's sessions.
pub(in crate::operations) fn respond(
    cx: &mut Cx<'_>,
    client: &AppClient,
    request: &RespondToAuthChallengeRequest,
) -> Result<Outcome, ApiError> {
    let (text, session) = session::open_answered(cx, client, request)?;
    match (session.pending, request.challenge_responses.get("EMAIL")) {
        (Pending::MfaSetup(_), Some(address)) => {
            if !cx.pool_of(&session.progress.user)?.second_factors.contains(&SecondFactor::Email) {
                return Err(ApiError::invalid_parameter("Email MFA has not been enabled by the userPool"));
            }
            attribute_rules::check_value("email", address)?;
            // Before the message is worded, when others have the state: one session sends one code.
            session::use_up(cx, text);
            let reply = email_otp::send_for_set_up(cx, session.progress, address, &request.client_metadata)?;
            return Ok(Outcome::Challenge(reply));
        }
        (Pending::MfaSetup(Setup::Verified), None) => {}
        (Pending::MfaSetup(Setup::Begun | Setup::Associated(_)), None) => {
            return Err(ApiError::new(
                ErrorCode::SoftwareTokenMfaNotFound,
                "Software token TOTP multi-factor authentication (MFA) is not set up for the user.",
            ));
        }
        _ => return Err(ApiError::invalid_session()),
    }
    session::use_up(cx, text);
    let mut progress = session.progress;
    // The triggers' documented names have none for this, so their session does not tell of it.
    progress.has_passed_mfa = true;
    Ok(Outcome::Passed(progress))
}
