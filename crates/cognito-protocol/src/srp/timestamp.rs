//! `TIMESTAMP`, in the one form the service takes.

const DAY_SECS: i64 = 86_400;
/// The last second of the year 9999; before 1970 and after this there is no sign-in.
const LAST_SECOND: i64 = 253_402_300_799;
/// `Wed Sep 30 09:05:03 UTC 2025`: with a day of two digits.
const MAX_CHARS: usize = 28;

/// 1970-01-01 was a Thursday.
const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `TIMESTAMP` for a time: `Tue Sep 9 09:05:03 UTC 2025`.
///
/// English names, UTC, no zero before the day, one space between the parts. `unix_millis` is in milliseconds since 1970, as
/// `Date.now()` gives it; times before 1970 and after 9999 become the nearest one within. Sign and send the same text.
///
/// # Source
///
/// `EEE MMM d HH:mm:ss z yyyy` of amazon-cognito-identity-js' DateHelper. Member `TIMESTAMP` of the vectors.
#[must_use]
pub fn format_timestamp(unix_millis: i64) -> String {
    let unix_secs = unix_millis.div_euclid(1000).clamp(0, LAST_SECOND);
    let days = unix_secs / DAY_SECS;
    let second_of_day = unix_secs % DAY_SECS;
    let (year, month, day) = civil_from_days(days);

    let mut text = String::with_capacity(MAX_CHARS);
    text.push_str(name(&WEEKDAYS, days % 7));
    text.push(' ');
    text.push_str(name(&MONTHS, month - 1));
    text.push(' ');
    if day >= 10 {
        text.push(digit(day / 10));
    }
    text.push(digit(day));
    text.push(' ');
    push_two(&mut text, second_of_day / 3600);
    text.push(':');
    push_two(&mut text, second_of_day / 60 % 60);
    text.push(':');
    push_two(&mut text, second_of_day % 60);
    text.push_str(" UTC ");
    push_two(&mut text, year / 100);
    push_two(&mut text, year);
    text
}

/// The time of a `TIMESTAMP`, in seconds since 1970; `None` for every text that [`format_timestamp`] does not give.
///
/// A zero before the day or a wrong weekday is refused, as the service refuses it.
#[must_use]
pub fn parse_timestamp(text: &str) -> Option<i64> {
    // What is wrong in a detail is found at the end, where the time is written again and compared; until then it is enough to
    // read something, without ever leaving the numbers' range.
    if text.len() > MAX_CHARS {
        return None;
    }
    let mut parts = text.split(' ');
    let _weekday = parts.next()?;
    let month = parts.next()?;
    let month = MONTHS.iter().zip(1..).find(|(name, _)| **name == month)?.1;
    let day = number(parts.next()?)?;
    let mut clock = parts.next()?.split(':');
    let hour = number(clock.next()?)?;
    let minute = number(clock.next()?)?;
    let second = number(clock.next()?)?;
    let _zone = parts.next()?;
    let year = number(parts.next()?)?;

    let unix_secs = days_from_civil(year, month, day) * DAY_SECS + hour * 3600 + minute * 60 + second;
    (format_timestamp(unix_secs * 1000) == text).then_some(unix_secs)
}

fn name(names: &[&'static str], index: i64) -> &'static str {
    usize::try_from(index).ok().and_then(|index| names.get(index)).copied().unwrap_or("")
}

fn push_two(text: &mut String, value: i64) {
    text.push(digit(value / 10));
    text.push(digit(value));
}

/// The last decimal digit of a number that is not negative.
fn digit(value: i64) -> char {
    let [.., last] = (value % 10).to_be_bytes();
    char::from(b'0' + last)
}

/// One to four decimal digits.
fn number(text: &str) -> Option<i64> {
    if text.is_empty() || text.len() > 4 {
        return None;
    }
    text.bytes().try_fold(0, |value, byte| byte.is_ascii_digit().then(|| value * 10 + i64::from(byte - b'0')))
}

/// Year, month from 1 and day from 1 of a number of days since 1970 (not negative).
///
/// The year is taken to begin in March, so that the leap day is its last; then a month's first day is `(153·m + 2) / 5`. Days
/// count from 0000-03-01, 719,468 days before 1970; 400 years have 146,097 days. (Hinnant, "chrono-compatible low-level date
/// algorithms", `civil_from_days`.)
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days / 146_097;
    let day_of_era = days % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// The inverse of [`civil_from_days`], for years from 0 on.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let march_month = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * march_month + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::{DAY_SECS, LAST_SECOND, format_timestamp, parse_timestamp};

    fn check(unix_secs: i64, expected: &str) {
        assert_eq!(format_timestamp(unix_secs * 1000), expected);
        assert_eq!(parse_timestamp(expected), Some(unix_secs), "{expected}");
    }

    #[test]
    fn known_times() {
        check(0, "Thu Jan 1 00:00:00 UTC 1970");
        check(951_782_400, "Tue Feb 29 00:00:00 UTC 2000");
        check(951_868_800, "Wed Mar 1 00:00:00 UTC 2000");
        check(1_757_408_703, "Tue Sep 9 09:05:03 UTC 2025");
        check(1_767_225_599, "Wed Dec 31 23:59:59 UTC 2025");
        check(1_767_225_600, "Thu Jan 1 00:00:00 UTC 2026");
        check(4_107_542_400, "Mon Mar 1 00:00:00 UTC 2100");
        check(LAST_SECOND, "Fri Dec 31 23:59:59 UTC 9999");
    }

    #[test]
    fn milliseconds_are_cut_off() {
        assert_eq!(format_timestamp(1_757_408_703_999), "Tue Sep 9 09:05:03 UTC 2025");
    }

    #[test]
    fn every_number_has_a_text() {
        for millis in [i64::MIN, -1, LAST_SECOND * 1000 + 999, LAST_SECOND * 1000 + 1000, i64::MAX] {
            assert!(parse_timestamp(&format_timestamp(millis)).is_some(), "{millis}");
        }
    }

    #[test]
    fn every_day_of_two_centuries_comes_back() {
        let mut expected = 0;
        while expected < 200 * 366 {
            let secs = expected * DAY_SECS + expected % DAY_SECS;
            assert_eq!(parse_timestamp(&format_timestamp(secs * 1000)), Some(secs));
            expected += 1;
        }
    }

    #[test]
    fn what_the_service_refuses_is_refused() {
        for text in [
            "",
            "Tue",
            "Tue Sep 09 09:05:03 UTC 2025",
            "Wed Sep 9 09:05:03 UTC 2025",
            "Tue Sep  9 09:05:03 UTC 2025",
            "Tue Sep 9 9:05:03 UTC 2025",
            "Tue Sep 9 09:05:03 GMT 2025",
            "Tue Sep 9 09:05:03 UTC 25",
            "Tue Sep 9 09:05:03 UTC 2025 ",
            " Tue Sep 9 09:05:03 UTC 2025",
            "Tue Sep 9 09:05:03:00 UTC 2025",
            "Tue Sep 9 09:05 UTC 2025",
            "Tue Sep 9 24:00:00 UTC 2025",
            "Tue Sep 9 23:59:60 UTC 2025",
            "Mon Feb 29 00:00:00 UTC 2100",
            "Tue sep 9 09:05:03 UTC 2025",
            "mar. sept. 9 09:05:03 UTC 2025",
            "火 9月 9 09:05:03 UTC 2025",
            "Tue Sep -9 09:05:03 UTC 2025",
            "Tue Sep 9 09:05:03 UTC 0000",
            "Wed Dec 31 23:59:59 UTC 1969",
        ] {
            assert_eq!(parse_timestamp(text), None, "{text:?}");
        }
    }
}
