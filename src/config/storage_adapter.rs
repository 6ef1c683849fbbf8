//! A store of the page's own, in the place of the browser's.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::Storage;

use super::{ConfigError, error};

/// Keeps the tokens instead of [`LoginConfig::storage`](super::LoginConfig::storage). Two are equal where they are the same object.
#[derive(Clone, Debug, PartialEq)]
pub struct StorageAdapter(pub(crate) Storage);

impl StorageAdapter {
    /// By an object with the members of Web Storage, which answer at once. Where it has a function `reread(prefix)` besides, its promise
    /// is awaited before a refresh, and when the page comes back into sight: the object is then the image of something slower. So is the
    /// promise of a function `readDevice(prefix, username, alias)`, up to five seconds, before a remembered device is looked for: under the keys
    /// of that user, and of the user whose name the key `alias` has.
    ///
    /// # Errors
    /// [`ConfigError`] where it lacks one of the functions.
    pub fn new(store: JsValue) -> Result<Self, ConfigError> {
        let is_store = ["getItem", "setItem", "removeItem", "key"]
            .into_iter()
            .all(|name| js_sys::Reflect::get(&store, &name.into()).is_ok_and(|member| member.is_function()));
        // `element.js` has put a mirror in its place, unless it is none.
        let wrong = "storageAdapter: this property must be an object with the functions getItem, setItem and removeItem";
        if is_store { Ok(Self(store.unchecked_into())) } else { Err(error(&[wrong])) }
    }
}
