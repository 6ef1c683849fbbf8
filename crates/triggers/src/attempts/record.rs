//! What is kept of a user.

use serde::{Deserialize, Serialize};

use super::limits::{DAY, HOUR};

/// What the sign-ins of one user left behind. All times are in seconds since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// How often it was written; 0 for what is in no table yet. A table keeps it apart, to compare.
    #[serde(skip)]
    pub version: u64,
    /// Sign-ins with a wrong answer since the last right code.
    pub failed_sign_ins: u32,
    /// When the last of them failed.
    pub last_failed_secs: i64,
    /// No sign-in begins before.
    pub locked_until_secs: i64,
    /// When wrong answers were given in the last hour, oldest first.
    pub wrong_secs: Vec<i64>,
    /// When mails were sent in the last day, oldest first.
    pub mails_secs: Vec<i64>,
    /// Codes that were answered wrongly and are alive.
    pub tried: Vec<Tried>,
}

/// A code that was answered wrongly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// As in its [`Mark`](super::Mark).
    pub id: String,
    /// So many answers.
    pub tries: u32,
    /// The end of its life.
    pub expires_secs: i64,
}

impl Record {
    /// When nothing of it counts any more, and the table may forget it.
    #[must_use]
    pub fn expires_at(now_secs: i64) -> i64 {
        // Nothing counts for longer than a day.
        now_secs.saturating_add(DAY)
    }

    /// Without what is too old to count. A table forgets only some time after [`Self::expires_at`].
    pub(super) fn without_old(mut self, now_secs: i64) -> Self {
        self.wrong_secs.retain(|at| is_within(*at, HOUR, now_secs));
        self.mails_secs.retain(|at| is_within(*at, DAY, now_secs));
        self.tried.retain(|tried| now_secs < tried.expires_secs);
        if !is_within(self.last_failed_secs, DAY, now_secs) {
            self.failed_sign_ins = 0;
            self.locked_until_secs = 0;
        }
        self
    }
}

/// Whether a moment lies in the last `window` seconds, whose first second is out: an hour after it, a mail counts no more.
pub(super) fn is_within(at_secs: i64, window: i64, now_secs: i64) -> bool {
    now_secs < at_secs.saturating_add(window)
}
