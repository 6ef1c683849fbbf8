//! A person at a terminal.

use local_pool::seed::PASSWORD;

use crate::stage::{Authenticator, Program, new_user, pool};

#[test]
fn the_password_is_asked_for_and_not_shown() {
    let user = new_user("terminal-1@example.com", |_| {});
    let outcome = Program::of(user).start_at_terminal().until("Password of terminal-1@example.com: ").line(PASSWORD).end();
    outcome.signed_in_as(user);
    assert_eq!(outcome.shown.trim_end(), "Password of terminal-1@example.com:");
}

#[test]
fn so_is_the_code() {
    let user = new_user("terminal-2@example.com", |_| {});
    let program = Program::of(user).with(&["--auth-flow", "CUSTOM_AUTH"]).start_at_terminal();
    let program = program.until("Password").line(PASSWORD).until("We sent a verification code").until("for a new one): ");
    let code = pool().newest_code(user).unwrap();
    program.line(&code).end().signed_in_as(user);
}

#[test]
fn the_qr_code_is_white_on_black_in_every_theme() {
    let user = new_user("terminal-3@example.com", |_| {});
    let program = Program::of(user).with(&["--enrol-totp"]).start_at_terminal();
    let program = program.until("Password").line(PASSWORD).until("Verification code: ");
    assert!(program.shown().contains("\x1b[38;5;231;48;5;16m█"));
    let code = Authenticator::scan(program.shown()).code_after(0);
    program.line(&code).end().signed_in_as(user);
}

#[test]
fn control_c_at_the_prompt_leaves_the_terminal_as_it_was() {
    let user = new_user("terminal-4@example.com", |_| {});
    let outcome = Program::of(user).start_before_stty().until("Password").until(": ").press("Local\x03").end();
    assert_eq!(outcome.code, Some(130), "{}", outcome.shown);
    assert!(outcome.shown.contains("sign_in: interrupted"), "{}", outcome.shown);
    for setting in ["echo", "icanon", "isig"] {
        assert!(outcome.shown.split_whitespace().any(|word| word == setting), "{setting} in {}", outcome.shown);
    }
}

#[test]
fn control_d_at_the_prompt_ends_the_input() {
    let user = new_user("terminal-5@example.com", |_| {});
    let outcome = Program::of(user).start_at_terminal().until("Password").until(": ").press("\x04").end();
    outcome.failed(4, "sign_in: the input ended before the sign-in did");
}
