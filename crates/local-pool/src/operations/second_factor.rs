//! Which second factors a user has on, and which of them a sign-in asks for.

use crate::{
    config::MfaConfiguration,
    state::{Preference, User},
};

/// A second factor that the service itself asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SecondFactor {
    /// A code of the authenticator app.
    SoftwareToken,
    /// A code by text message.
    Sms,
}

impl SecondFactor {
    /// In the order in which they are asked for where none is preferred.
    pub const ALL: [Self; 2] = [Self::SoftwareToken, Self::Sms];

    /// The name in the API reference.
    pub fn name(self) -> &'static str {
        match self {
            Self::SoftwareToken => "SOFTWARE_TOKEN_MFA",
            Self::Sms => "SMS_MFA",
        }
    }

    /// What the user wants of this factor, where it is set up: an app that is verified, a phone number that is.
    pub fn preference(self, user: &User) -> Option<&Preference> {
        match self {
            Self::SoftwareToken => user.totp.as_ref().map(|totp| &totp.preference),
            Self::Sms => user.verified_phone_number().map(|_| &user.sms_mfa),
        }
    }

    /// The same, to be changed.
    pub fn preference_mut(self, user: &mut User) -> Option<&mut Preference> {
        match self {
            Self::SoftwareToken => user.totp.as_mut().map(|totp| &mut totp.preference),
            Self::Sms => user.verified_phone_number().is_some().then_some(&mut user.sms_mfa),
        }
    }

    /// Whether a sign-in can ask for it.
    pub fn is_active(self, user: &User, mfa: MfaConfiguration) -> bool {
        let preference = self.preference(user);
        match (mfa, self) {
            (MfaConfiguration::Off, _) => false,
            // Where a second factor is a must, an app that was set up cannot be turned off.
            (MfaConfiguration::On, Self::SoftwareToken) => preference.is_some(),
            (MfaConfiguration::On, Self::Sms) | (MfaConfiguration::Optional, _) => {
                preference.is_some_and(|preference| preference.enabled)
            }
        }
    }
}

/// The second factors that are on.
pub(super) fn active(user: &User, mfa: MfaConfiguration) -> impl Iterator<Item = SecondFactor> {
    SecondFactor::ALL.into_iter().filter(move |factor| factor.is_active(user, mfa))
}

/// The second factor that the user prefers, if it is on.
pub(super) fn preferred(user: &User, mfa: MfaConfiguration) -> Option<SecondFactor> {
    active(user, mfa).find(|factor| factor.preference(user).is_some_and(|preference| preference.preferred))
}

/// The second factor that a sign-in asks for.
///
/// With several on and none preferred the service lets the person choose (`SELECT_MFA_TYPE`). This pool does not have that
/// challenge; it asks for the authenticator app.
pub(super) fn asked_for(user: &User, mfa: MfaConfiguration) -> Option<SecondFactor> {
    preferred(user, mfa).or_else(|| active(user, mfa).next())
}
