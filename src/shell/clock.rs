//! The local clock and timers.

use gloo_timers::callback::Timeout;

/// Milliseconds since the Unix epoch.
#[allow(clippy::cast_possible_truncation)]
pub(crate) fn now_millis() -> i64 {
    js_sys::Date::now() as i64
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
    Timeout::new(millis, callback).forget();
}
