//! Tasks of the browser's event loop.

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::MessageChannel;

/// Calls back in a task of its own, before which the browser may paint and take what is typed. It comes as soon as it can: a message, where
/// a timer that follows timers waits four milliseconds.
pub(crate) fn next(callback: Box<dyn FnOnce()>) {
    let Ok(channel) = MessageChannel::new() else { return callback() };
    let (to, from) = (channel.port1(), channel.port2());
    let port = to.clone();
    let called = Closure::once_into_js(move || {
        port.close();
        callback();
    });
    to.set_onmessage(Some(called.unchecked_ref()));
    let _ = from.post_message(&JsValue::NULL);
}
