//! Keeps a challenge that waits for the person over a reload of the page, in `sessionStorage` and nowhere else: no other tab finds it, nor
//! whoever opens the browser next.

use std::cell::RefCell;

use cognito_protocol::{flow::Purpose, idp::Json};
use web_sys::Storage;

use super::json;
use crate::config::{LoginConfig, StorageKind};

/// The longest record that is read, in UTF-16 units: four times the longest session. Anybody can write into a page's store.
const MAX_RECORD: u32 = 16 * 1024;

thread_local! {
    /// The keys of the widgets on this page.
    static TAKEN: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Where one widget keeps its challenge.
pub(crate) struct KeptChallenge {
    storage: Option<Storage>,
    /// The page wants nothing kept.
    is_off: bool,
    key: String,
}

impl KeptChallenge {
    /// For a widget. Those of one client on one page are told apart by their order, which a reload does not change.
    pub fn new(config: &LoginConfig, purpose: Purpose) -> Self {
        let kind = match purpose {
            Purpose::SignIn => "login",
            Purpose::Account => "account",
        };
        let key = TAKEN.with_borrow_mut(|taken| {
            let mut key = ["cognito-login.challenge.", kind, ".", &config.client_id].concat();
            while taken.contains(&key) {
                key.push_str(".next");
            }
            taken.push(key.clone());
            key
        });
        let storage = web_sys::window().and_then(|window| window.session_storage().ok().flatten());
        Self { storage, is_off: config.storage == StorageKind::Memory, key }
    }

    /// What was kept; [`Json::Null`] where that cannot be read.
    pub fn load(&self) -> Option<Json> {
        let text = js_sys::JsString::from(self.storage.as_ref()?.get_item(&self.key).ok()??);
        if self.is_off || text.length() > MAX_RECORD {
            return Some(Json::Null);
        }
        Some(json::parse(&text).unwrap_or(Json::Null))
    }

    /// Keeps this and nothing else. Where the browser takes no more, nothing is kept.
    pub fn keep(&self, record: &Json) {
        self.forget();
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
        TAKEN.with_borrow_mut(|taken| taken.retain(|key| *key != self.key));
    }
}
