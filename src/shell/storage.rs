//! Keeps tokens between page loads, in the layout that Amplify uses, so that a page which also uses Amplify shares the session.
//!
//! # Source
//! docs/cognito.md#storage. A username may contain dots: keys are built, never split.

use core::cell::{Cell, RefCell};
use std::rc::Rc;

use cognito_protocol::{Secret, flow::Tokens, idp::Json};
use wasm_bindgen::JsValue;
use web_sys::{Storage, StorageEvent};

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
    /// The browser took no more: the session is in this widget alone.
    is_full: Rc<Cell<bool>>,
}

#[derive(Clone, Debug)]
enum Backend {
    Web(Storage),
    /// Also where the browser refuses the other, as in some frames and private windows.
    Memory,
}

/// What is kept of a session, by the last part of its key; the last is another library's, and goes with the session. What is remembered
/// of a device has other names, and stays.
const NAMES: [&str; 7] = ["idToken", "accessToken", "refreshToken", "clockDrift", "signInDetails", "oauthMetadata", "userData"];

/// What Amplify writes for a session that came from the pool's domain.
const OAUTH_METADATA: &str = r#"{"oauthSignIn":true}"#;

/// The longest name that is taken for one: what the service takes for an attribute. Anybody can write into a page's store.
const MAX_NAME: usize = 2048;

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
            is_full: Rc::default(),
        }
    }

    /// The stored tokens of the user who signed in last, whoever wrote them.
    pub fn load(&self) -> Option<Tokens> {
        self.session(self.last_user()?.expose())
    }

    /// What is kept of a user's session, as far as it can be read: without claims it has expired long ago.
    fn session(&self, username: &str) -> Option<Tokens> {
        let access_token = self.get(&self.key(username, "accessToken"))?;
        let expires_secs = Claims::of(access_token.expose()).and_then(|claims| claims.secs("exp")).unwrap_or(0);
        let drift_millis = self.get(&self.key(username, "clockDrift")).and_then(|text| text.expose().parse().ok()).unwrap_or(0);
        let details = self.get(&self.key(username, "signInDetails"));
        let login_id =
            details.and_then(|text| super::json::parse(&text.expose().into())?.take("loginId")?.as_text().map(str::to_owned));
        Some(Tokens {
            sign_in_name: login_id.filter(|name| name.len() <= MAX_NAME).unwrap_or_else(|| username.to_owned()),
            username: username.to_owned(),
            id_token: self.get(&self.key(username, "idToken")).unwrap_or_default(),
            refresh_token: self.get(&self.key(username, "refreshToken")),
            expires_at_millis: expires_secs.saturating_mul(1000).saturating_sub(drift_millis),
            access_token,
            is_federated: self
                .get(&self.key(username, "oauthMetadata"))
                .is_some_and(|metadata| metadata.expose() == OAUTH_METADATA),
        })
    }

    /// Keeps tokens and no others of this client. Answers with the sessions that had to go; not with the one that was refreshed by
    /// `used`, which lives on in these tokens.
    pub fn store(&self, tokens: &Tokens, used: Option<&Secret>) -> Vec<Tokens> {
        let claims = Claims::of(tokens.access_token.expose());
        // Only the token knows the real username where a challenge did not tell it.
        let username = claims.as_ref().and_then(|claims| claims.text("username")).unwrap_or_else(|| tokens.username.clone());
        // What the service's clock is ahead of the local one: so `load` finds the very same time again.
        let expires = claims.and_then(|claims| claims.secs("exp"));
        let drift_millis = expires.map_or(0, |expires| expires.saturating_mul(1000).saturating_sub(tokens.expires_at_millis));
        let details = Json::Object(vec![("loginId".to_owned(), Json::Text(tokens.sign_in_name.as_str().into()))]);

        let lives_on = |old: &Tokens| {
            let is = |token: Option<&Secret>| token.is_some_and(|token| is_same(old.refresh_token.as_ref(), token));
            is(tokens.refresh_token.as_ref()) || is(used)
        };
        // The user's own keys are written over and never taken away, which another tab would take for a sign-out.
        let mut left_over = self.remove_sessions(Some(&username));
        left_over.extend(self.session(&username));
        left_over.retain(|old| !lives_on(old));

        // The access token comes last, because readers take a session as present when it is.
        let refresh_key = self.key(&username, "refreshToken");
        let is_kept = self.set(&self.last_user_key(), &username)
            && self.set(&self.key(&username, "idToken"), tokens.id_token.expose())
            && match &tokens.refresh_token {
                Some(token) => self.set(&refresh_key, token.expose()),
                None => self.remove(&refresh_key),
            }
            && self.set(&self.key(&username, "clockDrift"), &drift_millis.to_string())
            && self.set(
                &self.key(&username, "signInDetails"),
                &super::json::stringify(&details).map(String::from).unwrap_or_default(),
            )
            && self.mark(&username, tokens.is_federated)
            && self.set(&self.key(&username, "accessToken"), tokens.access_token.expose());
        if !is_kept {
            self.remove_sessions(None);
            self.remove(&self.last_user_key());
        }
        self.is_full.set(!is_kept);
        left_over
    }

    /// Marks, or unmarks, a session as one that came from the pool's domain, where a sign-out has to go as well. Amplify's other mark,
    /// `oauthSignIn`, is of the client and not of the user: it would outlive the session, and this one is enough for Amplify.
    fn mark(&self, username: &str, is_federated: bool) -> bool {
        let key = self.key(username, "oauthMetadata");
        if is_federated { self.set(&key, OAUTH_METADATA) } else { self.remove(&key) }
    }

    /// Forgets all sessions. Answers with those of others than the user who signed in last. What was remembered of a device stays.
    pub fn forget(&self) -> Vec<Tokens> {
        let last_user = self.last_user();
        // First, so that whoever looks in between finds nobody.
        self.remove(&self.last_user_key());
        let mut sessions = self.remove_sessions(None);
        sessions.retain(|session| last_user.as_ref().is_none_or(|last_user| last_user.expose() != session.username));
        self.is_full.set(false);
        sessions
    }

    /// Whether the session with this refresh token is kept, here or, where the browser takes no more, by the widget itself.
    pub fn holds(&self, refresh_token: &Secret) -> bool {
        let held = || self.get(&self.key(self.last_user()?.expose(), "refreshToken"));
        self.is_full() || is_same(held().as_ref(), refresh_token)
    }

    /// Whether the browser took no more, so that the store tells nothing of this widget's session.
    pub fn is_full(&self) -> bool {
        self.is_full.get()
    }

    /// Removes whatever is there of any session but that of `kept`, readable or not.
    fn remove_sessions(&self, kept: Option<&str>) -> Vec<Tokens> {
        let mut sessions = Vec::new();
        let mut keys = Vec::new();
        for key in self.keys() {
            let Some(username) = self.username(&key).filter(|username| Some(*username) != kept) else { continue };
            // Every session that can be read has just one of these.
            if key.ends_with(".accessToken") {
                sessions.extend(self.session(username));
            }
            keys.push(key);
        }
        for key in &keys {
            self.remove(key);
        }
        sessions
    }

    /// Whose session a key belongs to. A username may hold dots, even a name of ours.
    fn username<'a>(&self, key: &'a str) -> Option<&'a str> {
        let rest = key.strip_prefix(self.prefix.as_str())?.strip_prefix('.')?;
        NAMES.iter().find_map(|name| rest.strip_suffix(name)?.strip_suffix('.'))
    }

    fn last_user(&self) -> Option<Secret> {
        self.get(&self.last_user_key()).filter(|username| username.expose().len() <= MAX_NAME)
    }

    /// Whether an event tells of this store: whether another tab removed the session, or changed it.
    pub fn change(&self, event: &StorageEvent) -> Option<Change> {
        let Backend::Web(storage) = &self.backend else { return None };
        if event.storage_area().as_ref().map(AsRef::as_ref) != Some::<&JsValue>(storage.as_ref()) {
            return None;
        }
        // No key: the whole store was cleared.
        let Some(key) = event.key() else { return Some(Change::Removed) };
        if key == self.last_user_key() && event.new_value().is_none() {
            return Some(Change::Removed);
        }
        (key == self.last_user_key() || key.ends_with(".accessToken") && self.username(&key).is_some()).then_some(Change::Written)
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

    fn keys(&self) -> Vec<String> {
        match &self.backend {
            Backend::Web(storage) => {
                let length = storage.length().unwrap_or(0);
                (0..length).filter_map(|index| storage.key(index).ok().flatten()).collect()
            }
            Backend::Memory => MEMORY.with_borrow(|memory| memory.iter().map(|(key, _)| key.clone()).collect()),
        }
    }

    /// `false` where the store is full.
    fn set(&self, key: &str, value: &str) -> bool {
        match &self.backend {
            Backend::Web(storage) => storage.set_item(key, value).is_ok(),
            Backend::Memory => {
                self.remove(key);
                MEMORY.with_borrow_mut(|memory| memory.push((key.to_owned(), value.into())));
                true
            }
        }
    }

    fn remove(&self, key: &str) -> bool {
        match &self.backend {
            Backend::Web(storage) => storage.remove_item(key).is_ok(),
            Backend::Memory => {
                MEMORY.with_borrow_mut(|memory| memory.retain(|(present, _)| present != key));
                true
            }
        }
    }
}

/// What another tab did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// It signed out.
    Removed,
    /// It wrote a session, or a part of one.
    Written,
}

fn is_same(held: Option<&Secret>, token: &Secret) -> bool {
    held.is_some_and(|held| held.expose() == token.expose())
}

/// Some browsers hand out a store that refuses every write.
fn works(storage: &Storage) -> bool {
    const PROBE: &str = "cognito-login.probe";
    storage.set_item(PROBE, "1").and_then(|()| storage.remove_item(PROBE)).is_ok()
}
