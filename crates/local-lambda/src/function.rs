//! What a function is: a name, an executable and what its process is given.

use std::{
    ffi::{OsStr, OsString},
    fmt, io,
    path::{Path, PathBuf},
    time::Duration,
};

/// Lambda's default.
const TIMEOUT: Duration = Duration::from_secs(3);

/// A function to be run.
#[derive(Clone)]
pub struct Function {
    pub(crate) name: String,
    pub(crate) program: PathBuf,
    pub(crate) arguments: Vec<OsString>,
    pub(crate) variables: Vec<(OsString, OsString)>,
    pub(crate) timeout: Duration,
    pub(crate) print_logs: bool,
}

impl Function {
    /// A function of that name. A program with a `/` is a path from the current directory, one without is looked up in Lambda's
    /// `PATH`.
    pub fn new(name: impl Into<String>, program: impl Into<PathBuf>) -> Self {
        Self {
            name: name.into(),
            program: program.into(),
            arguments: Vec::new(),
            variables: Vec::new(),
            timeout: TIMEOUT,
            print_logs: false,
        }
    }

    /// Adds an argument of the program.
    #[must_use]
    pub fn arg(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// Adds an environment variable. It takes the place of one that Lambda sets under that name.
    #[must_use]
    pub fn env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    /// How long an invocation may take, counted from when the process has fetched it; 3 seconds unless set. The time that a
    /// process needs to start is not part of it: Lambda gives it 10 seconds of its own.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Also writes each line of the log, and one line for each invocation, to stdout, with the function's name in front.
    #[must_use]
    pub fn print_logs(mut self) -> Self {
        self.print_logs = true;
        self
    }

    /// The program and the directory that it lies in, both absolute: the process is started in that directory, as on Lambda.
    pub(crate) fn program_and_task_root(&self) -> io::Result<(PathBuf, PathBuf)> {
        // Only a name: the command looks it up in PATH.
        if self.program.parent() == Some(Path::new("")) {
            return Ok((self.program.clone(), std::env::current_dir()?));
        }
        let program = std::path::absolute(&self.program)?;
        let task_root = program.parent().unwrap_or(Path::new("/")).to_owned();
        Ok((program, task_root))
    }

    /// # Errors
    /// `InvalidInput` for a name that Lambda does not take: letters, digits, `-` and `_`, at most 64.
    pub(crate) fn check_name(&self) -> io::Result<()> {
        let name = &self.name;
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if (1..=64).contains(&name.len()) && name.bytes().all(allowed) {
            return Ok(());
        }
        let message = format!("{name:?} is no name for a function: up to 64 letters, digits, '-' and '_'");
        Err(io::Error::new(io::ErrorKind::InvalidInput, message))
    }
}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A value may be a secret.
        let variables: Vec<&OsStr> = self.variables.iter().map(|(name, _)| name.as_os_str()).collect();
        f.debug_struct("Function")
            .field("name", &self.name)
            .field("program", &self.program)
            .field("variables", &variables)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
