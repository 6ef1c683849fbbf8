//! Where the repository and what is built from it lie.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::process;

/// The repository, as cargo sees it.
pub struct Workspace {
    /// The folder of the workspace's Cargo.toml.
    pub root: PathBuf,
    /// Where cargo builds.
    pub target: PathBuf,
    /// The version of the package `cognito-login`.
    pub version: String,
}

impl Workspace {
    /// Asks cargo, so that a moved target folder is respected.
    pub fn find() -> Result<Self> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let here = std::env::var_os("CARGO_MANIFEST_DIR").map_or(here.into(), PathBuf::from);
        let text = process::output(process::cargo().args(["metadata", "--no-deps", "--format-version=1"]).current_dir(here))?;
        let metadata: Value = serde_json::from_str(&text).context("cargo metadata")?;
        let folder = |key: &str| {
            let folder = metadata[key].as_str();
            folder.map(PathBuf::from).with_context(|| format!("cargo metadata has no {key}"))
        };
        let version = metadata["packages"]
            .as_array()
            .and_then(|packages| packages.iter().find(|one| one["name"] == "cognito-login"))
            .and_then(|package| package["version"].as_str())
            .context("cargo metadata has no package cognito-login")?;
        Ok(Self { root: folder("workspace_root")?, target: folder("target_directory")?, version: version.to_owned() })
    }

    /// Cargo, in the repository.
    pub fn cargo(&self) -> std::process::Command {
        let mut cargo = process::cargo();
        cargo.current_dir(&self.root);
        cargo
    }

    /// Where the npm package is written.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }
}

/// A copy of a file, with an error that names it.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::copy(from, to).with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    Ok(())
}

/// An empty folder: what was there before is gone.
pub fn empty_folder(folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))
}
