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

#[cfg(test)]
mod tests {
    use super::{LAST_SECOND, format_timestamp};

    fn check(unix_secs: i64, expected: &str) {
        assert_eq!(format_timestamp(unix_secs * 1000), expected);
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
    fn times_out_of_reach_become_the_nearest() {
        for (millis, nearest) in
            [(i64::MIN, 0), (-1, 0), (LAST_SECOND * 1000 + 999, LAST_SECOND), (LAST_SECOND * 1000 + 1000, LAST_SECOND)]
        {
            assert_eq!(format_timestamp(millis), format_timestamp(nearest * 1000), "{millis}");
        }
        assert_eq!(format_timestamp(i64::MAX), "Fri Dec 31 23:59:59 UTC 9999");
    }
}
