//! Pythons of the tests' own, so that their packages touch nobody else's, nor each other's.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::process::{self, say};
use crate::tools;
use crate::workspace::Workspace;

/// Makes the virtual environment `name` with the packages of a requirements file; returns its Python.
pub fn environment(workspace: &Workspace, name: &str, requirements: &Path) -> Result<PathBuf> {
    let folder = workspace.target.join("python").join(name);
    let python = folder.join("bin/python");
    let wanted = std::fs::read(requirements)?;
    let stamp = folder.join("installed-requirements.txt");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    say(format!("Installing the Python packages of the suite `{name}`"));
    if !makes_environments() {
        tools::apt_install(&["python3", "python3-venv"], "Python 3 with its module venv is needed")?;
    }
    if !process::succeeds(Command::new("python3").args(["-c", "import sys; sys.exit(sys.version_info < (3, 11))"])) {
        bail!(
            "`python3` is older than 3.11, which the pinned packages need: put a newer one on PATH, then run this command again"
        );
    }
    process::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    process::run(
        Command::new(&python).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]).arg(requirements),
    )?;
    std::fs::write(stamp, wanted)?;
    Ok(python)
}

/// Debian ships Python without the part that fills a new environment.
fn makes_environments() -> bool {
    process::succeeds(Command::new("python3").args(["-c", "import venv, ensurepip"]))
}
