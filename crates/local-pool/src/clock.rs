//! Times as the pool counts them, and in the forms that the API and the inbox show.

use std::time::Duration;

use cognito_protocol::srp::format_timestamp;

/// Milliseconds of a duration, as the pool's clock counts.
pub(crate) fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// `Tue, 09 Sep 2025 09:05:03 GMT`, for the header `Date`.
pub(crate) fn http_date(unix_millis: i64) -> String {
    let (weekday, month, day, time, year) = parts(unix_millis);
    format!("{weekday}, {day:0>2} {month} {year} {time} GMT")
}

/// `2025-09-09T09:05:03Z`
pub(crate) fn iso(unix_millis: i64) -> String {
    let (_, month, day, time, year) = parts(unix_millis);
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = months.iter().zip(1..).find(|(name, _)| **name == month).map_or(0, |(_, number)| number);
    format!("{year}-{month:02}-{day:0>2}T{time}Z")
}

/// The words of `Tue Sep 9 09:05:03 UTC 2025`: the calendar is there already.
fn parts(unix_millis: i64) -> (String, String, String, String, String) {
    let text = format_timestamp(unix_millis);
    let mut words = text.split(' ').map(str::to_owned);
    let mut next = || words.next().unwrap_or_default();
    let (weekday, month, day, time, _utc, year) = (next(), next(), next(), next(), next(), next());
    (weekday, month, day, time, year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms() {
        assert_eq!(http_date(1_757_408_703_000), "Tue, 09 Sep 2025 09:05:03 GMT");
        assert_eq!(iso(1_757_408_703_999), "2025-09-09T09:05:03Z");
    }
}
