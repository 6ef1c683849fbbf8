//! Whether the page's Content-Security-Policy keeps requests from the endpoint, or from the pool's domain.
//!
//! A `fetch` that is forbidden rejects as one without a network does. What tells them apart is the event that the browser sends of it.
//! Navigation is not watched: `connect-src` does not govern it.

use std::{cell::Cell, rc::Rc};

use js_sys::Reflect;

use super::listener::Listener;

/// Listens until it is dropped.
pub(crate) struct PolicyWatch {
    watched: Rc<Watched>,
    _listener: Listener,
}

/// Whether requests to a URL are forbidden.
pub(crate) struct Watched {
    url: String,
    is_blocked: Cell<bool>,
}

impl PolicyWatch {
    /// For requests to this URL, and below it.
    pub fn new(url: &str) -> Self {
        let watched = Rc::new(Watched { url: url.trim_end_matches('/').to_owned(), is_blocked: Cell::new(false) });
        let seen = watched.clone();
        let listener = Listener::new("securitypolicyviolation", move |event| {
            let member = |name: &str| Reflect::get(&event, &name.into()).ok().and_then(|value| value.as_string());
            // A policy that only reports forbids nothing.
            if member("disposition").as_deref() == Some("enforce")
                && member("blockedURI").is_some_and(|url| url.starts_with(&seen.url))
            {
                seen.is_blocked.set(true);
            }
        });
        Self { watched, _listener: listener }
    }

    /// What is seen from now on: the browser's word comes after the request.
    pub fn watched(&self) -> Rc<Watched> {
        self.watched.clone()
    }
}

impl Watched {
    /// The URL, once a request was forbidden. It stays so, as a document's policies do.
    pub fn blocked_url(&self) -> Option<String> {
        self.is_blocked.get().then(|| self.url.clone())
    }
}
