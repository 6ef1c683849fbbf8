//! `CUSTOM_AUTH` with SRP first, then the pool's own challenges.

use cognito_protocol::flow::{Action, Details, Event, Page, Person, SignInFlow};
use serde_json::{Value, json};

use super::{
    machine::Machine,
    service::{
        CLIENT_ID, NAME, PASSWORD, Pool, SESSION_EXPIRED, USER_ID, WRONG_CREDENTIALS, email_challenge, email_parameters, session,
        tokens,
    },
    sign_in::is_signed_in,
};

pub const WRONG_CODE: [&str; 2] = ["timer 180000", "tell error wrong_code on email-code"];

pub fn at_email_code() -> Machine {
    let mut machine = Machine::at_sign_in(SignInFlow::Custom);
    machine.passes_password(email_challenge(1));
    machine.does(["tell challenge of type EMAIL_CODE", "timer 180000", "tell screen email-code"]);
    assert_eq!(machine.screen(), "email-code");
    machine
}

/// The pool's own question, neither a code nor anything else known here.
pub fn question(number: u32, question: &str) -> Value {
    let parameters = json!({ "USERNAME": USER_ID, "type": "QUESTION", "question": question });
    json!({ "ChallengeName": "CUSTOM_CHALLENGE", "Session": session(number), "ChallengeParameters": parameters })
}

pub fn at_question() -> Machine {
    let mut machine = Machine::at_sign_in(SignInFlow::Custom);
    machine.passes_password(question(1, "Your pet?"));
    machine.does(["tell challenge of type QUESTION", "timer 180000", "tell screen custom-challenge"]);
    machine
}

pub fn answer(number: u32, answer: &str) -> Value {
    json!({
        "ClientId": CLIENT_ID,
        "ChallengeName": "CUSTOM_CHALLENGE",
        "Session": session(number),
        "ChallengeResponses": { "USERNAME": USER_ID, "ANSWER": answer },
    })
}

/// From the open challenge to the moment where the proof of the new sign-in is sent.
pub fn asks_for_new_code(machine: &mut Machine) {
    let mut pool = Pool::new();
    machine.on(Person::Pressed(Action::SendNewCode)).does(["derive A"]);
    assert_eq!(machine.screen(), "email-code busy");
    machine.derived();
    let request = machine.sends("InitiateAuth");
    machine.replied(pool.password_verifier(&request)).does(["derive proof"]);
    machine.derived();
    assert!(pool.accepts(&machine.sends("RespondToAuthChallenge")));
    assert_eq!(machine.screen(), "email-code busy");
}

#[test]
fn srp_comes_first() {
    let mut machine = Machine::at_sign_in(SignInFlow::Custom);
    machine.submitted(NAME, PASSWORD).does(["derive A"]);
    machine.derived();
    let request = machine.sends("InitiateAuth");
    let parameters = json!({
        "USERNAME": NAME,
        "CHALLENGE_NAME": "SRP_A",
        "SRP_A": request["AuthParameters"]["SRP_A"],
    });
    assert_eq!(request, json!({ "AuthFlow": "CUSTOM_AUTH", "ClientId": CLIENT_ID, "AuthParameters": parameters }));
}

#[test]
fn a_wrong_code_takes_the_new_session_and_the_right_one_signs_in() {
    let mut machine = at_email_code();
    machine.answered("000000");
    assert_eq!(machine.sends("RespondToAuthChallenge"), answer(1, "000000"));
    assert_eq!(machine.screen(), "email-code busy");

    machine.replied(email_challenge(2)).does(WRONG_CODE);
    assert_eq!(machine.screen(), "email-code ! wrong_code");

    machine.answered("493 817");
    assert_eq!(machine.sends("RespondToAuthChallenge"), answer(2, "493817"));
    machine.replied(tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn a_code_that_the_triggers_call_expired_is_not_called_wrong() {
    let mut machine = at_email_code();
    machine.answered("493817").does(["call RespondToAuthChallenge"]);
    let mut expired = email_challenge(2);
    expired["ChallengeParameters"]["expired"] = json!("true");
    machine.replied(expired).does(["timer 180000", "tell error code_expired on email-code"]);
    assert_eq!(machine.screen(), "email-code ! code_expired");
    asks_for_new_code(&mut machine);
    machine.replied(email_challenge(3)).does(["tell challenge of type EMAIL_CODE", "timer 180000"]);
    assert_eq!(machine.screen(), "email-code ! new_code_sent");
}

#[test]
fn three_wrong_codes_end_the_sign_in_and_keep_the_name() {
    let mut machine = at_email_code();
    for number in 2..=3 {
        machine.answered("000000").does(["call RespondToAuthChallenge"]);
        machine.replied(email_challenge(number)).does(WRONG_CODE);
    }
    machine.answered("000000").does(["call RespondToAuthChallenge"]);
    machine.refused(WRONG_CREDENTIALS);
    machine.does(["tell screen sign-in", "tell error sign_in_ended on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! sign_in_ended"));
}

#[test]
fn a_code_is_sent_once_and_never_empty() {
    let mut machine = at_email_code();
    machine.answered(" - ").does(["tell error code_missing on email-code"]);
    machine.answered("123456").does(["call RespondToAuthChallenge"]);
    machine.answered("123456").does([]);
    machine.on(Person::Pressed(Action::SendNewCode)).does([]);
    assert_eq!(machine.screen(), "email-code busy");
}

#[test]
fn codes_of_other_lengths_and_letters_are_sent_as_typed() {
    let mut machine = at_email_code();
    machine.answered("ＡB１２-３４５６７８");
    assert_eq!(machine.sends("RespondToAuthChallenge"), answer(1, "ＡB12345678"));
}

#[test]
fn a_session_that_runs_out_goes_back_to_sign_in() {
    let mut machine = at_email_code();
    let timer = machine.timer;
    machine.timer_fired(timer).does(["tell screen sign-in", "tell error session_over on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! session_over"));
}

#[test]
fn a_renewed_session_lives_as_long_as_the_first() {
    let mut machine = at_email_code();
    let first = machine.timer;
    machine.answered("000000").does(["call RespondToAuthChallenge"]);
    machine.replied(email_challenge(2)).does(WRONG_CODE);
    machine.timer_fired(first).does([]);
    assert_eq!(machine.screen(), "email-code ! wrong_code");
    let second = machine.timer;
    machine.timer_fired(second).does(["tell screen sign-in", "tell error session_over on sign-in"]);
}

#[test]
fn an_answer_under_way_when_the_session_runs_out_may_still_be_right() {
    let mut machine = at_email_code();
    machine.answered("493817").does(["call RespondToAuthChallenge"]);
    let timer = machine.timer;
    machine.timer_fired(timer).does([]);
    machine.replied(tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn an_answer_that_fails_after_the_session_ran_out_goes_back_to_sign_in() {
    let mut machine = at_email_code();
    machine.answered("493817").does(["call RespondToAuthChallenge"]);
    let timer = machine.timer;
    machine.timer_fired(timer).does([]);
    machine.unreachable().does(["tell screen sign-in", "tell error session_over on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! session_over"));
}

#[test]
fn a_session_that_the_service_calls_expired_goes_back_to_sign_in() {
    let mut machine = at_email_code();
    machine.answered("493817").does(["call RespondToAuthChallenge"]);
    machine.refused(SESSION_EXPIRED).does(["tell screen sign-in", "tell error session_over on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! session_over"));
}

#[test]
fn an_answer_without_network_can_be_sent_again() {
    let mut machine = at_email_code();
    machine.answered("493817").does(["call RespondToAuthChallenge"]);
    machine.unreachable().does(["tell error network on email-code"]);
    machine.answered("493817");
    assert_eq!(machine.sends("RespondToAuthChallenge"), answer(1, "493817"));
}

#[test]
fn leaving_wipes_the_challenge() {
    // Going back keeps the name; a reset forgets it.
    for (leave, name) in [(Event::from(Person::Pressed(Action::Back)), NAME), (Page::ResetRequested.into(), "")] {
        let mut machine = at_email_code();
        machine.answered("493817").does(["call RespondToAuthChallenge"]);
        machine.on(leave).does(["tell screen sign-in"]);
        assert_eq!(machine.screen(), format!("sign-in ({name})"));
        // Nothing is left to answer, to renew or to time out.
        machine.replied(tokens(1)).does([]);
        machine.on(Person::Pressed(Action::SendNewCode)).does([]);
        let timer = machine.timer;
        machine.timer_fired(timer).does([]);
        assert_eq!(machine.screen(), format!("sign-in ({name})"));
    }
}

#[test]
fn a_challenge_without_type_asks_for_an_emailed_code() {
    let mut machine = Machine::at_sign_in(SignInFlow::Custom);
    machine.passes_password(json!({ "ChallengeName": "CUSTOM_CHALLENGE", "Session": session(1) }));
    machine.does(["tell challenge of type none", "timer 180000", "tell screen email-code"]);
    machine.answered("493817");
    assert_eq!(machine.sends("RespondToAuthChallenge"), answer(1, "493817"));
}

#[test]
fn the_type_names_the_screen() {
    for (type_, screen) in [
        ("EMAIL_CODE", "email-code"),
        ("email-code", "email-code"),
        ("sms-code", "sms-code"),
        ("totp-code", "totp-code"),
        // No screens for an answer.
        ("account", "custom-challenge"),
        ("loading", "custom-challenge"),
        ("", "custom-challenge"),
    ] {
        let mut machine = Machine::at_sign_in(SignInFlow::Custom);
        let mut challenge = email_challenge(1);
        challenge["ChallengeParameters"]["type"] = type_.into();
        machine.passes_password(challenge);
        machine.does([&format!("tell challenge of type {type_}"), "timer 180000", &format!("tell screen {screen}")]);
        assert_eq!(machine.screen(), screen);
        machine.answered("493817");
        assert_eq!(machine.sends("RespondToAuthChallenge"), answer(1, "493817"), "{type_}");
    }
}

#[test]
fn the_screen_gets_the_public_parameters() {
    let machine = at_email_code();
    let Details::Challenge(view) = &machine.view().details else { panic!("another screen") };
    let shown: serde_json::Map<_, _> = view.parameters.iter().map(|(key, value)| (key.to_owned(), value.into())).collect();
    assert_eq!(Value::Object(shown), email_parameters());
    assert_eq!(view.sign_in_name, NAME, "for password managers");
}

#[test]
fn triggers_that_count_attempts_in_their_parameters_ask_for_the_same_code() {
    let mut machine = at_email_code();
    machine.answered("000000").does(["call RespondToAuthChallenge"]);
    let mut again = email_challenge(2);
    again["ChallengeParameters"]["attemptsLeft"] = "2".into();
    machine.replied(again).does(WRONG_CODE);
}

#[test]
fn a_question_of_the_pools_own_takes_any_answer_as_typed() {
    let mut machine = at_question();
    assert_eq!(machine.screen(), "custom-challenge");
    machine.answered("").does(["tell error answer_missing on custom-challenge"]);
    machine.answered(" a white-haired cat ");
    assert_eq!(machine.sends("RespondToAuthChallenge"), answer(1, " a white-haired cat "));
    machine.replied(question(2, "Your pet?"));
    machine.does(["timer 180000", "tell error wrong_code on custom-challenge"]);
    assert_eq!(machine.screen(), "custom-challenge ! wrong_code");
}

#[test]
fn another_question_follows_without_a_notice() {
    let mut machine = at_question();
    machine.answered("a cat").does(["call RespondToAuthChallenge"]);
    machine.replied(question(2, "Your first school?")).does(["tell challenge of type QUESTION", "timer 180000"]);
    assert_eq!(machine.screen(), "custom-challenge");
    machine.answered("the one on the hill").does(["call RespondToAuthChallenge"]);
    machine.replied(email_challenge(3));
    machine.does(["tell challenge of type EMAIL_CODE", "timer 180000", "tell screen email-code"]);
}

#[test]
fn a_page_that_takes_a_challenge_over_answers_it() {
    let mut machine = at_question();
    machine.on(Page::ChallengeTakenOver { challenge: machine.challenge }).does([]);
    let Details::Challenge(view) = &machine.view().details else { panic!("another screen") };
    assert!(view.taken_over);
    let challenge = machine.challenge;
    machine.on(Page::ChallengeAnswered { challenge, answer: "a dog".into() });
    assert_eq!(machine.sends("RespondToAuthChallenge"), answer(1, "a dog"));
    // The same challenge once more takes another answer by the same way.
    machine.replied(question(2, "Your pet?")).does(["timer 180000", "tell error wrong_code on custom-challenge"]);
    machine.on(Page::ChallengeAnswered { challenge, answer: "a cat".into() });
    assert_eq!(machine.sends("RespondToAuthChallenge"), answer(2, "a cat"));
    machine.replied(tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn an_answer_to_a_challenge_that_is_closed_does_nothing() {
    let mut machine = at_question();
    let closed = machine.challenge;
    machine.answered("a cat").does(["call RespondToAuthChallenge"]);
    machine.replied(question(2, "Your first school?")).does(["tell challenge of type QUESTION", "timer 180000"]);
    machine.on(Page::ChallengeTakenOver { challenge: closed }).does([]);
    machine.on(Page::ChallengeAnswered { challenge: closed, answer: "a cat".into() }).does([]);
    machine.on(Person::Pressed(Action::Back)).does(["tell screen sign-in"]);
    machine.on(Page::ChallengeAnswered { challenge: closed, answer: "a cat".into() }).does([]);
}
