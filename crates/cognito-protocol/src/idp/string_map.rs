//! Maps from text to text, in which the API carries what differs from challenge to challenge.

use core::fmt;

use super::{
    Json,
    wire::{Member, WireError},
};
use crate::Secret;

/// A map from text to text: `AuthParameters`, `ChallengeParameters`, `ChallengeResponses`, `ClientMetadata`. All its values are
/// strings, lists and objects included, as JSON text. An absent map is empty, and an empty map is left out.
#[derive(Clone, Default)]
pub struct StringMap(Vec<(String, Secret)>);

impl StringMap {
    /// A map of the given entries, in their order.
    #[must_use]
    pub fn of<const N: usize>(entries: [(&str, &str); N]) -> Self {
        Self(entries.into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect())
    }

    /// Puts an entry at the end; a later entry of the same key wins.
    pub fn insert(&mut self, key: &str, value: impl Into<Secret>) {
        self.0.retain(|(present, _)| present != key);
        self.0.push((key.to_owned(), value.into()));
    }

    /// The value of `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(present, _)| present == key).map(|(_, value)| value.expose())
    }

    /// The real username in a challenge's parameters, which every answer from there on carries.
    ///
    /// # Source
    /// docs/cognito.md#usernames
    #[must_use]
    pub fn user_id(&self) -> Option<&str> {
        self.get("USER_ID_FOR_SRP").or_else(|| self.get("USERNAME"))
    }

    /// All entries, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.expose()))
    }

    /// Whether there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl PartialEq for StringMap {
    /// Whether both hold the same entries, in whatever order. Not constant-time: it is for public parameters.
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.iter().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl Eq for StringMap {}

/// Shows the keys alone: a value may be a password.
impl fmt::Debug for StringMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.iter().map(|(key, _)| key)).finish()
    }
}

impl Member for StringMap {
    fn encode(&self) -> Option<Json> {
        let entry = |(key, value): &(String, Secret)| (key.clone(), Json::Text(value.clone()));
        (!self.is_empty()).then(|| Json::Object(self.0.iter().map(entry).collect()))
    }

    fn decode(json: Option<Json>, name: &'static str) -> Result<Self, WireError> {
        match json {
            Some(Json::Object(members)) => members
                .into_iter()
                // Some clients send `null` for what they do not have (`DEVICE_KEY: null`).
                .filter(|(_, value)| !matches!(value, Json::Null))
                .map(|(key, value)| Secret::decode(Some(value), name).map(|value| (key, value)))
                .collect::<Result<_, _>>()
                .map(Self),
            Some(_) => Err(WireError::WrongType(name)),
            None => Ok(Self::default()),
        }
    }
}
