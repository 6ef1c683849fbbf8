//! `UpdateUserAttributes` and `DeleteUserAttributes`
//!
//! # Source
//! API reference; developer guide, "Verifying updates to email addresses and phone numbers". That a code goes out only where the value
//! changes is not certain.

use cognito_protocol::idp::{
    Attribute, DeleteUserAttributesRequest, EmptyReply, UpdateUserAttributesReply, UpdateUserAttributesRequest,
};

use super::{
    attribute_code::{self, Prepared},
    attribute_rules,
    custom_message::Reason,
    destination::Destination,
};
use crate::{cx::Cx, error::ApiError, tokens, validation::Checks};

fn value_of(attribute: &Attribute) -> &str {
    attribute.value.as_deref().unwrap_or_default()
}

/// Writes attributes; an empty value deletes one. A new address or number gets a code, and takes the place of the present one at once or
/// with that code, as the pool has it. Where one of them is refused, nothing changes.
pub(super) fn update_user_attributes(
    cx: &mut Cx<'_>,
    request: UpdateUserAttributesRequest,
) -> Result<UpdateUserAttributesReply, ApiError> {
    let checks = Checks::default().access_token(Some(&request.access_token));
    attribute_rules::lengths(checks, &request.user_attributes).finish()?;
    let (id, client) = tokens::authorize_client(cx, &request.access_token)?;
    let pool = cx.pool_of(&id)?;
    for attribute in &request.user_attributes {
        attribute_rules::check_writable(client, &attribute.name)?;
        match value_of(attribute) {
            "" => attribute_rules::check_deletable(pool, &attribute.name)?,
            value => attribute_rules::check_value(&attribute.name, value)?,
        }
    }

    let mut prepared: Vec<Prepared> = Vec::new();
    for attribute in &request.user_attributes {
        let (name, value) = (attribute.name.as_str(), value_of(attribute));
        let present = cx.state.user(&id).ok_or_else(ApiError::user_not_found)?.attribute(name);
        let Some(destination) = Destination::of_attribute(name, value).filter(|_| !value.is_empty() && present != Some(value))
        else {
            continue;
        };
        let comes_first = pool.verifies_before_update.contains(&destination.attribute());
        let new_value = comes_first.then(|| value.to_owned());
        let reason = Reason::UpdateAttribute;
        prepared.push(attribute_code::prepare(cx, &id, client, reason, destination, new_value, &request.client_metadata)?);
    }

    // After the messages were worded, since others had the state meanwhile. Nothing was sent yet.
    let is_taken = |attribute: &Attribute| {
        pool.sign_in_names.is_name_at_once(&attribute.name) && cx.state.is_taken(value_of(attribute), &id)
    };
    let waits = |attribute: &Attribute| prepared.iter().any(|code| code.attribute_name() == attribute.name && code.waits());
    if request.user_attributes.iter().any(|attribute| !waits(attribute) && is_taken(attribute)) {
        return Err(attribute_rules::alias_exists());
    }
    let user = cx.state.user_mut(&id).ok_or_else(ApiError::user_not_found)?;
    for attribute in &request.user_attributes {
        match value_of(attribute) {
            "" => user.remove(&attribute.name),
            _ if waits(attribute) => {}
            value => user.write(&attribute.name, value),
        }
    }
    let details = prepared.into_iter().map(|code| attribute_code::send(cx, &id, code));
    Ok(UpdateUserAttributesReply { code_delivery_details_list: details.collect() })
}

/// Deletes attributes. Where one of them is refused, nothing changes.
pub(super) fn delete_user_attributes(cx: &mut Cx<'_>, request: DeleteUserAttributesRequest) -> Result<EmptyReply, ApiError> {
    let names = &request.user_attribute_names;
    let checks = Checks::default().access_token(Some(&request.access_token));
    names.iter().fold(checks, |checks, name| checks.attribute_name("userAttributeNames.member", name)).finish()?;
    let (id, client) = tokens::authorize_client(cx, &request.access_token)?;
    let pool = cx.pool_of(&id)?;
    for name in names {
        attribute_rules::check_writable(client, name)?;
        attribute_rules::check_deletable(pool, name)?;
    }
    let user = cx.state.user_mut(&id).ok_or_else(ApiError::user_not_found)?;
    names.iter().for_each(|name| user.remove(name));
    Ok(EmptyReply {})
}
