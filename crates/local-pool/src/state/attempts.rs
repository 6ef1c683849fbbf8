//! Wrong answers, and the lock-out that they lead to.
//!
//! # Source
//! AWS, developer guide, "Authentication with user pools": after five failed attempts the user is locked for one second; the
//! time doubles with each further one up to about 15 minutes; attempts during the lock do not count.

const MINUTES_15: i64 = 15 * 60 * 1000;

/// What was answered wrongly; counted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Factor {
    Password,
    Mfa,
    /// From here on: counted for its hourly quota, never locked.
    SignUpCode,
    ResendCode,
    ForgotPassword,
    /// Of a forgotten password.
    ResetCode,
    ChangePassword,
    /// Asking for one.
    AttributeCode,
    VerifyAttribute,
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Attempts {
    failures: u32,
    last_millis: i64,
    locked_until_millis: i64,
}

impl Attempts {
    pub fn is_locked(&self, now_millis: i64) -> bool {
        now_millis < self.locked_until_millis
    }

    /// `2^(n - 5)` seconds of lock after the `n`th failure, from the fifth on.
    pub fn fail(&mut self, now_millis: i64) {
        if now_millis - self.last_millis > MINUTES_15 {
            self.failures = 0;
        }
        self.failures = self.failures.saturating_add(1);
        self.last_millis = now_millis;
        if let Some(doublings) = self.failures.checked_sub(5) {
            let lock = 1000_i64.checked_shl(doublings.min(10)).unwrap_or(MINUTES_15).min(MINUTES_15);
            self.locked_until_millis = now_millis + lock;
        }
    }

    /// One more use of an hourly quota; `false` when it is used up.
    pub fn use_quota(&mut self, now_millis: i64, per_hour: u32) -> bool {
        if self.failures == 0 || now_millis - self.last_millis > 4 * MINUTES_15 {
            // Here the time is that of the first use.
            *self = Self { failures: 0, last_millis: now_millis, locked_until_millis: 0 };
        }
        self.failures = self.failures.saturating_add(1);
        self.failures <= per_hour
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locks_double_and_end_at_fifteen_minutes() {
        let mut attempts = Attempts::default();
        let mut now = 1_000_000_000;
        let mut locks = Vec::new();
        for _ in 0..20 {
            attempts.fail(now);
            let locked = (attempts.locked_until_millis - now).max(0) / 1000;
            locks.push(locked);
            now += locked * 1000;
            assert!(!attempts.is_locked(now));
        }
        assert_eq!(&locks[..8], [0, 0, 0, 0, 1, 2, 4, 8]);
        assert_eq!(locks[13..], [512, 900, 900, 900, 900, 900, 900]);
    }

    #[test]
    fn fifteen_quiet_minutes_forget() {
        let mut attempts = Attempts::default();
        for _ in 0..4 {
            attempts.fail(1_000_000_000);
        }
        attempts.fail(1_000_000_000 + MINUTES_15 + 1);
        assert!(!attempts.is_locked(1_000_000_000 + MINUTES_15 + 1));
    }

    #[test]
    fn quotas_are_per_hour() {
        let mut quota = Attempts::default();
        assert!((0..5).all(|second| quota.use_quota(second * 1000, 5)));
        assert!(!quota.use_quota(6000, 5));
        assert!(quota.use_quota(4 * MINUTES_15 + 1, 5));
    }
}
