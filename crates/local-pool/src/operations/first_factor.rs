//! What a sign-in by `USER_AUTH` can begin with.
//!
//! # Source
//! API reference, `InitiateAuth` and `SignInPolicyType`. The order, and that a temporary password leaves the password alone, were seen
//! on the service. For a user who does not exist the choice is that of somebody with a verified address and no phone number: a preferred
//! `EMAIL_OTP` was seen for such a user, while public programs tell of a choice without it, so what the service makes up is not certain. Nor
//! is that it offers no code where everybody needs a second factor, since none comes after a code.

use cognito_protocol::idp::ChallengeName;

use super::passkey_rules;
use crate::{
    config::{FirstFactor, MfaConfiguration, UserPool},
    cx::Cx,
    error::ApiError,
    state::{User, UserId, UserStatus},
};

/// A first factor, by the way in which it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    PasswordSrp,
    Password,
    EmailOtp,
    SmsOtp,
    WebAuthn,
}

impl Choice {
    /// In the order in which they are offered.
    const ALL: [Self; 5] = [Self::PasswordSrp, Self::Password, Self::EmailOtp, Self::SmsOtp, Self::WebAuthn];

    /// The one of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.challenge_name().as_str() == name)
    }

    pub fn challenge_name(self) -> ChallengeName {
        match self {
            Self::PasswordSrp => ChallengeName::PasswordSrp,
            Self::Password => ChallengeName::Password,
            Self::EmailOtp => ChallengeName::EmailOtp,
            Self::SmsOtp => ChallengeName::SmsOtp,
            Self::WebAuthn => ChallengeName::WebAuthn,
        }
    }

    pub fn factor(self) -> FirstFactor {
        match self {
            Self::PasswordSrp | Self::Password => FirstFactor::Password,
            Self::EmailOtp => FirstFactor::EmailOtp,
            Self::SmsOtp => FirstFactor::SmsOtp,
            Self::WebAuthn => FirstFactor::WebAuthn,
        }
    }

    fn is_for(self, user: Option<&User>, pool: &UserPool) -> bool {
        match self {
            Self::PasswordSrp | Self::Password => true,
            Self::EmailOtp => takes_codes(user, pool) && user.is_none_or(|user| user.verified_email().is_some()),
            Self::SmsOtp => takes_codes(user, pool) && user.is_some_and(|user| user.verified_phone_number().is_some()),
            // A stranger has none: the service could not make one up that a browser has.
            Self::WebAuthn => user.is_some_and(|user| passkey_rules::is_first_factor(user, pool)),
        }
    }
}

fn takes_codes(user: Option<&User>, pool: &UserPool) -> bool {
    let needs_second_factor = match pool.mfa {
        MfaConfiguration::On => true,
        MfaConfiguration::Off | MfaConfiguration::Optional => false,
    };
    !needs_second_factor && user.is_none_or(|user| user.status != UserStatus::ForceChangePassword)
}

/// What a user can begin with, as far as the pool allows it and the user has it.
pub(super) fn available(cx: &Cx<'_>, user: &UserId) -> Result<Vec<Choice>, ApiError> {
    let pool = cx.pool_of(user)?;
    let user = cx.state.user(user);
    let is_available = |choice: &Choice| pool.first_factors.contains(&choice.factor()) && choice.is_for(user, pool);
    Ok(Choice::ALL.into_iter().filter(is_available).collect())
}

/// `AvailableChallenges`
pub(super) fn names(choices: &[Choice]) -> Vec<ChallengeName> {
    choices.iter().map(|choice| choice.challenge_name()).collect()
}
