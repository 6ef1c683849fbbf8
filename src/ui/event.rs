//! News for the page, in the page's types.

use wasm_bindgen::JsValue;

/// What a widget tells of. Never a token, code or password.
#[derive(Clone, Debug)]
pub enum WidgetEvent {
    /// The widget is on the page.
    Ready,
    /// Another screen is shown.
    Screen(&'static str),
    /// Somebody is signed in.
    SignedIn {
        /// The real username.
        username: String,
        /// The claims of the ID token, as a JavaScript object.
        claims: JsValue,
    },
    /// Nobody is signed in any more.
    SignedOut {
        /// `requested`, `expired` or `elsewhere`.
        reason: &'static str,
    },
    /// The tokens are new.
    TokensRefreshed,
    /// An error is shown.
    Error {
        /// A stable name.
        code: &'static str,
        /// What the person reads.
        message: String,
        /// On which screen.
        screen: &'static str,
        /// Whether the same may succeed later.
        retryable: bool,
    },
    /// A custom challenge is open. A callback that answers `false` takes it over: the widget then shows no form for it.
    Challenge {
        /// What the triggers made public, as a JavaScript object.
        parameters: JsValue,
        /// A JavaScript function that takes the answer.
        respond: JsValue,
    },
}
