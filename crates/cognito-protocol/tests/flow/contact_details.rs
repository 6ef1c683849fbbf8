//! Where codes can reach a signed-in person: addresses and numbers are changed, added and verified.

use cognito_protocol::flow::{
    AccountView, Action, Contact, ContactDetail, Details, Page, Person, Purpose, Screen, SignInFlow, field,
};
use serde_json::{Value, json};

use super::{
    machine::{HOUR, Machine, NOW, settings, stored},
    service::{CODE_MISMATCH, NAME, USER_ID, access_token, refresh_token},
};

const OTHER: &str = "other@example.com";
const NUMBER: &str = "+15550100999";
const EMAIL: Action = Action::ChangeContact(Contact::Email);
const CODE: &str = "493817";

fn user(email: &str, email_verified: bool, phone_number: Option<&str>) -> Value {
    let mut attributes = vec![
        json!({ "Name": "email", "Value": email }),
        json!({ "Name": "email_verified", "Value": if email_verified { "true" } else { "false" } }),
    ];
    attributes.extend(phone_number.map(|number| json!({ "Name": "phone_number", "Value": number })));
    json!({ "Username": USER_ID, "UserAttributes": attributes })
}

fn at_account(user: Value) -> Machine {
    let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::Account));
    machine.on(Page::Started { stored: Some(stored(1, NOW + HOUR)) });
    machine.does([&format!("tell signed-in {USER_ID}"), "call GetUser", "tell screen account"]);
    machine.replied(user).does([]);
    machine
}

/// What the account shows.
fn shown(machine: &Machine, contact: Contact) -> Option<(&str, bool)> {
    let Details::Account(AccountView::Ready(settings)) = &machine.view().details else { panic!("another screen") };
    settings.contact(contact).map(|ContactDetail { value, is_verified }| (value.as_str(), *is_verified))
}

fn sent(attribute: &str, destination: &str) -> Value {
    json!({ "Destination": destination, "DeliveryMedium": "EMAIL", "AttributeName": attribute })
}

fn update(name: &str, value: &str) -> Value {
    json!({ "AccessToken": access_token(1), "UserAttributes": [{ "Name": name, "Value": value }] })
}

/// The person saves another address, and the pool sends a code there.
fn at_code() -> Machine {
    let mut machine = at_account(user(NAME, true, None));
    machine.on(Person::Pressed(EMAIL)).does(["tell screen change-email"]);
    machine.filled_in(&[(field::EMAIL, OTHER)]).does(["call UpdateUserAttributes"]);
    machine.replied(json!({ "CodeDeliveryDetailsList": [sent("email", "o***@e***")] })).does(["tell screen verify-email"]);
    machine
}

fn verifies(machine: &mut Machine, code: &str) {
    machine.filled_in(&[(field::CODE, code)]);
    let expected = json!({ "AccessToken": access_token(1), "AttributeName": "email", "Code": CODE });
    assert_eq!(machine.sends("VerifyUserAttribute"), expected);
}

#[test]
fn another_address_counts_with_its_code_alone_where_the_pool_has_it_so() {
    let mut machine = at_account(user(NAME, true, None));
    machine.on(Person::Pressed(EMAIL)).does(["tell screen change-email"]);
    let Details::Attributes(asked, _) = &machine.view().details else { panic!("another screen") };
    assert_eq!(asked, &["email"]);
    machine.filled_in(&[(field::EMAIL, " other@example.com ")]);
    assert_eq!(machine.sends("UpdateUserAttributes"), update("email", OTHER));
    assert_eq!(machine.screen(), "change-email busy");
    machine.replied(json!({ "CodeDeliveryDetailsList": [sent("email", "o***@e***")] })).does(["tell screen verify-email"]);
    let Details::Challenge(challenge) = &machine.view().details else { panic!("another screen") };
    assert_eq!(challenge.parameters.get("destination"), Some("o***@e***"));
    assert!(challenge.is_renewable && challenge.renewed_at_millis.is_none());

    verifies(&mut machine, " 493 817");
    machine.replied(json!({})).does(["call GetUser", "tell screen account"]);
    assert!(machine.view().busy);
    machine.replied(user(OTHER, true, None)).does([]);
    assert_eq!(machine.screen(), "account (without app) ! verified");
    assert_eq!(shown(&machine, Contact::Email), Some((OTHER, true)));
}

#[test]
fn what_the_account_is_like_without_the_code_is_for_the_service_to_say() {
    for (after, is_verified) in [(NAME, true), (OTHER, false)] {
        let mut machine = at_code();
        machine.on(Person::Pressed(Action::Back)).does(["call GetUser", "tell screen account"]);
        machine.replied(user(after, is_verified, None)).does([]);
        assert_eq!(machine.screen(), "account (without app)");
        assert_eq!(shown(&machine, Contact::Email), Some((after, is_verified)));
    }
}

#[test]
fn a_value_that_needs_no_code_is_saved() {
    let mut machine = at_account(user(NAME, true, None));
    machine.on(Person::Pressed(Action::ChangeContact(Contact::PhoneNumber))).does(["tell screen change-phone-number"]);
    machine.filled_in(&[("phone_number", "+1 (555) 010-0999")]);
    assert_eq!(machine.sends("UpdateUserAttributes"), update("phone_number", NUMBER));
    machine.replied(json!({})).does(["call GetUser", "tell screen account"]);
    machine.replied(user(NAME, true, Some(NUMBER))).does([]);
    assert_eq!(machine.screen(), "account (without app) ! saved");
    assert_eq!(shown(&machine, Contact::PhoneNumber), Some((NUMBER, false)));
}

#[test]
fn an_account_that_cannot_be_read_after_a_change_does_not_show_what_was_before() {
    let mut machine = at_code();
    verifies(&mut machine, CODE);
    machine.replied(json!({})).does(["call GetUser", "tell screen account"]);
    machine.unreachable().does(["tell error network on account"]);
    assert_eq!(machine.screen(), "account (unknown) ! network");
    machine.on(Person::Pressed(Action::TryAgain)).does(["call GetUser"]);
}

#[test]
fn what_cannot_be_an_address_or_number_is_told_without_asking_the_service() {
    let mut machine = at_account(user(NAME, true, None));
    machine.on(Person::Pressed(Action::ChangeContact(Contact::PhoneNumber))).does(["tell screen change-phone-number"]);
    machine.filled_in(&[("phone_number", " ")]).does(["tell error attribute_missing on change-phone-number"]);
    machine.filled_in(&[("phone_number", "090-1234-5678")]).does(["tell error phone_number_invalid on change-phone-number"]);
    machine.on(Person::Pressed(Action::Back)).does(["tell screen account"]);
    machine.on(Person::Pressed(EMAIL)).does(["tell screen change-email"]);
    machine.filled_in(&[(field::EMAIL, "")]).does(["tell error attribute_missing on change-email"]);
}

#[test]
fn every_refusal_of_a_value_is_told_in_its_own_words_and_leaves_the_form_open() {
    const REFUSALS: [((&str, &str), &str); 8] = [
        (("AliasExistsException", "An account with the given email already exists."), "alias_exists"),
        (("InvalidParameterException", "Invalid email address format."), "email_invalid"),
        (("InvalidParameterException", "Attributes did not conform to the schema: email: too long"), "email_invalid"),
        (("CodeDeliveryFailureException", "no route"), "code_not_sent"),
        (("LimitExceededException", ""), "throttled"),
        (("NotAuthorizedException", "A client attempted to write unauthorized attribute"), "attribute_not_writable"),
        (("UserLambdaValidationException", "CustomMessage failed with error Not there."), "service"),
        (("InternalErrorException", ""), "unexpected"),
    ];
    let mut machine = at_account(user(NAME, true, None));
    machine.on(Person::Pressed(EMAIL)).does(["tell screen change-email"]);
    for (refusal, told) in REFUSALS {
        machine.filled_in(&[(field::EMAIL, OTHER)]).does(["call UpdateUserAttributes"]);
        machine.refused(refusal).does([&format!("tell error {told} on change-email")]);
    }
}

#[test]
fn every_refusal_of_a_code_is_told_in_its_own_words_and_leaves_the_form_open() {
    const REFUSALS: [((&str, &str), &str); 6] = [
        (CODE_MISMATCH, "wrong_code"),
        (("ExpiredCodeException", "Invalid code provided, please request a code again."), "code_expired"),
        (("AliasExistsException", "An account with the given email already exists."), "alias_exists"),
        (("LimitExceededException", "Attempt limit exceeded, please try after some time."), "throttled"),
        (
            (
                "InvalidParameterException",
                "1 validation error detected: Value at 'code' failed to satisfy constraint: Member must satisfy regular \
                 expression pattern: [\\S]+",
            ),
            "wrong_code",
        ),
        (("InternalErrorException", ""), "unexpected"),
    ];
    let mut machine = at_code();
    machine.filled_in(&[(field::CODE, " - ")]).does(["tell error code_missing on verify-email"]);
    for (refusal, told) in REFUSALS {
        verifies(&mut machine, CODE);
        machine.refused(refusal).does([&format!("tell error {told} on verify-email")]);
    }
    verifies(&mut machine, CODE);
    machine.unreachable().does(["tell error network on verify-email"]);
    verifies(&mut machine, CODE);
}

#[test]
fn what_is_there_unverified_is_verified_by_a_code() {
    for (contact, name, screen) in
        [(Contact::Email, "email", "verify-email"), (Contact::PhoneNumber, "phone_number", "verify-phone-number")]
    {
        let mut machine = at_account(user(NAME, false, Some(NUMBER)));
        machine.on(Person::Pressed(Action::VerifyContact(contact)));
        let expected = json!({ "AccessToken": access_token(1), "AttributeName": name });
        assert_eq!(machine.sends("GetUserAttributeVerificationCode"), expected);
        machine.does([&format!("tell screen {screen}")]);
        assert_eq!(machine.screen(), format!("{screen} busy"));
        machine.replied(json!({ "CodeDeliveryDetails": sent(name, "***") })).does([]);
        assert_eq!(machine.screen(), screen);
        machine.filled_in(&[(field::CODE, CODE)]);
        let expected = json!({ "AccessToken": access_token(1), "AttributeName": name, "Code": CODE });
        assert_eq!(machine.sends("VerifyUserAttribute"), expected);
        machine.replied(json!({})).does(["call GetUser", "tell screen account"]);
        machine.replied(user(NAME, true, Some(NUMBER))).does([]);
        assert_eq!(machine.screen(), "account (without app) ! verified");
    }
}

#[test]
fn a_new_code_is_sent_as_often_as_the_service_allows() {
    let mut machine = at_code();
    machine.on(Person::Pressed(Action::SendNewCode)).does(["call GetUserAttributeVerificationCode"]);
    machine.on(Person::Pressed(Action::SendNewCode)).does([]);
    machine.replied(json!({ "CodeDeliveryDetails": sent("email", "o***@e***") })).does([]);
    assert_eq!(machine.screen(), "verify-email ! new_code_sent");
    let Details::Challenge(challenge) = &machine.view().details else { panic!("another screen") };
    assert_eq!(challenge.renewed_at_millis, Some(NOW));
    machine.on(Person::Pressed(Action::SendNewCode)).does(["call GetUserAttributeVerificationCode"]);
    machine.refused(("LimitExceededException", "")).does(["tell error throttled on verify-email"]);
    machine.on(Person::Pressed(Action::SendNewCode)).does(["call GetUserAttributeVerificationCode"]);
    machine.refused(("InvalidParameterException", "User has no email to verify"));
    machine.does(["tell error code_not_sent on verify-email"]);
    // The code from before may still be good.
    verifies(&mut machine, CODE);
}

#[test]
fn a_form_for_a_code_can_be_left_while_one_is_sent() {
    let mut machine = at_account(user(NAME, false, None));
    machine.on(Person::Pressed(Action::VerifyContact(Contact::Email)));
    machine.does(["call GetUserAttributeVerificationCode", "tell screen verify-email"]);
    machine.on(Person::Pressed(Action::Back)).does(["tell screen account"]);
    machine.replied(json!({ "CodeDeliveryDetails": sent("email", "m***@e***") })).does([]);
    assert_eq!(machine.screen(), "account (without app)");
}

#[test]
fn what_needs_an_access_token_gets_a_fresh_one() {
    let mut machine = at_code();
    machine.now += 2 * HOUR;
    machine.on(Person::Pressed(Action::Back)).does(["lock"]);
    machine.lock_acquired(Some(stored(1, NOW + HOUR))).does(["call GetTokensFromRefreshToken"]);
    machine.refreshed(2);
    machine.first_does([&format!("renew {} {}", access_token(2), refresh_token(1)), "unlock", "tell tokens-refreshed"]);
    assert_eq!(machine.sends("GetUser")["AccessToken"], access_token(2));
    machine.does(["tell screen account"]);
}

#[test]
fn a_page_opens_the_forms_but_does_not_send_codes() {
    for (screen, is_shown) in [
        (Screen::ChangeEmail, true),
        (Screen::ChangePhoneNumber, true),
        (Screen::VerifyEmail, false),
        (Screen::VerifyPhoneNumber, false),
    ] {
        let mut machine = at_account(user(NAME, false, Some(NUMBER)));
        machine.on(Page::ScreenRequested { request: 7, screen });
        if is_shown {
            machine.does([&format!("tell screen {}", screen.as_str()), "answer 7: done"]);
        } else {
            machine.does(["answer 7: screen_unavailable"]);
        }
    }
}
