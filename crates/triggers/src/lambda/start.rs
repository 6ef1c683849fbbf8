//! How a function starts, and why it may not.

use std::{error::Error, fmt, path::Path, process::ExitCode};

use super::{TrustError, log};
use crate::{Messages, MessagesError, SettingsError};

/// Why a function does not start. The deployer is to blame, and the text says what to change.
#[derive(Debug)]
pub enum StartError {
    /// Variables with wrong values.
    Settings(SettingsError),
    /// `TEMPLATE_DIR` holds something that is no message.
    Messages(MessagesError),
    /// A file of certificates that cannot be used.
    Trust(TrustError),
    /// The program does not run in Lambda: the variable of this name is missing, which Lambda sets.
    NotInLambda(&'static str),
    /// The Runtime API broke off, or there is no way to speak to AWS.
    Runtime(Box<dyn Error + Send + Sync>),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Settings(error) => error.fmt(f),
            Self::Messages(error) => write!(f, "TEMPLATE_DIR: {error}"),
            Self::Trust(error) => error.fmt(f),
            Self::NotInLambda(variable) => write!(
                f,
                "{variable} is not set: this program is a Lambda function and runs in AWS Lambda; \
                 on this machine, `cargo run -p local-lambda` gives it what Lambda would"
            ),
            Self::Runtime(error) => write!(f, "the Runtime API failed: {error}"),
        }
    }
}

impl Error for StartError {}

impl From<SettingsError> for StartError {
    fn from(error: SettingsError) -> Self {
        Self::Settings(error)
    }
}

impl From<TrustError> for StartError {
    fn from(error: TrustError) -> Self {
        Self::Trust(error)
    }
}

/// The value of an environment variable; one that is not Unicode counts as absent.
#[must_use]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The built-in messages, with those of the folder `TEMPLATE_DIR` in their place where that variable is set.
///
/// # Errors
/// [`StartError::Messages`] names the file that cannot be used.
pub fn messages() -> Result<Messages, StartError> {
    match variable("TEMPLATE_DIR").filter(|folder| !folder.trim().is_empty()) {
        Some(folder) => Messages::load(Path::new(folder.trim())).map_err(StartError::Messages),
        None => Ok(Messages::built_in()),
    }
}

/// Runs a function: sets up the log, then `run`, whose error goes to the log and into the exit code.
pub async fn start(run: impl Future<Output = Result<(), StartError>>) -> ExitCode {
    log::set_up();
    match run.await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(error = %error, "the function cannot start");
            ExitCode::FAILURE
        }
    }
}
