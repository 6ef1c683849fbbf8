//! Answers as promises of JavaScript.

use cognito_protocol::{
    flow::{Answer, PageTokens},
    idp::Json,
};
use js_sys::{Error, Promise, Reflect};
use wasm_bindgen::JsValue;

use crate::{
    shell::{clock, json},
    ui::{Answered, Input, LoginHandle},
};

/// A promise that is settled by the answer to a request of the page.
pub(super) fn ask(handle: &LoginHandle, request: impl Fn(u32) -> Input) -> Promise {
    Promise::new(&mut |resolve, reject| {
        let settle = Box::new(move |answer: Answered| {
            let _ = match answer {
                Ok(Answer::Tokens(tokens)) => resolve.call1(&JsValue::NULL, &token_object(&tokens)),
                Ok(Answer::Done) => resolve.call0(&JsValue::NULL),
                Err(error) => reject.call1(&JsValue::NULL, &js_error(error.code, &error.message)),
            };
        });
        handle.ask(settle, &request);
    })
}

/// An `Error` that carries a stable `code`.
pub(super) fn js_error(code: &str, message: &str) -> Error {
    let error = Error::new(message);
    let _ = Reflect::set(&error, &JsValue::from_str("code"), &JsValue::from_str(code));
    error
}

#[allow(clippy::cast_precision_loss)]
fn token_object(tokens: &PageTokens) -> JsValue {
    json::to_js(&Json::Object(vec![
        ("idToken".to_owned(), Json::Text(tokens.id_token.clone())),
        ("accessToken".to_owned(), Json::Text(tokens.access_token.clone())),
        ("expiresAt".to_owned(), Json::Number(tokens.expires_at_millis.saturating_sub(clock::ahead_millis()) as f64)),
    ]))
}
