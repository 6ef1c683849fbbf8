//! The elements' script as files: what people wrote, and a module for each language beside English.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::workspace::{Workspace, copy, empty_folder};

/// Where the languages' texts are, in the repository.
const TEXTS: &str = "src/i18n/texts";

/// The language that is in the WebAssembly.
const ENGLISH: &str = "en.json";

/// Copies the modules of the elements.
pub fn copy_element(workspace: &Workspace, folder: &Path) -> Result<()> {
    for entry in std::fs::read_dir(workspace.root.join("src/element"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "js") {
            copy(&path, &folder.join(path.file_name().context("a file without a name")?))?;
        }
    }
    Ok(())
}

/// Writes `lang/<tag>.js` for each language beside English: its texts as the only export, in the form of its file.
pub fn write(workspace: &Workspace, folder: &Path) -> Result<()> {
    let folder = folder.join("lang");
    empty_folder(&folder)?;
    for entry in std::fs::read_dir(workspace.root.join(TEXTS))? {
        let path = entry?.path();
        if path.ends_with(ENGLISH) {
            continue;
        }
        let json = std::fs::read_to_string(&path)?;
        let texts: Value = serde_json::from_str(&json).with_context(|| path.display().to_string())?;
        let name = path.file_stem().context("a file without a name")?;
        let module = folder.join(name).with_extension("js");
        std::fs::write(&module, format!("export default {texts};\n"))?;
    }
    Ok(())
}
