//! Second factors, where a person chooses among them.

/// A second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// A code of an authenticator app.
    App,
    /// A code by text message.
    Sms,
    /// A code by e-mail.
    Email,
    /// A passkey.
    Passkey,
}

impl Factor {
    /// The factor of that name.
    ///
    /// # Source
    /// docs/cognito.md#challenges. The e-mail factor has had two names, and the one of passkeys is not certain.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "SOFTWARE_TOKEN_MFA" => Some(Self::App),
            "SMS_MFA" => Some(Self::Sms),
            "EMAIL_OTP" | "EMAIL_MFA" => Some(Self::Email),
            "WEB_AUTHN" | "WEB_AUTHN_MFA" => Some(Self::Passkey),
            _ => None,
        }
    }

    /// What a form calls it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Sms => "sms",
            Self::Email => "email",
            Self::Passkey => "passkey",
        }
    }
}

/// A factor that the pool offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Which one.
    pub factor: Factor,
    /// The pool's name for it, which goes back as the answer.
    pub name: String,
}

/// The factors in a JSON array of names as text, in the pool's order. Names that are not known are left out; they contain nothing that
/// JSON would escape.
pub(super) fn choices(names: &str) -> Vec<Choice> {
    let known = names.split('"').filter_map(|name| Some(Choice { factor: Factor::named(name)?, name: name.to_owned() }));
    known.collect()
}

/// Leaves passkeys out where the browser has none, unless there is nothing else.
pub(super) fn leave_out_passkeys(choices: &mut Vec<Choice>, has_passkeys: bool) {
    if !has_passkeys && choices.iter().any(|choice| choice.factor != Factor::Passkey) {
        choices.retain(|choice| choice.factor != Factor::Passkey);
    }
}

#[cfg(test)]
mod tests {
    use super::{Factor, choices};

    #[test]
    fn known_names_are_read_in_the_pools_order() {
        let read: Vec<Factor> = choices(r#"["EMAIL_OTP", "CARRIER_PIGEON","SMS_MFA","SOFTWARE_TOKEN_MFA"]"#)
            .iter()
            .map(|choice| choice.factor)
            .collect();
        assert_eq!(read, [Factor::Email, Factor::Sms, Factor::App]);
        assert!(choices("").is_empty());
        assert!(choices("SMS_MFA_BUT_NOT_QUITE").is_empty());
    }
}
