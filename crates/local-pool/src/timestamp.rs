//! `TIMESTAMP` of a password proof, read as the service reads it.
//!
//! The service parses forgivingly and then, as it seems, signs the time in its own writing: so a text that says the same in
//! another form is a *wrong proof*, and only one that says nothing at all is an invalid parameter.

use cognito_protocol::srp::parse_timestamp;

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
        match parse_timestamp(text) {
            Some(unix_secs) => Self::Exact(unix_secs),
            None if is_lenient_time(text) => Self::Inexact,
            None => Self::Unparsable,
        }
    }
}

fn is_lenient_time(text: &str) -> bool {
    const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let words: Vec<&str> = text.split_whitespace().collect();
    let [weekday, month, day, time, zone, year] = words.as_slice() else { return false };
    let number = |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let time: Vec<&str> = time.split(':').collect();
    WEEKDAYS.contains(weekday)
        && MONTHS.contains(month)
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
        for inexact in [
            "Tue Sep 09 09:05:03 UTC 2025",
            "Wed Sep 9 09:05:03 UTC 2025",
            "Tue Sep 9 09:05:03 GMT 2025",
            "Tue Sep  9 09:05:03 UTC 2025",
        ] {
            assert_eq!(Timestamp::read(inexact), Inexact, "{inexact}");
        }
        for unparsable in ["", "now", "2025-09-09T09:05:03Z", "Di Sep 9 09:05:03 UTC 2025", "火 9月 9 09:05:03 UTC 2025"] {
            assert_eq!(Timestamp::read(unparsable), Unparsable, "{unparsable}");
        }
    }
}
