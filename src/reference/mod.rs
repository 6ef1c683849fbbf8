//! What pages may say to the two elements and hear from them, as data.
//!
//! The package's types, its manifest, its documentation and the script's lists are made of these tables by `tests/generated`, which
//! fails where one of them is stale. What an attribute means to the program is in [`config`](crate::config); the same test holds the
//! two together.

mod attributes;
mod errors;
mod events;
mod members;
mod styling;

pub use crate::ui::first_form::{CHOICES, Form, FormNode, provider_called, provider_key, sign_in_forms};
pub use attributes::{ATTRIBUTES, Attribute, Values};
pub use errors::{ErrorCode, errors};
pub use events::{EVENTS, Event};
pub use members::{METHODS, Method, Named, PROPERTIES, Parameter, Property};
pub use styling::{CSS_PROPERTIES, PARTS, SLOTS, screens};
