//! Performs effects and decides nothing: one backend a file.

pub(crate) mod claims;
pub(crate) mod clock;
mod compute;
pub(crate) mod effects;
pub(crate) mod json;
mod kept_challenge;
pub(crate) mod last_factor;
pub(crate) mod listener;
pub(crate) mod page;
mod redirect;
mod refresh_lock;
mod storage;
mod tabs;
mod transport;
