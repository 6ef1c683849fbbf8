//! Which second factors a signed-in person has on, and which of them is asked for first; and the end of all sessions.

use cognito_protocol::flow::{
    AccountSettings, AccountView, Action, Contact, ContactDetail, Details, Factor, Page, Person, Purpose, SignInFlow,
};
use serde_json::{Value, json};

use super::{
    machine::{HOUR, Machine, NOW, found, settings, stored},
    service::{NAME, USER_ID, access_token},
};

const ALL: &[&str] = &["SMS_MFA", "EMAIL_OTP", "SOFTWARE_TOKEN_MFA"];
const REFUSED: (&str, &str) = ("InvalidParameterException", "User does not have delivery config set to turn on SMS_MFA");

fn user(factors: &[&str], preferred: Option<&str>) -> Value {
    json!({
        "Username": USER_ID,
        "UserAttributes": [
            { "Name": "email", "Value": NAME },
            { "Name": "email_verified", "Value": "true" },
            { "Name": "phone_number", "Value": "+15550100123" },
            { "Name": "phone_number_verified", "Value": "true" },
        ],
        "UserMFASettingList": factors,
        "PreferredMfaSetting": preferred,
    })
}

fn at_account(user: Value) -> Machine {
    let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::Account));
    machine.on(Page::Started { stored: Some(stored(1, NOW + HOUR)) });
    machine.does([&format!("tell signed-in {USER_ID}"), "call GetUser", "tell screen account"]);
    machine.replied(user).does([]);
    machine
}

fn shown(machine: &Machine) -> &AccountSettings {
    let Details::Account(AccountView::Ready(settings)) = &machine.view().details else { panic!("another screen") };
    settings
}

fn asks(machine: &mut Machine, action: Action, expected: Value) {
    machine.on(Person::Pressed(action));
    let mut request = machine.sends("SetUserMFAPreference");
    assert_eq!(request["AccessToken"].take(), access_token(1));
    request.as_object_mut().expect("an object").remove("AccessToken");
    assert_eq!(request, expected);
}

#[test]
fn the_account_tells_what_is_on_and_where_codes_can_go() {
    let machine = at_account(user(ALL, Some("EMAIL_OTP")));
    let settings = AccountSettings {
        passkeys: None,
        provider: None,
        factors: vec![Factor::Sms, Factor::Email, Factor::App],
        preferred: Some(Factor::Email),
        email: Some(ContactDetail { value: NAME.to_owned(), is_verified: true }),
        phone_number: Some(ContactDetail { value: "+15550100123".to_owned(), is_verified: true }),
        devices: None,
    };
    assert_eq!(*shown(&machine), settings);
    assert_eq!(settings.phone_number.as_ref().map(ContactDetail::masked_number).as_deref(), Some("+*******0123"));

    let mut unverified = user(&[], None);
    unverified["UserAttributes"][1]["Value"] = "false".into();
    unverified["UserAttributes"][3]["Value"] = "false".into();
    let machine = at_account(unverified);
    for contact in Contact::ALL {
        assert!(shown(&machine).contact(*contact).is_some());
        assert_eq!(shown(&machine).verified(*contact), None);
    }
    let machine = at_account(json!({ "Username": USER_ID, "UserAttributes": [{ "Name": "phone_number", "Value": "" }] }));
    assert_eq!(shown(&machine).contact(Contact::Email), None);
    assert_eq!(shown(&machine).contact(Contact::PhoneNumber), None);
}

#[test]
fn codes_are_turned_on_and_off() {
    for (factor, member, on, off) in
        [(Factor::Sms, "SMSMfaSettings", "sms_on", "sms_off"), (Factor::Email, "EmailMfaSettings", "email_on", "email_off")]
    {
        let mut machine = at_account(user(&[], None));
        asks(&mut machine, Action::TurnOn(factor), json!({ member: { "Enabled": true } }));
        assert!(machine.view().busy);
        machine.on(Person::Pressed(Action::TurnOn(factor))).does([]);
        machine.replied(json!({})).does([]);
        assert_eq!(shown(&machine).factors, [factor]);
        assert_eq!(machine.notice().kind.code(), on);
        asks(&mut machine, Action::TurnOff(factor), json!({ member: { "Enabled": false, "PreferredMfa": false } }));
        machine.replied(json!({})).does([]);
        assert!(shown(&machine).factors.is_empty());
        assert_eq!(machine.notice().kind.code(), off);
    }
}

#[test]
fn one_factor_at_most_is_preferred() {
    let mut machine = at_account(user(ALL, Some("EMAIL_OTP")));
    let expected = json!({
        "SMSMfaSettings": { "Enabled": true, "PreferredMfa": true },
        "SoftwareTokenMfaSettings": { "Enabled": true, "PreferredMfa": false },
        "EmailMfaSettings": { "Enabled": true, "PreferredMfa": false },
    });
    asks(&mut machine, Action::Prefer(Factor::Sms), expected);
    machine.replied(json!({})).does([]);
    assert_eq!(shown(&machine).preferred, Some(Factor::Sms));
    assert_eq!(shown(&machine).factors.len(), 3);
    assert_eq!(machine.notice().kind.code(), "saved");
    asks(&mut machine, Action::TurnOff(Factor::Sms), json!({ "SMSMfaSettings": { "Enabled": false, "PreferredMfa": false } }));
    machine.replied(json!({})).does([]);
    assert_eq!(shown(&machine).preferred, None);
}

#[test]
fn what_the_pool_refuses_stays_as_it_was_and_is_told() {
    let mut machine = at_account(user(&[], None));
    machine.on(Person::Pressed(Action::TurnOn(Factor::Sms))).does(["call SetUserMFAPreference"]);
    machine.refused(REFUSED).does(["tell error factor_unavailable on account"]);
    assert!(shown(&machine).factors.is_empty());

    let mut machine = at_account(user(&["EMAIL_OTP"], None));
    machine.on(Person::Pressed(Action::TurnOff(Factor::Email))).does(["call SetUserMFAPreference"]);
    machine.refused(REFUSED).does(["tell error factor_required on account"]);
    machine.on(Person::Pressed(Action::TurnOff(Factor::Email))).does(["call SetUserMFAPreference"]);
    machine.unreachable().does(["tell error network on account"]);
    assert_eq!(shown(&machine).factors, [Factor::Email]);
}

#[test]
fn turning_codes_off_takes_a_recent_sign_in_and_turning_them_on_does_not() {
    let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::Account));
    machine.on(Page::Started { stored: Some(found(NOW + HOUR)) });
    machine.does([&format!("tell signed-in {USER_ID}"), "call GetUser", "tell screen account"]);
    machine.replied(user(&["SMS_MFA"], None)).does([]);
    machine.on(Person::Pressed(Action::TurnOff(Factor::Sms))).does(["tell screen sign-in"]);
    machine.on(Person::Pressed(Action::Back)).does(["tell screen account"]);
    machine.on(Person::Pressed(Action::TurnOn(Factor::Email))).does(["call SetUserMFAPreference"]);
}

#[test]
fn a_person_signs_out_on_all_devices() {
    let mut machine = at_account(user(&[], None));
    machine.on(Person::Pressed(Action::SignOutEverywhere));
    machine.does(["forget", "tell signed-out requested", "call GlobalSignOut"]);
    assert_eq!(machine.screen(), "account (not signed in)");
    machine.replied(json!({})).does([]);

    let mut machine = at_account(user(&[], None));
    machine.on(Person::Pressed(Action::SignOutEverywhere));
    machine.does(["forget", "tell signed-out requested", "call GlobalSignOut"]);
    machine.unreachable().does(["tell error signed_out_here_only on account", "call RevokeToken"]);
    assert_eq!(machine.screen(), "account (not signed in) ! signed_out_here_only");
}
