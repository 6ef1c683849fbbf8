//! Performs effects and decides nothing: one backend a file.

pub(crate) mod claims;
pub(crate) mod clock;
pub(crate) mod compute;
pub(crate) mod json;
pub(crate) mod page;
pub(crate) mod storage;
pub(crate) mod tabs;
pub(crate) mod transport;
