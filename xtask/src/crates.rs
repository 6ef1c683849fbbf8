//! The crates that are published: what is packed for the registry, and that nothing else can be.
//!
//! Whether they build out of what is packed, `cargo package` without `--no-verify` tells; that compiles all that they depend on anew, which
//! is for whoever publishes.

use anyhow::Result;

use crate::process;
use crate::workspace::Workspace;

/// In the order in which they depend on each other. All others have `publish = false`.
const PUBLISHED: [&str; 3] = ["one-time-code", "cognito-protocol", "cognito-login"];

/// Packs them as the registry would get them: with versions for what they depend on, and what a registry wants to know of a crate.
pub fn check(workspace: &Workspace) -> Result<()> {
    let mut package = workspace.cargo();
    package.args(["package", "--quiet", "--allow-dirty", "--no-verify"]);
    for name in PUBLISHED {
        package.args(["--package", name]);
    }
    process::run(&mut package)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    use serde_json::Value;

    use super::*;

    fn packages(workspace: &Workspace) -> Vec<Value> {
        let metadata = process::output(workspace.cargo().args(["metadata", "--no-deps", "--format-version=1"])).unwrap();
        let metadata: Value = serde_json::from_str(&metadata).unwrap();
        metadata["packages"].as_array().unwrap().clone()
    }

    /// The files of a package as they are packed.
    fn packed(workspace: &Workspace, name: &str) -> BTreeSet<PathBuf> {
        let list = ["package", "--list", "--quiet", "--allow-dirty", "--package", name];
        process::output(workspace.cargo().args(list)).unwrap().lines().map(PathBuf::from).collect()
    }

    /// The files below a folder.
    fn files(folder: &Path) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
    }

    /// A path without `..`.
    fn resolved(path: &Path) -> PathBuf {
        let mut result = PathBuf::new();
        for part in path {
            if part == ".." {
                result.pop();
            } else {
                result.push(part);
            }
        }
        result
    }

    #[test]
    fn these_crates_are_published_and_no_others() {
        let packages = packages(&Workspace::find().unwrap());
        let published = packages.iter().filter(|package| package["publish"].is_null());
        let published: BTreeSet<&str> = published.map(|package| package["name"].as_str().unwrap()).collect();
        assert_eq!(published, BTreeSet::from(PUBLISHED));
    }

    #[test]
    fn what_is_packed_is_what_they_are_built_of() {
        let workspace = Workspace::find().unwrap();
        for package in packages(&workspace) {
            let name = package["name"].as_str().unwrap();
            if !PUBLISHED.contains(&name) {
                continue;
            }
            let folder = Path::new(package["manifest_path"].as_str().unwrap()).parent().unwrap().to_path_buf();
            let packed = packed(&workspace, name);
            for file in ["Cargo.toml", "README.md", "LICENSE-APACHE", "LICENSE-MIT", "src/lib.rs"] {
                assert!(packed.contains(Path::new(file)), "{name} lacks {file}");
            }
            for file in files(&folder.join("src")).iter().filter(|file| file.extension().is_some_and(|end| end == "rs")) {
                let file = file.strip_prefix(&folder).unwrap();
                // The program is the demo's.
                assert_eq!(packed.contains(file), file != Path::new("src/main.rs"), "{name}: {}", file.display());
                let code = std::fs::read_to_string(folder.join(file)).unwrap();
                // What is only tested stays here with its data.
                let code = code.split("#[cfg(test)]").next().unwrap();
                for included in code.split("include_str!(\"").skip(1).filter(|_| !file.ends_with("tests.rs")) {
                    let included = resolved(&file.parent().unwrap().join(included.split('"').next().unwrap()));
                    assert!(packed.contains(&included), "{name} lacks {}, which {} includes", included.display(), file.display());
                }
            }
            for file in &packed {
                let top = file.iter().next().unwrap().to_string_lossy();
                let is_wanted = ["src", "build", "style"].contains(&&*top) || file.iter().count() == 1;
                assert!(is_wanted && file.extension().is_none_or(|end| end != "js"), "{name} has {}", file.display());
            }
        }
    }

    #[test]
    fn the_build_step_finds_every_language() {
        let workspace = Workspace::find().unwrap();
        let packed = packed(&workspace, "cognito-login");
        for file in files(&workspace.root.join("src/i18n/texts")) {
            let file = file.strip_prefix(&workspace.root).unwrap();
            assert!(packed.contains(file), "{}", file.display());
        }
    }
}
