//! A file that keeps users and their sign-ins over restarts.
//!
//! One thread writes it, a short time after a change; what changed meanwhile goes with it. Each time the whole file is written beside the
//! old one and then takes its place, so that a reader, and whoever comes after a crash, sees the one or the other. A lock says that a
//! pool has it; it lies in a file of its own, since the other one is replaced.

mod atomic;
mod error;
mod lock;
mod reading;
mod saver;

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

pub use error::{StateError, StateProblem};
use parking_lot::Mutex;
pub(crate) use saver::{Changes, save_until_the_end};

use crate::state::kept::{Kept, KeptPool};

/// A file of state that this pool has, and nobody else.
pub(crate) struct StateFile {
    path: PathBuf,
    /// Of user pools that the configuration does not have: kept for when it does.
    others: BTreeMap<String, KeptPool>,
    pub changes: Changes,
    /// What the file holds; `None` before it was written for the first time.
    written: Mutex<Option<String>>,
    /// Given back when it is dropped.
    _lock: lock::Lock,
}

impl StateFile {
    /// Takes a file, and reads what is in it; an absent one is as good as an empty one.
    ///
    /// # Errors
    /// Where it is no file of state, or cannot be had.
    pub fn open(path: &Path) -> Result<(Self, Kept), StateError> {
        // Behind a link lies the file that is to be replaced, not the link.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let lock = lock::Lock::take(&path)?;
        let kept = reading::read(&path)?;
        let file = Self { path, others: kept.pools.clone(), changes: Changes::default(), written: Mutex::default(), _lock: lock };
        Ok((file, kept))
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn error(&self, problem: StateProblem) -> StateError {
        StateError::new(&self.path, problem)
    }

    /// Writes what `kept` gives, unless the file holds just that.
    ///
    /// Calls come one after another, each with what is the case when its turn has come: an old state never replaces a newer one.
    pub fn write(&self, kept: impl FnOnce() -> Kept) -> io::Result<()> {
        let mut written = self.written.lock();
        let mut text = serde_json::to_string_pretty(&kept().beside(&self.others))?;
        text.push('\n');
        if written.as_ref() != Some(&text) {
            atomic::replace(&self.path, text.as_bytes())?;
            *written = Some(text);
        }
        Ok(())
    }
}
