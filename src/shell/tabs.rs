//! Elements of one page, and tabs of one browser, that share a session: who changed it, and who may refresh it.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::StorageEvent;

use super::storage::SessionStore;

type Listener = Rc<dyn Fn()>;

thread_local! {
    /// Who on this page wants to know of changes, by the store's name; the number tells listeners apart.
    static LISTENERS: RefCell<Vec<(u32, String, Listener)>> = const { RefCell::new(Vec::new()) };
    static LAST_ID: RefCell<u32> = const { RefCell::new(0) };
}

/// A widget's ear for changes of the stored session; deaf when dropped.
pub(crate) struct Subscription {
    id: u32,
    name: String,
    on_storage: Closure<dyn FnMut(StorageEvent)>,
}

impl Subscription {
    /// Calls `listener` when another element of this page or another tab changed the session in `store`.
    pub fn new(store: &SessionStore, listener: impl Fn() + 'static) -> Self {
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
    /// it calls at once: there the tabs do not know of each other.
    pub fn acquire(&self, store: &SessionStore, acquired: impl FnOnce() + 'static) {
        let release = self.0.clone();
        let granted = Closure::once_into_js(move || {
            let held = Promise::new(&mut |resolve, _| {
                release.replace(Some(resolve));
            });
            acquired();
            held
        });
        if request_lock(store.name(), &granted).is_none() {
            let _ = granted.unchecked_ref::<Function>().call0(&JsValue::NULL);
        }
    }

    /// Lets the next tab refresh.
    pub fn release(&self) {
        if let Some(resolve) = self.0.take() {
            let _ = resolve.call0(&JsValue::NULL);
        }
    }
}

impl Drop for RefreshLock {
    fn drop(&mut self) {
        self.release();
    }
}

/// `navigator.locks.request(name, granted)`, which older browsers lack.
fn request_lock(name: &str, granted: &JsValue) -> Option<()> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &JsValue::from_str("locks")).ok().filter(JsValue::is_object)?;
    let request: Function = Reflect::get(&locks, &JsValue::from_str("request")).ok()?.dyn_into().ok()?;
    let lock = [name, ".refresh"].concat();
    request.call2(&locks, &JsValue::from_str(&lock), granted).ok().map(drop)
}
