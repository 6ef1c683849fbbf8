//! What the pool lets the person choose to sign in by.

use local_pool::seed::{CHOICE_CLIENT, CHOICE_POOL, PASSWORD};

use crate::stage::{Program, pool};

const NAME: &str = "choose-factor@example.com";

fn choosing(name: &str) -> Program {
    Program::of(name).with(&["--auth-flow", "USER_AUTH", "--pool-id", CHOICE_POOL, "--client-id", CHOICE_CLIENT])
}

#[test]
fn a_number_chooses_the_way_in_and_nothing_the_first() {
    let program = choosing(NAME).start().until("3. Text message code");
    let program = program.line("2").until("We sent a verification code to c***@e***.");
    let code = pool().newest_code(NAME).expect("a mail");
    program.line(&code).end().signed_in_as(NAME);

    choosing(NAME).start().until("1. Password").line("").line(PASSWORD).end().signed_in_as(NAME);
}

#[test]
fn one_way_alone_is_not_asked_about() {
    let outcome = choosing("password-only@example.com").start().line(PASSWORD).end();
    assert_eq!(outcome.shown, "");
    outcome.signed_in_as("password-only@example.com");
}
