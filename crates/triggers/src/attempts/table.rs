//! Where records are kept.

use std::fmt;

use super::record::Record;

/// A table of records by `sub`.
pub trait AttemptsTable {
    /// The record of a user as it is now, not as it was a moment ago; an empty one where there is none.
    fn read(&self, sub: &str) -> impl Future<Output = Result<Record, Unreachable>> + Send;

    /// Writes a record with the next version, unless the version in the table is another than the record's: then somebody has
    /// written since it was read, and nothing is changed. Whether it was written.
    fn write(&self, sub: &str, record: &Record, now_secs: i64) -> impl Future<Output = Result<bool, Unreachable>> + Send;
}

/// A table did not answer, or not with a record. The deployer is to blame, or the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreachable {
    reason: String,
}

impl Unreachable {
    /// With a name for the reason; no secret, and nothing about a person.
    #[must_use]
    pub fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into() }
    }

    /// The name.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for Unreachable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the table of attempts cannot be used: {}", self.reason)
    }
}

impl std::error::Error for Unreachable {}
