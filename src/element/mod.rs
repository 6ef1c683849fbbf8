//! The two custom elements: attributes in, DOM events out.
//!
//! WebAssembly cannot extend `HTMLElement`, so the classes are JavaScript (`element.js` beside this file). They load this module
//! when the first element is on a page, and hand themselves to [`mount`].

use cognito_protocol::flow::{Purpose, Screen};
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use web_sys::{Element, HtmlElement};
use yew::{AppHandle, Callback, Renderer};

use crate::{
    config::LoginConfig,
    shell::page,
    ui::{CognitoLogin, CognitoLoginProps, Configured, Input, WidgetEvent},
};

/// A widget on a page; the JavaScript class holds it.
#[wasm_bindgen]
pub struct WidgetHandle {
    app: Option<AppHandle<CognitoLogin>>,
    props: CognitoLoginProps,
}

impl core::fmt::Debug for WidgetHandle {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("WidgetHandle").finish_non_exhaustive()
    }
}

/// Draws a widget into `root`, a `<div>` of `host`'s own tree.
///
/// `kind` is `login` or `account`. `options` has one key per attribute that is present, in kebab case. `dispatch(type, detail,
/// cancelable)` dispatches a `CustomEvent` on the host and answers whether nobody prevented its default.
#[wasm_bindgen]
pub fn mount(kind: &str, host: HtmlElement, root: Element, options: &JsValue, dispatch: Function) -> WidgetHandle {
    let purpose = if kind == "account" { Purpose::Account } else { Purpose::SignIn };
    let _ = page::adopt_styles(&root, crate::ui::STYLES);
    let on_event = Callback::from(move |event: WidgetEvent| {
        let (name, detail, cancelable) = describe(event);
        let answer = dispatch.call3(&host, &JsValue::from_str(name), &detail, &JsValue::from_bool(cancelable));
        answer.ok().and_then(|answer| answer.as_bool()).unwrap_or(true)
    });
    let config = Configured(configure(options));
    let props = CognitoLoginProps { config, purpose, on_signed_in: Callback::noop(), on_event: Some(on_event) };
    let app = Renderer::<CognitoLogin>::with_root_and_props(root, props.clone()).render();
    WidgetHandle { app: Some(app), props }
}

#[wasm_bindgen]
impl WidgetHandle {
    /// The attributes changed.
    pub fn update(&mut self, options: &JsValue) {
        self.props.config = Configured(configure(options));
        if let Some(app) = &mut self.app {
            app.update(self.props.clone());
        }
    }

    /// Tokens with at least a minute to live: `{ idToken, accessToken, expiresAt }`, the time in milliseconds since the Unix epoch.
    #[wasm_bindgen(js_name = getTokens)]
    pub fn get_tokens(&self) -> Promise {
        self.promise(|resolve, reject| Input::TokensRequested { resolve, reject })
    }

    /// Ends the session; with `{ global: true }` on all of the user's devices.
    #[wasm_bindgen(js_name = signOut)]
    pub fn sign_out(&self, options: &JsValue) -> Promise {
        let global =
            options.is_object() && Reflect::get(options, &JsValue::from_str("global")).is_ok_and(|global| global.is_truthy());
        self.promise(|resolve, _| Input::SignOutRequested { global, resolve: Some(resolve) })
    }

    /// Shows a screen, where the state of the sign-in allows it.
    pub fn show(&self, screen: &str) {
        if let (Some(app), Some(screen)) = (&self.app, Screen::named(screen)) {
            app.send_message(Input::ScreenRequested(screen));
        }
    }

    /// Begins anew; a signed-in session stays.
    pub fn reset(&self) {
        if let Some(app) = &self.app {
            app.send_message(Input::ResetRequested);
        }
    }

    /// Takes the widget off the page. What it knew is wiped.
    pub fn destroy(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
    }

    fn promise(&self, message: impl Fn(Function, Function) -> Input) -> Promise {
        Promise::new(&mut |resolve, reject| match &self.app {
            Some(app) => app.send_message(message(resolve, reject)),
            None => drop(reject.call1(&JsValue::NULL, &js_sys::Error::new("This element is not on a page."))),
        })
    }
}

fn configure(options: &JsValue) -> Result<LoginConfig, crate::config::ConfigError> {
    let option = |name: &str| Reflect::get(options, &JsValue::from_str(name)).ok();
    let mut config = LoginConfig::from_attributes(|name| option(name)?.as_string())?;
    if let Some(cognito_protocol::idp::Json::Object(entries)) =
        option("clientMetadata").and_then(|metadata| crate::shell::json::from_js(&metadata, 2))
    {
        for (key, value) in entries {
            if let Some(value) = value.as_text() {
                config.client_metadata.insert(&key, value);
            }
        }
    }
    Ok(config)
}

/// The DOM event for an event: its type, its detail, and whether its default may be prevented. No detail ever holds a token, code
/// or password.
fn describe(event: WidgetEvent) -> (&'static str, Object, bool) {
    match event {
        WidgetEvent::Ready => ("cognito-login-ready", detail([]), false),
        WidgetEvent::Screen(screen) => ("cognito-login-screen", detail([("screen", screen.into())]), false),
        WidgetEvent::SignedIn { username, claims } => {
            ("cognito-login-signed-in", detail([("username", username.into()), ("claims", claims)]), false)
        }
        WidgetEvent::SignedOut { reason } => ("cognito-login-signed-out", detail([("reason", reason.into())]), false),
        WidgetEvent::TokensRefreshed => ("cognito-login-tokens-refreshed", detail([]), false),
        WidgetEvent::Error { code, message, screen, retryable } => {
            let members =
                [("code", code.into()), ("message", message.into()), ("screen", screen.into()), ("retryable", retryable.into())];
            ("cognito-login-error", detail(members), false)
        }
        WidgetEvent::Challenge { parameters, respond } => {
            ("cognito-login-challenge", detail([("parameters", parameters), ("respond", respond)]), true)
        }
    }
}

fn detail<const N: usize>(members: [(&str, JsValue); N]) -> Object {
    let object = Object::new();
    for (name, value) in members {
        let _ = Reflect::set(&object, &JsValue::from_str(name), &value);
    }
    object
}
