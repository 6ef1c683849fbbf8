//! The browser's dialog for passkeys: opened, closed, and what came of it.

use core::cell::RefCell;

use cognito_protocol::{
    flow::{Ceremony, PasskeyFailure},
    idp::{Json, MAX_DEPTH},
};
use js_sys::Reflect;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use super::json;
use crate::config::Passkeys;

/// The dialog. It is closed when this is dropped, because the widget is taken off the page or begins anew.
#[derive(Default)]
pub(crate) struct Dialog {
    open: RefCell<Option<AbortController>>,
}

/// Whether the browser has passkeys on this page: only a secure context has the interface.
pub(crate) fn are_there() -> bool {
    web_sys::window().is_some_and(|window| Reflect::has(&window, &JsValue::from_str("PublicKeyCredential")).unwrap_or(false))
}

impl Dialog {
    /// Asks, and calls back with what came of it.
    pub fn ask(
        &self,
        passkeys: Option<&Passkeys>,
        ceremony: Ceremony,
        options: &Json,
        answered: impl FnOnce(Result<Json, PasskeyFailure>) + 'static,
    ) {
        self.dismiss();
        let (Some(passkeys), true, Ok(controller)) = (passkeys, are_there(), AbortController::new()) else {
            return answered(Err(PasskeyFailure::NotSupported));
        };
        let asked = passkeys.ask(ceremony.as_str(), &json::to_js(options), &controller.signal());
        self.open.replace(Some(controller));
        wasm_bindgen_futures::spawn_local(async move {
            let given = match asked {
                Ok(promise) => JsFuture::from(promise).await,
                Err(error) => Err(error),
            };
            answered(match given {
                Ok(credential) => json::from_js(&credential, MAX_DEPTH).ok_or(PasskeyFailure::Other),
                Err(error) => Err(failure(&error)),
            });
        });
    }

    /// Closes it.
    pub fn dismiss(&self) {
        if let Some(controller) = self.open.take() {
            controller.abort();
        }
    }
}

impl Drop for Dialog {
    fn drop(&mut self) {
        self.dismiss();
    }
}

fn failure(error: &JsValue) -> PasskeyFailure {
    // Whatever was thrown may be no object.
    let name = Reflect::get(error, &JsValue::from_str("name")).ok().and_then(|name| name.as_string());
    PasskeyFailure::of_exception(&name.unwrap_or_default())
}
