//! What the page around the widget offers: its host name, the clipboard, other elements.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

/// The longest name of a device that the service takes.
const MAX_DEVICE_NAME: usize = 1024;

/// The host name of the page, for the authenticator app's issuer.
pub(crate) fn host_name() -> String {
    let name = web_sys::window().and_then(|window| window.location().hostname().ok());
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| "localhost".to_owned())
}

/// The page itself, without query and fragment.
pub(crate) fn own_url() -> String {
    let location = web_sys::window().map(|window| window.location());
    let url = location.and_then(|location| Some([location.origin().ok()?, location.pathname().ok()?].concat()));
    url.unwrap_or_default()
}

/// Puts `text` on the clipboard and calls back; not where the page is no secure context, which has no clipboard.
pub(crate) fn copy(text: &str, done: impl FnOnce() + 'static) {
    let Some(window) = web_sys::window() else { return };
    let navigator = window.navigator();
    if !Reflect::get(&navigator, &JsValue::from_str("clipboard")).is_ok_and(|clipboard| clipboard.is_object()) {
        return;
    }
    let written = navigator.clipboard().write_text(text);
    wasm_bindgen_futures::spawn_local(async move {
        if wasm_bindgen_futures::JsFuture::from(written).await.is_ok() {
            done();
        }
    });
}

/// Brings the page's `<cognito-login>` into view and its first field into focus; `false` when it has none.
pub(crate) fn reveal_login() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let login = document.and_then(|document| document.query_selector("cognito-login").ok().flatten());
    let Some(login) = login else { return false };
    login.scroll_into_view();
    let first = |tree: &dyn Fn(&str) -> Option<Element>| tree("input").or_else(|| tree("h2"));
    let target = match login.shadow_root() {
        Some(root) => first(&|selector| root.query_selector(selector).ok().flatten()),
        None => first(&|selector| login.query_selector(selector).ok().flatten()),
    };
    if let Some(target) = target.and_then(|target| target.dyn_into::<HtmlElement>().ok()) {
        focus(&target);
    }
    true
}

/// Moves the focus.
pub(crate) fn focus(element: &HtmlElement) {
    let _ = element.focus();
}

/// What the browser calls itself, as long as a device's name may be.
pub(crate) fn user_agent() -> String {
    let agent = web_sys::window().and_then(|window| window.navigator().user_agent().ok());
    agent.map(|agent| agent.chars().take(MAX_DEVICE_NAME).collect()).unwrap_or_default()
}
