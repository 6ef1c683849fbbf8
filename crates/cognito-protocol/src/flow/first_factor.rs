//! First factors, where a pool lets the person choose one.

use crate::idp::ChallengeName;

/// A first factor of `USER_AUTH`.
///
/// # Source
/// docs/cognito.md#flows; API reference: `InitiateAuth`, `PREFERRED_CHALLENGE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstFactor {
    /// The password, proved by SRP.
    PasswordSrp,
    /// The password itself. Nothing here prefers it: it is sent where the pool offers no proof.
    Password,
    /// A code by e-mail.
    EmailOtp,
    /// A code by text message.
    SmsOtp,
    /// A passkey.
    WebAuthn,
}

impl FirstFactor {
    /// All of them.
    pub const ALL: &[Self] = &[Self::PasswordSrp, Self::Password, Self::EmailOtp, Self::SmsOtp, Self::WebAuthn];

    /// The factor of that challenge; `None` where it is none, or one that is not available here.
    #[must_use]
    pub fn of(name: &ChallengeName) -> Option<Self> {
        Self::named(name.as_str())
    }

    /// The factor that the service calls so.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|factor| factor.as_str() == name)
    }

    /// What the service calls it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PasswordSrp => "PASSWORD_SRP",
            Self::Password => "PASSWORD",
            Self::EmailOtp => "EMAIL_OTP",
            Self::SmsOtp => "SMS_OTP",
            Self::WebAuthn => "WEB_AUTHN",
        }
    }

    /// Whether the person types the password, however it is proved.
    #[must_use]
    pub const fn is_password(self) -> bool {
        match self {
            Self::PasswordSrp | Self::Password => true,
            Self::EmailOtp | Self::SmsOtp | Self::WebAuthn => false,
        }
    }
}

/// What to choose from: the pool's order, but for the one that was chosen last, which comes first. The two ways of a password are one
/// choice, proved where the pool takes a proof. A passkey is none in a browser that has none, unless it is the only way.
pub(super) fn offered(available: &[ChallengeName], last: Option<FirstFactor>, has_passkeys: bool) -> Vec<FirstFactor> {
    let mut offered: Vec<FirstFactor> = Vec::new();
    for factor in available.iter().filter_map(FirstFactor::of) {
        match offered.iter_mut().find(|other| is_same_choice(**other, factor)) {
            None => offered.push(factor),
            Some(other) if factor == FirstFactor::PasswordSrp => *other = factor,
            Some(_) => {}
        }
    }
    if !has_passkeys && offered.len() > 1 {
        offered.retain(|factor| *factor != FirstFactor::WebAuthn);
    }
    // Without sorting, whose code is large.
    if let Some(at) = last.and_then(|last| offered.iter().position(|factor| is_same_choice(*factor, last))) {
        let factor = offered.remove(at);
        offered.insert(0, factor);
    }
    offered
}

fn is_same_choice(one: FirstFactor, other: FirstFactor) -> bool {
    one == other || one.is_password() && other.is_password()
}

#[cfg(test)]
mod tests {
    use super::{FirstFactor, offered};
    use crate::idp::ChallengeName;

    fn of(names: &[&str], last: Option<FirstFactor>) -> Vec<&'static str> {
        let names: Vec<ChallengeName> = names.iter().map(|name| ChallengeName::from(*name)).collect();
        offered(&names, last, true).into_iter().map(FirstFactor::as_str).collect()
    }

    #[test]
    fn what_is_not_known_is_left_out_and_a_password_is_one_choice() {
        let names = ["PASSWORD", "SMOKE_SIGNS", "EMAIL_OTP", "PASSWORD_SRP", "WEB_AUTHN", "EMAIL_OTP"];
        assert_eq!(of(&names, None), ["PASSWORD_SRP", "EMAIL_OTP", "WEB_AUTHN"]);
        assert_eq!(of(&["SMS_OTP", "PASSWORD"], None), ["SMS_OTP", "PASSWORD"]);
        assert_eq!(of(&["CARRIER_PIGEON"], Some(FirstFactor::EmailOtp)), [""; 0]);
    }

    #[test]
    fn a_passkey_is_offered_where_the_browser_has_them_or_where_there_is_no_other_way() {
        let names = |names: &[&str]| names.iter().map(|name| ChallengeName::from(*name)).collect::<Vec<_>>();
        let both = names(&["WEB_AUTHN", "EMAIL_OTP"]);
        assert_eq!(offered(&both, None, true), [FirstFactor::WebAuthn, FirstFactor::EmailOtp]);
        assert_eq!(offered(&both, None, false), [FirstFactor::EmailOtp]);
        assert_eq!(offered(&names(&["WEB_AUTHN"]), None, false), [FirstFactor::WebAuthn]);
    }

    #[test]
    fn the_one_that_was_chosen_last_comes_first() {
        let all = ["PASSWORD_SRP", "EMAIL_OTP", "SMS_OTP"];
        assert_eq!(of(&all, Some(FirstFactor::SmsOtp)), ["SMS_OTP", "PASSWORD_SRP", "EMAIL_OTP"]);
        assert_eq!(of(&["EMAIL_OTP", "PASSWORD_SRP"], Some(FirstFactor::Password)), ["PASSWORD_SRP", "EMAIL_OTP"]);
        assert_eq!(of(&["EMAIL_OTP"], Some(FirstFactor::SmsOtp)), ["EMAIL_OTP"]);
    }
}
