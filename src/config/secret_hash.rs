//! The page's answer for an app client with a secret: its own back end hashes, and no secret comes here.

use core::future::Future;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::future_to_promise;

use super::{ConfigError, error};

/// After so long nobody waits for a hash any more; `reflection.js` has the same number for pages.
const TIMEOUT_MILLIS: i32 = 30_000;

/// Asks for the `SECRET_HASH` of a user name: base64 of HMAC-SHA256, keyed with the client's secret, over the name and then the client id.
/// Two are equal where one is a clone of the other.
#[derive(Clone, Debug, PartialEq)]
pub struct SecretHash(
    /// Takes a name and returns a promise, which is settled in time.
    Function,
);

impl SecretHash {
    /// By a function that asks the application's own back end; `None` where it does not answer. Make one and clone it: the function is
    /// never given up.
    pub fn new<F: Future<Output = Option<String>> + 'static>(ask: impl Fn(String) -> F + 'static) -> Self {
        let ask = move |username: String| {
            let hash = ask(username);
            let answer = future_to_promise(async move { Ok(hash.await.map_or(JsValue::UNDEFINED, JsValue::from)) });
            let too_late = Promise::new(&mut |resolve, _| {
                if let Some(window) = web_sys::window() {
                    let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, TIMEOUT_MILLIS);
                }
            });
            Promise::race(&Array::of2(&answer, &too_late))
        };
        Self(Closure::<dyn Fn(String) -> Promise>::new(ask).into_js_value().unchecked_into())
    }

    /// By a function of the page's, which `reflection.js` has made one that returns a promise.
    pub(crate) fn of_page(function: JsValue) -> Result<Self, ConfigError> {
        function.dyn_into().map(Self).map_err(|_| error(&["secretHash: this property must be a function"]))
    }

    /// The promise of the hash for this name. The functions here do not throw.
    pub(crate) fn ask(&self, username: &str) -> Option<Promise> {
        self.0.call1(&JsValue::NULL, &JsValue::from_str(username)).ok().map(JsCast::unchecked_into)
    }
}
