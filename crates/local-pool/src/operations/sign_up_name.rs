//! Which usernames a sign-up may have.
//!
//! # Source
//! AWS, developer guide, "User pool attributes"; the sentence about addresses, and those about the form of an alias, are quoted by public programs. Those about
//! phone numbers as sign-in names are not certain.

use crate::{
    config::{Alias, SignInNames, UsernameKind, VerifiedAttribute},
    contact::{is_email, is_phone_number},
    error::ApiError,
};

/// The attribute that a username is, if it is one; refuses a username that the pool does not take.
pub(super) fn check(names: &SignInNames, username: &str) -> Result<Option<VerifiedAttribute>, ApiError> {
    let is_of_form = |attribute: VerifiedAttribute| match attribute {
        VerifiedAttribute::Email => is_email(username),
        VerifiedAttribute::PhoneNumber => is_phone_number(username),
    };
    match &names.kind {
        UsernameKind::Attributes(attributes) => {
            let found = attributes.iter().copied().find(|attribute| is_of_form(*attribute));
            found.map(Some).ok_or_else(|| ApiError::invalid_parameter(wanted(attributes)))
        }
        UsernameKind::Chosen(aliases) => {
            let alias = |alias: Alias, attribute: VerifiedAttribute| aliases.contains(&alias) && is_of_form(attribute);
            let form = if alias(Alias::Email, VerifiedAttribute::Email) {
                "email"
            } else if alias(Alias::PhoneNumber, VerifiedAttribute::PhoneNumber) {
                "phone number"
            } else {
                return Ok(None);
            };
            let message = format!("Username cannot be of {form} format, since user pool is configured for {form} alias.");
            Err(ApiError::invalid_parameter(message))
        }
    }
}

fn wanted(attributes: &[VerifiedAttribute]) -> &'static str {
    let has = |attribute| attributes.contains(&attribute);
    match (has(VerifiedAttribute::Email), has(VerifiedAttribute::PhoneNumber)) {
        (true, true) => "Username should be either an email or a phone number.",
        (false, true) => "Username should be a phone number.",
        (true | false, false) => "Username should be an email.",
    }
}
