//! `EMAIL_OTP`: a code by e-mail, as first or second factor; in a set-up of one its right answer verifies the address and turns the
//! factor on.
//!
//! # Source
//! API reference, `RespondToAuthChallenge`; eight digits and wrong codes that leave the session usable were seen on the service.

use cognito_protocol::{
    Secret,
    idp::{AuthReply, ChallengeName, RespondToAuthChallengeRequest, StringMap},
};

use super::{
    Outcome,
    sent_code::{self, Sending},
};
use crate::{
    config::AppClient,
    cx::Cx,
    error::ApiError,
    operations::{attribute_rules, destination::Destination, session},
    state::{EmailOtp, EmailOtpPurpose, Factor, Pending, Progress, UserId},
    validation::required,
};

/// Sends a code to the user's verified address and asks for it, after the password.
pub(in crate::operations) fn open(
    cx: &mut Cx<'_>,
    progress: Progress,
    client_metadata: &StringMap,
) -> Result<AuthReply, ApiError> {
    let user = cx.state.user(&progress.user).ok_or_else(ApiError::incorrect)?;
    let address = user.verified_email().ok_or_else(ApiError::internal)?.to_owned();
    send(cx, progress, address, EmailOtpPurpose::SecondFactor, client_metadata)
}

/// The same in place of the password. For a user who does not exist it is as if a code had been sent to the name that was typed.
pub(super) fn open_as_first_factor(
    cx: &mut Cx<'_>,
    progress: Progress,
    typed_name: &str,
    client_metadata: &StringMap,
) -> Result<AuthReply, ApiError> {
    if let Some(user) = cx.state.user(&progress.user) {
        let address = user.verified_email().ok_or_else(ApiError::internal)?.to_owned();
        return send(cx, progress, address, EmailOtpPurpose::FirstFactor, client_metadata);
    }
    let parameters = sent_code::delivery(&Destination::Email(typed_name.to_owned()));
    let pending = Pending::EmailOtp(EmailOtp { code: None, purpose: EmailOtpPurpose::FirstFactor });
    let session = session::new_session(cx, progress, pending)?;
    Ok(session::challenge_reply(ChallengeName::EmailOtp, Some(session), parameters))
}

/// Sends a code to an address that is to become a second factor.
pub(super) fn send_for_set_up(
    cx: &mut Cx<'_>,
    progress: Progress,
    address: &str,
    client_metadata: &StringMap,
) -> Result<AuthReply, ApiError> {
    send(cx, progress, address.to_owned(), EmailOtpPurpose::SetUp(address.to_owned()), client_metadata)
}

fn send(
    cx: &mut Cx<'_>,
    progress: Progress,
    address: String,
    purpose: EmailOtpPurpose,
    client_metadata: &StringMap,
) -> Result<AuthReply, ApiError> {
    let is_first_factor = match purpose {
        EmailOtpPurpose::FirstFactor => true,
        EmailOtpPurpose::SecondFactor | EmailOtpPurpose::SetUp(_) => false,
    };
    let sending = Sending {
        challenge_name: ChallengeName::EmailOtp,
        destination: Destination::Email(address),
        is_first_factor,
        digits: cx.pool_of(&progress.user)?.code_digits.email_otp,
        code_of,
    };
    let pending = |code| Pending::EmailOtp(EmailOtp { code: Some(code), purpose });
    sent_code::send(cx, progress, client_metadata, sending, pending)
}

fn code_of(pending: &mut Pending) -> Option<&mut Option<Secret>> {
    if let Pending::EmailOtp(sent) = pending { Some(&mut sent.code) } else { None }
}

/// Takes a code. A wrong one leaves the session as it is.
pub(in crate::operations) fn respond(
    cx: &mut Cx<'_>,
    client: &AppClient,
    request: &RespondToAuthChallengeRequest,
) -> Result<Outcome, ApiError> {
    let given = required(&request.challenge_responses, "EMAIL_OTP_CODE")?;
    let (text, session) = session::open_answered(cx, client, request)?;
    let Pending::EmailOtp(EmailOtp { code, purpose }) = session.pending else {
        return Err(ApiError::invalid_session());
    };
    let progress = session.progress;
    let factor = match purpose {
        EmailOtpPurpose::FirstFactor => Factor::Password,
        EmailOtpPurpose::SecondFactor | EmailOtpPurpose::SetUp(_) => Factor::Mfa,
    };
    sent_code::check(cx, &progress.user, factor, code.as_ref(), given)?;
    match purpose {
        EmailOtpPurpose::FirstFactor => return sent_code::pass_first_factor(cx, text, progress, "EMAIL_OTP"),
        EmailOtpPurpose::SecondFactor => {}
        EmailOtpPurpose::SetUp(address) => set_up(cx, &progress.user, &address)?,
    }
    Ok(sent_code::pass_second_factor(cx, text, progress, "EMAIL_OTP"))
}

/// The address is the person's own, and a second factor from now on.
fn set_up(cx: &mut Cx<'_>, user: &UserId, address: &str) -> Result<(), ApiError> {
    if cx.state.is_taken(address, user) {
        return Err(attribute_rules::alias_exists());
    }
    let user = cx.state.user_mut(user).ok_or_else(ApiError::incorrect)?;
    user.write_verified("email", address);
    user.email_otp.enabled = true;
    Ok(())
}
