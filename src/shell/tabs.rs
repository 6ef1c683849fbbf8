//! Elements of one page, and tabs of one browser, that share tokens: who changed them.

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::JsCast;
use web_sys::StorageEvent;

use super::{
    listener::Listener,
    storage::{Change, TokenStore},
};

/// Hears of a change.
type Ear = Rc<dyn Fn(Change)>;

thread_local! {
    /// Who on this page wants to know of changes, by the store's name; the number tells listeners apart.
    static EARS: RefCell<Vec<(u32, String, Ear)>> = const { RefCell::new(Vec::new()) };
    static LAST_ID: RefCell<u32> = const { RefCell::new(0) };
}

/// A widget's ear for changes of the stored tokens; deaf when dropped.
pub(crate) struct Subscription {
    id: u32,
    name: String,
    _listeners: [Listener; 4],
}

impl Subscription {
    /// Calls `ear` when another element of this page or another tab changed the tokens in `store`, and when the page comes back: out of
    /// the browser's cache, where it was told nothing, into sight, or after it was frozen.
    pub fn new(store: &TokenStore, ear: impl Fn(Change) + 'static) -> Self {
        let ear: Ear = Rc::new(ear);
        let id = LAST_ID.with_borrow_mut(|last| {
            *last = last.wrapping_add(1);
            *last
        });
        let name = store.name().to_owned();
        EARS.with_borrow_mut(|ears| ears.push((id, name.clone(), ear.clone())));
        let own = store.clone();
        let back = || {
            let ear = ear.clone();
            move || ear(Change::Unseen)
        };
        let (shown, seen, resumed) = (back(), back(), back());
        let on_storage = Listener::new("storage", move |event| {
            if let Some(change) = own.change(event.unchecked_ref::<StorageEvent>()) {
                ear(change);
            }
        });
        let on_return = Listener::of_cached_page("pageshow", shown);
        let on_sight = Listener::new("visibilitychange", move |_| seen());
        let on_resume = Listener::new("resume", move |_| resumed());
        Self { id, name, _listeners: [on_storage, on_return, on_sight, on_resume] }
    }

    /// Tells the other elements of this page.
    pub fn publish(&self) {
        let others: Vec<Ear> = EARS.with_borrow(|ears| {
            let is_other = |(id, name, _): &&(u32, String, Ear)| *id != self.id && *name == self.name;
            ears.iter().filter(is_other).map(|(_, _, ear)| ear.clone()).collect()
        });
        for ear in others {
            ear(Change::Written);
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        EARS.with_borrow_mut(|ears| ears.retain(|(id, ..)| *id != self.id));
    }
}
