//! `cargo run -p cognito-doctor -- --pool-id ID --client-id ID`

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::{CommandFactory, Parser, error::ErrorKind};
use cognito_doctor::{arguments::Arguments, checks, report::EXIT_USAGE};

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    let question = match arguments.question() {
        Ok(question) => question,
        Err(message) => return usage(&Arguments::command().error(ErrorKind::ValueValidation, message)),
    };
    let report = checks::examine(&question);
    let text = if arguments.json { report.json() } else { report.text() };
    match io::stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::from(report.exit_code()),
        // Nobody reads it: what was found is not told.
        Err(_) => ExitCode::from(cognito_doctor::report::EXIT_UNKNOWN),
    }
}

/// Help and version are no mistakes.
fn usage(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    if error.use_stderr() { ExitCode::from(EXIT_USAGE) } else { ExitCode::SUCCESS }
}
