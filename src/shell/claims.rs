//! The claims of a JWT, for display and for the stored clock drift. The signature is not checked: the token came from the pool over
//! TLS, and whoever acts on a token is a server that checks it.

use base64ct::{Base64UrlUnpadded, Encoding};
use cognito_protocol::idp::Json;
use js_sys::{JSON, Reflect};
use wasm_bindgen::JsValue;

use super::json;

/// The claims of a JWT, for the machine to judge by.
pub(crate) fn read(jwt: &str) -> Option<Json> {
    json::from_js(&Claims::of(jwt)?.0, MAX_NESTING)
}

/// How deep claims may nest: deeper than anybody's, so that a trigger's own ones do not end a session.
const MAX_NESTING: usize = 100;

/// The payload of a JWT.
pub(crate) struct Claims(JsValue);

impl Claims {
    /// Decodes base64url and UTF-8 JSON; `None` when the token is no JWT.
    pub fn of(jwt: &str) -> Option<Self> {
        let payload = jwt.split('.').nth(1)?;
        let bytes = Base64UrlUnpadded::decode_vec(payload.trim_end_matches('=')).ok()?;
        let claims = JSON::parse(core::str::from_utf8(&bytes).ok()?).ok()?;
        claims.is_object().then_some(Self(claims))
    }

    /// A claim that is text.
    pub fn text(&self, name: &str) -> Option<String> {
        Reflect::get(&self.0, &JsValue::from_str(name)).ok()?.as_string()
    }

    /// A claim that is a time, in seconds since the Unix epoch.
    #[allow(clippy::cast_possible_truncation)]
    pub fn secs(&self, name: &str) -> Option<i64> {
        let secs = Reflect::get(&self.0, &JsValue::from_str(name)).ok()?.as_f64()?;
        (secs.is_finite() && secs.abs() < 1e11).then_some(secs as i64)
    }

    /// All claims, as a JavaScript object.
    pub fn into_js(self) -> JsValue {
        self.0
    }
}
