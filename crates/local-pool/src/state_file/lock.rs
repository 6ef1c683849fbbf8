//! One pool at a time.

use std::{
    fs::{File, TryLockError},
    path::Path,
    thread,
    time::{Duration, Instant},
};

use super::{
    atomic::{beside, for_this_person_alone},
    error::{StateError, StateProblem},
};

/// A pool that is just ending writes what changed last.
const PATIENCE: Duration = Duration::from_secs(1);

/// A lock beside a file of state. The system takes it back from a process that ends, however it ends; the empty file stays, since
/// another process may be about to lock it.
pub(super) struct Lock(#[allow(dead_code, reason = "it is held, not used")] File);

impl Lock {
    pub fn take(path: &Path) -> Result<Self, StateError> {
        let unwritable = |error| StateError::new(path, StateProblem::Unwritable(error));
        let file = for_this_person_alone().create(true).truncate(false).open(beside(path, ".lock")).map_err(unwritable)?;
        let began = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self(file)),
                Err(TryLockError::WouldBlock) if began.elapsed() < PATIENCE => thread::sleep(PATIENCE / 50),
                Err(TryLockError::WouldBlock) => return Err(StateError::new(path, StateProblem::InUse)),
                Err(TryLockError::Error(error)) => return Err(unwritable(error)),
            }
        }
    }
}
