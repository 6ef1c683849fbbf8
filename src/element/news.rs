//! News as DOM events.

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsValue, closure::Closure};

use crate::ui::{WidgetError, WidgetEvent};

/// The DOM event for an event: its type, its detail, and whether its default may be prevented. No detail ever holds a token, code
/// or password.
pub(super) fn dom_event(event: WidgetEvent) -> (&'static str, Object, bool) {
    match event {
        WidgetEvent::Ready => ("cognito-login-ready", detail([]), false),
        WidgetEvent::Screen(screen) => ("cognito-login-screen", detail([("screen", screen.into())]), false),
        WidgetEvent::SignedIn { username, claims } => {
            ("cognito-login-signed-in", detail([("username", username.into()), ("claims", claims)]), false)
        }
        WidgetEvent::SignedOut { reason } => ("cognito-login-signed-out", detail([("reason", reason.into())]), false),
        WidgetEvent::TokensRefreshed => ("cognito-login-tokens-refreshed", detail([]), false),
        WidgetEvent::Error(WidgetError { code, message, screen, retryable, service_code }) => {
            let members = [
                ("code", code.into()),
                ("message", message.into()),
                ("screen", screen.into()),
                ("retryable", retryable.into()),
                ("serviceCode", service_code.into()),
            ];
            ("cognito-login-error", detail(members), false)
        }
        WidgetEvent::Challenge { parameters, respond } => {
            let object = Object::new();
            for (key, value) in parameters {
                set(&object, &key, &value.into());
            }
            let respond = Closure::<dyn Fn(String)>::new(move |answer| respond.emit(answer)).into_js_value();
            ("cognito-login-challenge", detail([("parameters", object.into()), ("respond", respond)]), true)
        }
    }
}

fn detail<const N: usize>(members: [(&str, JsValue); N]) -> Object {
    let object = Object::new();
    for (name, value) in members {
        set(&object, name, &value);
    }
    object
}

fn set(object: &Object, name: &str, value: &JsValue) {
    // An object made here takes any property.
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}
