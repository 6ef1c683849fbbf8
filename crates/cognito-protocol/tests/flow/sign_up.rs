//! A new account.

use cognito_protocol::flow::{Action, Details, Page, Person, Purpose, Screen, SignInFlow, UsernameKind, field};
use serde_json::{Value, json};

use super::{
    machine::{Machine, NOBODY, settings},
    service::{CLIENT_ID, NAME, PASSWORD, USER_ID, tokens},
    sign_in::is_signed_in,
};

const CODE: &str = "493817";

/// A page that asks for these attributes, on the screen.
fn at_sign_up(kind: UsernameKind, attributes: &[&str]) -> Machine {
    let mut settings = settings(SignInFlow::Srp, Purpose::SignIn);
    settings.username_kind = kind;
    settings.sign_up_attributes = attributes.iter().map(|name| (*name).to_owned()).collect();
    let mut machine = Machine::new(settings);
    machine.on(Page::Started { stored: None }).does(["tell screen sign-in"]);
    machine.on(Person::Pressed(Action::SignUp)).does(["tell screen sign-up"]);
    machine
}

fn signs_up(machine: &mut Machine) -> &mut Machine {
    machine.filled_in(&[(field::USERNAME, NAME), (field::PASSWORD, PASSWORD)])
}

fn registered(is_confirmed: bool) -> Value {
    json!({
        "UserConfirmed": is_confirmed,
        "UserSub": USER_ID,
        "CodeDeliveryDetails": { "Destination": "m***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email" },
    })
}

#[test]
fn a_sign_up_a_code_and_nothing_else_to_type() {
    let mut machine = at_sign_up(UsernameKind::Email, &[]);
    machine.filled_in(&[(field::USERNAME, " me@example.com "), (field::PASSWORD, PASSWORD)]);
    let expected = json!({
        "ClientId": CLIENT_ID,
        "Username": NAME,
        "Password": PASSWORD,
        "UserAttributes": [{ "Name": "email", "Value": NAME }],
    });
    assert_eq!(machine.sends("SignUp"), expected);
    assert_eq!(machine.screen(), format!("sign-up ({NAME}) busy"));
    machine.replied(registered(false)).does(["timer 900000", "tell screen confirm-sign-up"]);
    assert_eq!(machine.screen(), "confirm-sign-up");
    let Details::Challenge(view) = &machine.view().details else { panic!("another screen") };
    assert_eq!(view.parameters.get("destination"), Some("m***@e***"));
    machine.filled_in(&[(field::CODE, CODE)]).does(["call ConfirmSignUp"]);
    machine.replied(json!({}));
    machine.proves_by_itself(NAME).replied(tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn a_pool_that_confirms_by_itself_signs_in_at_once() {
    let mut machine = at_sign_up(UsernameKind::Email, &[]);
    signs_up(&mut machine).does(["call SignUp"]);
    machine.replied(registered(true));
    assert_eq!(machine.screen(), format!("sign-up ({NAME}) busy"));
    machine.proves_by_itself(NAME).replied(tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn the_attributes_that_the_page_asks_for_are_sent() {
    let mut machine = at_sign_up(UsernameKind::Username, &["given_name", "phone_number", "custom:team"]);
    machine.filled_in(&[
        (field::USERNAME, "ann"),
        (field::PASSWORD, PASSWORD),
        ("given_name", " Ann "),
        ("phone_number", "+44 (20) 7946-0018"),
        ("custom:team", "red"),
    ]);
    let expected = json!([
        { "Name": "given_name", "Value": "Ann" },
        { "Name": "phone_number", "Value": "+442079460018" },
        { "Name": "custom:team", "Value": "red" },
    ]);
    assert_eq!(machine.sends("SignUp")["UserAttributes"], expected);
}

#[test]
fn a_phone_number_as_the_sign_in_name_is_sent_as_the_service_takes_it() {
    let mut machine = at_sign_up(UsernameKind::Phone, &[]);
    machine.filled_in(&[(field::USERNAME, "020 7946 0018"), (field::PASSWORD, PASSWORD)]);
    machine.does(["tell error name_invalid on sign-up"]);
    machine.filled_in(&[(field::USERNAME, "＋44 20 7946 0018"), (field::PASSWORD, PASSWORD)]);
    let request = machine.sends("SignUp");
    assert_eq!(request["Username"], "+442079460018");
    assert_eq!(request["UserAttributes"], json!([{ "Name": "phone_number", "Value": "+442079460018" }]));
}

#[test]
fn what_cannot_be_right_is_not_sent() {
    let mut machine = at_sign_up(UsernameKind::Email, &["name", "phone_number"]);
    let mut refuses = |name: &str, password: &str, given: &str, phone: &str, notice: &str| {
        machine.filled_in(&[(field::USERNAME, name), (field::PASSWORD, password), ("name", given), ("phone_number", phone)]);
        machine.does([&format!("tell error {notice} on sign-up")]);
    };
    refuses(" ", PASSWORD, "Ann", "+442079460018", "name_missing");
    refuses(NAME, "", "Ann", "+442079460018", "new_password_missing");
    refuses(NAME, PASSWORD, " ", "+442079460018", "attribute_missing");
    refuses(NAME, PASSWORD, "Ann", "", "attribute_missing");
    refuses(NAME, PASSWORD, "Ann", "020 7946 0018", "phone_number_invalid");
}

#[test]
fn each_refusal_has_its_notice_keeps_the_name_and_the_next_try_works() {
    for (code, message, notice) in [
        ("UsernameExistsException", "User already exists", "username_exists"),
        ("UsernameExistsException", "An account with the given email already exists.", "username_exists"),
        ("AliasExistsException", "", "alias_exists"),
        ("InvalidPasswordException", "Password did not conform with policy: Password not long enough", "invalid_password"),
        ("InvalidParameterException", "Username should be an email.", "name_invalid"),
        ("InvalidParameterException", "Invalid email address format.", "name_invalid"),
        ("InvalidParameterException", "Invalid phone number format.", "phone_number_invalid"),
        ("InvalidParameterException", "Attributes did not conform to the schema: name: too long", "invalid_input"),
        ("InvalidParameterException", "… Value at 'username' failed to satisfy constraint: …", "name_invalid"),
        ("InvalidParameterException", "… Value at 'userAttributes' failed to satisfy constraint: …", "invalid_input"),
        ("UserLambdaValidationException", "PreSignUp failed with error Only colleagues may join.", "service"),
        ("LimitExceededException", "", "throttled"),
        ("TooManyRequestsException", "", "throttled"),
        ("InternalErrorException", "", "unexpected"),
    ] {
        let mut machine = at_sign_up(UsernameKind::Email, &[]);
        signs_up(&mut machine).does(["call SignUp"]);
        machine.refused((code, message)).does([&format!("tell error {notice} on sign-up")]);
        assert_eq!(machine.screen(), format!("sign-up ({NAME}) ! {notice}"), "{code} {message}");
        signs_up(&mut machine).does(["call SignUp"]);
    }
}

#[test]
fn a_pool_that_refuses_every_sign_up_is_told_to_the_pages_author() {
    for (code, message, told) in [
        (
            "InvalidParameterException",
            "Attributes did not conform to the schema: gender: The attribute is required",
            "attribute_required",
        ),
        ("NotAuthorizedException", "SignUp is not permitted for this user pool", "sign_up_off"),
    ] {
        let mut machine = at_sign_up(UsernameKind::Email, &[]);
        signs_up(&mut machine).does(["call SignUp"]);
        machine.refused((code, message)).does([&format!("tell error {told} on sign-up")]);
        assert_eq!(machine.screen(), format!("sign-up ({NAME}) ! configuration"), "{message}");
    }
}

#[test]
fn an_account_whose_code_could_not_be_sent_can_ask_for_another() {
    let mut machine = at_sign_up(UsernameKind::Email, &[]);
    signs_up(&mut machine).does(["call SignUp"]);
    machine.refused(("CodeDeliveryFailureException", ""));
    machine.does(["timer 900000", "tell screen confirm-sign-up", "tell error code_not_sent on confirm-sign-up"]);
    machine.on(Person::Pressed(Action::SendNewCode)).does(["call ResendConfirmationCode"]);
}

#[test]
fn the_way_to_the_form_and_back_keeps_the_name() {
    let mut machine = at_sign_up(UsernameKind::Email, &[]);
    machine.on(Person::Named(NAME.to_owned())).does([]);
    machine.on(Person::Pressed(Action::Back)).does(["tell screen sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME})"));
    machine.on(Person::Pressed(Action::SignUp)).does(["tell screen sign-up"]);
    assert_eq!(machine.screen(), format!("sign-up ({NAME})"));
}

#[test]
fn a_page_may_begin_there_or_lead_there() {
    let mut first = settings(SignInFlow::Srp, Purpose::SignIn);
    first.first_screen = Screen::SignUp;
    let mut machine = Machine::new(first);
    machine.on(Page::Started { stored: None }).does(["tell screen sign-up"]);
    machine.on(Page::ScreenRequested { request: 1, screen: Screen::ForgotPassword });
    machine.does(["tell screen forgot-password", "answer 1: done"]);
    machine.on(Page::ScreenRequested { request: 2, screen: Screen::SignIn }).does(["tell screen sign-in", "answer 2: done"]);
    machine.on(Page::ResetRequested).does(["tell screen sign-up"]);
}

#[test]
fn a_page_without_sign_up_has_no_way_there() {
    let mut none = settings(SignInFlow::Srp, Purpose::SignIn);
    none.offers_sign_up = false;
    none.first_screen = Screen::SignUp;
    let mut machine = Machine::new(none);
    machine.on(Page::Started { stored: None }).does(["tell screen sign-in"]);
    machine.on(Person::Pressed(Action::SignUp)).does([]);
    machine.on(Page::ScreenRequested { request: 1, screen: Screen::SignUp }).does(["answer 1: screen_unavailable"]);
}

#[test]
fn whoever_is_signed_in_is_not_led_there() {
    let mut machine = Machine::signed_in();
    for screen in [Screen::SignUp, Screen::ForgotPassword, Screen::ConfirmSignUp] {
        machine.on(Page::ScreenRequested { request: 1, screen }).does(["answer 1: screen_unavailable"]);
    }
    machine.on(Page::ScreenRequested { request: NOBODY, screen: Screen::SignUp }).does([]);
}
