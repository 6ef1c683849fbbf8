//! The local clock and timers.

use core::cell::Cell;

use gloo_timers::callback::Timeout;

thread_local! {
    /// What the clock that is never set back is ahead of the browser's count of passing time.
    static AHEAD_MILLIS: Cell<f64> = const { Cell::new(f64::NEG_INFINITY) };
}

/// Differences below this come from rounding.
const NOTABLE_MILLIS: i64 = 1000;

/// Milliseconds since the Unix epoch. It never goes back, nor stands still: who sets the computer's clock back does not make tokens live
/// longer. Where the clock is set forward, or the browser did not count while the computer slept, it follows.
#[allow(clippy::cast_possible_truncation)]
pub(crate) fn now_millis() -> i64 {
    let wall = js_sys::Date::now();
    let performance = web_sys::window().and_then(|window| window.performance());
    let passed = performance.map_or(wall, |performance| performance.now());
    let ahead = AHEAD_MILLIS.get().max(wall - passed);
    AHEAD_MILLIS.set(ahead);
    (passed + ahead).round() as i64
}

/// What [`now_millis`] is ahead of `Date.now()`, by which the page, and whatever else reads the store, goes: nothing, unless the clock was
/// set back.
#[allow(clippy::cast_possible_truncation)]
pub(crate) fn ahead_millis() -> i64 {
    let ahead = now_millis().saturating_sub(js_sys::Date::now() as i64);
    if ahead < NOTABLE_MILLIS { 0 } else { ahead }
}

/// The day of a time in milliseconds since the Unix epoch, as the language writes it.
#[allow(clippy::cast_precision_loss)]
pub(crate) fn date(millis: i64, language: &str) -> String {
    let options = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&options, &"dateStyle".into(), &"medium".into());
    js_sys::Date::new(&(millis as f64).into()).to_locale_date_string(language, &options).into()
}

/// Calls back once after `millis` milliseconds, also when whoever asked is gone by then.
pub(crate) fn after(millis: u32, callback: impl FnOnce() + 'static) {
    start(millis, Box::new(callback));
}

/// One function for all of them, as each is loaded by every visitor.
fn start(millis: u32, callback: Box<dyn FnOnce()>) {
    Timeout::new(millis, callback).forget();
}
