//! Makes Rust of the texts: `src/i18n/texts/*.json` become the enum of keys, the English texts and those of the other languages.
//!
//! A language with a text too few or too many, or with other placeholders than the English, ends the build with a sentence that
//! names the file and the key.
#![allow(clippy::panic)]

mod check;
mod generate;
mod language;
#[allow(dead_code, reason = "the program asks for the category of a number")]
#[path = "../src/i18n/plural.rs"]
mod plural;

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed={}", language::FOLDER);
    if let Err(problem) = write_texts() {
        panic!("{problem}");
    }
}

fn write_texts() -> Result<(), String> {
    let root = std::env::var("CARGO_MANIFEST_DIR").map_err(|_| "cargo has not said where the package is")?;
    let out = std::env::var("OUT_DIR").map_err(|_| "cargo has not said where to write to")?;
    let languages = language::read_all(Path::new(&root))?;
    check::check(&languages)?;
    let file = Path::new(&out).join("texts.rs");
    std::fs::write(&file, generate::rust(&languages)).map_err(|error| format!("{}: {error}", file.display()))
}
