//! The way to another provider and back: what is kept in this tab meanwhile, and what the page's address tells of a return.
//!
//! The record lies in `sessionStorage` whatever holds the tokens: no other tab finds it, so that a return which another tab began, or a
//! link that somebody made up, means nothing here.

use cognito_protocol::{Secret, flow::Returned, idp::Json};
use wasm_bindgen::JsValue;
use web_sys::{Storage, Window};

use super::json;
use crate::config::LoginConfig;

/// What a return has in the page's address.
const CODE: &str = "code";
const STATE: &str = "state";
const ERROR: &str = "error";
const DESCRIPTION: &str = "error_description";
const PARAMETERS: [&str; 5] = [CODE, STATE, ERROR, DESCRIPTION, "error_uri"];

/// The longest value that is read.
const MAX_VALUE: usize = 4096;

/// Where one app client keeps what it left with.
pub(crate) struct Redirect {
    key: String,
}

impl Redirect {
    pub fn of(config: &LoginConfig) -> Self {
        Self { key: ["cognito-login.oauth.", &config.client_id].concat() }
    }

    /// A return in the page's address, with what was kept; `None` where there is none of both.
    pub fn found(&self) -> Option<Returned> {
        let window = web_sys::window()?;
        let search = window.location().search().ok()?;
        let get = |name: &str| {
            let raw = pairs(&search).find(|pair| name_of(pair) == name)?.split_once('=')?.1;
            let value = js_sys::decode_uri_component(&raw.replace('+', " ")).ok()?;
            Some(String::from(value)).filter(|value| !value.is_empty() && value.len() <= MAX_VALUE)
        };
        let state = get(STATE)?;
        let text = storage(&window)?.get_item(&self.key).ok()??;
        let record = json::parse(&text.into())?;
        let (code, error) = (get(CODE), get(ERROR));
        if code.is_none() && error.is_none() {
            return None;
        }
        Some(Returned { record, state: state.into(), code: code.map(Secret::from), error, description: get(DESCRIPTION) })
    }

    /// Keeps the record and goes; `false` where the browser keeps nothing.
    pub fn leave(&self, record: &Json, url: &str) -> bool {
        let keep = || {
            let text = json::stringify(record)?;
            storage(&web_sys::window()?)?.set_item(&self.key, &String::from(text)).ok()
        };
        keep().is_some() && go(url)
    }

    /// The record is used, and neither the address bar nor the history shows the return any more. What else is in the address stays.
    pub fn forget(&self) {
        let Some(window) = web_sys::window() else { return };
        if let Some(storage) = storage(&window) {
            let _ = storage.remove_item(&self.key);
        }
        let location = window.location();
        let (Ok(origin), Ok(path)) = (location.origin(), location.pathname()) else { return };
        let (Ok(search), Ok(hash)) = (location.search(), location.hash()) else { return };
        let rest: Vec<&str> = pairs(&search).filter(|pair| !PARAMETERS.contains(&name_of(pair))).collect();
        let query = if rest.is_empty() { String::new() } else { ["?", &rest.join("&")].concat() };
        if let Ok(history) = window.history() {
            // With the origin: a path that begins with two slashes would be another host's.
            let state = history.state().unwrap_or(JsValue::NULL);
            let _ = history.replace_state_with_url(&state, "", Some(&[origin, path, query, hash].concat()));
        }
    }
}

/// Leaves this page; `false` where the browser refuses.
pub(crate) fn go(url: &str) -> bool {
    web_sys::window().is_some_and(|window| window.location().assign(url).is_ok())
}

fn storage(window: &Window) -> Option<Storage> {
    window.session_storage().ok().flatten()
}

/// The parts of a query between `&`.
fn pairs(search: &str) -> impl Iterator<Item = &str> {
    search.strip_prefix('?').unwrap_or(search).split('&').filter(|pair| !pair.is_empty())
}

fn name_of(pair: &str) -> &str {
    pair.split('=').next().unwrap_or_default()
}
