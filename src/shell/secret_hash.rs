//! The hash of a client's secret, which the page's own back end makes.

use cognito_protocol::{Secret, flow::CallError, idp::Request};
use js_sys::{Array, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::transport::TIMEOUT_MILLIS;
use crate::config::SecretHash;

/// Puts the hash into a request that takes one.
///
/// # Errors
/// [`CallError::NoSecretHash`]: the page's function failed, or took longer than a request may. The blame is on the page or its back end.
pub(super) async fn insert(secret_hash: &SecretHash, request: &mut Request) -> Result<(), CallError> {
    let Some(username) = request.secret_hash_username() else { return Ok(()) };
    let hash = ask(secret_hash, username).await.ok().and_then(|hash| hash.as_string()).filter(|hash| !hash.is_empty());
    request.insert_secret_hash(Secret::from(hash.ok_or(CallError::NoSecretHash)?));
    Ok(())
}

async fn ask(secret_hash: &SecretHash, username: &str) -> Result<JsValue, JsValue> {
    let answer = Promise::resolve(&secret_hash.ask(username)?);
    let too_late = Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, TIMEOUT_MILLIS.cast_signed());
        }
    });
    JsFuture::from(Promise::race(&Array::of2(&answer, &too_late))).await
}
