//! The rules, as pure functions: a record and the time come in, the new record or how long to wait goes out.

use std::num::NonZeroU32;

use super::{
    limits::{DAY, HOUR, Limits, WRONG_PER_HOUR, wait_after},
    mark::Mark,
    record::{Record, Tried, is_within},
};

/// So many seconds must pass first; at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait(NonZeroU32);

impl Wait {
    /// `None` where there is nothing to wait for.
    fn until(then_secs: i64, now_secs: i64) -> Option<Self> {
        let secs = then_secs.saturating_sub(now_secs).clamp(0, DAY);
        u32::try_from(secs).ok().and_then(NonZeroU32::new).map(Self)
    }

    /// The seconds.
    #[must_use]
    pub fn secs(self) -> u32 {
        self.0.get()
    }

    /// Whole minutes, at least one, of which the last may have begun.
    #[must_use]
    pub fn minutes(self) -> u32 {
        self.0.get().div_ceil(60)
    }
}

/// What becomes of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It may be compared, and is counted as wrong already; [`right`] takes that back.
    Counted {
        /// The record with it.
        record: Record,
        /// How long no other sign-in can begin, where this answer brings that about.
        lock: Option<Wait>,
    },
    /// Its code has had its tries: it is wrong, whatever it says.
    Spent,
}

/// Counts a mail that is about to be sent.
///
/// # Errors
/// How long it takes until one may be sent.
pub fn mail(record: Record, now_secs: i64, limits: &Limits) -> Result<Record, Wait> {
    let mut record = record.without_old(now_secs);
    let waits = [
        Wait::until(record.locked_until_secs, now_secs),
        wrong_answers(&record, now_secs),
        room(&record.mails_secs, limits.mails_per_hour, HOUR, now_secs),
        room(&record.mails_secs, limits.mails_per_day, DAY, now_secs),
    ];
    match longest(waits) {
        Some(wait) => Err(wait),
        None => {
            note(&mut record.mails_secs, now_secs);
            Ok(record)
        }
    }
}

/// Counts an answer that is about to be compared, as if it were wrong.
///
/// The sign-in whose wrong answer brought a wait may use up its tries: nobody has told its person to wait. No other may.
///
/// # Errors
/// How long it takes until one may be compared.
pub fn answer(record: Record, mark: &Mark, now_secs: i64, limits: &Limits) -> Result<Answer, Wait> {
    let mut record = record.without_old(now_secs);
    let known = record.tried.iter().position(|tried| tried.id == mark.id);
    let lock = Wait::until(record.locked_until_secs, now_secs).filter(|_| known.is_none());
    if let Some(wait) = longest([lock, wrong_answers(&record, now_secs)]) {
        return Err(wait);
    }
    let lock = match known.and_then(|index| record.tried.get_mut(index)) {
        Some(tried) if tried.tries >= limits.max_attempts => return Ok(Answer::Spent),
        Some(tried) => {
            tried.tries = tried.tries.saturating_add(1);
            None
        }
        None => {
            record.tried.push(Tried { id: mark.id.clone(), tries: 1, expires_secs: mark.expires_secs });
            record.failed_sign_ins = record.failed_sign_ins.saturating_add(1);
            record.last_failed_secs = now_secs;
            record.locked_until_secs = now_secs.saturating_add(wait_after(record.failed_sign_ins));
            Wait::until(record.locked_until_secs, now_secs)
        }
    };
    note(&mut record.wrong_secs, now_secs);
    Ok(Answer::Counted { record, lock })
}

/// The answer that was counted at this time was right: takes back that it was counted, and forgets the failed sign-ins and the
/// wait. Mails and other wrong answers stay counted: who guesses while the owner signs in has these limits still.
#[must_use]
pub fn right(record: Record, now_secs: i64) -> Record {
    let mut record = record.without_old(now_secs);
    if let Some(index) = record.wrong_secs.iter().position(|at| *at == now_secs) {
        record.wrong_secs.remove(index);
    }
    // The code stays among those tried: it has been used.
    Record { failed_sign_ins: 0, last_failed_secs: 0, locked_until_secs: 0, ..record }
}

/// In order, whatever the clocks of two machines say.
fn note(moments_secs: &mut Vec<i64>, now_secs: i64) {
    let index = moments_secs.partition_point(|at| *at <= now_secs);
    moments_secs.insert(index, now_secs);
}

fn wrong_answers(record: &Record, now_secs: i64) -> Option<Wait> {
    room(&record.wrong_secs, WRONG_PER_HOUR, HOUR, now_secs)
}

/// How long it takes until fewer than `limit` of these moments lie in the window.
fn room(moments_secs: &[i64], limit: u32, window: i64, now_secs: i64) -> Option<Wait> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let last = moments_secs.len().checked_sub(limit)?;
    let leaving = moments_secs.get(last).copied().unwrap_or(now_secs);
    is_within(leaving, window, now_secs).then(|| Wait::until(leaving.saturating_add(window), now_secs)).flatten()
}

fn longest<const N: usize>(waits: [Option<Wait>; N]) -> Option<Wait> {
    waits.into_iter().flatten().max_by_key(|wait| wait.secs())
}
