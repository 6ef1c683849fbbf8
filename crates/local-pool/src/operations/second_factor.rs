//! Which second factors a user has on, and which of them a sign-in asks for.

use crate::{
    config::{MfaConfiguration, SecondFactor, UserPool},
    state::{Preference, User},
};

/// What the user wants of a factor, where it is set up: an app that is verified, a phone number or an address that is.
pub(super) fn preference(factor: SecondFactor, user: &User) -> Option<&Preference> {
    match factor {
        SecondFactor::SoftwareToken => user.totp.as_ref().map(|totp| &totp.preference),
        SecondFactor::Sms => user.verified_phone_number().map(|_| &user.sms_mfa),
        SecondFactor::Email => user.verified_email().map(|_| &user.email_otp),
    }
}

/// The same, to be changed.
pub(super) fn preference_mut(factor: SecondFactor, user: &mut User) -> Option<&mut Preference> {
    match factor {
        SecondFactor::SoftwareToken => user.totp.as_mut().map(|totp| &mut totp.preference),
        SecondFactor::Sms => user.verified_phone_number().is_some().then_some(&mut user.sms_mfa),
        SecondFactor::Email => user.verified_email().is_some().then_some(&mut user.email_otp),
    }
}

/// Whether a sign-in can ask for it.
pub(super) fn is_active(factor: SecondFactor, user: &User, pool: &UserPool) -> bool {
    let preference = preference(factor, user);
    pool.second_factors.contains(&factor)
        && match (pool.mfa, factor) {
            (MfaConfiguration::Off, _) => false,
            // Where a second factor is a must, an app that was set up cannot be turned off.
            (MfaConfiguration::On, SecondFactor::SoftwareToken) => preference.is_some(),
            (MfaConfiguration::On, SecondFactor::Sms | SecondFactor::Email) | (MfaConfiguration::Optional, _) => {
                preference.is_some_and(|preference| preference.enabled)
            }
        }
}

/// The second factors that are on.
pub(super) fn active(user: &User, pool: &UserPool) -> impl Iterator<Item = SecondFactor> {
    SecondFactor::ALL.into_iter().filter(move |factor| is_active(*factor, user, pool))
}

/// The second factor that the user prefers, if it is on.
pub(super) fn preferred(user: &User, pool: &UserPool) -> Option<SecondFactor> {
    active(user, pool).find(|factor| preference(*factor, user).is_some_and(|preference| preference.preferred))
}

/// What a sign-in asks for.
pub(super) enum Asked {
    Nothing,
    For(SecondFactor),
    /// Several are on and none is preferred: the person chooses.
    Choice(Vec<SecondFactor>),
}

pub(super) fn asked_for(user: &User, pool: &UserPool) -> Asked {
    if let Some(factor) = preferred(user, pool) {
        return Asked::For(factor);
    }
    let active: Vec<SecondFactor> = active(user, pool).collect();
    match active[..] {
        [] => Asked::Nothing,
        [factor] => Asked::For(factor),
        _ => Asked::Choice(active),
    }
}
