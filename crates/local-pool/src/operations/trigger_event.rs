//! What all triggers are told.

use cognito_protocol::idp::StringMap;
use serde_json::Value;
use triggers::{CallerContext, Event, Texts};

use crate::{cx::Cx, state::UserId};

pub(super) fn event<Request, Response: Default>(
    cx: &Cx<'_>,
    user: &UserId,
    client_id: &str,
    trigger_source: &str,
    request: Request,
) -> Event<Request, Response> {
    let pool = cx.user_pools().iter().find(|pool| pool.id == user.user_pool_id);
    Event {
        version: Value::from("1"),
        trigger_source: trigger_source.to_owned(),
        region: pool.map(|pool| pool.region().to_owned()).unwrap_or_default(),
        user_pool_id: user.user_pool_id.clone(),
        user_name: Some(user.username.clone()),
        caller_context: CallerContext {
            aws_sdk_version: "aws-sdk-unknown-unknown".to_owned(),
            client_id: client_id.to_owned(),
            ..Default::default()
        },
        request,
        response: Response::default(),
        other: serde_json::Map::new(),
    }
}

/// None for a user who does not exist.
pub(super) fn attributes(cx: &Cx<'_>, user: &UserId) -> Texts {
    let Some(user) = cx.state.user(user) else { return Texts::new() };
    let mut attributes: Texts = user.attributes.clone();
    attributes.insert("sub".to_owned(), user.sub.clone());
    attributes.insert("cognito:user_status".to_owned(), user.status.as_str().to_owned());
    attributes
}

pub(super) fn texts(map: &StringMap) -> Texts {
    map.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// `userNotFound`: the user is a simulated one.
pub(super) fn is_unknown(cx: &Cx<'_>, user: &UserId) -> bool {
    cx.state.user(user).is_none()
}
