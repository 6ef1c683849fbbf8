//! The local clock and timers.

use gloo_timers::callback::Timeout;

/// Milliseconds since the Unix epoch.
#[allow(clippy::cast_possible_truncation)]
pub(crate) fn now_millis() -> i64 {
    js_sys::Date::now() as i64
}

/// Calls back once after `millis` milliseconds, also when whoever asked is gone by then.
pub(crate) fn after(millis: u32, callback: impl FnOnce() + 'static) {
    Timeout::new(millis, callback).forget();
}
