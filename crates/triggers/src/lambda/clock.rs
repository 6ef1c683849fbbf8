//! The clock that the pure functions are given.

use std::time::{SystemTime, UNIX_EPOCH};

/// The present in seconds since 1970.
#[must_use]
pub fn now_secs() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
