//! "Send a new code", which starts the sign-in again with the password that is still held.

use cognito_protocol::flow::{Action, Details, Person, SignInFlow};

use super::{
    custom_auth::{WRONG_CODE, answer, asks_for_new_code, at_email_code, at_question},
    machine::Machine,
    service::{NAME, WRONG_CREDENTIALS, email_challenge, tokens, totp_challenge},
    sign_in::is_signed_in,
};

#[test]
fn a_new_code_starts_the_sign_in_again_with_the_password_still_held() {
    let mut machine = at_email_code();
    asks_for_new_code(&mut machine);
    machine.now += 2_000;
    machine.replied(email_challenge(2)).does(["tell challenge of type EMAIL_CODE", "timer 180000"]);
    assert_eq!(machine.screen(), "email-code ! new_code_sent");
    let Details::Challenge(view) = &machine.view().details else { panic!("another screen") };
    assert_eq!(view.renewed_at_millis, Some(machine.now));

    machine.answered("493817");
    assert_eq!(machine.sends("RespondToAuthChallenge"), answer(2, "493817"));
    machine.replied(tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn a_new_code_can_be_asked_for_again_and_again() {
    let mut machine = at_email_code();
    for number in 2..4 {
        asks_for_new_code(&mut machine);
        machine.replied(email_challenge(number)).does(["tell challenge of type EMAIL_CODE", "timer 180000"]);
    }
    machine.answered("000000").does(["call RespondToAuthChallenge"]);
    machine.replied(email_challenge(9)).does(WRONG_CODE);
    asks_for_new_code(&mut machine);
    machine.replied(email_challenge(10)).does(["tell challenge of type EMAIL_CODE", "timer 180000"]);
}

#[test]
fn a_new_code_that_fails_for_now_returns_to_the_open_challenge() {
    for (code, message, notice) in [
        ("TooManyRequestsException", "Rate exceeded", "throttled"),
        ("NotAuthorizedException", "Password attempts exceeded", "throttled"),
        ("InternalErrorException", "", "unexpected"),
        ("UserLambdaValidationException", "CreateAuthChallenge failed with error Wait a minute.", "service"),
    ] {
        let mut machine = at_email_code();
        asks_for_new_code(&mut machine);
        machine.refused((code, message)).does([&format!("tell error {notice} on email-code")]);
        assert_eq!(machine.screen(), format!("email-code ! {notice}"));
        machine.answered("493817");
        assert_eq!(machine.sends("RespondToAuthChallenge"), answer(1, "493817"));
    }
}

#[test]
fn a_new_code_without_network_returns_to_the_open_challenge() {
    let mut machine = at_email_code();
    machine.on(Person::Pressed(Action::SendNewCode)).does(["derive A"]);
    machine.derived().does(["call InitiateAuth"]);
    machine.unreachable().does(["tell error network on email-code"]);
    assert_eq!(machine.screen(), "email-code ! network");
    machine.answered("493817");
    assert_eq!(machine.sends("RespondToAuthChallenge"), answer(1, "493817"));
}

#[test]
fn a_new_code_with_a_password_that_is_right_no_more_goes_back_to_sign_in() {
    let mut machine = at_email_code();
    asks_for_new_code(&mut machine);
    machine.refused(WRONG_CREDENTIALS).does(["tell screen sign-in", "tell error wrong_credentials on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! wrong_credentials"));
}

#[test]
fn a_new_sign_in_that_asks_for_something_else_does_not_claim_a_new_code() {
    let mut machine = at_email_code();
    asks_for_new_code(&mut machine);
    machine.replied(totp_challenge(2)).does(["timer 180000", "tell screen totp-code"]);
    assert_eq!(machine.screen(), "totp-code");
}

#[test]
fn a_new_code_can_be_left() {
    let mut machine = at_email_code();
    asks_for_new_code(&mut machine);
    machine.on(Person::Pressed(Action::Back)).does(["tell screen sign-in"]);
    machine.replied(email_challenge(2)).does([]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME})"));
}

#[test]
fn only_emailed_codes_are_sent_anew() {
    let mut machine = at_question();
    machine.on(Person::Pressed(Action::SendNewCode)).does([]);
    assert_eq!(machine.screen(), "custom-challenge");
}

#[test]
fn a_new_code_that_fails_after_the_session_ran_out_goes_back_to_sign_in() {
    let mut machine = at_email_code();
    let timer = machine.timer;
    machine.on(Person::Pressed(Action::SendNewCode)).does(["derive A"]);
    machine.timer_fired(timer).does([]);
    assert_eq!(machine.screen(), "email-code busy");
    machine.derived().does(["call InitiateAuth"]);
    machine.unreachable().does(["tell screen sign-in", "tell error network on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! network"));
}

#[test]
fn a_code_after_a_question_takes_another_sign_in_to_be_sent_anew() {
    let mut machine = at_question();
    machine.answered("a cat").does(["call RespondToAuthChallenge"]);
    machine.replied(email_challenge(2));
    machine.does(["tell challenge of type EMAIL_CODE", "timer 180000", "tell screen email-code"]);
    // Nobody could have had a new code sent while the question was open, so the password is held no more.
    machine.on(Person::Pressed(Action::SendNewCode)).does(["tell screen sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! sign_in_for_new_code"));
}

#[test]
fn a_code_after_the_authenticator_can_be_sent_anew() {
    let mut machine = Machine::at_sign_in(SignInFlow::Custom);
    machine.passes_password(totp_challenge(1)).does(["timer 180000", "tell screen totp-code"]);
    machine.answered("493817").does(["call RespondToAuthChallenge"]);
    machine.replied(email_challenge(2));
    machine.does(["tell challenge of type EMAIL_CODE", "timer 180000", "tell screen email-code"]);
    asks_for_new_code(&mut machine);
    machine.replied(totp_challenge(3)).does(["timer 180000", "tell screen totp-code"]);
}
