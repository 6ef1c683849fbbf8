//! Times as the pool counts them, and in the forms that the API and the inbox show.

use std::time::Duration;

use time::OffsetDateTime;

const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Milliseconds of a duration, as the pool's clock counts.
pub(crate) fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// `Tue, 09 Sep 2025 09:05:03 GMT`, for the header `Date`.
pub(crate) fn http_date(unix_millis: i64) -> String {
    let Parts { weekday, month_name, day, time, year, .. } = Parts::at(unix_millis.div_euclid(1000));
    format!("{weekday}, {day:02} {month_name} {year} {time} GMT")
}

/// `2025-09-09T09:05:03Z`
pub(crate) fn iso(unix_millis: i64) -> String {
    let Parts { month, day, time, year, .. } = Parts::at(unix_millis.div_euclid(1000));
    format!("{year}-{month:02}-{day:02}T{time}Z")
}

/// `Tue Sep 9 09:05:03 UTC 2025`, as the service writes the `TIMESTAMP` of a proof.
pub(crate) fn service_time(unix_secs: i64) -> String {
    let Parts { weekday, month_name, day, time, year, .. } = Parts::at(unix_secs);
    format!("{weekday} {month_name} {day} {time} UTC {year:04}")
}

/// The number of an English month, from 1 on.
pub(crate) fn month_of(name: &str) -> Option<u8> {
    MONTHS.iter().zip(1..).find(|(month, _)| **month == name).map(|(_, number)| number)
}

pub(crate) fn is_weekday(name: &str) -> bool {
    WEEKDAYS.contains(&name)
}

/// A time as all forms need it.
struct Parts {
    weekday: &'static str,
    month_name: &'static str,
    month: u8,
    day: u8,
    /// `09:05:03`
    time: String,
    year: i32,
}

impl Parts {
    /// A time that the calendar does not reach becomes 1970.
    fn at(unix_secs: i64) -> Self {
        let at = OffsetDateTime::from_unix_timestamp(unix_secs).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        let month = u8::from(at.month());
        let name = |names: &[&'static str], index: u8| names.get(usize::from(index)).copied().unwrap_or_default();
        Self {
            weekday: name(&WEEKDAYS, at.weekday().number_days_from_sunday()),
            month_name: name(&MONTHS, month - 1),
            month,
            day: at.day(),
            time: format!("{:02}:{:02}:{:02}", at.hour(), at.minute(), at.second()),
            year: at.year(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms() {
        assert_eq!(http_date(1_757_408_703_000), "Tue, 09 Sep 2025 09:05:03 GMT");
        assert_eq!(iso(1_757_408_703_999), "2025-09-09T09:05:03Z");
        assert_eq!(service_time(1_757_408_703), "Tue Sep 9 09:05:03 UTC 2025");
    }
}
