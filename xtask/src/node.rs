//! Node and the tools that the npm registry carries: esbuild, wasm-opt, tsc.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::{self, say};
use crate::workspace::Workspace;

/// The oldest Node that the tools of package-lock.json run on.
const OLDEST: u32 = 20;

/// Makes `node_modules` what package-lock.json says. Returns at once where it is so already.
pub fn install(workspace: &Workspace) -> Result<()> {
    install_in(&workspace.root)
}

/// The same in a folder that has a package-lock.json of its own.
pub fn install_in(folder: &Path) -> Result<()> {
    check_version()?;
    let lock = std::fs::read(folder.join("package-lock.json"))?;
    // npm's own copy of the lock differs from ours in what it leaves out, so ours is kept beside it.
    let stamp = folder.join("node_modules/.installed-lock.json");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    say(format!("Installing the Node packages of {}", folder.join("package-lock.json").display()));
    // Nothing is run that comes with a package. One has a script, esbuild's, which only puts its program where it starts sooner.
    let install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    process::run(Command::new("npm").args(install).current_dir(folder))?;
    std::fs::write(stamp, lock)?;
    Ok(())
}

/// A program that a Node package brought.
pub fn program(workspace: &Workspace, name: &str) -> Command {
    let mut command = Command::new(programs(workspace).join(name));
    command.current_dir(&workspace.root);
    command
}

/// The folder of those programs.
pub fn programs(workspace: &Workspace) -> PathBuf {
    workspace.root.join("node_modules/.bin")
}

/// Runs the tests `*.test.mjs` of a folder.
pub fn test(workspace: &Workspace, folder: &str) -> Result<Command> {
    Ok(test_files(workspace, &tests_of(workspace, folder)?))
}

/// The tests `*.test.mjs` of a folder.
pub fn tests_of(workspace: &Workspace, folder: &str) -> Result<Vec<String>> {
    let listed = std::fs::read_dir(workspace.root.join(folder)).with_context(|| format!("cannot read {folder}"))?;
    let mut files = Vec::new();
    for entry in listed {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".test.mjs") {
            files.push(format!("{folder}/{name}"));
        }
    }
    if files.is_empty() {
        bail!("there is no test in {folder}");
    }
    files.sort();
    Ok(files)
}

/// Runs the tests of some files.
pub fn test_files(workspace: &Workspace, files: &[String]) -> Command {
    let mut command = Command::new("node");
    // Files by name: what a folder means differs between versions of Node. The reporter is that of a terminal, though it writes to us.
    command.args(["--test", "--test-reporter=spec"]).args(files).current_dir(&workspace.root);
    command
}

fn check_version() -> Result<()> {
    let found = process::find("node").is_some() && process::find("npm").is_some();
    if !found {
        bail!(
            "this command needs Node {OLDEST} or later with npm, and there is none on PATH. \
             `cargo xtask demo` works without."
        );
    }
    let version = process::output(Command::new("node").arg("--version"))?;
    let major = version.trim().trim_start_matches('v').split('.').next();
    match major.and_then(|major| major.parse::<u32>().ok()) {
        Some(major) if major >= OLDEST => Ok(()),
        _ => bail!("this command needs Node {OLDEST} or later; the one on PATH is {version}"),
    }
}
