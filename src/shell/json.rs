//! JSON text by the browser's own parser: no parser in the WebAssembly.

use cognito_protocol::idp::{Json, MAX_DEPTH};
use js_sys::{Array, JSON, JsString, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// `JSON.parse` of a text that stays in JavaScript: js-sys would copy it here and back.
    #[wasm_bindgen(js_namespace = JSON, js_name = parse, catch)]
    fn parse_text(text: &JsString) -> Result<JsValue, JsValue>;
}

/// The value in `text`; `None` when it is not JSON, or nests deeper than [`MAX_DEPTH`].
pub(crate) fn parse(text: &JsString) -> Option<Json> {
    from_js(&parse_text(text).ok()?, MAX_DEPTH)
}

/// The text of `json`. It stays in JavaScript, so that no body with a password or a token lies in the WebAssembly's memory.
pub(crate) fn stringify(json: &Json) -> Option<JsString> {
    JSON::stringify(&to_js(json)).ok()
}

/// A JavaScript value as plain data.
pub(crate) fn from_js(value: &JsValue, depth: usize) -> Option<Json> {
    let depth = depth.checked_sub(1)?;
    if let Some(text) = value.as_string() {
        return Some(Json::Text(text.into()));
    }
    if let Some(number) = value.as_f64() {
        return Some(Json::Number(number));
    }
    if let Some(truth) = value.as_bool() {
        return Some(Json::Bool(truth));
    }
    if let Some(array) = value.dyn_ref::<Array>() {
        return array.iter().map(|item| from_js(&item, depth)).collect::<Option<_>>().map(Json::Array);
    }
    // Not `dyn_ref`: what another frame or an extension made is an instance of its own `Object`.
    if value.is_object() {
        let object = value.unchecked_ref::<Object>();
        let names = Object::keys(object);
        let members = names.iter().map(|name| {
            let member = from_js(&Reflect::get(object, &name).ok()?, depth)?;
            Some((name.as_string()?, member))
        });
        return members.collect::<Option<_>>().map(Json::Object);
    }
    Some(Json::Null)
}

/// Plain data as a JavaScript value.
pub(crate) fn to_js(json: &Json) -> JsValue {
    match json {
        Json::Null => JsValue::NULL,
        Json::Bool(truth) => JsValue::from_bool(*truth),
        Json::Number(number) => JsValue::from_f64(*number),
        Json::Text(text) => JsValue::from_str(text.expose()),
        Json::Array(items) => items.iter().map(to_js).collect::<Array>().into(),
        Json::Object(members) => {
            let object = Object::new();
            for (name, member) in members {
                let _ = Reflect::set(&object, &JsValue::from_str(name), &to_js(member));
            }
            object.into()
        }
    }
}
