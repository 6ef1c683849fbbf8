//! An application in Yew that people sign in to. Its back end says who they are.

use cognito_login::{CognitoLogin, LoginConfig, LoginHandle, WidgetEvent};
use gloo_net::http::Request;
use serde::Deserialize;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, component, html, use_state};

#[component]
fn App() -> Html {
    let login = use_state(LoginHandle::new);
    let me = use_state(|| None::<Me>);
    let on_event = {
        let (login, me) = (login.clone(), me.clone());
        Callback::from(move |event| {
            match event {
                WidgetEvent::SignedIn { .. } => {
                    let (login, me) = (login.clone(), me.clone());
                    spawn_local(async move { me.set(ask_back_end(&login).await) });
                }
                WidgetEvent::SignedOut { .. } => me.set(None),
                _ => {}
            }
            true
        })
    };
    let (config, handle) = (LoginConfig::from_attributes(setting), (*login).clone());
    html! {
        <main>
            <h1>{ me.as_ref().map_or("Welcome".to_owned(), |me| format!("Hello, {}", me.email)) }</h1>
            // Should something be wrong with the configuration, this is where it says so.
            <CognitoLogin {config} {on_event} {handle} />
        </main>
    }
}

/// A setting, as the page has it: `<body data-user-pool-id="…" data-client-id="…">`.
/// The names are those of the element's attributes.
fn setting(name: &str) -> Option<String> {
    let body = web_sys::window()?.document()?.body()?;
    body.get_attribute(&format!("data-{name}"))
}

#[derive(Deserialize)]
struct Me {
    email: String,
}

/// The back end checks the token: examples/verify-token-axum is one.
async fn ask_back_end(login: &LoginHandle) -> Option<Me> {
    let tokens = login.tokens().await.ok()?;
    let bearer = format!("Bearer {}", tokens.id_token.expose());
    let reply = Request::get("/api/me").header("authorization", &bearer).send().await.ok()?;
    reply.json().await.ok()
}

fn main() {
    cognito_login::adopt_style_sheet();
    yew::Renderer::<App>::new().render();
}
