//! Counts in a table, and refuses what is too much.

use super::{
    count::{self, Answer, Wait},
    limits::Limits,
    mark::Mark,
    record::Record,
    table::{AttemptsTable, Unreachable},
};

/// A write that somebody else has overtaken is made anew so many times; each time another one has got on.
const ROUNDS: u32 = 6;

/// What to do when the table cannot be reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WhenUnreachable {
    /// Nobody signs in by a code.
    #[default]
    Refuse,
    /// Nothing is counted.
    Allow,
}

/// Why a mail is not sent or an answer not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There was too much; so long it takes.
    Locked(Wait),
    /// It could not be counted.
    NotCounted,
}

/// Counts in a table.
#[derive(Debug)]
pub struct Guard<Table> {
    table: Table,
    limits: Limits,
    when_unreachable: WhenUnreachable,
}

/// An answer that may be compared; [`Guard::right`] or [`Guard::wrong`] is told what came of it.
#[derive(Debug)]
#[must_use]
pub struct Counted {
    /// As it was written; `None` where the table could not be reached, which is allowed.
    record: Option<Record>,
    lock: Option<Wait>,
}

impl<Table: AttemptsTable> Guard<Table> {
    /// With what is too much, and what to do without the table.
    #[must_use]
    pub fn new(table: Table, limits: Limits, when_unreachable: WhenUnreachable) -> Self {
        Self { table, limits, when_unreachable }
    }

    /// The table.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// Counts a mail before it is sent.
    ///
    /// # Errors
    /// [`Refused`]: it must not be sent.
    pub async fn mail(&self, sub: &str, now_secs: i64) -> Result<(), Refused> {
        let count = |record| count::mail(record, now_secs, &self.limits).map(|record| Change::Write(record, ()));
        self.change(sub, now_secs, count).await.map(|_| ())
    }

    /// Counts an answer before it is compared; `None` where its code has had its tries, so that it is wrong.
    ///
    /// # Errors
    /// [`Refused`]: it must not be compared.
    pub async fn answer(&self, sub: &str, mark: &Mark, now_secs: i64) -> Result<Option<Counted>, Refused> {
        let count = |record| {
            count::answer(record, mark, now_secs, &self.limits).map(|answer| match answer {
                Answer::Counted { record, lock } => Change::Write(record, lock),
                Answer::Spent => Change::Nothing,
            })
        };
        Ok(match self.change(sub, now_secs, count).await? {
            Changed::Written(record, lock) => Some(Counted { record: Some(record), lock }),
            Changed::Nothing => None,
            Changed::NotCounted => Some(Counted { record: None, lock: None }),
        })
    }

    /// A counted answer was wrong, as it was counted.
    pub fn wrong(&self, counted: Counted) {
        if let Some(wait) = counted.lock {
            tracing::warn!(event = "attempts_locked", refused = false, wait_secs = wait.secs(), "no sign-in can begin for now");
        }
    }

    /// A counted answer was right. It stays right where that cannot be written down: then an earlier wait may go on.
    pub async fn right(&self, sub: &str, counted: Counted, now_secs: i64) {
        let Some(mut record) = counted.record else { return };
        for _ in 0..ROUNDS {
            match self.table.write(sub, &count::right(record, now_secs), now_secs).await {
                Ok(true) => return,
                Ok(false) => {}
                Err(error) => return self.tell(&error),
            }
            match self.table.read(sub).await {
                Ok(present) => record = present,
                Err(error) => return self.tell(&error),
            }
        }
        tracing::warn!(event = "attempts_contended", "a right code could not be noted: others wrote at the same time");
    }

    /// Reads, changes and writes, anew where somebody else wrote in between.
    async fn change<Told>(
        &self,
        sub: &str,
        now_secs: i64,
        change: impl Fn(Record) -> Result<Change<Told>, Wait>,
    ) -> Result<Changed<Told>, Refused> {
        for _ in 0..ROUNDS {
            let record = match self.table.read(sub).await {
                Ok(record) => record,
                Err(error) => return self.without_table(&error),
            };
            let (changed, told) = match change(record) {
                Ok(Change::Write(record, told)) => (record, told),
                Ok(Change::Nothing) => return Ok(Changed::Nothing),
                Err(wait) => {
                    tracing::warn!(event = "attempts_locked", refused = true, wait_secs = wait.secs(), "too much was tried");
                    return Err(Refused::Locked(wait));
                }
            };
            match self.table.write(sub, &changed, now_secs).await {
                Ok(true) => {
                    let written = Record { version: changed.version.saturating_add(1), ..changed };
                    return Ok(Changed::Written(written, told));
                }
                Ok(false) => {}
                Err(error) => return self.without_table(&error),
            }
        }
        // Never allowed, whatever the setting: who sends many answers at once brings this about at will.
        tracing::warn!(event = "attempts_contended", "not counted: too many attempts of one user at the same time");
        Err(Refused::NotCounted)
    }

    fn without_table<Told>(&self, error: &Unreachable) -> Result<Changed<Told>, Refused> {
        self.tell(error);
        match self.when_unreachable {
            WhenUnreachable::Refuse => Err(Refused::NotCounted),
            WhenUnreachable::Allow => Ok(Changed::NotCounted),
        }
    }

    fn tell(&self, error: &Unreachable) {
        let setting = match self.when_unreachable {
            WhenUnreachable::Refuse => "REFUSE",
            WhenUnreachable::Allow => "ALLOW",
        };
        let reason = error.reason();
        tracing::error!(event = "attempts_unreachable", reason, setting, "the table of attempts cannot be used");
    }
}

/// What the rules say to a record.
enum Change<Told> {
    /// Write this, and tell that.
    Write(Record, Told),
    /// Leave it.
    Nothing,
}

/// What became of a change.
enum Changed<Told> {
    /// This was written.
    Written(Record, Told),
    /// There was nothing to write.
    Nothing,
    /// The table could not be reached, which is allowed.
    NotCounted,
}
