//! The tables of the reference say what the program does.

use std::{cell::RefCell, collections::BTreeSet};

use cognito_login::{
    LoginConfig,
    reference::{ATTRIBUTES, Attribute, EVENTS, Values, errors},
};
use cognito_protocol::flow::SignOutReason;

/// What the script does with these, the program never hears of.
const OF_THE_SCRIPT: [&str; 3] = ["lang", "shadow", "wasm-url"];

/// A configuration with one attribute beside those that are required.
fn configure(name: &str, value: &str) -> Result<LoginConfig, String> {
    LoginConfig::from_attributes(|asked| match asked {
        _ if asked == name => Some(value.to_owned()),
        "user-pool-id" => Some("eu-west-1_AbCdEfGhI".to_owned()),
        "client-id" => Some("1example23456789".to_owned()),
        _ => None,
    })
    .map_err(|error| error.to_string())
}

fn of_the_program() -> impl Iterator<Item = &'static Attribute> {
    ATTRIBUTES.iter().filter(|attribute| attribute.has_effect && !OF_THE_SCRIPT.contains(&attribute.name))
}

#[test]
fn the_program_reads_the_attributes_that_have_an_effect() {
    let asked = RefCell::new(BTreeSet::new());
    let config = LoginConfig::from_attributes(|name| {
        asked.borrow_mut().insert(name.to_owned());
        match name {
            "user-pool-id" => Some("eu-west-1_AbCdEfGhI".to_owned()),
            "client-id" => Some("1example23456789".to_owned()),
            _ => None,
        }
    });
    assert!(config.is_ok());
    let expected: BTreeSet<String> = of_the_program().map(|attribute| attribute.name.to_owned()).collect();
    assert_eq!(asked.into_inner(), expected);
}

#[test]
fn the_program_takes_the_words_of_an_attribute_and_no_others() {
    let plain = configure("", "").unwrap();
    for attribute in of_the_program() {
        let name = attribute.name;
        if let Some(default) = attribute.default {
            assert_eq!(configure(name, default).as_ref(), Ok(&plain), "{name}");
        }
        let Values::Words(words) = attribute.values else { continue };
        for word in words {
            let is_default = attribute.default == Some(word);
            assert_eq!(configure(name, word).unwrap() == plain, is_default, "{name}={word}");
        }
        let error = configure(name, "nonsense").expect_err(name);
        assert!(error.starts_with(name), "{error}");
    }
}

#[test]
fn the_reasons_of_a_sign_out_are_those_of_the_machine() {
    let event = EVENTS.iter().find(|event| event.name == "signed-out").unwrap();
    let reasons: Vec<String> = SignOutReason::ALL.iter().map(|reason| format!("{:?}", reason.as_str())).collect();
    let type_ = reasons.join(" | ");
    assert_eq!(event.detail, [("reason", type_.as_str())]);
}

#[test]
fn no_error_code_is_listed_twice() {
    let errors = errors();
    let codes: BTreeSet<&str> = errors.iter().map(|error| error.code).collect();
    assert_eq!(codes.len(), errors.len());
}
