//! The public contract, row by row, and which test reaches each row.
//!
//! [`rows`] are compared with the tables of the program: what is new there fails here until a test is named for it. A test that is
//! named is believed no more than the others: when it has ended, [`check`] looks whether what it is named for was on the wire, on its
//! pages, or in their events.

mod errors;
mod rows;

use std::{collections::BTreeSet, process::Command};

use cognito_login::reference;

use crate::stage::{Matter, Reached};

/// What a row is about, its name, and the test that reaches it.
type Row = (Matter, &'static str, &'static str);

/// Every row.
fn rows() -> impl Iterator<Item = Row> {
    let of_types = rows::CHALLENGES.iter().map(|(name, test)| (Matter::Challenge, name.as_str(), *test));
    let of_types = of_types.chain(rows::SCREENS.iter().map(|(screen, test)| (Matter::Screen, screen.as_str(), *test)));
    let of_names = [
        (Matter::Attribute, rows::ATTRIBUTES),
        (Matter::Property, rows::PROPERTIES),
        (Matter::Method, rows::METHODS),
        (Matter::Event, rows::EVENTS),
        (Matter::ErrorCode, errors::ERRORS),
    ];
    of_types.chain(of_names.into_iter().flat_map(|(matter, rows)| rows.iter().map(move |(name, test)| (matter, *name, *test))))
}

/// A test has ended: it must have reached all that it is named for.
pub(crate) fn check(test: &str, reached: &Reached) {
    let test = test.strip_prefix("scenarios::").unwrap_or(test);
    let missed: Vec<Row> = rows().filter(|(matter, name, by)| *by == test && !reached.has(*matter, name)).collect();
    assert!(missed.is_empty(), "tests/e2e/contract names this test for what it does not reach: {missed:?}");
}

/// The names in the tables of the program; what has no effect yet cannot be reached.
fn promised() -> Vec<(Matter, &'static str)> {
    let attributes = reference::ATTRIBUTES.iter().filter(|attribute| attribute.has_effect);
    let properties = reference::PROPERTIES.iter().filter(|property| property.has_effect);
    let mut promised: Vec<(Matter, &str)> = attributes.map(|attribute| (Matter::Attribute, attribute.name)).collect();
    promised.extend(properties.map(|property| (Matter::Property, property.name)));
    promised.extend(reference::screens().into_iter().map(|screen| (Matter::Screen, screen.name)));
    promised.extend(reference::METHODS.iter().map(|method| (Matter::Method, method.name)));
    promised.extend(reference::EVENTS.iter().map(|event| (Matter::Event, event.name)));
    promised.extend(reference::errors().into_iter().map(|error| (Matter::ErrorCode, error.code)));
    promised
}

#[test]
fn a_test_is_named_for_every_row_of_the_contract() {
    let named: BTreeSet<_> = rows().map(|(matter, name, _)| (matter, name)).collect();
    assert_eq!(rows().count(), named.len(), "something is named twice");
    // The match over the challenges is the compiler's matter.
    let named: BTreeSet<_> = named.into_iter().filter(|(matter, _)| *matter != Matter::Challenge).collect();
    let promised: BTreeSet<_> = promised().into_iter().collect();
    let unnamed: Vec<_> = promised.difference(&named).collect();
    assert!(unnamed.is_empty(), "name tests that reach these, in tests/e2e/contract: {unnamed:?}");
    let unknown: Vec<_> = named.difference(&promised).collect();
    assert!(unknown.is_empty(), "the contract does not have these any more: {unknown:?}");
}

#[test]
fn the_tests_that_are_named_are_there() {
    let listed = Command::new(std::env::current_exe().unwrap()).args(["--list", "--format", "terse"]).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    let tests: BTreeSet<&str> =
        listed.lines().filter_map(|line| line.strip_suffix(": test")?.strip_prefix("scenarios::")).collect();
    assert!(!tests.is_empty(), "{listed}");
    let lost: Vec<Row> = rows().filter(|(_, _, test)| !tests.contains(test)).collect();
    assert!(lost.is_empty(), "there are no such tests: {lost:?}");
}

#[test]
#[should_panic(expected = "PASSWORD_VERIFIER")]
fn a_test_that_does_not_reach_what_it_is_named_for_fails() {
    let (_, _, test) = rows().find(|(_, name, _)| *name == "PASSWORD_VERIFIER").unwrap();
    check(&format!("scenarios::{test}"), &Reached::default());
}
