//! What may be written into which attribute, by whom.
//!
//! # Source
//! AWS, developer guide, "User pool attributes". The sentences about addresses, numbers, aliases and
//! deletions are quoted by public programs; those about the schema are not certain.

use cognito_protocol::idp::Attribute;

use crate::{
    config::{AppClient, STANDARD_ATTRIBUTES, UserPool},
    contact::{is_email, is_phone_number},
    error::ApiError,
    validation::Checks,
};

/// The lengths of names and values.
pub(super) fn lengths<'a>(checks: Checks, attributes: impl IntoIterator<Item = &'a Attribute>) -> Checks {
    attributes.into_iter().fold(checks, |checks, attribute| {
        let value = attribute.value.as_deref().unwrap_or_default();
        checks.attribute_name("userAttributes.member.name", &attribute.name).length(
            "userAttributes.member.value",
            value,
            0..=2048,
        )
    })
}

/// Whether the schema has the attribute and the client may write it.
pub(super) fn check_writable(client: &AppClient, name: &str) -> Result<(), ApiError> {
    let is_for_service = matches!(name, "sub" | "email_verified" | "phone_number_verified");
    if !is_for_service && !STANDARD_ATTRIBUTES.contains(&name) {
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

/// Whether somebody of the pool may be without it.
pub(super) fn check_deletable(pool: &UserPool, name: &str) -> Result<(), ApiError> {
    if pool.sign_in_names.is_everybodys(name) || pool.required_attributes.iter().any(|required| required == name) {
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
