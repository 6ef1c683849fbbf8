//! The gallery has a state for whatever the widget can show. What the states look like, `*.test.mjs` see in a browser.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use cognito_protocol::{
    fault::Fault,
    flow::{NoticeKind, Screen},
};
use serde_json::{Map, Value};

/// Notices that no screen shows: they reject what the page asked for.
const ANSWERS_TO_THE_PAGE: [NoticeKind; 2] = [NoticeKind::NotSignedIn, NoticeKind::ScreenUnavailable];

fn root() -> String {
    std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned())
}

fn gallery(name: &str) -> Value {
    let text = std::fs::read_to_string(format!("{}/demo/gallery/{name}.json", root())).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The groups of the gallery: a screen each, and one for what is no screen.
fn groups() -> Vec<Value> {
    texts(&gallery("states")["groups"]).into_iter().map(|name| gallery(&format!("states/{name}"))).collect()
}

fn object<'a>(value: &'a Value, key: &str) -> &'a Map<String, Value> {
    value[key].as_object().unwrap()
}

/// The texts in a list.
fn texts(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// The names that have no state, of all that there are.
fn missing<'a>(all: impl Iterator<Item = &'a str>, shown: &BTreeSet<String>) -> Vec<&'a str> {
    all.filter(|name| !shown.contains(*name)).collect()
}

#[test]
fn every_screen_has_states_of_its_own() {
    let groups = groups();
    let shown = groups.iter().filter_map(|group| group["screen"].as_str()).map(str::to_owned).collect();
    let missed = missing(Screen::ALL.iter().map(|screen| screen.as_str()), &shown);
    assert!(missed.is_empty(), "demo/gallery/states has no file for {missed:?}; ARCHITECTURE.md says how to add one");
    assert_eq!(groups.len(), Screen::ALL.len() + 1, "a screen stands there twice, or is none");
    assert!(groups.iter().all(|group| !object(group, "states").is_empty()));
}

#[test]
fn the_id_of_a_state_begins_with_the_name_of_its_group() {
    for name in texts(&gallery("states")["groups"]) {
        for id in object(&gallery(&format!("states/{name}")), "states").keys() {
            assert!(id == name || id.starts_with(&format!("{name}-")), "{id} in demo/gallery/states/{name}.json");
        }
    }
}

#[test]
fn everything_that_people_are_told_is_in_some_state() {
    let replies = gallery("replies");
    let mut shown = BTreeSet::new();
    for group in groups() {
        let written = object(&group, "states").values().filter_map(|state| state["notice"].as_str());
        let of_replies = texts(&group["failing"]["replies"]).into_iter().filter_map(|name| replies[name]["notice"].as_str());
        shown.extend(written.chain(of_replies).map(str::to_owned));
    }
    let told = NoticeKind::ALL.iter().filter(|kind| !ANSWERS_TO_THE_PAGE.contains(kind));
    let missed = missing(told.map(|kind| kind.code()), &shown);
    assert!(
        missed.is_empty(),
        "demo/gallery/states.json has no state with the notice {missed:?}; ARCHITECTURE.md says how to add one"
    );
    for kind in &shown {
        let is_known = NoticeKind::ALL.iter().any(|one| one.code() == kind) || Fault::named(kind).is_some();
        assert!(is_known, "demo/gallery names a notice `{kind}` that does not exist");
    }
}

#[test]
fn both_elements_are_shown_and_every_language_can_be_chosen() {
    let groups = groups();
    let states = groups.iter().flat_map(|group| object(group, "states").values());
    let elements: BTreeSet<_> = states.map(|state| state["element"].as_str().unwrap_or("cognito-login").to_owned()).collect();
    assert_eq!(elements.into_iter().collect::<Vec<_>>(), ["cognito-account", "cognito-login"]);

    let files = std::fs::read_dir(format!("{}/src/i18n/texts", root())).unwrap();
    let tags: BTreeSet<_> = files.map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned()).collect();
    let states = gallery("states");
    let offered: BTreeSet<_> = texts(&states["languages"]).into_iter().map(str::to_owned).collect();
    assert_eq!(offered, tags, "`languages` in demo/gallery/states.json");
}

#[test]
fn no_reply_is_written_down_for_nothing() {
    let states: String = groups().iter().map(Value::to_string).collect();
    for name in gallery("replies").as_object().unwrap().keys() {
        assert!(states.contains(&format!("\"{name}\"")), "no state has the reply `{name}` of demo/gallery/replies.json");
    }
}
