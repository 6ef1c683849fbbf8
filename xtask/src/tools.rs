//! Programs that tests need and that a fresh machine has not: a browser with its driver, the driver of Firefox, trunk and the
//! wasm-bindgen that trunk runs. What is there is used; what is not is installed where that can be done without asking for a password.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::process::{self, say};
use crate::workspace::Workspace;

/// Must match the crate `wasm-bindgen` to the last digit; a test compares it with Cargo.lock.
pub const WASM_BINDGEN: &str = "0.2.130";

/// The newest trunk that builds with the Rust this project supports.
const TRUNK: &str = "0.21.14";

/// Drives every Firefox of the last years.
const GECKODRIVER: &str = "0.37.1";

/// A Chromium or Chrome and the WebDriver that drives it.
pub struct Browser {
    /// The browser's program.
    pub chrome: PathBuf,
    /// The driver's program.
    pub driver: PathBuf,
}

/// Finds Chromium and its driver, and installs them where the system's package manager may.
pub fn browser() -> Result<Browser> {
    if let Some(browser) = find_browser() {
        return Ok(browser);
    }
    say("Installing Chromium and its driver");
    apt_install(
        &["chromium", "chromium-driver"],
        "Chromium (or Chrome) and its chromedriver are needed on PATH, or named by the variables CHROME and CHROMEDRIVER",
    )?;
    match find_browser() {
        Some(browser) => Ok(browser),
        None => bail!("Chromium was installed, but it or its chromedriver is not on PATH"),
    }
}

fn find_browser() -> Option<Browser> {
    let mac = Path::new("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    let chrome = from_variable("CHROME")
        .or_else(|| process::find("chromium"))
        .or_else(|| process::find("chromium-browser"))
        .or_else(|| process::find("google-chrome"))
        .or_else(|| mac.exists().then(|| mac.into()))?;
    let driver = from_variable("CHROMEDRIVER").or_else(|| process::find("chromedriver"))?;
    Some(Browser { chrome, driver })
}

/// The file that a variable names, if it is there.
pub fn from_variable(name: &str) -> Option<PathBuf> {
    let file = PathBuf::from(std::env::var_os(name)?);
    file.exists().then_some(file)
}

/// Installs Debian's packages; where that cannot be done without a person, says the one line to run.
pub fn apt_install(packages: &[&str], otherwise: &str) -> Result<()> {
    let line = format!("apt-get install --yes {}", packages.join(" "));
    if process::find("apt-get").is_none() {
        bail!("{otherwise}. On Debian and Ubuntu: sudo {line}");
    }
    let root = process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !root && !process::succeeds(Command::new("sudo").args(["-n", "true"])) {
        bail!("{otherwise}. Please run: sudo {line}");
    }
    let apt = || {
        let mut command = Command::new(if root { "env" } else { "sudo" });
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=2"]);
        command
    };
    process::run(apt().arg("update"))?;
    process::run(apt().args(["install", "--yes", "--no-install-recommends"]).args(packages))
}

/// The folder with `wasm-bindgen` of the version of the crate.
pub fn wasm_bindgen(workspace: &Workspace) -> Result<PathBuf> {
    // Not --locked: a dependency in that release's own lock file was withdrawn from the registry.
    let install = ["wasm-bindgen-cli", "--version", WASM_BINDGEN];
    let right = |version: &str| version.split_whitespace().any(|word| word == WASM_BINDGEN);
    folder_of(workspace, "wasm-bindgen", right, &install)
}

/// The folder with `trunk`.
pub fn trunk(workspace: &Workspace) -> Result<PathBuf> {
    let install = ["trunk", "--version", TRUNK, "--locked"];
    let right = |version: &str| version.starts_with("trunk 0.21.");
    folder_of(workspace, "trunk", right, &install)
}

/// The folder with `geckodriver`, which Debian does not have.
pub fn geckodriver(workspace: &Workspace) -> Result<PathBuf> {
    let install = ["geckodriver", "--version", GECKODRIVER, "--locked"];
    // The first that gives tests the browser's own window is 0.36.
    let right = |version: &str| version.starts_with("geckodriver 0.36.") || version.starts_with("geckodriver 0.37.");
    folder_of(workspace, "geckodriver", right, &install)
}

/// Looks for a program on PATH, then in `target/tools`, and installs it there as the last resort, where it replaces
/// nothing that the person has.
fn folder_of(workspace: &Workspace, program: &str, right_version: impl Fn(&str) -> bool, install: &[&str]) -> Result<PathBuf> {
    let ours = workspace.target.join("tools");
    let candidates = process::find(program).into_iter().chain([ours.join("bin").join(program)]);
    for file in candidates.filter(|file| file.exists()) {
        let version = process::output(Command::new(&file).arg("--version")).unwrap_or_default();
        if right_version(&version) {
            return Ok(file.parent().map(Path::to_path_buf).unwrap_or_default());
        }
    }
    say(format!("Installing {program} with cargo (some minutes)"));
    let mut cargo = workspace.cargo();
    cargo.args(["install", "--quiet"]).args(install);
    // They run for seconds; optimised to the last, trunk alone would compile for longer than all of our tests run.
    cargo.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    cargo.env("CARGO_PROFILE_RELEASE_LTO", "off");
    cargo.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    // Somebody who has another version keeps it.
    let elsewhere = process::find(program).is_some();
    if elsewhere {
        cargo.arg("--root").arg(&ours);
    }
    process::run(&mut cargo)?;
    match process::find(program).filter(|_| !elsewhere) {
        Some(file) => Ok(file.parent().map(Path::to_path_buf).unwrap_or_default()),
        None if elsewhere => Ok(ours.join("bin")),
        None => bail!("{program} was installed by cargo, but cargo's bin folder is not on PATH"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_has_the_version_of_the_crate() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let lock = std::fs::read_to_string(root.join("Cargo.lock")).unwrap();
        let crate_and_version = format!("name = \"wasm-bindgen\"\nversion = \"{WASM_BINDGEN}\"");
        assert!(lock.contains(&crate_and_version));
    }
}
