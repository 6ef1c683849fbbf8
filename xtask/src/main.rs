//! The project's commands: `cargo xtask demo | test | package | bench | lint`.
//!
//! Each command says what it is doing before it does anything slow, installs what is missing where it may, and
//! otherwise prints the one line that would.

mod advisories;
mod bench;
mod bytes;
mod demo;
mod deploy;
mod licences;
mod lint;
mod node;
mod package;
mod process;
mod python;
mod short_names;
mod site;
mod small_std;
mod suites;
mod test;
mod tools;
mod wasm;
mod workspace;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask COMMAND

  demo     builds the widget, starts the local pool and serves the demo page
             --port PORT        where the page is served; default 8080
             --pool-port PORT   where the pool listens; default 9229
  test     installs what is missing and runs every suite, or those named:
             native  deploy  package  web  interop  e2e  trunk  lambda
  package  writes the npm package to dist/ and prints its bytes
  bench    measures, with peers beside us in one run:
             triggers
  lint     rustfmt, clippy, rustdoc, licences and advisories
";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let result = match command.as_str() {
        "demo" => demo::run(&rest),
        "test" => test::run(&rest),
        "package" => package::run(&rest),
        "bench" => bench::run(&rest),
        "lint" => lint::run(&rest),
        "" | "help" | "-h" | "--help" => {
            print!("{USAGE}");
            Ok(())
        }
        other => Err(anyhow::anyhow!("there is no command `{other}`\n\n{USAGE}")),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
