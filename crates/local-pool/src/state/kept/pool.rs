//! One user pool of a file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{device::KeptDevice, grant::KeptGrant, user::KeptUser};
use crate::keys::KeptKeys;

/// What is kept of a user pool.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct KeptPool {
    /// The keys that signed its tokens, once there are any.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub keys: Option<KeptKeys>,
    /// Fingerprints of what the settings said of the seeded users, by username.
    pub seeded: BTreeMap<String, String>,
    pub(super) users: Vec<KeptUser>,
    pub(super) sign_ins: Vec<KeptGrant>,
    pub(super) devices: Vec<KeptDevice>,
}
