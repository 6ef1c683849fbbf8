//! Where a code goes, and what the service tells about that.

use cognito_protocol::idp::CodeDeliveryDetails;
use triggers::mask_email;

use crate::{config::VerifiedAttribute, inbox::Medium};

/// Where a code goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Destination {
    Email(String),
    PhoneNumber(String),
}

impl Destination {
    /// The value of an attribute, where that is one which a code can reach.
    pub fn of_attribute(name: &str, value: &str) -> Option<Self> {
        Some(match VerifiedAttribute::of(name)? {
            VerifiedAttribute::Email => Self::Email(value.to_owned()),
            VerifiedAttribute::PhoneNumber => Self::PhoneNumber(value.to_owned()),
        })
    }

    /// For a delivery that never happens: what a sign-in name looks like.
    pub fn looking_like(sign_in_name: &str) -> Self {
        let is_number = sign_in_name.strip_prefix('+').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
        if is_number { Self::PhoneNumber(sign_in_name.to_owned()) } else { Self::Email(sign_in_name.to_owned()) }
    }

    pub fn medium(&self) -> Medium {
        match self {
            Self::Email(_) => Medium::Email,
            Self::PhoneNumber(_) => Medium::Sms,
        }
    }

    /// `DeliveryMedium`
    pub fn medium_name(&self) -> &'static str {
        match self {
            Self::Email(_) => "EMAIL",
            Self::PhoneNumber(_) => "SMS",
        }
    }

    /// The attribute that holds it.
    pub fn attribute(&self) -> VerifiedAttribute {
        match self {
            Self::Email(_) => VerifiedAttribute::Email,
            Self::PhoneNumber(_) => VerifiedAttribute::PhoneNumber,
        }
    }

    /// As the service masks destinations: `j***@e***`, `+*******0123`.
    pub fn masked(&self) -> String {
        match self {
            Self::Email(address) => mask_email(address),
            Self::PhoneNumber(number) => mask_phone_number(number),
        }
    }

    pub fn details(&self) -> CodeDeliveryDetails {
        CodeDeliveryDetails {
            destination: Some(self.masked()),
            delivery_medium: Some(self.medium_name().to_owned()),
            attribute_name: Some(self.attribute().name().to_owned()),
        }
    }

    pub fn into_text(self) -> String {
        match self {
            Self::Email(text) | Self::PhoneNumber(text) => text,
        }
    }
}

fn mask_phone_number(phone_number: &str) -> String {
    let digits = phone_number.trim_start_matches('+');
    let hidden = digits.chars().count().saturating_sub(4);
    let shown: String = digits.chars().skip(hidden).collect();
    format!("+{}{shown}", "*".repeat(hidden))
}

#[cfg(test)]
mod tests {
    use super::mask_phone_number;

    #[test]
    fn the_last_four_digits_are_shown() {
        assert_eq!(mask_phone_number("+15550100123"), "+*******0123");
        assert_eq!(mask_phone_number("+4912345678901"), "+*********8901");
        assert_eq!(mask_phone_number("+1234"), "+1234");
        assert_eq!(mask_phone_number(""), "+");
    }
}
