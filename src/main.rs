//! The demo page's program for `trunk serve`: defines both elements out of one WebAssembly file.
//!
//! Pages get the same element class from the npm package, where it loads the WebAssembly lazily. Trunk has loaded it
//! already when this runs, so all that is left to hand over is the function that mounts a widget. (`cargo xtask demo`
//! serves the page with the package's own script instead, and does not build this.)

use cognito_login::element::{WidgetHandle, mount};
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement};

#[wasm_bindgen(module = "/src/element/element.js")]
extern "C" {
    #[wasm_bindgen(js_name = defineElements)]
    fn define_elements(load: &JsValue);
}

type Mount = dyn Fn(String, HtmlElement, Element, JsValue, Function) -> WidgetHandle;

fn main() {
    let mount = Closure::<Mount>::new(|kind: String, host, root, options: JsValue, dispatch| {
        mount(&kind, host, root, &options, dispatch)
    });
    let exports = Object::new();
    // An object made here takes any property.
    let _ = Reflect::set(&exports, &"mount".into(), mount.as_ref());
    mount.forget();
    let load = Closure::<dyn Fn() -> Promise<Object>>::new(move || Promise::resolve(&exports));
    define_elements(load.as_ref());
    load.forget();
}
