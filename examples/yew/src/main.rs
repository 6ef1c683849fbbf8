//! An application in Yew that people sign in to, and that greets them.

use cognito_login::{CognitoLogin, LoginConfig, WidgetEvent};
use js_sys::Reflect;
use wasm_bindgen::JsValue;
use yew::{Callback, Html, component, html, use_state};

#[component]
fn App() -> Html {
    let email = use_state(|| None::<String>);
    let on_event = {
        let email = email.clone();
        Callback::from(move |event| {
            match event {
                // What the page shows is the claims' affair. A back end goes by the ID token, once it has checked it.
                WidgetEvent::SignedIn { claims, .. } => email.set(claim(&claims, "email")),
                WidgetEvent::SignedOut { .. } => email.set(None),
                _ => {}
            }
            true
        })
    };
    html! {
        <main>
            <h1>{ email.as_ref().map_or("Welcome".to_owned(), |email| format!("Hello, {email}")) }</h1>
            // What is wrong with a configuration, the widget says in its place.
            <CognitoLogin config={LoginConfig::from_attributes(setting)} {on_event} />
        </main>
    }
}

/// A setting, as the page has it: `<body data-user-pool-id="…" data-client-id="…">`. The names are those of the element's attributes.
fn setting(name: &str) -> Option<String> {
    let body = web_sys::window()?.document()?.body()?;
    body.get_attribute(&format!("data-{name}"))
}

fn claim(claims: &JsValue, name: &str) -> Option<String> {
    Reflect::get(claims, &name.into()).ok()?.as_string()
}

fn main() {
    cognito_login::adopt_style_sheet();
    yew::Renderer::<App>::new().render();
}
