//! Keeps tokens between page loads, in the layout that Amplify uses, so that a page which also uses Amplify shares the session.
//!
//! # Source
//! docs/cognito.md#storage. A username may contain dots: keys are built, never split.

use core::cell::RefCell;

use cognito_protocol::{Secret, flow::Tokens};
use web_sys::Storage;

use super::claims::Claims;
use crate::config::StorageKind;

thread_local! {
    /// The page's own memory, shared by all elements on it.
    static MEMORY: RefCell<Vec<(String, Secret)>> = const { RefCell::new(Vec::new()) };
}

/// Where the tokens of one app client are kept.
#[derive(Clone, Debug)]
pub(crate) struct TokenStore {
    backend: Backend,
    prefix: String,
}

#[derive(Clone, Debug)]
enum Backend {
    Web(Storage),
    /// Also where the browser refuses the other, as in some frames and private windows.
    Memory,
}

/// What is kept, by the last part of its key.
const KEYS: [&str; 5] = ["idToken", "accessToken", "refreshToken", "clockDrift", "signInDetails"];

impl TokenStore {
    pub fn new(kind: StorageKind, client_id: &str) -> Self {
        let web = web_sys::window().and_then(|window| match kind {
            StorageKind::Session => window.session_storage().ok().flatten(),
            StorageKind::Local => window.local_storage().ok().flatten(),
            StorageKind::Memory => None,
        });
        Self {
            backend: web.filter(works).map_or(Backend::Memory, Backend::Web),
            prefix: ["CognitoIdentityServiceProvider.", client_id].concat(),
        }
    }

    /// The stored tokens of the user who signed in last.
    pub fn load(&self) -> Option<Tokens> {
        let username = self.get(&self.last_user_key())?;
        let username = username.expose();
        let access_token = self.get(&self.key(username, "accessToken"))?;
        let claims = Claims::of(access_token.expose())?;
        let drift_millis = self.get(&self.key(username, "clockDrift")).and_then(|text| text.expose().parse().ok()).unwrap_or(0);
        let details = self.get(&self.key(username, "signInDetails"));
        let login_id =
            details.and_then(|text| super::json::parse(&text.expose().into())?.take("loginId")?.as_text().map(str::to_owned));
        Some(Tokens {
            sign_in_name: login_id.unwrap_or_else(|| username.to_owned()),
            username: username.to_owned(),
            id_token: self.get(&self.key(username, "idToken")).unwrap_or_default(),
            refresh_token: self.get(&self.key(username, "refreshToken")),
            expires_at_millis: claims.secs("exp")?.saturating_mul(1000).saturating_sub(drift_millis),
            access_token,
        })
    }

    /// Keeps tokens.
    pub fn store(&self, tokens: &Tokens) {
        let claims = Claims::of(tokens.access_token.expose());
        // Only the token knows the real username where a challenge did not tell it.
        let username = claims.as_ref().and_then(|claims| claims.text("username")).unwrap_or_else(|| tokens.username.clone());
        // What the service's clock is ahead of the local one: so `load` finds the very same time again.
        let expires = claims.and_then(|claims| claims.secs("exp"));
        let drift_millis = expires.map_or(0, |expires| expires.saturating_mul(1000).saturating_sub(tokens.expires_at_millis));
        let details = cognito_protocol::idp::Json::Object(vec![(
            "loginId".to_owned(),
            cognito_protocol::idp::Json::Text(tokens.sign_in_name.as_str().into()),
        )]);
        self.set(&self.last_user_key(), &username);
        self.set(&self.key(&username, "idToken"), tokens.id_token.expose());
        match &tokens.refresh_token {
            Some(token) => self.set(&self.key(&username, "refreshToken"), token.expose()),
            None => self.remove(&self.key(&username, "refreshToken")),
        }
        self.set(&self.key(&username, "clockDrift"), &drift_millis.to_string());
        self.set(&self.key(&username, "signInDetails"), &super::json::stringify(&details).map(String::from).unwrap_or_default());
        // Last, because readers take tokens as present when this is.
        self.set(&self.key(&username, "accessToken"), tokens.access_token.expose());
    }

    /// Forgets the tokens of the user who signed in last. What was remembered of the device stays.
    pub fn forget(&self) {
        let last_user = self.last_user_key();
        if let Some(username) = self.get(&last_user) {
            for name in KEYS {
                self.remove(&self.key(username.expose(), name));
            }
        }
        self.remove(&last_user);
    }

    /// Whether a change of `key` in another tab is one of this client's.
    pub fn owns(&self, key: &str) -> bool {
        key.strip_prefix(self.prefix.as_str()).is_some_and(|rest| rest.starts_with('.'))
    }

    /// The app client's name in keys, which also names its lock.
    pub fn name(&self) -> &str {
        &self.prefix
    }

    fn last_user_key(&self) -> String {
        [&self.prefix, ".LastAuthUser"].concat()
    }

    fn key(&self, username: &str, name: &str) -> String {
        [&self.prefix, ".", username, ".", name].concat()
    }

    fn get(&self, key: &str) -> Option<Secret> {
        match &self.backend {
            Backend::Web(storage) => storage.get_item(key).ok().flatten().map(Secret::from),
            Backend::Memory => {
                MEMORY.with_borrow(|memory| memory.iter().find(|(present, _)| present == key).map(|(_, value)| value.clone()))
            }
        }
    }

    fn set(&self, key: &str, value: &str) {
        match &self.backend {
            // A full store loses the tokens at the next load; the page goes on with what is in memory.
            Backend::Web(storage) => drop(storage.set_item(key, value)),
            Backend::Memory => {
                self.remove(key);
                MEMORY.with_borrow_mut(|memory| memory.push((key.to_owned(), value.into())));
            }
        }
    }

    fn remove(&self, key: &str) {
        match &self.backend {
            Backend::Web(storage) => drop(storage.remove_item(key)),
            Backend::Memory => {
                MEMORY.with_borrow_mut(|memory| memory.retain(|(present, _)| present != key));
            }
        }
    }
}

/// Some browsers hand out a store that refuses every write.
fn works(storage: &Storage) -> bool {
    const PROBE: &str = "cognito-login.probe";
    storage.set_item(PROBE, "1").and_then(|()| storage.remove_item(PROBE)).is_ok()
}
