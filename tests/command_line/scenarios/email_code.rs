//! The code by e-mail, and the pool's own challenges.

use base64ct::{Base64UrlUnpadded, Encoding};
use local_pool::seed::{CLIENT, LOCAL_POOL, PASSWORD, TOTP_SECRET};

use crate::stage::{CannedServer, Piped, Program, http, new_user, pool};

const SENT: &str = "We sent a verification code to e***@e***.";
const WRONG: &str = "sign_in: That code is not right. Check it and try again.";

/// Up to where the code is asked for.
fn asked_for_code(user: &str) -> Piped {
    new_user(user, |_| {});
    Program::of(user).with(&["--auth-flow", "CUSTOM_AUTH"]).start().line(PASSWORD).until(SENT)
}

fn mailed(user: &str) -> String {
    pool().newest_code(user).expect("a mail")
}

/// A code that is not `code`.
fn other_than(code: &str) -> String {
    code.chars().map(|digit| if digit == '0' { '1' } else { '0' }).collect()
}

#[test]
fn signs_in_after_a_wrong_code() {
    let user = "email-code-1@example.com";
    let program = asked_for_code(user);
    let code = mailed(user);
    program.line(&other_than(&code)).until(WRONG).line(&code).end().signed_in_as(user);
}

#[test]
fn three_wrong_codes_end_it() {
    let user = "email-code-2@example.com";
    let program = asked_for_code(user);
    let wrong = other_than(&mailed(user));
    let outcome = program.line(&wrong).until(WRONG).line(&wrong).until(WRONG).line(&wrong).end();
    outcome.failed(1, "sign_in: The code was wrong too many times. Please sign in again.");
}

#[test]
fn a_script_without_another_code_learns_that_its_was_wrong() {
    let user = "email-code-3@example.com";
    let program = asked_for_code(user);
    let outcome = program.line(&other_than(&mailed(user))).until(WRONG).end();
    outcome.failed(1, "sign_in: the input ended before the sign-in did");
}

#[test]
fn nothing_asks_for_a_new_code() {
    let user = "email-code-4@example.com";
    let program = asked_for_code(user);
    let first = mailed(user);
    let program = program.line("").until("sign_in: We sent a new code.");
    let second = mailed(user);
    // They are the same once in a million.
    let program = if first == second { program } else { program.line(&first).until(WRONG) };
    program.line(&second).end().signed_in_as(user);
}

#[test]
fn a_challenge_of_the_pools_own_is_asked_in_its_words() {
    let challenge = r#"{"ChallengeName": "CUSTOM_CHALLENGE", "Session": "s1", "ChallengeParameters":
        {"USERNAME": "u", "type": "QUESTION", "title": "A question \u001b]0;evil\u0007of ours", "hint": "Your first pet?"}}"#;
    // The machine takes the tokens of this pool and client alone; nobody looks at a signature.
    let claims = format!(r#"{{"iss": "http://pool/{LOCAL_POOL}", "token_use": "access", "client_id": "{CLIENT}", "sub": "u"}}"#);
    let access_token = format!("eyJa.{}.c2ln", Base64UrlUnpadded::encode_string(claims.as_bytes()));
    let tokens = &format!(r#"{{"AuthenticationResult": {{"AccessToken": "{access_token}", "ExpiresIn": 3600}}}}"#);
    let server = CannedServer::answering(vec![http("200 OK", "", challenge), http("200 OK", "", tokens)]);
    let program = Program::of("pet@example.com").with(&["--auth-flow", "CUSTOM_AUTH", "--endpoint", &server.url]).start();
    let outcome = program.line(PASSWORD).until("Your first pet?").line(" Rex of Ur ").end();
    outcome.signed_in_as("pet@example.com");
    assert_eq!(outcome.shown, "A question ]0;evilof ours\nYour first pet?\n", "no escape sequence, nothing twice");
    let answer = server.heard().pop().unwrap();
    assert!(answer.contains(r#""ANSWER":" Rex of Ur ""#), "{answer}");
}

#[test]
fn one_of_several_second_factors_is_chosen_by_its_number() {
    let user = new_user("choice@example.com", |user| {
        user.totp_secret = Some(TOTP_SECRET.into());
        user.email_otp = true;
        user.prefers_a_factor = false;
    });
    let program =
        Program::of(user).start().line(PASSWORD).until("2. Email").line("2").until("We sent a verification code to c***@e***.");
    program.line(&mailed(user)).end().signed_in_as(user);
}
