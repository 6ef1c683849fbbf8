//! What the code cites of docs/cognito.md is there.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use std::{
    fs,
    path::{Path, PathBuf},
};

const CITED: &str = "docs/cognito.md#";

/// The name that a link to a heading has.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|char| char.is_alphanumeric() || " -_".contains(*char));
    kept.map(|char| if char == ' ' { '-' } else { char.to_ascii_lowercase() }).collect()
}

fn files_below(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        if name.starts_with('.') || ["target", "node_modules", "dist"].contains(&&*name) {
            continue;
        }
        if entry.file_type().expect("a type").is_dir() {
            files_below(&path, files);
        } else if ["rs", "md"].iter().any(|extension| path.extension().is_some_and(|its| its == *extension)) {
            files.push(path);
        }
    }
}

#[test]
fn every_section_of_the_protocol_page_that_is_cited_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = fs::read_to_string(root.join("docs/cognito.md")).expect("the page");
    let anchors: Vec<String> =
        page.lines().filter(|line| line.starts_with('#')).map(|line| anchor(line.trim_start_matches('#').trim())).collect();
    let mut files = Vec::new();
    files_below(&root, &mut files);
    let check = |file: &Path, rest: &str| {
        let cited: String = rest.chars().take_while(|char| char.is_ascii_alphanumeric() || "-_".contains(*char)).collect();
        assert!(anchors.contains(&cited), "{}: no section `{cited}` in docs/cognito.md", file.display());
    };
    let mut citations = 0;
    for file in files.iter().filter(|file| !file.ends_with("tests/citations.rs")) {
        let text = fs::read_to_string(file).expect("text");
        for rest in text.split(CITED).skip(1) {
            check(file, rest);
            citations += 1;
        }
    }
    for rest in page.split("](#").skip(1) {
        check(Path::new("docs/cognito.md"), rest);
    }
    assert!(citations > 0, "nothing is cited: does the search still look at the code?");
}
