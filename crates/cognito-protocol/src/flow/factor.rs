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
///
/// # Source
/// docs/cognito.md#challenges. The e-mail factor has had two names.
pub(super) fn choices(names: &str) -> Vec<Choice> {
    let known = names.split('"').filter_map(|name| {
        let factor = match name {
            "SOFTWARE_TOKEN_MFA" => Factor::App,
            "SMS_MFA" => Factor::Sms,
            "EMAIL_OTP" | "EMAIL_MFA" => Factor::Email,
            _ => return None,
        };
        Some(Choice { factor, name: name.to_owned() })
    });
    known.collect()
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
