//! Which second factors a user has on, and which of them a sign-in asks for.

use crate::{config::MfaConfiguration, state::User};

/// A second factor that the service itself asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SecondFactor {
    /// A code of the authenticator app.
    SoftwareToken,
}

impl SecondFactor {
    /// The name in the API reference.
    pub fn name(self) -> &'static str {
        match self {
            Self::SoftwareToken => "SOFTWARE_TOKEN_MFA",
        }
    }
}

/// The second factors that are on, in the order in which they are asked for where none is preferred.
pub(super) fn active(user: &User, mfa: MfaConfiguration) -> Vec<SecondFactor> {
    let is_totp_active = match mfa {
        MfaConfiguration::Off => false,
        MfaConfiguration::Optional => user.totp.as_ref().is_some_and(|totp| totp.enabled),
        MfaConfiguration::On => user.totp.is_some(),
    };
    is_totp_active.then_some(SecondFactor::SoftwareToken).into_iter().collect()
}

/// The second factor that the user prefers, if it is on.
pub(super) fn preferred(user: &User, mfa: MfaConfiguration) -> Option<SecondFactor> {
    let mut active = active(user, mfa).into_iter();
    active.find(|factor| match factor {
        SecondFactor::SoftwareToken => user.totp.as_ref().is_some_and(|totp| totp.preferred),
    })
}

/// The second factor that a sign-in asks for.
pub(super) fn asked_for(user: &User, mfa: MfaConfiguration) -> Option<SecondFactor> {
    preferred(user, mfa).or_else(|| active(user, mfa).into_iter().next())
}
