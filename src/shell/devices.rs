//! Keeps what the pool's devices prove themselves by, in Amplify's layout: per user, beside the tokens, and longer than a session.
//!
//! A device that is remembered would be of no use if it were forgotten with the tab, so that it lies in `localStorage` too where the page keeps
//! its tokens in `sessionStorage`. Whoever reads it needs the password besides; SECURITY.md says what it is worth.
//!
//! # Source
//! docs/cognito.md#storage

use std::rc::Rc;

use cognito_protocol::{Secret, flow::Device, srp::derive_secret_hash};
use js_sys::Promise;
use web_sys::Storage;

use super::storage::TokenStore;
use crate::config::{LoginConfig, StorageKind};

/// The last parts of the keys: `DeviceKey`, `DeviceGroupKey`, and the device's password.
const NAMES: [&str; 3] = ["deviceKey", "deviceGroupKey", "randomPasswordKey"];

/// The devices of one app client's users.
pub(crate) struct Devices {
    store: Rc<TokenStore>,
    /// Outlives the tab where the store does not.
    lasting: Option<Storage>,
    client_id: String,
}

impl Devices {
    /// For the store of a configuration.
    pub fn new(config: &LoginConfig, store: &Rc<TokenStore>) -> Self {
        let window = web_sys::window().filter(|_| config.storage == StorageKind::Session && config.storage_adapter.is_none());
        let lasting = window.and_then(|window| window.local_storage().ok().flatten());
        Self { store: store.clone(), lasting, client_id: config.client_id.clone() }
    }

    /// Has the page's own store read what [`Self::find`] looks for; `None` where everything is read when it is asked for.
    pub fn read_ahead(&self, name: &str) -> Option<Promise> {
        self.store.read_device(name, &self.alias_key(name))
    }

    /// The device of a user, whom the real username tells, or a name that was typed here before.
    pub fn find(&self, name: &str) -> Option<Device> {
        self.read(name).or_else(|| self.read(self.get(&self.alias_key(name))?.expose()))
    }

    fn read(&self, username: &str) -> Option<Device> {
        let [key, group_key, password] = NAMES.map(|name| self.get(&self.store.key(username, name)));
        Some(Device { username: username.to_owned(), key: key?, group_key: group_key?, password: password? })
    }

    /// Keeps a device, and how its user is called.
    pub fn keep(&self, device: &Device, sign_in_name: &str, is_remembered: bool) {
        let Device { username, key, group_key, password } = device;
        for (name, value) in NAMES.iter().zip([key, group_key, password]) {
            self.set(&self.store.key(username, name), value.expose(), is_remembered);
        }
        if sign_in_name != username {
            self.set(&self.alias_key(sign_in_name), username, is_remembered);
        }
    }

    /// Forgets a device, unless another one is kept there by now.
    pub fn forget(&self, username: &str, key: &Secret) {
        let [device_key, ..] = NAMES;
        let kept = self.get(&self.store.key(username, device_key));
        if kept.is_some_and(|kept| kept.expose() == key.expose()) {
            for name in NAMES {
                self.remove(&self.store.key(username, name));
            }
        }
    }

    /// Names that were typed are not left lying about: the key is a hash of one.
    fn alias_key(&self, name: &str) -> String {
        let hash = derive_secret_hash(&self.client_id.as_str().into(), name, &self.client_id);
        ["cognito-login.", &self.client_id, ".device.", &hash].concat()
    }

    fn get(&self, key: &str) -> Option<Secret> {
        let lasting = || self.lasting.as_ref()?.get_item(key).ok().flatten().map(Secret::from);
        self.store.get(key).or_else(lasting)
    }

    /// A store that takes no more remembers nothing, and the next sign-in asks for all steps.
    fn set(&self, key: &str, value: &str, is_remembered: bool) {
        let _ = self.store.set(key, value);
        if let Some(lasting) = &self.lasting {
            let _ = if is_remembered { lasting.set_item(key, value) } else { lasting.remove_item(key) };
        }
    }

    fn remove(&self, key: &str) {
        let _ = self.store.remove(key);
        if let Some(lasting) = &self.lasting {
            let _ = lasting.remove_item(key);
        }
    }
}
