//! What the person chose last to sign in by, on this device. It is no secret, and no more than a hint.

use cognito_protocol::flow::FirstFactor;
use web_sys::Storage;

use crate::config::{LoginConfig, StorageKind};

/// Where the choice is kept.
pub(crate) struct LastFactor {
    /// The store that outlives the tab; none for pages that keep nothing.
    storage: Option<Storage>,
    key: String,
}

impl LastFactor {
    /// For the app client of a configuration.
    pub fn of(config: &LoginConfig) -> Self {
        let keeps = match config.storage {
            StorageKind::Session | StorageKind::Local => true,
            StorageKind::Memory => false,
        };
        let window = web_sys::window().filter(|_| keeps);
        let storage = window.and_then(|window| window.local_storage().ok().flatten());
        Self { storage, key: ["cognito-login.", &config.client_id, ".firstFactor"].concat() }
    }

    /// What was chosen last; `None` where nothing is known.
    pub fn read(&self) -> Option<FirstFactor> {
        FirstFactor::named(&self.storage.as_ref()?.get_item(&self.key).ok()??)
    }

    /// Keeps it. A store that is full or forbidden keeps nothing, and nobody is worse off.
    pub fn write(&self, factor: FirstFactor) {
        if let Some(storage) = &self.storage {
            drop(storage.set_item(&self.key, factor.as_str()));
        }
    }
}
