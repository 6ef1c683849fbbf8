//! The tables of the reference say what the program does.

use std::{cell::RefCell, collections::BTreeSet};

use cognito_login::{
    LoginConfig, Texts,
    config::UsernameKind,
    reference::{ATTRIBUTES, Attribute, errors, EVENTS, screens, Values},
};
use cognito_protocol::flow::{Notice, Screen, SignOutReason};

/// What the script does with these, the program never hears of.
const OF_THE_SCRIPT: [&str; 2] = ["shadow", "wasm-url"];

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
        let Values::Words { now, later } = attribute.values else { continue };
        for word in now {
            let is_default = attribute.default == Some(word);
            assert_eq!(configure(name, word).unwrap() == plain, is_default, "{name}={word}");
        }
        for word in later.iter().chain(&["nonsense"]) {
            let error = configure(name, word).expect_err(word);
            assert!(error.starts_with(name), "{error}");
        }
    }
}

#[test]
fn the_screens_are_those_of_the_machine() {
    for screen in screens {
        assert_eq!(Screen::named(screen.name).map(Screen::as_str), Some(screen.name));
    }
}

#[test]
fn the_reasons_of_a_sign_out_are_those_of_the_machine() {
    let event = EVENTS.iter().find(|event| event.name == "signed-out").unwrap();
    let reasons = [SignOutReason::Requested, SignOutReason::Expired, SignOutReason::Elsewhere];
    let type_ = reasons.map(|reason| format!("{:?}", reason.as_str())).join(" | ");
    assert_eq!(event.detail, [("reason", type_.as_str())]);
}

/// Every notice, with any data. To be taken from the machine as soon as that lists them.
fn notices() -> Vec<Notice> {
    vec![
        Notice::WrongCredentials,
        Notice::NameMissing,
        Notice::PasswordMissing,
        Notice::AnswerMissing,
        Notice::WrongCode,
        Notice::CodeExpired,
        Notice::CodeUsed,
        Notice::ClockOff { seconds: 40 },
        Notice::SessionOver,
        Notice::SignInEnded,
        Notice::SessionEnded,
        Notice::Throttled,
        Notice::Network,
        Notice::UserDisabled,
        Notice::NotConfirmed,
        Notice::PasswordResetRequired,
        Notice::UnsupportedChallenge(String::new()),
        Notice::AuthenticatorUnavailable,
        Notice::AuthenticatorRequired,
        Notice::Configuration(String::new()),
        Notice::ServiceText("The shop is closed.".to_owned()),
        Notice::BadReply,
        Notice::NotSignedIn,
        Notice::SignedOutHereOnly,
        Notice::Unexpected,
        Notice::NewCodeSent,
        Notice::AuthenticatorOn,
        Notice::AuthenticatorOff,
    ]
}

/// Codes that the machine has no notice for, or not yet.
const OF_OTHERS: [&str; 4] = ["answer_missing", "screen_unavailable", "load_failed", "language_failed"];

#[test]
fn the_error_codes_are_those_of_the_machine_and_of_the_script() {
    let mut listed: BTreeSet<&str> = errors().iter().map(|error| error.code).collect();
    assert_eq!(listed.len(), errors.len());
    for notice in notices().iter().filter(|notice| notice.is_error()) {
        let error = errors().iter().find(|error| error.code == notice.code());
        let error = error.unwrap_or_else(|| panic!("{} is not listed", notice.code()));
        assert_eq!(error.is_retryable, notice.is_retryable(), "{}", error.code);
        listed.remove(error.code);
    }
    assert_eq!(listed, BTreeSet::from(OF_OTHERS));
}

#[test]
fn every_notice_has_words_of_its_own() {
    let texts = Texts::english();
    for notice in notices() {
        let words = texts.notice(&notice, UsernameKind::Email);
        let has_its_own =
            texts.by_name(&["notice.", notice.code()].concat()).is_some() || matches!(notice, Notice::ClockOff { .. });
        assert!(has_its_own && !words.contains('{'), "{}: {words}", notice.code());
    }
    let closed = texts.notice(&Notice::ServiceText("The shop is closed.".to_owned()), UsernameKind::Email);
    assert_eq!(closed, "Something went wrong. Please try again. The shop is closed.");
    let behind = texts.notice(&Notice::ClockOff { seconds: -40 }, UsernameKind::Email);
    assert!(behind.contains("off by about 40 seconds (behind)"), "{behind}");
    assert_eq!(texts.notice(&Notice::NameMissing, UsernameKind::Phone), "Enter your phone number.");
    assert_eq!(texts.notice(&Notice::Network, UsernameKind::Phone), texts.notice(&Notice::Network, UsernameKind::Email));
}
