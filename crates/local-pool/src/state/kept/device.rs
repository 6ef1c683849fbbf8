//! Devices that are tracked.

use serde::{Deserialize, Serialize};
use srp_reference::Verifier;

use super::secret::KeptSecret;
use crate::state::{Confirmed, Device, UserId};

/// A device whose key was handed out.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct KeptDevice {
    username: String,
    key: String,
    group_key: String,
    confirmed: Option<KeptConfirmed>,
    created_millis: i64,
    modified_millis: i64,
    authenticated_millis: i64,
}

/// As `ConfirmDevice` takes it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct KeptConfirmed {
    salt: String,
    password_verifier: KeptSecret,
    name: Option<String>,
    is_remembered: bool,
}

impl KeptDevice {
    pub fn of(device: &Device) -> Self {
        let Device {
            user: UserId { user_pool_id: _, username },
            key,
            group_key,
            confirmed,
            created_millis,
            modified_millis,
            authenticated_millis,
        } = device;
        Self {
            username: username.clone(),
            key: key.clone(),
            group_key: group_key.clone(),
            confirmed: confirmed.as_ref().map(KeptConfirmed::of),
            created_millis: *created_millis,
            modified_millis: *modified_millis,
            authenticated_millis: *authenticated_millis,
        }
    }

    pub fn restored(&self, user_pool_id: &str) -> Result<Device, &'static str> {
        let Self { username, key, group_key, confirmed, created_millis, modified_millis, authenticated_millis } = self.clone();
        Ok(Device {
            user: UserId { user_pool_id: user_pool_id.to_owned(), username },
            key,
            group_key,
            confirmed: confirmed.map(KeptConfirmed::restored).transpose()?,
            created_millis,
            modified_millis,
            authenticated_millis,
        })
    }
}

impl KeptConfirmed {
    fn of(confirmed: &Confirmed) -> Self {
        let Confirmed { verifier, name, is_remembered } = confirmed;
        let [salt, password_verifier] = verifier.to_device_config();
        let password_verifier = KeptSecret(password_verifier.into());
        Self { salt, password_verifier, name: name.clone(), is_remembered: *is_remembered }
    }

    fn restored(self) -> Result<Confirmed, &'static str> {
        let Self { salt, password_verifier: KeptSecret(password_verifier), name, is_remembered } = self;
        let verifier = Verifier::of_device(&salt, password_verifier.expose()).map_err(|_| "a device has no verifier")?;
        Ok(Confirmed { verifier, name, is_remembered })
    }
}
