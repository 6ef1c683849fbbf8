//! Keeps a challenge that waits for the person over a reload of the page, in `sessionStorage` and nowhere else: no other tab finds it, nor
//! whoever opens the browser next.

use cognito_protocol::idp::Json;
use web_sys::Storage;

use super::json;
use crate::config::{LoginConfig, StorageKind};

/// The longest record that is read, in bytes: four times the longest session. Anybody can write into a page's store.
const MAX_RECORD: usize = 16 * 1024;

/// Where one widget keeps its challenge. When it is dropped, because the widget begins anew or is taken off the page, the challenge is
/// forgotten; a page that is left drops nothing.
pub(crate) struct KeptChallenge {
    storage: Option<Storage>,
    /// The page wants nothing kept.
    is_off: bool,
    key: String,
}

impl KeptChallenge {
    /// For the widget of that number on its page, which a reload does not change.
    pub fn new(config: &LoginConfig, widget: u32) -> Self {
        let storage = web_sys::window().and_then(|window| window.session_storage().ok().flatten());
        let key = ["cognito-login.challenge.", &config.client_id, ".", &i64::from(widget).to_string()].concat();
        Self { storage, is_off: config.storage == StorageKind::Memory, key }
    }

    /// What was kept; [`Json::Null`] where that cannot be read.
    pub fn load(&self) -> Option<Json> {
        let text = self.storage.as_ref()?.get_item(&self.key).ok()??;
        let is_read = !self.is_off && text.len() <= MAX_RECORD;
        let record = if is_read { json::parse(&text.into()) } else { None };
        Some(record.unwrap_or(Json::Null))
    }

    /// Keeps this and nothing else, where the browser takes it.
    pub fn keep(&self, record: &Json) {
        if let (Some(storage), Some(text), false) = (&self.storage, json::stringify(record), self.is_off) {
            let _ = storage.set_item(&self.key, &String::from(text));
        }
    }

    /// Forgets what is kept.
    pub fn forget(&self) {
        if let Some(storage) = &self.storage {
            let _ = storage.remove_item(&self.key);
        }
    }
}

impl Drop for KeptChallenge {
    fn drop(&mut self) {
        self.forget();
    }
}
