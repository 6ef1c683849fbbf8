//! A table that is gone with the process.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::{
    record::Record,
    table::{AttemptsTable, Unreachable},
};

/// A table in memory; always to be reached. It forgets nothing by itself.
#[derive(Debug, Default)]
pub struct MemoryTable {
    records: Mutex<HashMap<String, Record>>,
}

impl MemoryTable {
    /// Forgets everybody.
    pub fn clear(&self) {
        self.records().clear();
    }

    fn records(&self) -> MutexGuard<'_, HashMap<String, Record>> {
        // A write is one insertion, so a panic elsewhere leaves nothing half done.
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl AttemptsTable for MemoryTable {
    async fn read(&self, sub: &str) -> Result<Record, Unreachable> {
        Ok(self.records().get(sub).cloned().unwrap_or_default())
    }

    async fn write(&self, sub: &str, record: &Record, _now_secs: i64) -> Result<bool, Unreachable> {
        let mut records = self.records();
        let present = records.entry(sub.to_owned()).or_default();
        if present.version != record.version {
            return Ok(false);
        }
        *present = Record { version: record.version.saturating_add(1), ..record.clone() };
        Ok(true)
    }
}
