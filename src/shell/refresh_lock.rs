//! The right to refresh: one element of one tab has it at a time, over all tabs of a browser.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal};

use super::{clock, storage::TokenStore, waiting::after};

thread_local! {
    /// What takes the place of the browser's locks, where it has none.
    static LOCKS: RefCell<JsValue> = const { RefCell::new(JsValue::UNDEFINED) };
}

/// Gives what takes the place of the browser's locks: an object with their function `request`.
pub(crate) fn use_locks(locks: JsValue) {
    LOCKS.set(locks);
}

/// The right to refresh. Whoever drops it gives up what it holds and what it waits for, at once.
#[derive(Default)]
pub(crate) struct RefreshLock(Rc<Inner>);

#[derive(Default)]
struct Inner {
    /// Lets go of what is held.
    release: RefCell<Option<Function>>,
    /// Gives up waiting.
    waiting: RefCell<Option<AbortController>>,
    /// The widget is gone; a lock that comes all the same is let go.
    is_dropped: Cell<bool>,
}

impl RefreshLock {
    /// Waits for the lock of `store` and then calls `acquired`. Where there are no locks at all (on pages that are no secure contexts the
    /// elements bring their own), or another tab keeps it for too long, it calls without one: there the tabs do not know of each other.
    pub fn acquire(&self, store: &TokenStore, acquired: impl FnOnce() + 'static) {
        let inner = self.0.clone();
        let waiting = Rc::new(Cell::new(Some(acquired)));
        let still_waiting = waiting.clone();
        let granted = Closure::once_into_js(move || {
            let acquired = still_waiting.take().filter(|_| !inner.is_dropped.get());
            let Some(acquired) = acquired else { return JsValue::UNDEFINED };
            let held: Promise = Promise::new(&mut |resolve, _| {
                inner.release.replace(Some(resolve));
            });
            acquired();
            held.into()
        });
        let controller = AbortController::new().ok();
        let request = controller.as_ref().and_then(|controller| request_lock(store, &controller.signal(), &granted));
        if let Some(controller) = &controller {
            let controller = controller.clone();
            clock::after(LOCK_TIMEOUT_MILLIS, move || controller.abort());
        }
        self.0.waiting.replace(controller);
        wasm_bindgen_futures::spawn_local(async move {
            let ended = match request {
                Some(request) => JsFuture::from(request).await.is_ok(),
                None => false,
            };
            if let Some(acquired) = waiting.take().filter(|_| !ended) {
                acquired();
            }
        });
    }

    /// Lets the next tab refresh, once it can see what this one stored.
    pub fn release(&self, store: &TokenStore) {
        if let Some(resolve) = self.0.release.take() {
            after(store.reread(), move || clock::after(SETTLE_MILLIS, move || drop(resolve.call0(&JsValue::NULL))));
        }
    }
}

impl Drop for RefreshLock {
    fn drop(&mut self) {
        self.0.is_dropped.set(true);
        if let Some(controller) = self.0.waiting.take() {
            controller.abort();
        }
        // Nothing was stored, so there is nothing to wait for.
        if let Some(resolve) = self.0.release.take() {
            let _ = resolve.call0(&JsValue::NULL);
        }
    }
}

/// How long a lock is kept after the tokens are stored, in milliseconds. Tabs are processes of their own, and browsers promise no order
/// between their locks and their stores: seen in Chromium, the next tab had the lock before it had the new tokens.
const SETTLE_MILLIS: u32 = 100;

/// How long to wait for another tab, in milliseconds: longer than its request may take.
const LOCK_TIMEOUT_MILLIS: u32 = 40_000;

/// `navigator.locks.request(name, { signal }, granted)`, which older browsers lack.
fn request_lock(store: &TokenStore, signal: &AbortSignal, granted: &JsValue) -> Option<Promise> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &JsValue::from_str("locks")).ok().filter(JsValue::is_object);
    let locks = locks.unwrap_or_else(|| LOCKS.with_borrow(JsValue::clone));
    let request: Function = Reflect::get(&locks, &JsValue::from_str("request")).ok()?.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &JsValue::from_str("signal"), signal).ok()?;
    // For `lease.js` alone.
    Reflect::set(&options, &JsValue::from_str("ofPage"), &JsValue::from_bool(store.is_of_page())).ok()?;
    let lock = [store.name(), ".refresh"].concat();
    request.call3(&locks, &JsValue::from_str(&lock), &options, granted).ok()?.dyn_into().ok()
}
