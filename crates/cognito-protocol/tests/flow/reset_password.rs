//! A forgotten password, and one that must be reset.

use cognito_protocol::flow::{Action, Detail, Details, NoticeKind, Page, PasswordRule, Person, Screen, SignInFlow, field};
use serde_json::{Value, json};

use super::{
    machine::{Machine, NOBODY},
    service::{CLIENT_ID, NAME, PASSWORD, Pool, WRONG_CREDENTIALS, tokens, totp_challenge},
    sign_in::is_signed_in,
};

const CODE: &str = "493817";

pub fn delivered(destination: &str) -> Value {
    json!({ "CodeDeliveryDetails": { "Destination": destination, "DeliveryMedium": "EMAIL", "AttributeName": "email" } })
}

fn at_forgot_password() -> Machine {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    machine.on(Person::Named(format!(" {NAME} "))).does([]);
    machine.on(Person::Pressed(Action::ForgotPassword)).does(["tell screen forgot-password"]);
    machine
}

fn at_reset_password() -> Machine {
    let mut machine = at_forgot_password();
    machine.filled_in(&[(field::USERNAME, NAME)]).does(["call ForgotPassword"]);
    machine.replied(delivered("m***@e***")).does(["tell screen reset-password"]);
    machine
}

fn saves<'a>(machine: &'a mut Machine, code: &str, password: &str) -> &'a mut Machine {
    machine.filled_in(&[(field::CODE, code), (field::NEW_PASSWORD, password)])
}

fn shown(machine: &Machine, name: &str) -> Option<String> {
    let Details::Challenge(view) = &machine.view().details else { panic!("another screen") };
    assert!(view.is_renewable);
    view.parameters.get(name).map(str::to_owned)
}

#[test]
fn a_code_and_a_new_password_sign_in() {
    let mut machine = at_forgot_password();
    assert_eq!(machine.screen(), format!("forgot-password ({NAME})"));
    machine.filled_in(&[(field::USERNAME, &format!(" {NAME} "))]);
    assert_eq!(machine.sends("ForgotPassword"), json!({ "ClientId": CLIENT_ID, "Username": NAME }));
    assert_eq!(machine.screen(), format!("forgot-password ({NAME}) busy"));
    machine.replied(delivered("m***@e***")).does(["tell screen reset-password"]);
    assert_eq!(shown(&machine, "destination").as_deref(), Some("m***@e***"));
    let Details::Challenge(challenge) = &machine.view().details else { panic!("another screen") };
    assert_eq!(challenge.sign_in_name, NAME, "for password managers");
    saves(&mut machine, "４９３ 817", PASSWORD);
    let request = machine.sends("ConfirmForgotPassword");
    let expected = json!({ "ClientId": CLIENT_ID, "Username": NAME, "ConfirmationCode": CODE, "Password": PASSWORD });
    assert_eq!(request, expected);
    machine.replied(json!({}));
    assert_eq!(machine.screen(), "reset-password busy");
    machine.proves_by_itself(NAME);
    assert_eq!(machine.screen(), "reset-password busy", "no screen flashes by");
    machine.replied(tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn a_second_factor_follows_the_new_password() {
    let mut machine = at_reset_password();
    saves(&mut machine, CODE, PASSWORD).does(["call ConfirmForgotPassword"]);
    machine.replied(json!({}));
    machine.proves_by_itself(NAME).replied(totp_challenge(1)).does(["timer 180000", "tell screen totp-code"]);
    assert_eq!(machine.screen(), "totp-code");
}

#[test]
fn a_code_that_follows_the_new_password_is_no_new_one() {
    let mut machine = at_reset_password();
    saves(&mut machine, CODE, PASSWORD).does(["call ConfirmForgotPassword"]);
    machine.replied(json!({}));
    machine.proves_by_itself(NAME).replied(json!({ "ChallengeName": "SMS_MFA", "Session": "AYABe-session-1" }));
    machine.does(["timer 180000", "tell screen sms-code"]);
    assert_eq!(machine.screen(), "sms-code");
}

#[test]
fn an_unknown_user_is_treated_like_all_others() {
    let mut machine = at_forgot_password();
    machine.filled_in(&[(field::USERNAME, NAME)]).does(["call ForgotPassword"]);
    machine.refused(("UserNotFoundException", "User does not exist.")).does(["tell screen reset-password"]);
    assert_eq!(machine.screen(), "reset-password");
    assert_eq!(shown(&machine, "destination").as_deref(), Some("m***@e***"));
    saves(&mut machine, CODE, PASSWORD).does(["call ConfirmForgotPassword"]);
    machine.refused(("UserNotFoundException", "User does not exist.")).does(["tell error wrong_code on reset-password"]);
    machine.on(Person::Pressed(Action::SendNewCode)).does(["call ForgotPassword"]);
    machine.refused(("UserNotFoundException", "User does not exist.")).does([]);
    assert_eq!(machine.screen(), "reset-password ! new_code_sent");
}

#[test]
fn a_strangers_phone_number_is_masked_as_the_service_masks_it() {
    let mut machine = at_forgot_password();
    machine.filled_in(&[(field::USERNAME, "+12065550123")]).does(["call ForgotPassword"]);
    machine.refused(("UserNotFoundException", "User does not exist.")).does(["tell screen reset-password"]);
    assert_eq!(shown(&machine, "destination").as_deref(), Some("+*******0123"));
}

#[test]
fn a_password_that_must_be_reset_leads_there_with_the_name_and_the_reason() {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    machine.proves(&mut Pool::new(), NAME, PASSWORD);
    machine.refused(("PasswordResetRequiredException", "Password reset required for the user"));
    machine.does(["tell screen forgot-password"]);
    assert_eq!(machine.screen(), format!("forgot-password ({NAME}) ! password_reset_required"));
    machine.filled_in(&[(field::USERNAME, NAME)]).does(["call ForgotPassword"]);
    machine.replied(delivered("m***@e***")).does(["tell screen reset-password"]);
    assert_eq!(machine.screen(), "reset-password");
}

#[test]
fn what_cannot_be_right_is_not_sent() {
    let mut machine = at_forgot_password();
    machine.filled_in(&[(field::USERNAME, " ")]).does(["tell error name_missing on forgot-password"]);
    let mut machine = at_reset_password();
    saves(&mut machine, " ", PASSWORD).does(["tell error code_missing on reset-password"]);
    saves(&mut machine, CODE, "").does(["tell error new_password_missing on reset-password"]);
    // Another screen's form, and one without the fields.
    machine.filled_in(&[(field::CODE, CODE)]).does([]);
}

#[test]
fn each_refusal_of_the_first_step_has_its_notice() {
    for (code, message, notice) in [
        ("LimitExceededException", "Attempt limit exceeded, please try after some time.", "throttled"),
        ("CodeDeliveryFailureException", "", "code_not_sent"),
        (
            "InvalidParameterException",
            "Cannot reset password for the user as there is no registered/verified email or phone_number",
            "password_not_resettable",
        ),
        ("NotAuthorizedException", "User password cannot be reset in the current state.", "password_not_resettable"),
        ("NotAuthorizedException", "User is disabled.", "user_disabled"),
        ("UserLambdaValidationException", "CustomMessage failed with error No.", "service"),
        ("InternalErrorException", "", "unexpected"),
    ] {
        let mut machine = at_forgot_password();
        machine.filled_in(&[(field::USERNAME, NAME)]).does(["call ForgotPassword"]);
        machine.refused((code, message)).does([&format!("tell error {notice} on forgot-password")]);
        assert_eq!(machine.screen(), format!("forgot-password ({NAME}) ! {notice}"));
    }
}

#[test]
fn each_refusal_of_the_second_step_has_its_notice_and_the_next_try_works() {
    for (code, message, notice) in [
        ("CodeMismatchException", "Invalid verification code provided, please try again.", "wrong_code"),
        ("ExpiredCodeException", "Invalid code provided, please request a code again.", "code_expired"),
        ("LimitExceededException", "Attempt limit exceeded, please try after some time.", "throttled"),
        ("TooManyFailedAttemptsException", "", "throttled"),
        ("PasswordHistoryPolicyViolationException", "", "password_used_before"),
        ("InvalidPasswordException", "Password did not conform with policy: Password not long enough", "invalid_password"),
        ("InternalErrorException", "", "unexpected"),
    ] {
        let mut machine = at_reset_password();
        saves(&mut machine, CODE, "a password that was refused").does(["call ConfirmForgotPassword"]);
        machine.refused((code, message)).does([&format!("tell error {notice} on reset-password")]);
        assert_eq!(machine.screen(), format!("reset-password ! {notice}"));
        saves(&mut machine, CODE, PASSWORD).does(["call ConfirmForgotPassword"]);
    }
}

#[test]
fn the_rule_that_a_password_breaks_is_told() {
    const PATTERN: &str = "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must satisfy \
                           regular expression pattern: ^[\\S]+.*[\\S]+$";
    for (code, message, rule) in [
        ("InvalidPasswordException", "Password did not conform with policy: Password not long enough", PasswordRule::Length),
        ("InvalidPasswordException", "… policy: Password must have uppercase characters", PasswordRule::Upper),
        ("InvalidPasswordException", "… policy: Password must have lowercase characters", PasswordRule::Lower),
        ("InvalidPasswordException", "… policy: Password must have numeric characters", PasswordRule::Digit),
        ("InvalidPasswordException", "… policy: Password must have symbol characters", PasswordRule::Symbol),
        ("InvalidParameterException", PATTERN, PasswordRule::Ends),
    ] {
        let mut machine = at_reset_password();
        saves(&mut machine, CODE, "a password that was refused").does(["call ConfirmForgotPassword"]);
        machine.refused((code, message)).does(["tell error invalid_password on reset-password"]);
        assert_eq!(machine.notice().kind, NoticeKind::InvalidPassword);
        assert_eq!(machine.notice().detail, Detail::Rule(rule));
    }
}

#[test]
fn a_new_code_is_sent_once_at_a_time() {
    let mut machine = at_reset_password();
    machine.on(Person::Pressed(Action::SendNewCode)).does(["call ForgotPassword"]);
    assert_eq!(machine.screen(), "reset-password busy");
    machine.on(Person::Pressed(Action::SendNewCode)).does([]);
    saves(&mut machine, CODE, PASSWORD).does([]);
    machine.replied(delivered("m***@e***")).does([]);
    assert_eq!(machine.screen(), "reset-password ! new_code_sent");
    machine.on(Person::Pressed(Action::SendNewCode)).does(["call ForgotPassword"]);
    machine.refused(("LimitExceededException", "")).does(["tell error throttled on reset-password"]);
}

#[test]
fn the_way_back_keeps_the_name() {
    let mut machine = at_forgot_password();
    machine.on(Person::Named("other@example.com".to_owned())).does([]);
    machine.on(Person::Pressed(Action::Back)).does(["tell screen sign-in"]);
    assert_eq!(machine.screen(), "sign-in (other@example.com)");
    let mut machine = at_reset_password();
    machine.on(Person::Pressed(Action::Back)).does(["tell screen sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME})"));
    let mut machine = at_reset_password();
    machine.on(Page::ScreenRequested { request: NOBODY, screen: Screen::SignIn }).does(["tell screen sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME})"));
}

#[test]
fn a_sign_in_that_fails_after_the_reset_leads_to_the_form() {
    let mut machine = at_reset_password();
    saves(&mut machine, CODE, PASSWORD).does(["call ConfirmForgotPassword"]);
    machine.replied(json!({}));
    machine.proves_by_itself(NAME).refused(WRONG_CREDENTIALS);
    machine.does(["tell screen sign-in", "tell error wrong_credentials on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! wrong_credentials"));
}

#[test]
fn whoever_is_not_confirmed_is_led_there() {
    let mut machine = at_reset_password();
    saves(&mut machine, CODE, PASSWORD).does(["call ConfirmForgotPassword"]);
    machine.refused(("UserNotConfirmedException", "")).does(["call ResendConfirmationCode", "tell screen confirm-sign-up"]);
    assert_eq!(machine.screen(), "confirm-sign-up busy ! not_confirmed");
}
