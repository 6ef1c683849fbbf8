//! How the browser is asked for passkeys. In the package that is a file beside the script, `passkeys.js`.

use js_sys::{Function, JSON, JsString, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// Asks the browser for passkeys. Two are equal where one is a clone of the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Passkeys(
    /// Takes `get` or `create`, the options and an `AbortSignal`, and returns a promise of the credential: `get` from text to text,
    /// `create` from object to object.
    Function,
);

impl Passkeys {
    /// By the browser's own conversions from and to JSON, which those from before 2025 may lack; they have no passkeys then. Make one and
    /// clone it: the function is never given up.
    #[must_use]
    pub fn of_browser() -> Self {
        let ask = |method: String, options: JsValue, signal: JsValue| -> Promise {
            future_to_promise(async move { ask(&method, options, &signal).await })
        };
        Self(Closure::<dyn Fn(String, JsValue, JsValue) -> Promise>::new(ask).into_js_value().unchecked_into())
    }

    /// By a function of the script's.
    pub(crate) fn of_script(function: JsValue) -> Option<Self> {
        function.dyn_into().ok().map(Self)
    }

    /// The promise of a credential.
    ///
    /// # Errors
    /// What the function threw.
    pub(crate) fn ask(&self, method: &str, options: &JsValue, signal: &JsValue) -> Result<Promise, JsValue> {
        self.0.call3(&JsValue::NULL, &JsValue::from_str(method), options, signal)?.dyn_into()
    }
}

async fn ask(method: &str, options: JsValue, signal: &JsValue) -> Result<JsValue, JsValue> {
    let is_get = method == "get";
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let class = Reflect::get(&window, &"PublicKeyCredential".into())?;
    let parse = if is_get { "parseRequestOptionsFromJSON" } else { "parseCreationOptionsFromJSON" };
    let Ok(parse) = method_of(&class, parse) else {
        let error = js_sys::Error::new("This browser cannot convert passkeys from JSON.");
        error.set_name("NotSupportedError");
        return Err(error.into());
    };
    let options = match options.dyn_into::<JsString>() {
        Ok(text) => JSON::parse(&String::from(text))?,
        Err(options) => options,
    };
    let request = Object::new();
    Reflect::set(&request, &"publicKey".into(), &parse.call1(&class, &options)?)?;
    Reflect::set(&request, &"signal".into(), signal)?;
    let container = Reflect::get(&window.navigator(), &"credentials".into())?;
    let asking = method_of(&container, method)?.call1(&container, &request)?;
    let credential = JsFuture::from(asking.dyn_into::<Promise>()?).await?;
    let json = method_of(&credential, "toJSON")?.call0(&credential)?;
    if is_get { JSON::stringify(&json).map(JsValue::from) } else { Ok(json) }
}

fn method_of(object: &JsValue, name: &str) -> Result<Function, JsValue> {
    Reflect::get(object, &name.into())?.dyn_into()
}
