//! The password alone.

use std::{
    collections::BTreeSet,
    time::{SystemTime, UNIX_EPOCH},
};

use local_pool::seed::PASSWORD;
use serde_json::Value;

use crate::stage::{Program, new_user, pool};

#[test]
fn signs_in() {
    let user = new_user("password@example.com", |_| {});
    let outcome = Program::of(user).start().line(PASSWORD).end();
    outcome.signed_in_as(user);
    assert_eq!(outcome.shown, "", "a script is not prompted");
}

#[test]
fn a_wrong_password_is_refused() {
    let user = new_user("wrong-password@example.com", |_| {});
    let outcome = Program::of(user).start().line("Local-pool-2!").end();
    assert_eq!(outcome.shown, "sign_in: Incorrect email or password.\n");
    outcome.failed(1, "sign_in: Incorrect email or password.");
}

#[test]
fn so_is_an_unknown_user_in_the_words_for_such_names() {
    for (name, words) in [
        ("nobody@example.com", "sign_in: Incorrect email or password."),
        ("+4930123456", "sign_in: Incorrect phone number or password."),
        ("nobody", "sign_in: Incorrect username or password."),
    ] {
        Program::of(name).start().line(PASSWORD).end().failed(1, words);
    }
}

#[test]
fn users_who_may_not_sign_in_are_told_so() {
    let user = new_user("off@example.com", |user| user.enabled = false);
    Program::of(user).start().line(PASSWORD).end().failed(1, "sign_in: This account is disabled. Please contact support.");
    let user = new_user("reset@example.com", |user| user.must_reset_password = true);
    let words = "sign_in: The password of this account must be reset before you can sign in.";
    Program::of(user).start().line(PASSWORD).end().failed(1, words);
}

#[test]
fn whoever_never_confirmed_the_sign_up_does_so_now() {
    let user = new_user("new@example.com", |user| user.confirmed = false);
    let sent = "Enter the verification code that we sent you.";
    let program = Program::of(user).start().line(PASSWORD).until(sent);
    let code = pool().newest_code(user).expect("a mail");
    program.line(&code).end().signed_in_as(user);
}

#[test]
fn a_temporary_password_is_replaced() {
    let user = new_user("temporary@example.com", |user| user.has_temporary_password = true);
    let program = Program::of(user).start().line(PASSWORD).until("Your present password is a temporary one.");
    program.line("Another-pool-2!").end().signed_in_as(user);
    Program::of(user).start().line("Another-pool-2!").end().signed_in_as(user);
}

#[test]
fn tokens_are_printed_when_they_are_wanted() {
    let user = new_user("tokens@example.com", |_| {});
    let outcome = Program::of(user).with(&["--print-tokens"]).start().line(PASSWORD).end();
    assert_eq!((outcome.code, outcome.shown.as_str()), (Some(0), ""));
    let Value::Object(tokens) = serde_json::from_str(&outcome.stdout).unwrap() else { panic!("{outcome:?}") };
    let names: BTreeSet<&str> = tokens.keys().map(String::as_str).collect();
    assert_eq!(names, BTreeSet::from(["accessToken", "expiresAt", "idToken", "refreshToken"]));
    for jwt in ["idToken", "accessToken"] {
        assert_eq!(tokens[jwt].as_str().unwrap().split('.').count(), 3, "{jwt}");
    }
    assert!(!tokens["refreshToken"].as_str().unwrap().is_empty());
    let now_millis = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis() as f64;
    let lives_secs = (tokens["expiresAt"].as_f64().unwrap() - now_millis) / 1000.0;
    assert!((3500.0..=3600.0).contains(&lives_secs), "{lives_secs}");
}

#[test]
fn the_end_of_the_input_is_no_password() {
    let user = new_user("eof@example.com", |_| {});
    Program::of(user).start().end().failed(4, "sign_in: the input ended before the sign-in did");
}

#[test]
fn an_empty_password_is_asked_for_again() {
    let user = new_user("empty-password@example.com", |_| {});
    let program = Program::of(user).start().line("").until("sign_in: Enter your password.");
    program.line(PASSWORD).end().signed_in_as(user);
    Program::of(user).start().line("").end().failed(4, "sign_in: the input ended before the sign-in did");
}

#[test]
fn a_last_line_may_lack_its_end_and_may_come_from_windows() {
    let user = new_user("crlf@example.com", |_| {});
    Program::of(user).start().line(&format!("{PASSWORD}\r")).end().signed_in_as(user);
    Program::of(user).start().text(PASSWORD).end().signed_in_as(user);
}
