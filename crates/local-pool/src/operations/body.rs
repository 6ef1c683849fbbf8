//! Looking into a request's body before it is decoded.

use cognito_protocol::idp::Json;

/// The value of a member, looked at without taking it.
pub(super) fn member<'a>(json: &'a Json, name: &str) -> Option<&'a Json> {
    match json {
        Json::Object(members) => members.iter().find(|(member, _)| member == name).map(|(_, value)| value),
        _ => None,
    }
}
