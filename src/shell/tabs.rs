//! Elements of one page, and tabs of one browser, that share tokens: who changed them, and who may refresh them.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, StorageEvent};

use super::{clock, storage::TokenStore};

type Listener = Rc<dyn Fn()>;

thread_local! {
    /// Who on this page wants to know of changes, by the store's name; the number tells listeners apart.
    static LISTENERS: RefCell<Vec<(u32, String, Listener)>> = const { RefCell::new(Vec::new()) };
    static LAST_ID: RefCell<u32> = const { RefCell::new(0) };
}

/// A widget's ear for changes of the stored tokens; deaf when dropped.
pub(crate) struct Subscription {
    id: u32,
    name: String,
    on_storage: Closure<dyn FnMut(StorageEvent)>,
}

impl Subscription {
    /// Calls `listener` when another element of this page or another tab changed the tokens in `store`.
    pub fn new(store: &TokenStore, listener: impl Fn() + 'static) -> Self {
        let listener: Listener = Rc::new(listener);
        let id = LAST_ID.with_borrow_mut(|last| {
            *last = last.wrapping_add(1);
            *last
        });
        let name = store.name().to_owned();
        LISTENERS.with_borrow_mut(|listeners| listeners.push((id, name.clone(), listener.clone())));
        let own = store.clone();
        let on_storage = Closure::new(move |event: StorageEvent| {
            // No key: the whole store was cleared.
            if event.key().is_none_or(|key| own.owns(&key) && (key.ends_with(".accessToken") || key.ends_with(".LastAuthUser"))) {
                listener();
            }
        });
        if let Some(window) = web_sys::window() {
            let _ = window.add_event_listener_with_callback("storage", on_storage.as_ref().unchecked_ref());
        }
        Self { id, name, on_storage }
    }

    /// Tells the other elements of this page.
    pub fn publish(&self) {
        let others: Vec<Listener> = LISTENERS.with_borrow(|listeners| {
            let is_other = |(id, name, _): &&(u32, String, Listener)| *id != self.id && *name == self.name;
            listeners.iter().filter(is_other).map(|(_, _, listener)| listener.clone()).collect()
        });
        for listener in others {
            listener();
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        LISTENERS.with_borrow_mut(|listeners| listeners.retain(|(id, ..)| *id != self.id));
        if let Some(window) = web_sys::window() {
            let _ = window.remove_event_listener_with_callback("storage", self.on_storage.as_ref().unchecked_ref());
        }
    }
}

/// The right to refresh, held over all tabs until it is dropped.
#[derive(Default)]
pub(crate) struct RefreshLock(Rc<RefCell<Option<Function>>>);

impl RefreshLock {
    /// Waits for the lock of `store` and then calls `acquired`. Where the browser has no locks (pages that are not secure contexts),
    /// or another tab keeps it for too long, it calls without one: there the tabs do not know of each other.
    pub fn acquire(&self, store: &TokenStore, acquired: impl FnOnce() + 'static) {
        let release = self.0.clone();
        let waiting = Rc::new(Cell::new(Some(acquired)));
        let still_waiting = waiting.clone();
        let granted = Closure::once_into_js(move || {
            let Some(acquired) = still_waiting.take() else { return JsValue::UNDEFINED };
            let held: Promise = Promise::new(&mut |resolve, _| {
                release.replace(Some(resolve));
            });
            acquired();
            held.into()
        });
        let request = request_lock(store.name(), &granted);
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
    pub fn release(&self) {
        if let Some(resolve) = self.0.take() {
            clock::after(SETTLE_MILLIS, move || drop(resolve.call0(&JsValue::NULL)));
        }
    }
}

impl Drop for RefreshLock {
    fn drop(&mut self) {
        self.release();
    }
}

/// How long a lock is kept after the tokens are stored, in milliseconds. Tabs are processes of their own, and browsers promise no order
/// between their locks and their stores: seen in Chromium, the next tab had the lock before it had the new tokens.
const SETTLE_MILLIS: u32 = 100;

/// How long to wait for another tab, in milliseconds: longer than its request may take.
const LOCK_TIMEOUT_MILLIS: u32 = 40_000;

/// `navigator.locks.request(name, { signal }, granted)`, which older browsers lack.
fn request_lock(name: &str, granted: &JsValue) -> Option<Promise> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &JsValue::from_str("locks")).ok().filter(JsValue::is_object)?;
    let request: Function = Reflect::get(&locks, &JsValue::from_str("request")).ok()?.dyn_into().ok()?;
    let options = Object::new();
    let signal = AbortSignal::timeout_with_u32(LOCK_TIMEOUT_MILLIS);
    Reflect::set(&options, &JsValue::from_str("signal"), &signal).ok()?;
    let lock = [name, ".refresh"].concat();
    request.call3(&locks, &JsValue::from_str(&lock), &options, granted).ok()?.dyn_into().ok()
}
