//! The two custom elements: attributes in, DOM events out.
//!
//! WebAssembly cannot extend `HTMLElement`, so the classes are JavaScript (`element.js` beside this file). They load this module
//! when the first element is on a page, and hand themselves to [`mount`].

mod news;
mod options;
mod promises;

use cognito_protocol::flow::{Page, Purpose, Screen};
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use web_sys::{Element, HtmlElement};
use yew::{AppHandle, Callback, Renderer};

use self::promises::{ask, js_error};
use crate::{
    config::LoginConfig,
    ui::{CognitoLogin, CognitoLoginProps, Configured, Input, LoginHandle, WidgetEvent},
};

/// A widget on a page, or one that has left it and waits for another: Yew never takes back what it listens to a host with, so that a
/// page which mounts and unmounts would hold more and more of them.
#[wasm_bindgen]
pub struct WidgetHandle {
    app: AppHandle<CognitoLogin>,
    props: CognitoLoginProps,
}

impl core::fmt::Debug for WidgetHandle {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("WidgetHandle").finish_non_exhaustive()
    }
}

/// Draws a widget into `root`, a `<div>` of `host`'s own tree that has the style sheets.
///
/// `kind` is `login` or `account`. `options` has one key per attribute that is present, in kebab case, the properties
/// `clientMetadata`, `messages`, `secretHash` and `storageAdapter` (a mirror of the page's), and in `texts` the words of the language `lang` where that is not English. `dispatch(type,
/// detail, cancelable)` dispatches a `CustomEvent` on the host and answers whether nobody prevented its default. `drawing(screen)` is
/// called before the first screen is drawn, with its name, and `drawing()` after that.
#[wasm_bindgen]
pub fn mount(
    kind: &str,
    host: HtmlElement,
    root: Element,
    options: &JsValue,
    dispatch: Function,
    drawing: Function,
) -> WidgetHandle {
    let props = props(kind, host, options, dispatch, drawing, LoginHandle::new());
    let app = Renderer::<CognitoLogin>::with_root_and_props(root, props.clone()).render();
    WidgetHandle { app, props }
}

fn props(
    kind: &str,
    host: HtmlElement,
    options: &JsValue,
    dispatch: Function,
    drawing: Function,
    handle: LoginHandle,
) -> CognitoLoginProps {
    let on_event = Callback::from(move |event: WidgetEvent| {
        let (name, detail, cancelable) = news::dom_event(event);
        let answer = dispatch.call3(&host, &JsValue::from_str(name), &detail, &JsValue::from_bool(cancelable));
        answer.ok().and_then(|answer| answer.as_bool()).unwrap_or(true)
    });
    CognitoLoginProps {
        config: Configured(options::configuration(options)),
        purpose: if kind == "account" { Purpose::Account } else { Purpose::SignIn },
        on_signed_in: Callback::noop(),
        on_event: Some(on_event),
        handle,
        has_countries: true,
        on_first_drawing: Callback::from(move |screen: Option<&str>| {
            let _ = drawing.call1(&JsValue::NULL, &screen.map_or(JsValue::UNDEFINED, JsValue::from_str));
        }),
        is_parked: false,
    }
}

#[wasm_bindgen]
impl WidgetHandle {
    /// The attributes changed.
    pub fn update(&mut self, options: &JsValue) {
        self.props.config = Configured(options::configuration(options));
        self.app.update(self.props.clone());
    }

    /// Tokens with at least a minute to live: `{ idToken, accessToken, expiresAt }`, the time in milliseconds since the Unix epoch.
    #[wasm_bindgen(js_name = getTokens)]
    pub fn get_tokens(&self) -> Promise {
        self.ask(|request| Page::TokensRequested { request })
    }

    /// Ends the session; with `{ global: true }` on all of the user's devices.
    #[wasm_bindgen(js_name = signOut)]
    pub fn sign_out(&self, options: &JsValue) -> Promise {
        let global =
            options.is_object() && Reflect::get(options, &JsValue::from_str("global")).is_ok_and(|global| global.is_truthy());
        self.ask(|request| Page::SignOutRequested { request, global })
    }

    /// Shows a screen; rejects where it cannot be shown now, or is none.
    pub fn show(&self, screen: &str) -> Promise {
        match Screen::named(screen) {
            Some(screen) => self.ask(|request| Page::ScreenRequested { request, screen }),
            None => Promise::reject(&js_error(UNKNOWN_SCREEN, &["There is no screen \"", screen, "\"."].concat())),
        }
    }

    /// Begins anew; a signed-in session stays.
    pub fn reset(&self) {
        self.app.send_message(Input::from(Page::ResetRequested));
    }

    /// What mirrors the page's `storageAdapter` was read anew.
    #[wasm_bindgen(js_name = storeRead)]
    pub fn store_read(&self) {
        self.app.send_message(Input::StoreRead);
    }

    /// Takes the widget off the page. What it knew is wiped, what it showed is gone once `drawing()` is called again, and then its
    /// root is free for another widget, see [`resume`](Self::resume).
    pub fn park(&mut self) {
        self.props = CognitoLoginProps {
            config: Configured(LoginConfig::from_attributes(|_| None)),
            on_event: None,
            is_parked: true,
            ..self.props.clone()
        };
        self.app.update(self.props.clone());
        self.props.handle.leave();
    }

    /// Draws a widget into the same root, which is in another host's tree now, as [`mount`] does.
    pub fn resume(&mut self, kind: &str, host: HtmlElement, options: &JsValue, dispatch: Function, drawing: Function) {
        self.props = props(kind, host, options, dispatch, drawing, self.props.handle.clone());
        self.app.update(self.props.clone());
    }

    fn ask(&self, request: impl Fn(u32) -> Page) -> Promise {
        ask(&self.props.handle, |id| request(id).into())
    }
}

/// Gives what takes the place of `navigator.locks` in browsers without it, for all widgets.
#[wasm_bindgen(js_name = useLocks)]
pub fn use_locks(locks: JsValue) {
    crate::shell::refresh_lock::use_locks(locks);
}

/// The code of a rejection: the name is not one of a screen.
const UNKNOWN_SCREEN: &str = "screen_unknown";
