//! Pythons of the tests' own, so that their packages touch nobody else's, nor each other's.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::{self, say};
use crate::tools;
use crate::workspace::Workspace;

/// Makes the virtual environment `name` with the packages of a requirements file, each with the hash of it that stands there; returns
/// its Python.
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
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--no-deps"]);
    if cfg!(all(target_os = "linux", target_env = "gnu")) {
        // Nothing is run that comes with a package. Elsewhere some of the pins exist as sources alone, which run to be built.
        pip.arg("--only-binary=:all:");
    }
    process::run(pip.arg("-r").arg(requirements))?;
    // Every dependency is among the pins. Resolving them anew leads older versions of pip to others, which have no hash there.
    process::run(Command::new(&python).args(["-m", "pip", "--disable-pip-version-check", "check"]))?;
    std::fs::write(stamp, wanted)?;
    Ok(python)
}

/// Every file of requirements in a folder of the repository, and in those below.
pub fn requirements(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            // What is built and what is installed is not ours.
            if !name.starts_with('.') && !["target", "node_modules"].contains(&name.as_ref()) {
                found.extend(requirements(&path)?);
            }
        } else if name.starts_with("requirements") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Debian ships Python without the part that fills a new environment.
fn makes_environments() -> bool {
    process::succeeds(Command::new("python3").args(["-c", "import venv, ensurepip"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pin_has_a_hash() {
        let files = requirements(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).unwrap();
        assert!(files.len() >= 4, "{files:?}");
        for file in files {
            let entries = std::fs::read_to_string(&file).unwrap().replace("\\\n", " ");
            let pins = entries.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
            let without: Vec<&str> = pins.filter(|pin| !pin.contains("==") || !pin.contains(" --hash=sha256:")).collect();
            assert!(without.is_empty(), "{}: {without:?}", file.display());
        }
    }
}
