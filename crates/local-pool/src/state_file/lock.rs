//! One pool at a time.

use std::{
    fs::{File, TryLockError},
    path::Path,
};

use super::{
    atomic::{beside, for_this_person_alone},
    error::{StateError, StateProblem},
};

/// A lock beside a file of state. The system takes it back from a process that ends, however it ends; the empty file stays, since
/// another process may be about to lock it.
pub(super) struct Lock(#[allow(dead_code, reason = "it is held, not used")] File);

impl Lock {
    pub fn take(path: &Path) -> Result<Self, StateError> {
        let unwritable = |error| StateError::new(path, StateProblem::Unwritable(error));
        let file = for_this_person_alone().create(true).truncate(false).open(beside(path, ".lock")).map_err(unwritable)?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(StateError::new(path, StateProblem::InUse)),
            Err(TryLockError::Error(error)) => Err(unwritable(error)),
        }
    }
}
