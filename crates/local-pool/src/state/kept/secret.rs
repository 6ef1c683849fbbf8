//! Secrets in a file: as they are.

use cognito_protocol::Secret;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A secret that the file holds.
#[derive(Clone)]
pub(super) struct KeptSecret(pub Secret);

impl KeptSecret {
    pub fn of(secret: &Secret) -> Self {
        Self(secret.clone())
    }
}

impl Serialize for KeptSecret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.expose())
    }
}

impl<'de> Deserialize<'de> for KeptSecret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(text.into()))
    }
}
