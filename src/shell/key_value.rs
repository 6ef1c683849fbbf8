//! Where texts are kept by key: the browser's stores, the page's own, and the memory of the page where these refuse.

use core::cell::{Cell, RefCell};
use std::thread::LocalKey;

use cognito_protocol::Secret;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Storage;

use crate::config::{LoginConfig, StorageKind};

thread_local! {
    /// The page's own memory, shared by all elements on it.
    static MEMORY: RefCell<Vec<(String, Secret)>> = const { RefCell::new(Vec::new()) };
    /// Whether a store took no more, for all elements of the page: what it should have is in the memory.
    static IS_SESSION_FULL: Cell<bool> = const { Cell::new(false) };
    static IS_LOCAL_FULL: Cell<bool> = const { Cell::new(false) };
    static IS_PAGES_FULL: Cell<bool> = const { Cell::new(false) };
}

/// Keeps texts by key.
#[derive(Clone, Debug)]
pub(crate) enum KeyValue {
    /// One of the browser's stores, or the page's own, with whether it takes no more.
    Store(Storage, &'static LocalKey<Cell<bool>>),
    /// The page's memory.
    Memory {
        /// The browser refuses its stores, as in some frames, and where cookies are blocked.
        is_last_resort: bool,
    },
}

impl KeyValue {
    /// What a configuration asks for.
    pub fn of(config: &LoginConfig) -> Self {
        if let Some(adapter) = &config.storage_adapter {
            return Self::Store(adapter.0.clone(), &IS_PAGES_FULL);
        }
        let window = web_sys::window();
        let (storage, is_full) = match config.storage {
            StorageKind::Session => (window.map(|window| window.session_storage()), &IS_SESSION_FULL),
            StorageKind::Local => (window.map(|window| window.local_storage()), &IS_LOCAL_FULL),
            StorageKind::Memory => return Self::Memory { is_last_resort: false },
        };
        match storage {
            Some(Ok(Some(storage))) => Self::Store(storage, is_full),
            Some(Ok(None) | Err(_)) | None => Self::Memory { is_last_resort: true },
        }
    }

    /// The store that holds what is kept now; none where the memory does.
    fn storage(&self) -> Option<&Storage> {
        match self {
            Self::Store(storage, is_full) => (!is_full.get()).then_some(storage),
            Self::Memory { .. } => None,
        }
    }

    /// Whether an event of a change in this store tells of what is kept here.
    pub fn is(&self, area: Option<&Storage>) -> bool {
        let same =
            |storage: &Storage| area.is_some_and(|area| AsRef::<JsValue>::as_ref(area) == AsRef::<JsValue>::as_ref(storage));
        self.storage().is_some_and(same)
    }

    /// Whether what is kept is for this page alone.
    pub fn is_of_page(&self) -> bool {
        self.storage().is_none()
    }

    /// Whether the browser took no more, and the memory holds what is kept.
    pub fn is_full(&self) -> bool {
        match self {
            Self::Store(_, is_full) => is_full.get(),
            Self::Memory { .. } => false,
        }
    }

    /// The memory takes the place of a store that takes no more, or gives it back.
    pub fn set_full(&self, value: bool) {
        match self {
            Self::Store(_, is_full) => is_full.set(value),
            Self::Memory { .. } => {}
        }
    }

    /// Has the page's own store read something, by the name of its function; `None` where everything is read when it is asked for.
    pub fn read_ahead(&self, function: &str, [prefix, name, alias]: [&str; 3]) -> Option<Promise> {
        let storage = self.storage()?;
        let read: Function = Reflect::get(storage, &function.into()).ok()?.dyn_into().ok()?;
        read.call3(storage, &prefix.into(), &name.into(), &alias.into()).ok()?.dyn_into().ok()
    }

    pub fn get(&self, key: &str) -> Option<Secret> {
        match self.storage() {
            Some(storage) => storage.get_item(key).ok().flatten().map(Secret::from),
            None => {
                MEMORY.with_borrow(|memory| memory.iter().find(|(present, _)| present == key).map(|(_, value)| value.clone()))
            }
        }
    }

    pub fn keys(&self) -> Vec<String> {
        match self.storage() {
            Some(storage) => {
                let keys = (0..u32::MAX).map_while(|index| storage.key(index).ok().flatten());
                keys.collect()
            }
            None => MEMORY.with_borrow(|memory| memory.iter().map(|(key, _)| key.clone()).collect()),
        }
    }

    /// `false` where the store takes no more.
    pub fn set(&self, key: &str, value: &str) -> bool {
        match self.storage() {
            Some(storage) => storage.set_item(key, value).is_ok(),
            None => {
                self.remove(key);
                MEMORY.with_borrow_mut(|memory| memory.push((key.to_owned(), value.into())));
                true
            }
        }
    }

    pub fn remove(&self, key: &str) -> bool {
        match self.storage() {
            Some(storage) => storage.remove_item(key).is_ok(),
            None => {
                MEMORY.with_borrow_mut(|memory| memory.retain(|(present, _)| present != key));
                true
            }
        }
    }
}
