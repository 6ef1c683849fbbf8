//! The elements' script as files: what people wrote, the style sheets as a module, and a module for each language beside English.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::workspace::{Workspace, copy, empty_folder};

/// Where the languages' texts are, in the repository.
const TEXTS: &str = "src/i18n/texts";

/// The style sheets by the names that the module exports them by: what the first form needs, and what comes with the WebAssembly.
const STYLES: [(&str, &[&str]); 2] =
    [("FORM", &["style/tokens.css", "style/form.css"]), ("SCREENS", &["style/notices.css", "style/screens.css"])];

/// The style sheets as a module, which the elements' script imports by this name.
const STYLES_MODULE: &str = "styles.js";

/// The language that is in the WebAssembly.
const ENGLISH: &str = "en.json";

/// Copies the modules of the elements, and writes the one with the style sheets.
pub fn copy_element(workspace: &Workspace, folder: &Path) -> Result<()> {
    for entry in std::fs::read_dir(workspace.root.join("src/element"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "js") {
            copy(&path, &folder.join(path.file_name().context("a file without a name")?))?;
        }
    }
    write_styles(workspace, folder, Ok)
}

/// Writes the module with the style sheets, each as `change` makes it.
pub fn write_styles(workspace: &Workspace, folder: &Path, change: impl Fn(String) -> Result<String>) -> Result<()> {
    let mut module = String::new();
    for (name, files) in STYLES {
        let read = |file: &&str| std::fs::read_to_string(workspace.root.join(file)).with_context(|| (*file).to_owned());
        let css = change(files.iter().map(read).collect::<Result<_>>()?)?;
        module.push_str(&format!("export const {name} = {};\n", Value::from(css.trim_end())));
    }
    Ok(std::fs::write(folder.join(STYLES_MODULE), module)?)
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
