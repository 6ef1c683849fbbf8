//! Another password, for somebody who is signed in.

use cognito_protocol::flow::{Action, Detail, Details, Page, PasswordRule, Person, Screen, field};
use serde_json::json;

use super::{
    machine::{HOUR, Machine, NOBODY, NOW, stored},
    service::{NAME, PASSWORD, WRONG_CREDENTIALS, access_token, refresh_token},
};

const OTHER: &str = "Tidewater 2026!";

fn at_form() -> Machine {
    let mut machine = Machine::at_account(&[]);
    machine.on(Person::Pressed(Action::ChangePassword)).does(["tell screen change-password"]);
    assert_eq!(machine.screen(), format!("change-password ({NAME})"));
    machine
}

fn submits<'a>(machine: &'a mut Machine, present: &str, other: &str) -> &'a mut Machine {
    machine.filled_in(&[(field::PASSWORD, present), (field::NEW_PASSWORD, other)])
}

#[test]
fn a_password_is_changed_by_one_request() {
    let mut machine = at_form();
    submits(&mut machine, PASSWORD, OTHER);
    let expected = json!({ "AccessToken": access_token(1), "PreviousPassword": PASSWORD, "ProposedPassword": OTHER });
    assert_eq!(machine.sends("ChangePassword"), expected);
    assert_eq!(machine.screen(), format!("change-password ({NAME}) busy"));
    submits(&mut machine, PASSWORD, OTHER).does([]);
    machine.replied(json!({})).does(["tell screen account"]);
    assert_eq!(machine.screen(), "account (without app) ! password_changed");
}

#[test]
fn what_is_missing_is_told_without_asking_the_service() {
    let mut machine = at_form();
    submits(&mut machine, "", OTHER).does(["tell error password_missing on change-password"]);
    submits(&mut machine, PASSWORD, "").does(["tell error new_password_missing on change-password"]);
}

#[test]
fn every_refusal_is_told_in_its_own_words_and_leaves_the_form_open() {
    const REFUSALS: [((&str, &str), &str); 10] = [
        (WRONG_CREDENTIALS, "wrong_password"),
        (("NotAuthorizedException", "Password attempts exceeded"), "throttled"),
        (("LimitExceededException", "Attempt limit exceeded, please try after some time."), "throttled"),
        (("PasswordHistoryPolicyViolationException", "Password has previously been used"), "password_used_before"),
        (("InvalidPasswordException", "Password did not conform with policy: Password not long enough"), "invalid_password"),
        (
            (
                "InvalidParameterException",
                "1 validation error detected: Value at 'proposedPassword' failed to satisfy constraint: Member must satisfy \
                 regular expression pattern: ^[\\S]+.*[\\S]+$",
            ),
            "invalid_password",
        ),
        (
            (
                "InvalidParameterException",
                "1 validation error detected: Value at 'previousPassword' failed to satisfy constraint: Member must satisfy \
                 regular expression pattern: ^[\\S]+.*[\\S]+$",
            ),
            "wrong_password",
        ),
        (("UserLambdaValidationException", "PreSignUp failed with error Not today."), "service"),
        (("InternalErrorException", ""), "unexpected"),
        (("TooManyRequestsException", ""), "throttled"),
    ];
    let mut machine = at_form();
    for (refusal, told) in REFUSALS {
        submits(&mut machine, PASSWORD, OTHER).does(["call ChangePassword"]);
        machine.refused(refusal).does([&format!("tell error {told} on change-password")]);
        assert_eq!(machine.screen(), format!("change-password ({NAME}) ! {told}"));
    }
    submits(&mut machine, PASSWORD, OTHER).does(["call ChangePassword"]);
    machine.refused(("InvalidPasswordException", "Password did not conform with policy: Password must have symbol characters"));
    machine.does(["tell error invalid_password on change-password"]);
    assert_eq!(machine.notice().detail, Detail::Rule(PasswordRule::Symbol));
    submits(&mut machine, PASSWORD, OTHER).does(["call ChangePassword"]);
    machine.unreachable().does(["tell error network on change-password"]);
    submits(&mut machine, PASSWORD, OTHER).does(["call ChangePassword"]);
}

#[test]
fn a_wrong_password_does_not_cost_the_access_token() {
    let mut machine = at_form();
    submits(&mut machine, "a guess", OTHER).does(["call ChangePassword"]);
    machine.refused(WRONG_CREDENTIALS).does(["tell error wrong_password on change-password"]);
    machine.tokens_requested(7).does([&format!("answer 7: {}", access_token(1))]);
    submits(&mut machine, PASSWORD, OTHER).does(["call ChangePassword"]);
}

#[test]
fn a_token_that_is_refused_is_refreshed_before_the_next_try() {
    let mut machine = at_form();
    submits(&mut machine, PASSWORD, OTHER).does(["call ChangePassword"]);
    machine.refused(("NotAuthorizedException", "Access Token has been revoked"));
    machine.does(["tell error unexpected on change-password"]);
    submits(&mut machine, PASSWORD, OTHER).does(["lock"]);
    machine.lock_acquired(Some(stored(1, NOW + HOUR))).does(["call GetTokensFromRefreshToken"]);
    machine.refreshed(2);
    machine.first_does([&format!("renew {} {}", access_token(2), refresh_token(1)), "unlock", "tell tokens-refreshed"]);
    assert_eq!(machine.sends("ChangePassword")["AccessToken"], access_token(2));
}

#[test]
fn a_refresh_that_fails_for_now_is_told_in_the_form() {
    let mut machine = at_form();
    machine.now += 2 * HOUR;
    submits(&mut machine, PASSWORD, OTHER).does(["lock"]);
    machine.lock_acquired(Some(stored(1, NOW + HOUR))).does(["call GetTokensFromRefreshToken"]);
    machine.unreachable().does(["unlock", "tell error network on change-password"]);
    assert_eq!(machine.screen(), format!("change-password ({NAME}) ! network"));
}

#[test]
fn the_form_can_be_left_by_person_and_page() {
    for way in [
        Person::Pressed(Action::Back).into(),
        cognito_protocol::flow::Event::from(Page::ResetRequested),
        Page::ScreenRequested { request: NOBODY, screen: Screen::Account }.into(),
    ] {
        let mut machine = at_form();
        submits(&mut machine, "", "").does(["tell error password_missing on change-password"]);
        machine.on(way).does(["tell screen account"]);
        assert_eq!(machine.screen(), "account (without app)");
    }
}

#[test]
fn what_may_have_been_changed_already_is_waited_for() {
    let mut machine = at_form();
    submits(&mut machine, PASSWORD, OTHER).does(["call ChangePassword"]);
    machine.on(Person::Pressed(Action::Back)).does([]);
    machine.replied(json!({})).does(["tell screen account"]);
    assert_eq!(machine.screen(), "account (without app) ! password_changed");
}

#[test]
fn a_page_opens_the_form_by_its_name() {
    let mut machine = Machine::at_account(&[]);
    machine.on(Page::ScreenRequested { request: 7, screen: Screen::ChangePassword });
    machine.does(["tell screen change-password", "answer 7: done"]);
    machine.on(Page::ScreenRequested { request: 8, screen: Screen::DeleteAccount }).does(["answer 8: screen_unavailable"]);
}

#[test]
fn a_new_password_is_saved_with_the_name_that_was_typed_to_sign_in() {
    let machine = at_form();
    let Details::Name(name) = &machine.view().details else { panic!("another screen") };
    assert_eq!(name, NAME);
}
