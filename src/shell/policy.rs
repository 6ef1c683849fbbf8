//! Whether the page's Content-Security-Policy keeps requests from the endpoint.
//!
//! A `fetch` that is forbidden rejects as one without a network does. What tells them apart is the event that the browser sends of it.

use std::{cell::Cell, rc::Rc};

use js_sys::Reflect;

use super::listener::Listener;

/// Listens until it is dropped.
pub(crate) struct PolicyWatch {
    is_blocked: Rc<Cell<bool>>,
    _listener: Listener,
}

impl PolicyWatch {
    /// For requests to this URL.
    pub fn new(endpoint: &str) -> Self {
        let is_blocked = Rc::new(Cell::new(false));
        let (seen, endpoint) = (is_blocked.clone(), endpoint.trim_end_matches('/').to_owned());
        let listener = Listener::new("securitypolicyviolation", move |event| {
            let member = |name: &str| Reflect::get(&event, &name.into()).ok().and_then(|value| value.as_string());
            // A policy that only reports forbids nothing.
            if member("disposition").as_deref() == Some("enforce")
                && member("blockedURI").is_some_and(|url| url.starts_with(&endpoint))
            {
                seen.set(true);
            }
        });
        Self { is_blocked, _listener: listener }
    }

    /// Becomes true when a request is forbidden, and stays so, as a document's policies do.
    pub fn is_blocked(&self) -> Rc<Cell<bool>> {
        self.is_blocked.clone()
    }
}
