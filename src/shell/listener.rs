//! Ears for the window's events.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::Event;

/// Listens to events of the window until it is dropped.
pub(crate) struct Listener {
    kind: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Calls back with each event of a kind, also with those of the document.
    pub fn new(kind: &'static str, callback: impl FnMut(Event) + 'static) -> Self {
        let closure = Closure::<dyn FnMut(Event)>::new(callback);
        if let Some(window) = web_sys::window() {
            let _ = window.add_event_listener_with_callback_and_bool(kind, closure.as_ref().unchecked_ref(), true);
        }
        Self { kind, closure }
    }

    /// Calls back when the page goes into the browser's cache of whole pages (`pagehide`), or comes back out of it (`pageshow`).
    pub fn of_cached_page(kind: &'static str, mut callback: impl FnMut() + 'static) -> Self {
        Self::new(kind, move |event| {
            if js_sys::Reflect::get(&event, &"persisted".into()).is_ok_and(|persisted| persisted.is_truthy()) {
                callback();
            }
        })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            let _ = window.remove_event_listener_with_callback_and_bool(self.kind, self.closure.as_ref().unchecked_ref(), true);
        }
    }
}
