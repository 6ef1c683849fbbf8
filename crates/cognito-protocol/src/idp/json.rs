//! JSON as a tree of plain data.
//!
//! Reading and writing JSON *text* is left to the platform: `JSON.parse` and `JSON.stringify` in a browser, `serde_json`
//! elsewhere (feature `serde_json`). That keeps a parser out of the WebAssembly that a page downloads.

use core::fmt;

use crate::Secret;

/// How deep a tree from the service may nest. The API nests three levels; the rest is hostile.
pub const MAX_DEPTH: usize = 12;

/// A JSON value. Text is a [`Secret`], since passwords, codes and tokens travel in it.
#[derive(Clone)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// Any number; the API has none that an `f64` cannot hold.
    Number(f64),
    /// A string.
    Text(Secret),
    /// An array.
    Array(Vec<Json>),
    /// An object, in the order of its text.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The value of member `name`, taken out of an object; `None` when this is no object, or the member is absent or `null`.
    pub fn take(&mut self, name: &str) -> Option<Json> {
        let Json::Object(members) = self else { return None };
        let at = members.iter().position(|(member, _)| member == name)?;
        match members.swap_remove(at).1 {
            Json::Null => None,
            value => Some(value),
        }
    }

    /// The value of member `name` of an object.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json> {
        let Json::Object(members) = self else { return None };
        members.iter().find(|(member, _)| member == name).map(|(_, value)| value)
    }

    /// The text of a string.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text.expose()),
            _ => None,
        }
    }
}

/// Shows the shape, never a text.
impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Json::Null => "null",
            Json::Bool(_) => "bool",
            Json::Number(_) => "number",
            Json::Text(_) => "text",
            Json::Array(_) => "array",
            Json::Object(_) => "object",
        })
    }
}

#[cfg(feature = "serde_json")]
impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Self {
        use serde_json::Value;
        match value {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::Bool(value),
            Value::Number(value) => Json::Number(value.as_f64().unwrap_or(f64::NAN)),
            Value::String(text) => Json::Text(text.into()),
            Value::Array(items) => Json::Array(items.into_iter().map(Json::from).collect()),
            Value::Object(members) => Json::Object(members.into_iter().map(|(name, value)| (name, value.into())).collect()),
        }
    }
}

#[cfg(feature = "serde_json")]
impl From<&Json> for serde_json::Value {
    fn from(json: &Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(*value),
            // Whole numbers stay whole: the API's integers must not become `3600.0`.
            #[allow(clippy::cast_possible_truncation)]
            Json::Number(value) if value.fract() == 0.0 && value.abs() < 9e15 => Self::from(*value as i64),
            Json::Number(value) => serde_json::Number::from_f64(*value).map_or(Self::Null, Self::Number),
            Json::Text(text) => Self::String(text.expose().to_owned()),
            Json::Array(items) => Self::Array(items.iter().map(Self::from).collect()),
            Json::Object(members) => Self::Object(members.iter().map(|(name, value)| (name.clone(), value.into())).collect()),
        }
    }
}
