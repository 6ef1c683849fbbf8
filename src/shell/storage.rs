//! Keeps tokens between page loads, in the layout that Amplify uses, so that a page which also uses Amplify shares the session.
//!
//! # Source
//! docs/cognito.md#storage. A username may contain dots: keys are built, never split.

use core::cell::Cell;
use std::rc::Rc;

use cognito_protocol::{Secret, flow::Tokens, idp::Json};
use js_sys::Promise;
use web_sys::StorageEvent;

use super::{claims::Claims, clock, key_value::KeyValue};
use crate::config::LoginConfig;

/// Where the tokens of one app client are kept.
#[derive(Clone, Debug)]
pub(crate) struct TokenStore {
    values: KeyValue,
    prefix: String,
    /// Which access token was there when this was last looked at, as a hash of it.
    seen: Rc<Cell<u32>>,
}

/// What is kept of a session, by the last part of its key; the last is another library's, and goes with the session. What is remembered
/// of a device has other names, and stays.
const NAMES: [&str; 7] = ["idToken", "accessToken", "refreshToken", "clockDrift", "signInDetails", "userData", OAUTH];

/// Says that a session came by way of the pool's domain, which a sign-out then visits.
const OAUTH: &str = "oauthMetadata";

/// What Amplify writes there.
const OAUTH_METADATA: &str = r#"{"oauthSignIn":true}"#;

/// By so much the service's clock may lag behind itself, in milliseconds: it is read from tokens in whole seconds.
const TOLERANCE_MILLIS: i64 = 60_000;

/// The longest name that is taken for one: what the service takes for an attribute. Anybody can write into a page's store.
const MAX_NAME: usize = 2048;

impl TokenStore {
    pub fn new(config: &LoginConfig) -> Self {
        let prefix = ["CognitoIdentityServiceProvider.", &config.client_id].concat();
        Self { values: KeyValue::of(config), prefix, seen: Rc::default() }
    }

    /// Why the session is in the page's memory although it was not to be, for the page's author.
    pub fn trouble(&self) -> Option<&'static str> {
        if matches!(self.values, KeyValue::Memory { is_last_resort: true }) {
            return Some(
                "storage: the browser refuses its store to this page, as where cookies are blocked. The session is kept in the memory \
                 of the page, and ends with it.",
            );
        }
        let full = "storage: the browser's store takes no more. The session is kept in the memory of the page, and ends with it.";
        self.values.is_full().then_some(full)
    }

    /// Reads the page's own store anew; `None` where everything is read when it is asked for.
    pub fn reread(&self) -> Option<Promise> {
        self.values.read_ahead("reread", [&self.prefix, "", ""])
    }

    /// Has the page's own store read what it holds of the device of a user, and of one whom the key `alias` names.
    pub(super) fn read_device(&self, name: &str, alias: &str) -> Option<Promise> {
        self.values.read_ahead("readDevice", [&self.prefix, name, alias])
    }

    /// The stored tokens of the user who signed in last, whoever wrote them.
    pub fn load(&self) -> Option<Tokens> {
        let session = self.last_user().and_then(|user| self.session(user.expose()));
        self.seen.set(hash_of(session.as_ref().map(|tokens| &tokens.access_token)));
        session
    }

    /// Whether somebody else has written or removed a session since this was last looked at: another library on this page, of which no
    /// event tells.
    pub fn has_changed(&self) -> bool {
        let access_token = self.last_user().and_then(|user| self.get(&self.key(user.expose(), "accessToken")));
        hash_of(access_token.as_ref()) != self.seen.get() && !self.is_half_written()
    }

    /// Whether a session is being written by somebody who begins with the access token.
    fn is_half_written(&self) -> bool {
        let has = |user: &Secret, name: &str| self.get(&self.key(user.expose(), name)).is_some();
        self.last_user().is_some_and(|user| has(&user, "accessToken") && !has(&user, "idToken"))
    }

    /// What is kept of a user's session, as far as it can be read: without claims it has expired long ago.
    fn session(&self, username: &str) -> Option<Tokens> {
        let access_token = self.get(&self.key(username, "accessToken"))?;
        let claims = Claims::of(access_token.expose());
        let time = |name: &str| claims.as_ref().and_then(|claims| claims.secs(name)).unwrap_or(0).saturating_mul(1000);
        let drift_millis: i64 =
            self.get(&self.key(username, "clockDrift")).and_then(|text| text.expose().parse().ok()).unwrap_or(0);
        let drift_millis = drift_millis.saturating_sub(clock::ahead_millis());
        let service_millis = clock::now_millis().saturating_add(drift_millis);
        // What comes out of the future was kept before the clock was set back, which tells nothing of when it ends.
        let is_old = service_millis < time("iat").saturating_sub(TOLERANCE_MILLIS);
        Some(Tokens {
            sign_in_name: self.login_id(username).filter(|name| name.len() <= MAX_NAME).unwrap_or_else(|| username.to_owned()),
            username: username.to_owned(),
            id_token: self.get(&self.key(username, "idToken")).unwrap_or_default(),
            refresh_token: self.get(&self.key(username, "refreshToken")),
            expires_at_millis: if is_old { 0 } else { time("exp").saturating_sub(drift_millis) },
            access_token,
            is_federated: self.get(&self.key(username, OAUTH)).is_some_and(|metadata| metadata.expose() == OAUTH_METADATA),
        })
    }

    /// What a user typed to sign in.
    fn login_id(&self, username: &str) -> Option<String> {
        let details = self.get(&self.key(username, "signInDetails"))?;
        super::json::parse(&details.expose().into())?.take("loginId")?.as_text().map(str::to_owned)
    }

    /// Keeps tokens and no others of this client. Answers with the sessions that had to go; not with the one that was refreshed by
    /// `used`, which lives on in these tokens. Where the browser takes no more, the page's memory does.
    pub fn store(&self, tokens: &Tokens, used: Option<&Secret>) -> Vec<Tokens> {
        // Only the token knows the real username where a challenge did not tell it.
        let claims = Claims::of(tokens.access_token.expose());
        let username = claims.as_ref().and_then(|claims| claims.text("username")).unwrap_or_else(|| tokens.username.clone());
        let lives_on = |old: &Tokens| {
            let is = |token: Option<&Secret>| token.is_some_and(|token| is_same(old.refresh_token.as_ref(), token));
            is(tokens.refresh_token.as_ref()) || is(used)
        };
        let mut left_over = Vec::new();
        if used.is_none() && self.values.is_full() {
            // There may be room again.
            left_over = self.remove_sessions(None);
            self.remove(&self.last_user_key());
            self.values.set_full(false);
        }
        // The user's own keys are written over and never taken away, which another tab would take for a sign-out.
        left_over.extend(self.remove_sessions(Some(&username)));
        left_over.extend(self.session(&username));
        left_over.retain(|old| !lives_on(old));
        if !self.write(tokens, &username, claims.as_ref()) {
            self.remove_sessions(None);
            self.remove(&self.last_user_key());
            self.values.set_full(true);
            self.write(tokens, &username, claims.as_ref());
        }
        self.seen.set(hash_of(Some(&tokens.access_token)));
        left_over
    }

    /// Writes a session; `false` where a part of it was not taken. The access token comes last, because readers take a session as present
    /// when it is.
    fn write(&self, tokens: &Tokens, username: &str, claims: Option<&Claims>) -> bool {
        // What the service's clock is ahead of the local one: so `load` finds the very same time again.
        let expires = claims.and_then(|claims| claims.secs("exp"));
        let expires_at_millis = tokens.expires_at_millis.saturating_sub(clock::ahead_millis());
        let drift_millis = expires.map_or(0, |expires| expires.saturating_mul(1000).saturating_sub(expires_at_millis));
        let details = Json::Object(vec![("loginId".to_owned(), Json::Text(tokens.sign_in_name.as_str().into()))]);
        // Others write more into it.
        let has_details = self.login_id(username).is_some_and(|name| name == tokens.sign_in_name);
        let key = |name: &str| self.key(username, name);
        self.set(&self.last_user_key(), username)
            && self.set(&key("idToken"), tokens.id_token.expose())
            && match &tokens.refresh_token {
                Some(token) => self.set(&key("refreshToken"), token.expose()),
                None => self.remove(&key("refreshToken")),
            }
            && self.set(&key("clockDrift"), &drift_millis.to_string())
            && (has_details
                || self.set(&key("signInDetails"), &super::json::stringify(&details).map(String::from).unwrap_or_default()))
            && self.mark(username, tokens.is_federated)
            && self.set(&key("accessToken"), tokens.access_token.expose())
    }

    /// Marks, or unmarks, a session as one that came from the pool's domain, where a sign-out has to go as well. Amplify's other mark,
    /// `oauthSignIn`, is of the client and not of the user: it would outlive the session, and this one is enough for Amplify.
    fn mark(&self, username: &str, is_federated: bool) -> bool {
        let key = self.key(username, OAUTH);
        if is_federated { self.set(&key, OAUTH_METADATA) } else { self.remove(&key) }
    }

    /// Forgets all sessions. Answers with those of others than the user who signed in last. What was remembered of a device stays.
    pub fn forget(&self) -> Vec<Tokens> {
        let last_user = self.last_user();
        // First, so that whoever looks in between finds nobody.
        self.remove(&self.last_user_key());
        let mut sessions = self.remove_sessions(None);
        sessions.retain(|session| last_user.as_ref().is_none_or(|last_user| last_user.expose() != session.username));
        self.seen.set(hash_of(None));
        if self.values.is_full() {
            self.values.set_full(false);
            sessions.extend(self.forget());
        }
        sessions
    }

    /// Whether the session with this refresh token is kept.
    pub fn holds(&self, refresh_token: &Secret) -> bool {
        let held = || self.get(&self.key(self.last_user()?.expose(), "refreshToken"));
        is_same(held().as_ref(), refresh_token)
    }

    /// Whether the session that these tokens are of is kept, with whatever tokens. Ending one of its tokens would end it.
    pub fn holds_session_of(&self, tokens: &Tokens) -> bool {
        let origin = |tokens: &Tokens| Claims::of(tokens.access_token.expose())?.text("origin_jti");
        origin(tokens).is_some_and(|own| self.load().is_some_and(|held| origin(&held) == Some(own)))
    }

    /// Whether what is kept is for this page alone.
    pub fn is_of_page(&self) -> bool {
        self.values.is_of_page()
    }

    /// Removes whatever is there of any session but that of `kept`, readable or not.
    fn remove_sessions(&self, kept: Option<&str>) -> Vec<Tokens> {
        let mut sessions = Vec::new();
        let mut keys = Vec::new();
        for key in self.values.keys() {
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

    /// What an event tells of this store: whether another tab removed the session, or changed it.
    pub fn change(&self, event: &StorageEvent) -> Option<Change> {
        if !self.values.is(event.storage_area().as_ref()) {
            return None;
        }
        // No key: the whole store was cleared.
        let Some(key) = event.key() else { return Some(Change::Removed) };
        let is_last_user = key == self.last_user_key();
        if is_last_user && event.new_value().is_none() {
            return Some(Change::Removed);
        }
        ((is_last_user || self.username(&key).is_some()) && !self.is_half_written()).then_some(Change::Written)
    }

    /// The app client's name in keys, which also names its lock.
    pub fn name(&self) -> &str {
        &self.prefix
    }

    fn last_user_key(&self) -> String {
        [&self.prefix, ".LastAuthUser"].concat()
    }

    /// The key of what is kept of a user.
    pub(super) fn key(&self, username: &str, name: &str) -> String {
        [&self.prefix, ".", username, ".", name].concat()
    }

    pub(super) fn get(&self, key: &str) -> Option<Secret> {
        self.values.get(key)
    }

    pub(super) fn set(&self, key: &str, value: &str) -> bool {
        self.values.set(key, value)
    }

    pub(super) fn remove(&self, key: &str) -> bool {
        self.values.remove(key)
    }
}

/// What another tab did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// It signed out.
    Removed,
    /// It wrote a session, or a part of one.
    Written,
    /// Something, perhaps, while nothing could be told.
    Unseen,
}

fn is_same(held: Option<&Secret>, token: &Secret) -> bool {
    held.is_some_and(|held| held.is(token.expose()))
}

/// Tells tokens apart (FNV-1a); no token is kept for it.
fn hash_of(token: Option<&Secret>) -> u32 {
    let bytes = token.map_or(&[][..], |token| token.expose().as_bytes());
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}
