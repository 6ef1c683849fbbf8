//! Tasks of the browser's event loop.

use std::cell::RefCell;

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::MessageChannel;

thread_local! {
    /// What waits for its task, in the order of the messages.
    static WAITING: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
    /// One for the page: it takes longer to make than to use.
    static CHANNEL: Option<MessageChannel> = open();
}

/// Calls back in a task of its own, before which the browser may paint and take what is typed. It comes as soon as it can: by a message,
/// since a timer that follows timers waits four milliseconds.
pub(crate) fn next(callback: Box<dyn FnOnce()>) {
    WAITING.with_borrow_mut(|waiting| waiting.push(callback));
    CHANNEL.with(|channel| {
        if let Some(channel) = channel {
            let _ = channel.port2().post_message(&JsValue::NULL);
        }
    });
}

fn open() -> Option<MessageChannel> {
    let channel = MessageChannel::new().ok()?;
    let called = Closure::<dyn FnMut()>::new(|| {
        let callback = WAITING.with_borrow_mut(|waiting| (!waiting.is_empty()).then(|| waiting.remove(0)));
        if let Some(callback) = callback {
            callback();
        }
    });
    channel.port1().set_onmessage(Some(called.into_js_value().unchecked_ref()));
    Some(channel)
}
