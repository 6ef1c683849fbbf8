//! Codes of an authenticator app, and setting one up.

use local_pool::seed::{MFA_ON_CLIENT, MFA_ON_POOL, PASSWORD, TOTP_SECRET};

use crate::stage::{Authenticator, MFA_ON, NOW_SECS, Piped, Program, new_user};

const ASKED: &str = "type the 6-digit code that it shows for this account.";
const SET_UP: &str = "Then type the 6-digit code that the app shows.";
const WRONG: &str = "sign_in: That code is not right. Check it and try again.";

/// Reads the picture and the setup key, which must be the same.
fn scan(shown: &str) -> Authenticator {
    let authenticator = Authenticator::scan(shown);
    let key = shown.lines().find_map(|line| line.trim_end().strip_prefix("Setup key: ")).unwrap();
    assert_eq!(key.replace(' ', ""), authenticator.secret());
    authenticator
}

/// Signs in with the code that the app shows next: the one before is spent.
fn signs_in_again(program: &Program, authenticator: &Authenticator, user: &str) {
    let code = authenticator.code_after(1);
    program.start().line(PASSWORD).until(ASKED).line(&code).end().signed_in_as(user);
}

/// A code that is wrong now and at any time near.
fn wrong(program: Piped) -> Piped {
    program.line("12345").until(WRONG)
}

#[test]
fn signs_in_with_its_code_after_a_wrong_one() {
    let user = new_user("totp-1@example.com", |user| user.totp_secret = Some(TOTP_SECRET.into()));
    let uri = format!("otpauth://totp/x:y?secret={TOTP_SECRET}&issuer=x");
    let code = totp_rs::Totp::from_url(&uri).unwrap().generate(NOW_SECS).to_string();
    let program = wrong(Program::of(user).start().line(PASSWORD).until(ASKED));
    program.line(&code).end().signed_in_as(user);
}

#[test]
fn is_set_up_where_the_pool_demands_it() {
    let user = new_user("totp-2@example.com", |user| {
        user.user_pool_id = MFA_ON_POOL.to_owned();
        user.client_id = MFA_ON_CLIENT.to_owned();
    });
    let program = Program::of(user).with(&MFA_ON);
    let setting_up = wrong(program.start().line(PASSWORD).until(SET_UP));
    let authenticator = scan(setting_up.shown());
    let prefix = format!("otpauth://totp/{MFA_ON_POOL}:totp-2%40example.com?");
    assert!(authenticator.uri.starts_with(&prefix), "{}", authenticator.uri);
    let outcome = setting_up.line(&authenticator.code_after(0)).end();
    outcome.signed_in_as(user);
    assert_eq!(outcome.shown.matches("Setup key: ").count(), 1, "drawn once: {}", outcome.shown);
    signs_in_again(&program, &authenticator, user);
}

#[test]
fn is_set_up_when_it_is_wanted_and_asked_for_from_then_on() {
    let user = new_user("totp-3@example.com", |_| {});
    let program = Program::of(user);
    let enrolment = program.clone().with(&["--enrol-totp", "--totp-issuer", "My shop"]).start();
    let enrolment = wrong(enrolment.line(PASSWORD).until(SET_UP));
    let authenticator = scan(enrolment.shown());
    assert!(authenticator.uri.contains("issuer=My%20shop"), "{}", authenticator.uri);
    let outcome = enrolment.line(&authenticator.code_after(0)).end();
    outcome.signed_in_as(user);
    assert!(outcome.shown.ends_with("sign_in: Your authenticator app is set up.\n"), "{}", outcome.shown);
    signs_in_again(&program, &authenticator, user);
}

#[test]
fn is_set_up_once_where_the_pool_demands_it_and_it_is_wanted() {
    let user = new_user("totp-5@example.com", |user| {
        user.user_pool_id = MFA_ON_POOL.to_owned();
        user.client_id = MFA_ON_CLIENT.to_owned();
    });
    let program = Program::of(user).with(&MFA_ON).with(&["--enrol-totp"]).start().line(PASSWORD).until(SET_UP);
    let authenticator = scan(program.shown());
    let outcome = program.line(&authenticator.code_after(0)).end();
    outcome.signed_in_as(user);
    assert_eq!(outcome.shown.matches("Setup key: ").count(), 1, "{}", outcome.shown);
}

#[test]
fn enrolment_that_nobody_ends_leaves_the_user_as_before() {
    let user = new_user("totp-4@example.com", |_| {});
    let outcome = Program::of(user).with(&["--enrol-totp"]).start().line(PASSWORD).until(SET_UP).end();
    outcome.failed(4, "sign_in: the input ended before the sign-in did");
    Program::of(user).start().line(PASSWORD).end().signed_in_as(user);
}
