//! The code that confirms a sign-up.

use cognito_protocol::flow::{Action, Page, Person, Purpose, Screen, SignInFlow, field};
use serde_json::json;

use super::{
    machine::{Machine, settings},
    reset_password::delivered,
    service::{CLIENT_ID, NAME, PASSWORD, Pool, tokens},
    sign_in::is_signed_in,
};

const CODE: &str = "493817";

/// Somebody signs in whose sign-up is not confirmed.
fn at_confirm_sign_up() -> Machine {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    machine.proves(&mut Pool::new(), NAME, PASSWORD);
    machine.refused(("UserNotConfirmedException", "User is not confirmed."));
    assert_eq!(machine.screen(), "confirm-sign-up busy ! not_confirmed");
    assert_eq!(machine.sends("ResendConfirmationCode"), json!({ "ClientId": CLIENT_ID, "Username": NAME }));
    machine.does(["timer 900000", "tell screen confirm-sign-up"]);
    machine.replied(delivered("m***@e***")).does([]);
    machine
}

/// The page begins there, for whoever comes back to it later.
fn without_password() -> Machine {
    let mut settings = settings(SignInFlow::Srp, Purpose::SignIn);
    settings.first_screen = Screen::ConfirmSignUp;
    settings.sign_in_name = NAME.to_owned();
    let mut machine = Machine::new(settings);
    machine.on(Page::Started { stored: None }).does(["tell screen confirm-sign-up"]);
    machine
}

fn confirms<'a>(machine: &'a mut Machine, code: &str) -> &'a mut Machine {
    machine.filled_in(&[(field::CODE, code)])
}

#[test]
fn an_unconfirmed_user_gets_a_code_and_is_signed_in_with_the_password_of_before() {
    let mut machine = at_confirm_sign_up();
    assert_eq!(machine.screen(), "confirm-sign-up ! not_confirmed");
    confirms(&mut machine, "493-817");
    let request = machine.sends("ConfirmSignUp");
    assert_eq!(request, json!({ "ClientId": CLIENT_ID, "Username": NAME, "ConfirmationCode": CODE }));
    machine.replied(json!({}));
    assert_eq!(machine.screen(), "confirm-sign-up busy");
    machine.proves_by_itself(NAME).replied(tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn without_the_password_the_form_says_that_it_is_done() {
    let mut machine = without_password();
    confirms(&mut machine, CODE).does(["call ConfirmSignUp"]);
    machine.replied(json!({})).does(["tell screen sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! confirmed"));
}

#[test]
fn the_password_is_kept_for_a_while_only() {
    let mut machine = at_confirm_sign_up();
    let timer = machine.timer;
    machine.timer_fired(timer).does([]);
    confirms(&mut machine, CODE).does(["call ConfirmSignUp"]);
    machine.replied(json!({})).does(["tell screen sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! confirmed"));
}

#[test]
fn without_a_name_there_is_nothing_to_confirm() {
    let mut settings = settings(SignInFlow::Srp, Purpose::SignIn);
    settings.first_screen = Screen::ConfirmSignUp;
    let mut machine = Machine::new(settings);
    machine.on(Page::Started { stored: None }).does(["tell screen sign-in"]);
}

#[test]
fn each_refusal_has_its_notice_and_the_next_try_works() {
    for (code, message, notice) in [
        ("CodeMismatchException", "Invalid verification code provided, please try again.", "wrong_code"),
        ("ExpiredCodeException", "Invalid code provided, please request a code again.", "code_expired"),
        ("UserNotFoundException", "Username/client id combination not found.", "wrong_code"),
        ("AliasExistsException", "An account with the given email already exists.", "alias_exists"),
        ("LimitExceededException", "Attempt limit exceeded, please try after some time.", "throttled"),
        ("TooManyFailedAttemptsException", "", "throttled"),
        ("UserLambdaValidationException", "PostConfirmation failed with error No.", "service"),
        ("InternalErrorException", "", "unexpected"),
    ] {
        let mut machine = at_confirm_sign_up();
        confirms(&mut machine, "").does(["tell error code_missing on confirm-sign-up"]);
        confirms(&mut machine, "000000").does(["call ConfirmSignUp"]);
        machine.refused((code, message)).does([&format!("tell error {notice} on confirm-sign-up")]);
        assert_eq!(machine.screen(), format!("confirm-sign-up ! {notice}"));
        confirms(&mut machine, CODE).does(["call ConfirmSignUp"]);
    }
}

#[test]
fn whoever_is_confirmed_already_goes_on() {
    let confirmed = ("NotAuthorizedException", "User cannot be confirmed. Current status is CONFIRMED");
    let mut machine = at_confirm_sign_up();
    confirms(&mut machine, CODE).does(["call ConfirmSignUp"]);
    machine.refused(confirmed);
    machine.proves_by_itself(NAME).replied(tokens(1));
    is_signed_in(&mut machine);

    let mut machine = without_password();
    machine.on(Person::Pressed(Action::SendNewCode)).does(["call ResendConfirmationCode"]);
    machine.refused(("InvalidParameterException", "User is already confirmed.")).does(["tell screen sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! confirmed"));
}

#[test]
fn a_code_that_cannot_be_sent_is_told_and_an_older_one_still_works() {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    machine.proves(&mut Pool::new(), NAME, PASSWORD);
    machine.refused(("UserNotConfirmedException", "User is not confirmed."));
    machine.does(["call ResendConfirmationCode", "timer 900000", "tell screen confirm-sign-up"]);
    machine.refused(("LimitExceededException", "")).does(["tell error throttled on confirm-sign-up"]);
    confirms(&mut machine, CODE).does(["call ConfirmSignUp"]);
    machine.unreachable().does(["tell error network on confirm-sign-up"]);
}

#[test]
fn a_new_code_is_sent_once_at_a_time() {
    let mut machine = at_confirm_sign_up();
    machine.on(Person::Pressed(Action::SendNewCode)).does(["call ResendConfirmationCode"]);
    machine.on(Person::Pressed(Action::SendNewCode)).does([]);
    confirms(&mut machine, CODE).does([]);
    machine.replied(delivered("m***@e***")).does([]);
    assert_eq!(machine.screen(), "confirm-sign-up ! new_code_sent");
}

#[test]
fn the_way_back_keeps_the_name_and_drops_what_comes_late() {
    let mut machine = at_confirm_sign_up();
    confirms(&mut machine, CODE).does(["call ConfirmSignUp"]);
    machine.on(Person::Pressed(Action::Back)).does(["tell screen sign-in"]);
    machine.replied(json!({})).does([]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME})"));
}
