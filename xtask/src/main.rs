//! The project's commands: `cargo xtask demo | test | package | gallery | docs | bench | lint`.
//!
//! Each command says what it is doing before it does anything slow, installs what is missing where it may, and
//! otherwise prints the one line that would.

mod advisories;
mod bench;
mod browsers;
mod bytes;
mod counts;
mod crates;
mod demo;
mod deploy;
mod docs;
mod draw_over;
mod gallery;
mod integrity;
mod languages;
mod licences;
mod lint;
mod node;
mod package;
mod process;
mod progress;
mod python;
mod rustc;
mod sbom;
mod short_names;
mod site;
mod small_std;
mod suites;
mod test;
mod tools;
mod verdict;
mod wasm;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{CommandFactory, Parser, Subcommand};

/// The project's commands. Each installs what is missing where it may, and otherwise prints the one line that would.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", flatten_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Builds the widget, starts the local pool and serves the demo page
    Demo(demo::Arguments),
    /// Installs what is missing, runs every suite or those named, and counts their tests
    Test(test::Arguments),
    /// Writes the npm package to dist/ and prints its bytes
    Package,
    /// Records what the pool says in the gallery's states anew
    Gallery,
    /// Writes the documentation as a static site, with a playground, to target/docs-site
    Docs(docs::Arguments),
    /// Measures, with peers beside us in one run
    Bench(bench::Arguments),
    /// Runs rustfmt and clippy, builds the documentation, checks licences and advisories
    Lint,
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<ExitCode> {
    match arguments.command {
        Some(Command::Demo(arguments)) => demo::run(&arguments)?,
        Some(Command::Test(arguments)) => return test::run(&arguments),
        Some(Command::Package) => package::run()?,
        Some(Command::Gallery) => gallery::run()?,
        Some(Command::Docs(arguments)) => docs::run(&arguments)?,
        Some(Command::Bench(arguments)) => bench::run(&arguments)?,
        Some(Command::Lint) => lint::run()?,
        None => Arguments::command().print_help()?,
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Arguments, clap::Error> {
        Arguments::try_parse_from(line.split_whitespace())
    }

    #[test]
    fn the_commands_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_wrong_suite_is_an_error_that_lists_the_right_ones() {
        let error = read("xtask test nativ").unwrap_err();
        assert_eq!(error.exit_code(), 2);
        let text = error.to_string();
        assert!(text.contains("'nativ'") && text.contains("native, ") && text.contains(", deploy"), "{text}");
    }

    #[test]
    fn the_help_of_the_tests_says_what_each_suite_is_about() {
        let help = read("xtask test --help").unwrap_err().to_string();
        for suite in &suites::SUITES {
            assert!(help.contains(&format!("- {}:", suite.name)), "{help}");
            assert!(help.contains(suite.about.split(' ').next().unwrap()), "{help}");
        }
    }

    #[test]
    fn a_port_is_a_port() {
        assert!(read("xtask demo --port=8081 --pool-port 9230").is_ok());
        for wrong in ["xtask demo --port 65536", "xtask demo --port", "xtask demo 8080", "xtask package all", "xtask lint all"] {
            assert_eq!(read(wrong).unwrap_err().exit_code(), 2, "{wrong}");
        }
    }

    #[test]
    fn no_command_is_a_question_for_help() {
        assert!(read("xtask").unwrap().command.is_none());
    }
}
