//! What the lists of an account have in common.

/// How many pages of a list are read at most. A page has sixty devices; a user has twenty passkeys at most, which is one.
pub(super) const MOST_PAGES: u8 = 10;

/// The end of time for a JavaScript date, in milliseconds.
const LAST_MILLIS: f64 = 8.64e15;

/// A name that others gave, as far as it can be shown.
pub(super) fn name(given: &str, most_chars: usize) -> String {
    given.trim().chars().filter(|char| !char.is_control()).take(most_chars).collect()
}

/// A time of the service, in seconds since the Unix epoch, in milliseconds; `None` for what is no time.
pub(super) fn millis(secs: f64) -> Option<i64> {
    let millis = secs * 1000.0;
    #[allow(clippy::cast_possible_truncation)]
    (millis > 0.0 && millis < LAST_MILLIS).then_some(millis as i64)
}
