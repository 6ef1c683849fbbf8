//! `cargo xtask lint`: form, warnings, documentation, licences, advisories.

use std::process::Command;

use anyhow::{Result, bail};

use crate::process::{self, say};
use crate::workspace::Workspace;
use crate::{advisories, licences, wasm};

type Check = (&'static str, fn(&Workspace) -> Result<()>);

const CHECKS: [Check; 6] = [
    ("rustfmt", rustfmt),
    ("clippy", clippy),
    ("clippy in the browser", clippy_wasm),
    ("rustdoc", rustdoc),
    ("licences", licences::check),
    ("advisories", advisories::check),
];

/// Runs every check, whatever became of the others.
pub fn run() -> Result<()> {
    let workspace = Workspace::find()?;
    let mut failed = Vec::new();
    for (name, check) in CHECKS {
        say(format!("Check `{name}`"));
        if let Err(error) = check(&workspace) {
            println!("\nerror in check `{name}`: {error:#}");
            failed.push(name);
        }
    }
    // Not in the words of test runners: these are no tests.
    println!("\n{} of {} checks hold", CHECKS.len() - failed.len(), CHECKS.len());
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    Ok(())
}

fn rustfmt(workspace: &Workspace) -> Result<()> {
    ensure_component(workspace, "fmt", "rustfmt")?;
    process::run(workspace.cargo().args(["fmt", "--all", "--check"]))
}

fn clippy(workspace: &Workspace) -> Result<()> {
    ensure_component(workspace, "clippy", "clippy")?;
    process::run(workspace.cargo().args(["clippy", "--workspace", "--all-targets", "--locked", "--", "-Dwarnings"]))
}

/// Again as the browser gets it: what is under `cfg(target_arch = "wasm32")` is not there natively. The tests are native.
fn clippy_wasm(workspace: &Workspace) -> Result<()> {
    ensure_component(workspace, "clippy", "clippy")?;
    wasm::ensure_target()?;
    process::run(workspace.cargo().args([
        "clippy",
        "--package=cognito-login",
        "--package=cognito-login-wasm",
        "--lib",
        "--bins",
        "--locked",
        "--target",
        wasm::TARGET,
        "--",
        "-Dwarnings",
    ]))
}

fn rustdoc(workspace: &Workspace) -> Result<()> {
    process::run(workspace.cargo().args(["doc", "--workspace", "--no-deps", "--locked"]).env("RUSTDOCFLAGS", "-Dwarnings"))
}

/// A toolchain installed with the smallest profile has neither of the two.
fn ensure_component(workspace: &Workspace, subcommand: &str, component: &str) -> Result<()> {
    if process::succeeds(workspace.cargo().args([subcommand, "--version"])) {
        return Ok(());
    }
    if process::find("rustup").is_none() {
        bail!("this Rust toolchain has no {component}, and there is no rustup to add it");
    }
    process::run(Command::new("rustup").args(["component", "add", component]))
}
