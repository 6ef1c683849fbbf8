//! The passkeys of a signed-in person.

use cognito_protocol::flow::{
    AccountView, Action, Details, Page, PasskeyEntry, PasskeyFailure, Person, Purpose, Settings, SignInFlow,
};
use serde_json::{Value, json};

use super::{
    machine::{HOUR, Machine, NOBODY, NOW, found, settings, stored},
    service::{NAME, USER_ID, access_token, refresh_token, tokens, user},
};

const OFF: (&str, &str) = ("WebAuthnNotEnabledException", "Passkeys are off.");

fn credential(id: &str, name: &str) -> Value {
    json!({
        "CredentialId": id,
        "FriendlyCredentialName": name,
        "RelyingPartyId": "localhost",
        "AuthenticatorTransports": ["internal"],
        "CreatedAt": 1_757_408_703.5,
    })
}

/// At the account, whose passkeys are asked for.
fn asked_for_passkeys(stored: cognito_protocol::flow::Tokens) -> Machine {
    let settings = Settings { has_passkeys: true, ..settings(SignInFlow::Srp, Purpose::Account) };
    let mut machine = Machine::new(settings);
    machine.on(Page::Started { stored: Some(stored) });
    machine.does([&format!("tell signed-in {USER_ID}"), "call GetUser", "tell screen account"]);
    machine.replied(user(&[]));
    machine
}

fn at_account(credentials: &[Value]) -> Machine {
    let mut machine = asked_for_passkeys(stored(1, NOW + HOUR));
    assert_eq!(machine.sends("ListWebAuthnCredentials"), json!({ "AccessToken": access_token(1) }));
    assert_eq!(machine.screen(), "account (loading) busy");
    machine.replied(json!({ "Credentials": credentials }));
    if credentials.is_empty() {
        // Whether the pool takes any is told by nothing else.
        assert_eq!(machine.sends("StartWebAuthnRegistration"), json!({ "AccessToken": access_token(1) }));
        machine.replied(json!({ "CredentialCreationOptions": {} }));
    }
    machine.does([]);
    machine
}

fn passkeys(machine: &Machine) -> Option<Vec<PasskeyEntry>> {
    let Details::Account(AccountView::Ready(settings)) = &machine.view().details else { panic!("another screen") };
    settings.passkeys.clone()
}

fn names(machine: &Machine) -> Vec<String> {
    passkeys(machine).expect("a section").into_iter().map(|passkey| passkey.name).collect()
}

fn number(machine: &Machine, at: usize) -> u32 {
    passkeys(machine).expect("a section")[at].id
}

/// The dialog of the browser is open.
fn adding() -> Machine {
    let mut machine = at_account(&[]);
    machine.on(Person::Pressed(Action::AddPasskey));
    assert_eq!(machine.sends("StartWebAuthnRegistration"), json!({ "AccessToken": access_token(1) }));
    assert_eq!(machine.screen(), "account (without app) busy");
    machine.replied(json!({ "CredentialCreationOptions": { "challenge": "AAAA", "rp": { "id": "localhost" } } }));
    machine.does(["passkey create"]);
    assert_eq!(machine.options(), json!({ "challenge": "AAAA", "rp": { "id": "localhost" } }));
    machine
}

#[test]
fn the_account_lists_them_with_names_and_dates() {
    let machine = at_account(&[credential("a", "Phone"), credential("b", "Key ring")]);
    assert_eq!(names(&machine), ["Phone", "Key ring"]);
    assert_eq!(passkeys(&machine).unwrap()[0].added_at_millis, Some(1_757_408_703_500));
    assert_eq!(passkeys(&at_account(&[])), Some(Vec::new()));
}

#[test]
fn all_pages_are_read_but_not_for_ever() {
    let mut machine = asked_for_passkeys(stored(1, NOW + HOUR));
    machine.sends("ListWebAuthnCredentials");
    machine.replied(json!({ "Credentials": [credential("a", "One")], "NextToken": "more" }));
    assert_eq!(machine.sends("ListWebAuthnCredentials"), json!({ "AccessToken": access_token(1), "NextToken": "more" }));
    machine.replied(json!({ "Credentials": [credential("b", "Two")] })).does([]);
    assert_eq!(names(&machine), ["One", "Two"]);

    let mut machine = asked_for_passkeys(stored(1, NOW + HOUR));
    for _ in 0..10 {
        machine.does(["call ListWebAuthnCredentials"]);
        machine.replied(json!({ "Credentials": [credential("a", "One")], "NextToken": "for ever" }));
    }
    machine.does([]);
    assert_eq!(names(&machine).len(), 10);
}

#[test]
fn names_and_dates_of_others_are_cut_and_checked() {
    let mut hostile = credential("a", &format!(" \u{7}<b>{}\n", "x".repeat(10_000)));
    for (created, shown) in [(json!(-1), None), (json!(1e300), None), (json!(1), Some(1000))] {
        hostile["CreatedAt"] = created;
        let machine = at_account(core::slice::from_ref(&hostile));
        let passkeys = passkeys(&machine).unwrap();
        assert_eq!(passkeys[0].added_at_millis, shown);
        assert!(passkeys[0].name.starts_with("<b>xxx") && passkeys[0].name.len() == 80, "{}", passkeys[0].name);
    }
}

#[test]
fn where_there_can_be_none_the_section_stays_away() {
    for error in
        [OFF, ("OperationNotEnabledException", ""), ("NotAuthorizedException", "Access Token does not have required scopes")]
    {
        let mut machine = asked_for_passkeys(stored(1, NOW + HOUR));
        machine.does(["call ListWebAuthnCredentials"]);
        machine.refused(error).does([]);
        assert_eq!(passkeys(&machine), None);

        let mut machine = asked_for_passkeys(stored(1, NOW + HOUR));
        machine.does(["call ListWebAuthnCredentials"]);
        machine.replied(json!({ "Credentials": [] })).does(["call StartWebAuthnRegistration"]);
        machine.refused(error).does([]);
        assert_eq!(passkeys(&machine), None);
    }
    // Nor is it there in a browser that has none: nobody asks.
    assert_eq!(passkeys(&Machine::at_account(&[])), None);
}

#[test]
fn a_list_that_cannot_be_read_for_now_keeps_nobody_from_the_rest() {
    let mut machine = asked_for_passkeys(stored(1, NOW + HOUR));
    machine.does(["call ListWebAuthnCredentials"]);
    machine.unreachable().does(["tell error network on account"]);
    assert_eq!(machine.screen(), "account (without app) ! network");
    assert_eq!(passkeys(&machine), None);
}

#[test]
fn a_passkey_is_added_and_read_back() {
    let mut machine = adding();
    machine.passkey(Ok(json!({ "id": "new", "response": {} })));
    let expected = json!({ "AccessToken": access_token(1), "Credential": { "id": "new", "response": {} } });
    assert_eq!(machine.sends("CompleteWebAuthnRegistration"), expected);
    machine.replied(json!({})).does(["call GetUser"]);
    machine.replied(user(&[])).does(["call ListWebAuthnCredentials"]);
    assert_eq!(machine.screen(), "account (without app) busy");
    machine.replied(json!({ "Credentials": [credential("new", "Laptop")] })).does([]);
    assert_eq!(machine.screen(), "account (without app) ! passkey_added");
    assert_eq!(names(&machine), ["Laptop"]);
}

#[test]
fn each_failure_of_the_browser_is_told() {
    for (failure, code) in [
        (PasskeyFailure::Cancelled, "passkey_cancelled"),
        (PasskeyFailure::WrongHost, "passkey_wrong_host"),
        (PasskeyFailure::NotSupported, "passkey_unsupported"),
        (PasskeyFailure::AlreadyRegistered, "passkey_exists"),
        (PasskeyFailure::Other, "passkey_failed"),
    ] {
        let mut machine = adding();
        machine.passkey(Err(failure)).does([&format!("tell error {code} on account")]);
        assert_eq!(machine.screen(), format!("account (without app) ! {code}"));
        machine.on(Person::Pressed(Action::AddPasskey)).does(["call StartWebAuthnRegistration"]);
    }
    let mut machine = adding();
    machine.passkey(Ok("a text".into())).does(["tell error passkey_failed on account"]);
}

#[test]
fn each_refusal_of_the_service_is_told() {
    for (code, notice) in [
        ("LimitExceededException", "passkey_limit"),
        ("TooManyRequestsException", "throttled"),
        ("WebAuthnChallengeNotFoundException", "passkey_expired"),
        ("WebAuthnClientMismatchException", "configuration"),
        ("WebAuthnConfigurationMissingException", "configuration"),
        ("WebAuthnCredentialNotSupportedException", "passkey_refused"),
        ("WebAuthnNotEnabledException", "passkeys_off"),
        ("WebAuthnOriginNotAllowedException", "passkey_wrong_host"),
        ("WebAuthnRelyingPartyMismatchException", "passkey_wrong_host"),
    ] {
        let mut machine = at_account(&[]);
        machine.on(Person::Pressed(Action::AddPasskey)).does(["call StartWebAuthnRegistration"]);
        machine.refused((code, "")).does([&format!("tell error {notice} on account")]);

        let mut machine = adding();
        machine.passkey(Ok(json!({}))).does(["call CompleteWebAuthnRegistration"]);
        machine.refused((code, "")).does([&format!("tell error {notice} on account")]);
        assert_eq!(machine.notice().service_code.as_deref(), Some(code));
    }
    for options in [json!("text"), json!([]), Value::Null] {
        let mut machine = at_account(&[]);
        machine.on(Person::Pressed(Action::AddPasskey)).does(["call StartWebAuthnRegistration"]);
        machine.replied(json!({ "CredentialCreationOptions": options })).does(["tell error bad_reply on account"]);
    }
}

#[test]
fn a_pool_that_gives_none_loses_the_section_but_not_what_can_be_removed() {
    let mut machine = at_account(&[]);
    machine.on(Person::Pressed(Action::AddPasskey)).does(["call StartWebAuthnRegistration"]);
    machine.refused(OFF).does(["tell error passkeys_off on account"]);
    assert_eq!(passkeys(&machine), None);
    machine.on(Person::Pressed(Action::AddPasskey)).does([]);

    let mut machine = at_account(&[credential("a", "Phone")]);
    machine.on(Person::Pressed(Action::AddPasskey)).does(["call StartWebAuthnRegistration"]);
    machine.refused(OFF).does(["tell error passkeys_off on account"]);
    assert_eq!(names(&machine), ["Phone"]);
}

#[test]
fn a_passkey_is_removed() {
    let mut machine = at_account(&[credential("a", "Phone"), credential("b", "Laptop")]);
    let (first, second) = (number(&machine, 0), number(&machine, 1));
    machine.on(Person::Pressed(Action::RemovePasskey(first)));
    assert_eq!(machine.sends("DeleteWebAuthnCredential"), json!({ "AccessToken": access_token(1), "CredentialId": "a" }));
    machine.replied(json!({})).does([]);
    assert_eq!(machine.screen(), "account (without app) ! passkey_removed");
    assert_eq!(names(&machine), ["Laptop"]);
    machine.on(Person::Pressed(Action::RemovePasskey(first))).does([]);
    // Gone already, elsewhere.
    machine.on(Person::Pressed(Action::RemovePasskey(second))).does(["call DeleteWebAuthnCredential"]);
    machine.refused(("ResourceNotFoundException", "")).does([]);
    assert_eq!(names(&machine), [""; 0]);
}

#[test]
fn a_passkey_that_is_not_removed_stays() {
    let mut machine = at_account(&[credential("a", "Phone")]);
    let first = number(&machine, 0);
    machine.on(Person::Pressed(Action::RemovePasskey(first))).does(["call DeleteWebAuthnCredential"]);
    machine.unreachable().does(["tell error network on account"]);
    assert_eq!(names(&machine), ["Phone"]);
}

#[test]
fn the_dialog_is_closed_when_the_account_is_left() {
    let mut machine = adding();
    machine.on(Page::ResetRequested).does(["dismiss"]);
    assert_eq!(machine.screen(), "account (without app)");
    machine.passkey(Ok(json!({}))).does([]);

    let mut machine = adding();
    machine.on(Page::StoreChanged { stored: None, was_removed: true });
    machine.does(["dismiss", "tell signed-out elsewhere"]);

    let mut machine = adding();
    machine.on(Page::SignOutRequested { request: NOBODY, global: false }).first_does(["dismiss", "forget"]);
    machine.does_whatever();
}

#[test]
fn what_was_made_is_waited_for() {
    let mut machine = adding();
    machine.passkey(Ok(json!({}))).does(["call CompleteWebAuthnRegistration"]);
    machine.on(Page::ResetRequested).does([]);
    machine.replied(json!({})).does(["call GetUser"]);
}

#[test]
fn tokens_that_grew_old_in_the_dialog_are_refreshed_first() {
    let mut machine = adding();
    machine.now += 2 * HOUR;
    machine.passkey(Ok(json!({ "id": "new" }))).does(["lock"]);
    machine.lock_acquired(Some(stored(1, NOW + HOUR))).does(["call GetTokensFromRefreshToken"]);
    machine.replied(tokens(2));
    machine.does_whatever();
    assert_eq!(machine.request().operation, "CompleteWebAuthnRegistration");
    assert_eq!(Value::from(&machine.request().body)["AccessToken"], access_token(2));
}

#[test]
fn whoever_signed_in_long_ago_signs_in_again_to_add_or_remove() {
    for removes in [false, true] {
        let mut machine = asked_for_passkeys(found(NOW + HOUR));
        machine.does(["call ListWebAuthnCredentials"]);
        machine.replied(json!({ "Credentials": [credential("a", "Phone")] })).does([]);
        let action = if removes { Action::RemovePasskey(number(&machine, 0)) } else { Action::AddPasskey };
        machine.on(Person::Pressed(action)).does(["tell screen sign-in"]);
        assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! sign_in_to_change"));
        machine.passes_password(tokens(1));
        let stored = format!("store {} {}", access_token(1), refresh_token(1));
        let call = if removes { "call DeleteWebAuthnCredential" } else { "call StartWebAuthnRegistration" };
        machine.does([&stored, "tell tokens-refreshed", call, "tell screen account"]);
    }
}
