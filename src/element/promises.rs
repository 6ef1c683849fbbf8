//! The page's requests that wait for an answer: `getTokens()`, `signOut()`, `show()`.

use std::{cell::RefCell, rc::Rc};

use cognito_protocol::{
    flow::{Answer, PageTokens},
    idp::Json,
};
use js_sys::{Error, Function, Promise, Reflect};
use wasm_bindgen::JsValue;

use crate::{
    shell::{clock, json},
    ui::WidgetError,
};

/// The promises that are not settled.
#[derive(Clone, Default)]
pub(super) struct Promises(Rc<RefCell<Waiting>>);

#[derive(Default)]
struct Waiting {
    last_request: u32,
    waiting: Vec<(u32, Function, Function)>,
}

impl Promises {
    /// A promise that is settled by the answer to a request; `ask` makes the request.
    pub fn ask(&self, mut ask: impl FnMut(u32)) -> Promise {
        Promise::new(&mut |resolve, reject| {
            let request = {
                let mut waiting = self.0.borrow_mut();
                waiting.last_request = waiting.last_request.wrapping_add(1);
                let request = waiting.last_request;
                waiting.waiting.push((request, resolve, reject));
                request
            };
            ask(request);
        })
    }

    /// Settles the promise of a request.
    pub fn settle(&self, request: u32, answer: Result<Answer, WidgetError>) {
        let found = {
            let mut waiting = self.0.borrow_mut();
            let at = waiting.waiting.iter().position(|(id, ..)| *id == request);
            at.map(|at| waiting.waiting.swap_remove(at))
        };
        let Some((_, resolve, reject)) = found else { return };
        let _ = match answer {
            Ok(Answer::Tokens(tokens)) => resolve.call1(&JsValue::NULL, &token_object(&tokens)),
            Ok(Answer::Done) => resolve.call0(&JsValue::NULL),
            Err(error) => reject.call1(&JsValue::NULL, &js_error(error.code, &error.message)),
        };
    }

    /// Rejects whatever waits.
    pub fn reject_all(&self, code: &str, message: &str) {
        let waiting = core::mem::take(&mut self.0.borrow_mut().waiting);
        for (_, _, reject) in waiting {
            let _ = reject.call1(&JsValue::NULL, &js_error(code, message));
        }
    }
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
