//! Performs effects and decides nothing: one backend a file.

pub(crate) mod claims;
pub(crate) mod clock;
mod compute;
mod devices;
pub(crate) mod effects;
pub(crate) mod json;
mod kept_challenge;
mod key_value;
pub(crate) mod last_factor;
pub(crate) mod listener;
pub(crate) mod page;
pub(crate) mod passkeys;
mod policy;
mod redirect;
pub(crate) mod refresh_lock;
mod storage;
mod tabs;
mod task;
mod transport;
mod waiting;
