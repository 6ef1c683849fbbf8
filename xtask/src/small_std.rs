//! A standard library compiled for size, for what pages download.
//!
//! The one that comes with Rust is built for speed and explains every panic. Compiling it anew takes unstable options, so it is
//! tied to one version of the compiler, which rustup fetches beside the one in use. Everything else in the project is built by
//! whatever stable Rust is at hand, and so is the package where that version cannot be had.

use std::process::Command;

use anyhow::{Result, bail};

use crate::process::{self, say};
use crate::rustc;
use crate::workspace::Workspace;

/// The compiler that the options below were tried with.
const VERSION: &str = "1.95.0";

/// Allows those options in a stable compiler.
const UNSTABLE: (&str, &str) = ("RUSTC_BOOTSTRAP", "1");

/// For cargo: which crates of the standard library to compile, and how.
const CARGO: [&str; 2] = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];

/// For the compiler. A panic becomes a bare trap: there is nobody on a page to read its text. `Debug` writes nothing, which no
/// text that people see is made with. Inlining a little more than for the smallest code makes code that compresses better.
pub const RUSTC: [&str; 5] = [
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    "-Zlocation-detail=none",
    "-Zfmt-debug=none",
    "-Cllvm-args=-inline-threshold=10",
];

/// A compiler of that version with the sources of its standard library.
#[derive(Debug)]
pub struct SmallStd {
    /// Another version is in use, so rustup has to start this one.
    through_rustup: bool,
}

/// Finds the compiler, and lets rustup install what is missing of it. The error says why there is none.
pub fn find() -> Result<SmallStd> {
    let at_hand = rustc::answer(rustc::in_use().arg("--version")).is_some_and(|answer| is_version(&answer));
    let found = SmallStd { through_rustup: !at_hand };
    if found.has_sources() {
        return Ok(found);
    }
    if process::find("rustup").is_none() {
        bail!("it takes Rust {VERSION} with its component rust-src, and there is no rustup to install them");
    }
    say(format!("Adding Rust {VERSION} with the sources of its standard library, for what pages download"));
    let mut rustup = Command::new("rustup");
    if found.through_rustup {
        rustup.args(["toolchain", "install", VERSION, "--profile=minimal", "--component=rust-src", "--no-self-update"]);
    } else {
        rustup.args(["component", "add", "rust-src"]);
    }
    process::run(&mut rustup)?;
    if !found.has_sources() {
        bail!("it takes Rust {VERSION} with its component rust-src; rustup installed both, but they are not to be found");
    }
    Ok(found)
}

impl SmallStd {
    /// Cargo with that compiler, told to compile the standard library too.
    pub fn cargo_build(&self, workspace: &Workspace) -> Command {
        let mut cargo = if self.through_rustup { self.tool("cargo") } else { workspace.cargo() };
        // A folder of its own: build scripts ask whether unstable options are allowed, and each change would build all again.
        cargo.current_dir(&workspace.root).env(UNSTABLE.0, UNSTABLE.1).arg("build").args(CARGO);
        cargo
    }

    /// The compiler, to be asked about itself.
    pub fn rustc(&self) -> Command {
        if self.through_rustup { self.tool("rustc") } else { rustc::in_use() }
    }

    fn has_sources(&self) -> bool {
        let sources = rustc::sources_of_std(&mut self.rustc());
        sources.is_some_and(|sources| sources.join("library/Cargo.lock").is_file())
    }

    fn tool(&self, name: &str) -> Command {
        let mut command = Command::new("rustup");
        // What whoever started us chose for the version in use.
        for chosen in ["CARGO", "RUSTC"] {
            command.env_remove(chosen);
        }
        command.args(["run", VERSION, name]);
        command
    }
}

/// Whether `rustc --version` answered with our version.
fn is_version(answer: &str) -> bool {
    answer.split_whitespace().nth(1) == Some(VERSION)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_very_version_will_do() {
        assert!(is_version(&format!("rustc {VERSION} (59807616e 2026-04-14)\n")));
        for other in ["rustc 1.95.1 (abc 2026-05-01)", "rustc 1.95.0-nightly (abc 2026-02-01)", "rustc", ""] {
            assert!(!is_version(other), "{other}");
        }
    }
}
