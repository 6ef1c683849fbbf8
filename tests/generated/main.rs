//! What is written twice is generated: the package's types, manifest and documentation, and the script's lists, out of the tables in
//! `src/reference`, the machine's screens and notices, and the texts.
//!
//! A file that is stale is rewritten and the test fails, so that one more run passes and the change is seen before it is committed.
//! In files that people write, only what stands between two comments is generated: `generated: NAME` and `end of generated`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "../../build/check.rs"]
mod check;
mod consistent;
mod first_form;
#[path = "../../build/generate.rs"]
mod generate;
#[path = "../../build/language.rs"]
mod language;
mod manifest;
mod markdown;
#[path = "../../src/i18n/plural.rs"]
mod plural;
mod script;
mod sections;
mod troubleshooting;
mod types;

use std::{fs, path::Path};

use language::Language;

/// Compares a file with what it should be, and mends it.
fn is_up_to_date(file: &str, make: impl FnOnce(&str) -> String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let committed = fs::read_to_string(&path).unwrap_or_default();
    let made = make(&committed);
    if made != committed {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, made).unwrap();
        panic!("{file} was stale and has been rewritten: commit it");
    }
}

/// The language files, English first.
fn languages() -> Vec<Language> {
    language::read_all(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[test]
fn the_languages_are_complete() {
    let languages = languages();
    check::check(&languages).unwrap();
    // The program that was built has the same.
    let tags: Vec<&str> = languages.iter().map(|language| language.tag.as_str()).collect();
    assert_eq!(tags, cognito_login::LANGUAGES);
    assert!(generate::rust(&languages).contains(cognito_login::Key::SignInHeading.name()));
}

#[test]
fn the_demo_and_the_gallery_offer_every_language() {
    let read = |file: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let sorted = |mut tags: Vec<String>| {
        tags.sort();
        tags
    };
    let ours = sorted(cognito_login::LANGUAGES.iter().map(|tag| (*tag).to_owned()).collect());
    let page = read("index.html");
    let (_, select) = page.split_once("<select id=\"language\">").unwrap();
    let (options, _) = select.split_once("</select>").unwrap();
    let offered = options.split("value=\"").skip(1).map(|option| option.split('"').next().unwrap().to_owned());
    assert_eq!(sorted(offered.collect()), ours);
    let gallery: serde_json::Value = serde_json::from_str(&read("demo/gallery/states.json")).unwrap();
    let shown = gallery["languages"].as_array().unwrap().iter().map(|tag| tag.as_str().unwrap().to_owned());
    assert_eq!(sorted(shown.collect()), ours);
}

#[test]
fn the_scripts_lists_are_up_to_date() {
    is_up_to_date("src/element/generated.js", |_| script::lists(&languages()));
}

#[test]
fn the_scripts_form_is_up_to_date() {
    is_up_to_date("src/element/form-layout.js", |_| first_form::layout(&languages()));
}

#[test]
fn the_manifest_is_up_to_date() {
    is_up_to_date("npm/custom-elements.json", |_| manifest::manifest());
}

#[test]
fn the_types_are_up_to_date() {
    is_up_to_date("npm/cognito-login.d.ts", |committed| sections::replaced(committed, &types::sections(&languages())));
}

#[test]
fn the_packages_readme_is_up_to_date() {
    is_up_to_date("npm/README.md", |committed| sections::replaced(committed, &markdown::of_package(&languages())));
}

#[test]
fn the_projects_readme_is_up_to_date() {
    is_up_to_date("README.md", |committed| sections::replaced(committed, &markdown::of_project()));
}

#[test]
fn the_page_of_faults_is_up_to_date() {
    is_up_to_date("docs/troubleshooting.md", |committed| sections::replaced(committed, &troubleshooting::sections()));
}

#[test]
fn the_list_of_texts_is_up_to_date() {
    is_up_to_date("npm/TEXTS.md", |_| markdown::texts(&languages()));
}
