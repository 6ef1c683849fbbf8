//! What may be written into which attribute, by whom.
//!
//! # Source
//! AWS, developer guide, "User pool attributes". The sentences about addresses, numbers, aliases and
//! deletions are quoted by public programs; those about the schema are not certain.

use cognito_protocol::idp::Attribute;

use crate::{
    config::{AppClient, UserPool},
    error::ApiError,
    validation::Checks,
};

/// Attributes that every pool has; `sub` and the `…_verified` ones are not for clients to write.
const STANDARD: [&str; 17] = [
    "address",
    "birthdate",
    "email",
    "family_name",
    "gender",
    "given_name",
    "locale",
    "middle_name",
    "name",
    "nickname",
    "phone_number",
    "picture",
    "preferred_username",
    "profile",
    "updated_at",
    "website",
    "zoneinfo",
];

/// The lengths of names and values.
pub(super) fn lengths<'a>(checks: Checks, attributes: impl IntoIterator<Item = &'a Attribute>) -> Checks {
    attributes.into_iter().fold(checks, |checks, attribute| {
        let value = attribute.value.as_deref().unwrap_or_default();
        checks.length("userAttributes.member.name", &attribute.name, 1..=32).length(
            "userAttributes.member.value",
            value,
            0..=2048,
        )
    })
}

/// Whether the schema has the attribute and the client may write it.
pub(super) fn check_writable(client: &AppClient, name: &str) -> Result<(), ApiError> {
    let is_for_service = matches!(name, "sub" | "email_verified" | "phone_number_verified");
    if !is_for_service && !STANDARD.contains(&name) {
        return Err(against_schema(name, "Attribute does not exist in schema."));
    }
    let may_write = client.write_attributes.as_ref().is_none_or(|names| names.iter().any(|writable| writable == name));
    if is_for_service || !may_write {
        return Err(ApiError::not_authorized("A client attempted to write unauthorized attribute"));
    }
    Ok(())
}

/// Whether the value has the form that its attribute asks for.
pub(super) fn check_value(name: &str, value: &str) -> Result<(), ApiError> {
    match name {
        "email" if !is_email(value) => Err(ApiError::invalid_parameter("Invalid email address format.")),
        "phone_number" if !is_phone_number(value) => Err(ApiError::invalid_parameter("Invalid phone number format.")),
        _ => Ok(()),
    }
}

/// Whether somebody of the pool may be without it. The address is the sign-in name.
pub(super) fn check_deletable(pool: &UserPool, name: &str) -> Result<(), ApiError> {
    if name == "email" || pool.required_attributes.iter().any(|required| required == name) {
        let message = format!("Invalid user attributes: {name}: Required attribute cannot be deleted.\n");
        return Err(ApiError::invalid_parameter(message));
    }
    Ok(())
}

pub(super) fn required_is_missing(name: &str) -> ApiError {
    against_schema(name, "The attribute is required")
}

pub(super) fn alias_exists() -> ApiError {
    ApiError::framework("AliasExistsException", "An account with the given email already exists.", 400)
}

fn against_schema(name: &str, what: &str) -> ApiError {
    ApiError::invalid_parameter(format!("Attributes did not conform to the schema: {name}: {what}\n"))
}

pub(super) fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        let has_dot = domain.trim_matches('.').len() == domain.len() && domain.contains('.');
        let is_clean = !text.contains(['<', '>', ',', ';', '"']) && !text.contains(|char: char| char.is_whitespace());
        !local.is_empty() && has_dot && !domain.contains('@') && is_clean
    })
}

/// E.164: `+` and up to 15 digits.
fn is_phone_number(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (1..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0')
    })
}

#[cfg(test)]
mod tests {
    use super::{is_email, is_phone_number};

    #[test]
    fn addresses_and_numbers() {
        for address in ["jane@example.com", "日本@例え.jp"] {
            assert!(is_email(address), "{address}");
        }
        for text in ["", "jane", "a@b", "@example.com", "a@b@example.com", "a b@example.com", "Jane <jane@example.com>"] {
            assert!(!is_email(text), "{text}");
        }
        for number in ["+15550100123", "+819012345678"] {
            assert!(is_phone_number(number), "{number}");
        }
        for text in ["", "+", "15550100123", "+1 555 0100", "+0155501001", "+1234567890123456"] {
            assert!(!is_phone_number(text), "{text}");
        }
    }
}
