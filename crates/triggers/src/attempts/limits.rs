//! How much is too much.

use crate::settings::Settings;

/// Seconds of an hour and of a day.
pub(crate) const HOUR: i64 = 3600;
pub(crate) const DAY: i64 = 24 * HOUR;

/// So many wrong answers a user may have in any hour.
pub const WRONG_PER_HOUR: u32 = 100;

/// So many failed sign-ins bring no wait: people mistype.
const FREE_FAILURES: u32 = 2;

/// What a deployer can set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// A code is compared so many times.
    pub max_attempts: u32,
    /// So many mails in any hour.
    pub mails_per_hour: u32,
    /// So many mails in any day.
    pub mails_per_day: u32,
}

impl Limits {
    /// Those of the settings.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        let Settings { max_attempts, mails_per_hour, mails_per_day, .. } = *settings;
        Self { max_attempts, mails_per_hour, mails_per_day }
    }
}

/// For how many seconds nobody can begin after the `n`th failed sign-in: none, none, 60, 120, 240 … 3600.
///
/// A person who fails thrice loses a minute. Who guesses and waits as told has nine sign-ins before the waits reach an hour and one an
/// hour from then on, 31 on the first day: with three tries each 93 guesses at a million codes, and the owner has 31 mails that say so.
/// Longer waits would help little against that, and much whoever wants to keep the owner out.
#[must_use]
pub fn wait_after(failed_sign_ins: u32) -> i64 {
    match failed_sign_ins.checked_sub(FREE_FAILURES + 1) {
        None => 0,
        // 2^6 minutes are more than an hour.
        Some(doublings) => (60_i64 << doublings.min(6)).min(HOUR),
    }
}

#[cfg(test)]
mod tests {
    use super::wait_after;

    #[test]
    fn waits_double_from_a_minute_to_an_hour() {
        let waits: Vec<i64> = (0..12).map(|failures| wait_after(failures) / 60).collect();
        assert_eq!(waits, [0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(wait_after(u32::MAX), 3600);
    }
}
