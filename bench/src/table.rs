//! A table of DynamoDB: what `GetItem` and `PutItem` do to items with the key `sub`, under the two conditions that the triggers set.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{Json, Router, body::Bytes, extract::State, http::HeaderMap, http::StatusCode, routing::post};
use serde_json::{Value, json};

type Items = HashMap<String, Value>;
type Answer = (StatusCode, Json<Value>);

/// Serves an empty table.
pub fn router() -> Router {
    Router::new().route("/", post(call)).with_state(Arc::<Mutex<Items>>::default())
}

async fn call(State(items): State<Arc<Mutex<Items>>>, headers: HeaderMap, body: Bytes) -> Answer {
    let target = headers.get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
    let request: Value = serde_json::from_slice(&body).unwrap_or_default();
    let mut items = items.lock().unwrap_or_else(PoisonError::into_inner);
    match target.rsplit('.').next() {
        Some("GetItem") => get(&items, &request),
        Some("PutItem") => put(&mut items, &request),
        _ => refused("UnknownOperationException"),
    }
}

fn get(items: &Items, request: &Value) -> Answer {
    let item = request["Key"]["sub"]["S"].as_str().and_then(|sub| items.get(sub));
    (StatusCode::OK, Json(item.map_or_else(|| json!({}), |item| json!({"Item": item}))))
}

fn put(items: &mut Items, request: &Value) -> Answer {
    let Some(sub) = request["Item"]["sub"]["S"].as_str() else { return refused("ValidationException") };
    let present = items.get(sub).map(|item| &item["version"]);
    let holds = match request["ConditionExpression"].as_str() {
        Some("attribute_not_exists(#key)") => present.is_none(),
        Some("#version = :read") => present == Some(&request["ExpressionAttributeValues"][":read"]),
        _ => return refused("ValidationException"),
    };
    if !holds {
        return refused("ConditionalCheckFailedException");
    }
    items.insert(sub.to_owned(), request["Item"].clone());
    (StatusCode::OK, Json(json!({})))
}

fn refused(name: &str) -> Answer {
    (StatusCode::BAD_REQUEST, Json(json!({"__type": format!("com.amazonaws.dynamodb.v20120810#{name}"), "message": ""})))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_write() -> Value {
        json!({
            "Item": {"sub": {"S": "1"}, "version": {"N": "1"}},
            "ConditionExpression": "attribute_not_exists(#key)",
            "ExpressionAttributeNames": {"#key": "sub"},
        })
    }

    #[test]
    fn a_write_under_a_condition_that_does_not_hold_changes_nothing() {
        let mut items = Items::new();
        assert_eq!(put(&mut items, &first_write()).0, StatusCode::OK);
        let (status, Json(error)) = put(&mut items, &first_write());
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert_eq!(error["__type"], "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException");
        let stale = json!({
            "Item": {"sub": {"S": "1"}, "version": {"N": "9"}},
            "ConditionExpression": "#version = :read",
            "ExpressionAttributeValues": {":read": {"N": "8"}},
        });
        assert_eq!(put(&mut items, &stale).0, StatusCode::BAD_REQUEST);
        assert_eq!(items["1"]["version"], json!({"N": "1"}));
    }

    #[test]
    fn an_item_is_read_as_it_was_written() {
        let mut items = Items::new();
        let key = json!({"Key": {"sub": {"S": "1"}}});
        assert_eq!(get(&items, &key).1.0, json!({}));
        assert_eq!(put(&mut items, &first_write()).0, StatusCode::OK);
        assert_eq!(get(&items, &key).1.0["Item"], first_write()["Item"]);
    }
}
