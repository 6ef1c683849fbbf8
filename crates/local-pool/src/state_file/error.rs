//! Why a file of state cannot be used.

use std::{
    error::Error,
    fmt, io,
    path::{Path, PathBuf},
};

use terminal_line::one_line;

/// Why a file of state cannot be used. The file is as it was.
#[derive(Debug)]
pub struct StateError {
    path: PathBuf,
    problem: StateProblem,
}

/// What is wrong with a file of state.
#[derive(Debug)]
#[non_exhaustive]
pub enum StateProblem {
    /// Another pool has it.
    InUse,
    /// It is there, but cannot be read.
    Unreadable(io::Error),
    /// It, or what lies beside it, cannot be written.
    Unwritable(io::Error),
    /// It is something else.
    Foreign,
    /// A newer program wrote it, in this version.
    Newer(u64),
    /// It is broken off, or was changed by hand; what is wrong stands here, without what the file says.
    Damaged(String),
}

impl StateError {
    pub(crate) fn new(path: &Path, problem: StateProblem) -> Self {
        Self { path: path.to_owned(), problem }
    }

    /// What is wrong.
    #[must_use]
    pub fn problem(&self) -> &StateProblem {
        &self.problem
    }
}

impl fmt::Display for StateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = one_line(&self.path.display().to_string());
        match &self.problem {
            StateProblem::InUse => {
                write!(f, "{path} is in use by another local pool. Stop that one, or give another file with --state.")
            }
            StateProblem::Unreadable(error) => {
                write!(f, "{path} cannot be read: {error}. Mend that, or give another file with --state.")
            }
            StateProblem::Unwritable(error) => write!(
                f,
                "{path} cannot be written: {error}. Its folder must exist, and files must be made and replaced there; mend that, or \
                 give another file with --state."
            ),
            StateProblem::Foreign => write!(
                f,
                "{path} is no state of a local pool. It was left as it is; give another file with --state, which need not exist."
            ),
            StateProblem::Newer(version) => write!(
                f,
                "{path} was written by a newer local pool: it has version {version}, and this one reads version {}. It was left as it \
                 is; use the newer local pool, or give another file with --state.",
                crate::state::kept::VERSION
            ),
            StateProblem::Damaged(what) => write!(
                f,
                "{path} is damaged: {what}. It was left as it is; bring back a copy of it, or move it away to begin with the users of \
                 the settings."
            ),
        }
    }
}

impl Error for StateError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.problem {
            StateProblem::Unreadable(error) | StateProblem::Unwritable(error) => Some(error),
            StateProblem::InUse | StateProblem::Foreign | StateProblem::Newer(_) | StateProblem::Damaged(_) => None,
        }
    }
}
