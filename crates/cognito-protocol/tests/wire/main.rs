//! What goes over the wire: requests, replies and errors exactly as in docs/cognito.md.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod errors;
mod json;
mod names;
mod replies;
mod requests;
mod round_trips;

use cognito_protocol::idp::{Json, Wire, WireError};
use serde_json::Value;

fn decode<T: Wire>(body: Value) -> Result<T, WireError> {
    T::decode(Json::from(body))
}

fn encode(structure: &impl Wire) -> Value {
    Value::from(&structure.encode())
}
