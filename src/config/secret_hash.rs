//! The page's answer for an app client with a secret: its own back end hashes, and no secret comes here.

use core::future::Future;

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::future_to_promise;

use super::{ConfigError, error};

/// Asks for the `SECRET_HASH` of a user name: base64 of HMAC-SHA256, keyed with the client's secret, over the name and then the client id.
/// Two are equal where one is a clone of the other.
#[derive(Clone, Debug, PartialEq)]
pub struct SecretHash(Function);

impl SecretHash {
    /// By a function that asks the application's own back end; `None` where it does not answer. Make one and clone it: the function is
    /// never given up.
    pub fn new<F: Future<Output = Option<String>> + 'static>(ask: impl Fn(String) -> F + 'static) -> Self {
        let ask = move |username: String| {
            let hash = ask(username);
            future_to_promise(async move { Ok(hash.await.map_or(JsValue::UNDEFINED, JsValue::from)) })
        };
        Self(Closure::<dyn Fn(String) -> Promise>::new(ask).into_js_value().unchecked_into())
    }

    /// By a function of the page's, which returns the hash or a promise of it.
    pub(crate) fn of_page(function: JsValue) -> Result<Self, ConfigError> {
        function.dyn_into().map(Self).map_err(|_| error(&["secretHash: this property must be a function"]))
    }

    /// Calls the function.
    pub(crate) fn ask(&self, username: &str) -> Result<JsValue, JsValue> {
        self.0.call1(&JsValue::NULL, &JsValue::from_str(username))
    }
}
