//! `cargo xtask lint`: form, warnings, documentation, what is published, licences, advisories. What cannot be checked here is skipped, and said to be.

use std::process::Command;

use anyhow::{Result, bail};

use crate::process;
use crate::progress::Progress;
use crate::verdict::Verdict;
use crate::workspace::Workspace;
use crate::{advisories, crates, licences, wasm};

type Check = (&'static str, fn(&Workspace) -> Result<Verdict>);

const CHECKS: [Check; 9] = [
    ("rustfmt", |workspace| rustfmt(workspace).map(holds)),
    ("clippy", |workspace| clippy(workspace).map(holds)),
    ("clippy in the browser", |workspace| clippy_wasm(workspace).map(holds)),
    ("rustdoc", |workspace| rustdoc(workspace).map(holds)),
    ("crates to publish", |workspace| crates::check(workspace).map(holds)),
    ("licences", |workspace| licences::check(workspace).map(holds)),
    ("advisories of crates", advisories::crates),
    ("advisories of Node packages", advisories::node),
    ("advisories of Python packages", advisories::python),
];

fn holds((): ()) -> Verdict {
    Verdict::Holds
}

/// Runs every check, whatever became of the others.
pub fn run() -> Result<()> {
    let workspace = Workspace::find()?;
    let mut failed = Vec::new();
    let mut skipped = Vec::new();
    let mut progress = Progress::of(CHECKS.len());
    for (name, check) in CHECKS {
        progress.step(format!("Check `{name}`"));
        match check(&workspace) {
            Ok(Verdict::Holds) => {}
            Ok(Verdict::NotChecked(why)) => {
                println!("SKIPPED, nothing was checked: {why}");
                skipped.push((name, why));
            }
            Err(error) => {
                println!("\nerror in check `{name}`: {error:#}");
                failed.push(name);
            }
        }
    }
    print!("\n{}", summary(CHECKS.len(), failed.len(), &skipped));
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    Ok(())
}

/// How many hold, fail, and were not made. Not in the words of test runners: these are no tests.
fn summary(all: usize, failed: usize, skipped: &[(&str, String)]) -> String {
    let held = all - failed - skipped.len();
    let mut text = format!("{held} of {all} checks hold; {failed} failed; {} skipped\n", skipped.len());
    for (name, why) in skipped {
        text += &format!("  skipped: {name}: {why}\n");
    }
    text
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
        "--package=constant-time",
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_checked_is_not_counted_as_holding() {
        let skipped = [("advisories of crates", "cargo-deny is not installed".to_owned())];
        let expected = "6 of 8 checks hold; 1 failed; 1 skipped\n  skipped: advisories of crates: cargo-deny is not installed\n";
        assert_eq!(summary(8, 1, &skipped), expected);
        assert_eq!(summary(8, 0, &[]), "8 of 8 checks hold; 0 failed; 0 skipped\n");
    }
}
