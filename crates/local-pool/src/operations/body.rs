//! Looking into a request's body before it is decoded.

use cognito_protocol::idp::{Attribute, Json, WireError, refuse_unknown};

use crate::error::ApiError;

/// The value of a member, looked at without taking it.
pub(super) fn member<'a>(json: &'a Json, name: &str) -> Option<&'a Json> {
    match json {
        Json::Object(members) => members.iter().find(|(member, _)| member == name).map(|(_, value)| value),
        _ => None,
    }
}

/// Attributes are structures of their own.
pub(super) fn refuse_unknown_attributes(body: &Json) -> Result<(), ApiError> {
    for name in ["UserAttributes", "ValidationData"] {
        if let Some(Json::Array(attributes)) = member(body, name) {
            // What is no structure at all is refused by its name when it is decoded.
            let mut structures = attributes.iter().filter(|attribute| matches!(attribute, Json::Object(_)));
            structures.try_for_each(refuse_unknown::<Attribute>)?;
        }
    }
    Ok(())
}

/// Refuses a body without a list that must be there: decoded, an absent one is empty.
pub(super) fn require_list(body: &Json, name: &'static str) -> Result<(), ApiError> {
    match member(body, name) {
        None | Some(Json::Null) => Err(WireError::Missing(name).into()),
        Some(_) => Ok(()),
    }
}
