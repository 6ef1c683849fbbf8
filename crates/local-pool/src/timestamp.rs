//! `TIMESTAMP` of a password proof, read as the service reads it.
//!
//! The service parses forgivingly and then, as it seems, signs the time in its own writing: so a text that says the same in
//! another form is a *wrong proof*, and only one that says nothing at all is an invalid parameter.

use time::{Date, Month};

use crate::clock::{is_weekday, month_of, service_time};

/// What a `TIMESTAMP` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Timestamp {
    /// Exactly as the service writes it: seconds since 1970.
    Exact(i64),
    /// A time, but in another form: zero-padded day, wrong weekday, another zone.
    Inexact,
    /// No time, or not in English.
    Unparsable,
}

impl Timestamp {
    pub fn read(text: &str) -> Self {
        match exact(text) {
            Some(unix_secs) => Self::Exact(unix_secs),
            None if is_lenient_time(text) => Self::Inexact,
            None => Self::Unparsable,
        }
    }
}

/// The time that reads exactly so in the service's writing.
fn exact(text: &str) -> Option<i64> {
    let words: Vec<&str> = text.split(' ').collect();
    let [_, month, day, time, _, year] = words.as_slice() else { return None };
    let mut time = time.splitn(3, ':').map(|part| part.parse().ok());
    let mut part = || time.next().flatten();
    let month = Month::try_from(month_of(month)?).ok()?;
    let date = Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()?;
    let unix_secs = date.with_hms(part()?, part()?, part()?).ok()?.assume_utc().unix_timestamp();
    // Whatever the reading above let pass: the weekday, the zone, zeros and signs.
    (service_time(unix_secs) == text).then_some(unix_secs)
}

fn is_lenient_time(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [weekday, month, day, time, zone, year] = words.as_slice() else { return false };
    let number = |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let time: Vec<&str> = time.split(':').collect();
    is_weekday(weekday)
        && month_of(month).is_some()
        && number(day, 2)
        && time.len() == 3
        && time.iter().all(|part| number(part, 2))
        && (2..=9).contains(&zone.len())
        && zone.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-:".contains(&byte))
        && number(year, 4)
}

#[cfg(test)]
mod tests {
    use super::Timestamp::{self, *};

    #[test]
    fn the_three_kinds() {
        assert_eq!(Timestamp::read("Tue Sep 9 09:05:03 UTC 2025"), Exact(1_757_408_703));
        assert_eq!(Timestamp::read("Tue Feb 29 00:00:00 UTC 2000"), Exact(951_782_400));
        assert_eq!(Timestamp::read("Wed Dec 31 23:59:59 UTC 2025"), Exact(1_767_225_599));
        for inexact in [
            "Tue Sep 09 09:05:03 UTC 2025",
            "Wed Sep 9 09:05:03 UTC 2025",
            "Tue Sep 9 09:05:03 GMT 2025",
            "Tue Sep  9 09:05:03 UTC 2025",
            "Tue Sep 9 9:05:03 UTC 2025",
            "Tue Sep 9 24:00:00 UTC 2025",
            "Tue Sep 9 09:05:60 UTC 2025",
            "Mon Feb 29 00:00:00 UTC 2100",
        ] {
            assert_eq!(Timestamp::read(inexact), Inexact, "{inexact}");
        }
        for unparsable in [
            "",
            "now",
            "2025-09-09T09:05:03Z",
            "Di Sep 9 09:05:03 UTC 2025",
            "火 9月 9 09:05:03 UTC 2025",
            "Tue sep 9 09:05:03 UTC 2025",
        ] {
            assert_eq!(Timestamp::read(unparsable), Unparsable, "{unparsable}");
        }
    }
}
