//! The first step of a sign-in by `USER_AUTH`, whether it was preferred or chosen.

use cognito_protocol::idp::StringMap;

use super::{Outcome, email_otp, password_verifier, sms_otp, web_authn};
use crate::{
    cx::Cx,
    error::ApiError,
    operations::{first_factor::Choice, password},
    state::Progress,
    validation::required,
};

/// A first factor with what must be sent beside its name.
pub(in crate::operations) enum FirstStep<'a> {
    /// Holds `SRP_A`.
    Srp(&'a str),
    /// Holds the password.
    Password(&'a str),
    EmailCode,
    SmsCode,
    Passkey,
}

impl<'a> FirstStep<'a> {
    /// Of `AuthParameters` or `ChallengeResponses`.
    pub fn read(choice: Choice, parameters: &'a StringMap) -> Result<Self, ApiError> {
        Ok(match choice {
            Choice::PasswordSrp => Self::Srp(required(parameters, "SRP_A")?),
            Choice::Password => Self::Password(required(parameters, "PASSWORD")?),
            Choice::EmailOtp => Self::EmailCode,
            Choice::SmsOtp => Self::SmsCode,
            Choice::WebAuthn => Self::Passkey,
        })
    }

    /// Takes the password, or asks for what the factor needs.
    pub fn take(
        self,
        cx: &mut Cx<'_>,
        progress: Progress,
        typed_name: &str,
        client_metadata: &StringMap,
    ) -> Result<Outcome, ApiError> {
        match self {
            Self::Srp(srp_a) => password_verifier::open_with_session(cx, progress, typed_name, srp_a).map(Outcome::Challenge),
            Self::Password(password) => password::check(cx, progress, password).map(Outcome::Passed),
            Self::EmailCode => email_otp::open_as_first_factor(cx, progress, typed_name, client_metadata).map(Outcome::Challenge),
            Self::SmsCode => sms_otp::open(cx, progress, client_metadata).map(Outcome::Challenge),
            Self::Passkey => web_authn::open(cx, progress).map(Outcome::Challenge),
        }
    }
}
