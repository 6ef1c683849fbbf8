//! A device that is new: registered, remembered or not; refreshed with; listed and forgotten in the account.

use cognito_protocol::{
    flow::{
        AccountView, Action, Details, DeviceEntry, Factor, Page, Person, Purpose, RememberDevice, Screen, Settings, SignInFlow,
    },
    srp::derive_device_verifier,
};
use serde_json::{Value, json};

use super::{
    machine::{HOUR, Machine, NOBODY, NOW, found, on_device, settings},
    service::{
        CLIENT_ID, DEVICE_GROUP_KEY, DEVICE_KEY, NAME, USER_ID, device_access_token, device_tokens, new_device_tokens,
        refresh_token, totp_challenge, user,
    },
};

const NETWORK_FAULT: [&str; 1] = ["tell error network on remember-device"];

/// A sign-in on a new device, up to the call that registers it.
fn confirming(remember_device: RememberDevice) -> Machine {
    let mut machine = Machine::new(Settings { remember_device, ..settings(SignInFlow::Srp, Purpose::SignIn) });
    machine.on(Page::Started { stored: None }).does(["tell screen sign-in"]);
    machine.passes_password(new_device_tokens(1));
    // Before anything else, so that no reload loses the session.
    machine.does([&stores(), "derive device"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) busy"));
    machine.derived();
    let password = "p6enp6enp6enp6enp6enp6enp6enp6enp6enp6enp6empqampqampg==";
    let verifier = derive_device_verifier(DEVICE_GROUP_KEY, DEVICE_KEY, &password.into(), &[0xa6; 16]);
    let expected = json!({
        "AccessToken": device_access_token(1),
        "DeviceKey": DEVICE_KEY,
        "DeviceName": "Test",
        "DeviceSecretVerifierConfig":
            { "PasswordVerifier": verifier.password_verifier_base64, "Salt": verifier.salt_base64 },
    });
    assert_eq!(machine.sends("ConfirmDevice"), expected);
    machine
}

fn stores() -> String {
    format!("store {} {}", device_access_token(1), refresh_token(1))
}

fn asked(is_necessary: bool) -> Value {
    json!({ "UserConfirmationNecessary": is_necessary })
}

fn keeps(is_remembered: bool) -> String {
    format!("keep device of {NAME}{}", if is_remembered { ", remembered" } else { "" })
}

fn signed_in() -> [String; 2] {
    [format!("tell signed-in {USER_ID}"), "tell screen signed-in".to_owned()]
}

fn is_signed_in(machine: &mut Machine) {
    let [told, shown] = signed_in();
    machine.does([&told, &shown]);
}

fn asking() -> Machine {
    let mut machine = confirming(RememberDevice::Ask);
    machine.replied(asked(true)).does([&keeps(false), "tell screen remember-device"]);
    assert_eq!(machine.screen(), "remember-device (me@example.com)");
    machine
}

fn updates(machine: &mut Machine, status: &str) {
    let expected = json!({ "AccessToken": device_access_token(1), "DeviceKey": DEVICE_KEY, "DeviceRememberedStatus": status });
    assert_eq!(machine.sends("UpdateDeviceStatus"), expected);
}

#[test]
fn the_person_is_asked_and_the_page_is_told_after_the_answer() {
    let mut machine = asking();
    machine.on(Person::Pressed(Action::RememberDevice));
    updates(&mut machine, "remembered");
    assert_eq!(machine.screen(), "remember-device (me@example.com) busy");
    machine.replied(json!({})).first_does([keeps(true).as_str()]);
    is_signed_in(&mut machine);
}

#[test]
fn not_now_asks_nothing_of_the_service() {
    let mut machine = asking();
    machine.on(Person::Pressed(Action::NotNow));
    is_signed_in(&mut machine);
    // And that is that.
    machine.on(Person::Pressed(Action::NotNow)).does([]);
}

#[test]
fn an_answer_that_does_not_arrive_can_be_given_again_or_left() {
    let mut machine = asking();
    machine.on(Person::Pressed(Action::RememberDevice)).does(["call UpdateDeviceStatus"]);
    machine.unreachable().does(NETWORK_FAULT);
    assert_eq!(machine.screen(), "remember-device (me@example.com) ! network");
    machine.on(Person::Pressed(Action::RememberDevice)).does(["call UpdateDeviceStatus"]);
    machine.unreachable().does(NETWORK_FAULT);
    machine.on(Person::Pressed(Action::NotNow));
    is_signed_in(&mut machine);
}

#[test]
fn what_the_page_has_decided_nobody_is_asked() {
    let mut machine = confirming(RememberDevice::Always);
    machine.replied(asked(true)).first_does([keeps(false).as_str()]);
    updates(&mut machine, "remembered");
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) busy"));
    machine.replied(json!({})).first_does([keeps(true).as_str()]);
    is_signed_in(&mut machine);

    let mut machine = confirming(RememberDevice::Never);
    machine.replied(asked(true)).first_does([keeps(false).as_str()]);
    is_signed_in(&mut machine);
}

#[test]
fn a_pool_that_always_remembers_asks_nobody_and_is_told_where_the_page_never_does() {
    for remember_device in [RememberDevice::Ask, RememberDevice::Always] {
        let mut machine = confirming(remember_device);
        machine.replied(asked(false)).first_does([keeps(true).as_str()]);
        is_signed_in(&mut machine);
    }
    let mut machine = confirming(RememberDevice::Never);
    machine.replied(asked(false)).first_does([keeps(false).as_str()]);
    updates(&mut machine, "not_remembered");
    machine.replied(json!({})).first_does([keeps(false).as_str()]);
    is_signed_in(&mut machine);
}

#[test]
fn a_device_that_cannot_be_registered_costs_nobody_the_sign_in() {
    let mut machine = confirming(RememberDevice::Ask);
    machine.unreachable();
    is_signed_in(&mut machine);
    let mut machine = confirming(RememberDevice::Ask);
    machine.refused(("InvalidParameterException", "Something is wrong with the verifier"));
    is_signed_in(&mut machine);
    for remember_device in [RememberDevice::Always, RememberDevice::Never] {
        let mut machine = confirming(remember_device);
        machine.replied(asked(remember_device == RememberDevice::Always)).does_whatever();
        machine.unreachable();
        is_signed_in(&mut machine);
    }
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    machine.passes_password(new_device_tokens(1)).does([&stores(), "derive device"]);
    machine.job_failed();
    is_signed_in(&mut machine);
    // A key alone is none.
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    let mut reply = new_device_tokens(1);
    reply["AuthenticationResult"]["NewDeviceMetadata"] = json!({ "DeviceKey": DEVICE_KEY });
    machine.passes_password(reply).first_does([stores().as_str()]);
    is_signed_in(&mut machine);
}

#[test]
fn the_screen_of_the_last_step_stays_while_the_device_is_registered() {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    machine.passes_password(totp_challenge(1)).does(["timer 180000", "tell screen totp-code"]);
    machine.answered("493817").does(["call RespondToAuthChallenge"]);
    machine.replied(new_device_tokens(1)).does([&stores(), "derive device"]);
    assert_eq!(machine.screen(), "totp-code busy");
    // Nor does a click meant for it do anything.
    machine.on(Person::Pressed(Action::Back)).does([]);
    machine.derived().does(["call ConfirmDevice"]);
    machine.replied(asked(false)).first_does([keeps(true).as_str()]);
    is_signed_in(&mut machine);
}

#[test]
fn the_session_is_there_while_the_question_is_open() {
    let mut machine = asking();
    machine.tokens_requested(1).does([&format!("answer 1: {}", device_access_token(1))]);
    // A reload finds the session, and asks nothing any more.
    let mut next = machine.reloaded();
    let tokens = on_device(NOW + HOUR);
    next.on(Page::Started { stored: Some(tokens) });
    is_signed_in(&mut next);

    let mut machine = asking();
    machine.on(Page::SignOutRequested { request: 2, global: false });
    machine.does(["forget", "tell signed-out requested", "tell screen sign-in", "call RevokeToken", "answer 2: done"]);
}

#[test]
fn a_question_that_was_open_for_hours_is_answered_by_fresh_tokens() {
    let mut machine = asking();
    machine.now += 2 * HOUR;
    machine.on(Person::Pressed(Action::RememberDevice)).does(["lock"]);
    assert_eq!(machine.screen(), "remember-device (me@example.com) busy");
    machine.lock_acquired(None);
    assert_eq!(machine.sends("GetTokensFromRefreshToken")["DeviceKey"], DEVICE_KEY);
    machine.unreachable().does(["unlock", NETWORK_FAULT[0]]);
    machine.on(Person::Pressed(Action::RememberDevice)).does(["lock"]);
    machine.lock_acquired(None).does(["call GetTokensFromRefreshToken"]);
    machine.replied(device_tokens(2)).does_whatever();
    assert_eq!(machine.screen(), "remember-device (me@example.com) busy");
    machine.replied(json!({})).first_does([keeps(true).as_str()]);
    is_signed_in(&mut machine);
}

#[test]
fn every_refresh_names_the_device_of_the_session() {
    let mut machine = Machine::at_start();
    machine.on(Page::Started { stored: Some(on_device(NOW - 1)) }).does(["lock"]);
    machine.lock_acquired(None);
    let expected = json!({ "RefreshToken": refresh_token(1), "ClientId": CLIENT_ID, "DeviceKey": DEVICE_KEY });
    assert_eq!(machine.sends("GetTokensFromRefreshToken"), expected);
    machine.refused(("UnknownOperationException", "")).first_does([]);
    let expected = json!({ "REFRESH_TOKEN": refresh_token(1), "DEVICE_KEY": DEVICE_KEY });
    assert_eq!(machine.sends("InitiateAuth")["AuthParameters"], expected);
}

#[test]
fn to_end_all_sessions_with_old_tokens_the_device_is_named_too() {
    let mut machine = Machine::at_start();
    machine.on(Page::Started { stored: Some(on_device(NOW + HOUR)) }).does_whatever();
    machine.now += 2 * HOUR;
    machine.on(Page::SignOutRequested { request: 1, global: true });
    machine.first_does(["forget", "tell signed-out requested"]);
    assert_eq!(machine.sends("GetTokensFromRefreshToken")["DeviceKey"], DEVICE_KEY);
    machine.does(["tell screen sign-in"]);
    machine.refused(("UnknownOperationException", ""));
    assert_eq!(machine.sends("InitiateAuth")["AuthParameters"]["DEVICE_KEY"], DEVICE_KEY);
    machine.replied(device_tokens(2)).does(["call GlobalSignOut"]);
    machine.replied(json!({})).does(["answer 1: done"]);
}

/// The account element on a device that the pool knows, with these devices.
fn at_account(devices: &[Value]) -> Machine {
    let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::Account));
    machine.on(Page::Started { stored: Some(on_device(NOW + HOUR)) });
    machine.does([&format!("tell signed-in {USER_ID}"), "call GetUser", "tell screen account"]);
    machine.replied(user(&[]));
    assert_eq!(machine.sends("ListDevices"), json!({ "AccessToken": device_access_token(1), "Limit": 60 }));
    assert_eq!(machine.screen(), "account (loading) busy");
    machine.replied(json!({ "Devices": devices })).does([]);
    machine
}

fn listed(key: &str, name: &str) -> Value {
    json!({
        "DeviceKey": key,
        "DeviceAttributes": [{ "Name": "device_status", "Value": "valid" }, { "Name": "device_name", "Value": name }],
        "DeviceLastAuthenticatedDate": 1_757_408_703.5,
    })
}

fn devices(machine: &Machine) -> Option<&[DeviceEntry]> {
    match &machine.view().details {
        Details::Account(AccountView::Ready(settings)) => settings.devices.as_deref(),
        _ => panic!("another screen"),
    }
}

fn names(machine: &Machine) -> Vec<(&str, bool)> {
    devices(machine).expect("devices").iter().map(|device| (device.name.as_str(), device.is_this)).collect()
}

#[test]
fn the_account_lists_the_devices_of_all_pages() {
    let mut machine = at_account(&[listed(DEVICE_KEY, "here"), listed("eu-central-1_0b", " a \u{7}phone ")]);
    assert_eq!(names(&machine), [("here", true), ("a phone", false)]);
    assert_eq!(devices(&machine).expect("devices")[0].last_used_millis, Some(1_757_408_703_500));

    machine.on(Page::ScreenRequested { request: NOBODY, screen: Screen::Account });
    let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::Account));
    machine.on(Page::Started { stored: Some(on_device(NOW + HOUR)) }).does_whatever();
    machine.replied(user(&[])).does(["call ListDevices"]);
    machine.replied(json!({ "Devices": [listed(DEVICE_KEY, "here")], "PaginationToken": "more" }));
    assert_eq!(machine.sends("ListDevices")["PaginationToken"], "more");
    let mut tracked = listed("eu-central-1_0c", "not this one");
    tracked["DeviceAttributes"][0] = json!({ "Name": "dev:device_remembered_status", "Value": "not_remembered" });
    machine.replied(json!({ "Devices": [{ "DeviceKey": "eu-central-1_0b" }, tracked, {}] })).does([]);
    assert_eq!(names(&machine), [("here", true), ("", false)]);
    assert_eq!(devices(&machine).expect("devices")[1].last_used_millis, None);
}

#[test]
fn a_list_without_end_is_left() {
    let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::Account));
    machine.on(Page::Started { stored: Some(on_device(NOW + HOUR)) }).does_whatever();
    machine.replied(user(&[]));
    for _ in 0..10 {
        machine.does(["call ListDevices"]);
        machine.replied(json!({ "Devices": [listed("eu-central-1_0b", "a phone")], "PaginationToken": "more" }));
    }
    assert_eq!(devices(&machine).expect("devices").len(), 10);
}

#[test]
fn where_there_are_no_devices_the_account_is_there_without_them() {
    // A session without a device is of a pool that tracks none: nothing is asked.
    let machine = Machine::at_account(&[]);
    assert_eq!(devices(&machine), None);
    let refusals = [
        (("InvalidUserPoolConfigurationException", "Device tracking is not enabled"), "account (without app)"),
        (("TooManyRequestsException", "Slow down"), "account (without app) ! throttled"),
    ];
    for (refusal, screen) in refusals {
        let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::Account));
        machine.on(Page::Started { stored: Some(on_device(NOW + HOUR)) }).does_whatever();
        machine.replied(user(&[])).does(["call ListDevices"]);
        machine.refused(refusal).does_whatever();
        assert_eq!(machine.screen(), screen);
        assert_eq!(devices(&machine), None);
    }
}

fn forget(machine: &mut Machine, at: usize) -> Value {
    let id = devices(machine).expect("devices")[at].id;
    machine.on(Person::Pressed(Action::ForgetDevice(id)));
    machine.sends("ForgetDevice")
}

#[test]
fn a_device_is_forgotten_here_and_there() {
    let mut machine = at_account(&[listed(DEVICE_KEY, "here"), listed("eu-central-1_0b", "a phone")]);
    let expected = json!({ "AccessToken": device_access_token(1), "DeviceKey": "eu-central-1_0b" });
    assert_eq!(forget(&mut machine, 1), expected);
    assert_eq!(machine.screen(), "account (without app) busy");
    machine.replied(json!({})).does([&format!("forget device eu-central-1_0b of {USER_ID}")]);
    assert_eq!(machine.screen(), "account (without app) ! device_forgotten");
    assert_eq!(names(&machine), [("here", true)]);

    forget(&mut machine, 0);
    // It was gone already.
    machine.refused(("ResourceNotFoundException", "Device does not exist."));
    machine.does([&format!("forget device {DEVICE_KEY} of {USER_ID}")]);
    assert_eq!(machine.screen(), "account (without app) ! this_device_forgotten");
    assert_eq!(devices(&machine), Some([].as_slice()));
}

#[test]
fn a_device_that_could_not_be_forgotten_stays() {
    let mut machine = at_account(&[listed(DEVICE_KEY, "here")]);
    forget(&mut machine, 0);
    machine.unreachable().does(["tell error network on account"]);
    assert_eq!(names(&machine), [("here", true)]);
    // No device has this number.
    machine.on(Person::Pressed(Action::ForgetDevice(u32::MAX))).does([]);
}

#[test]
fn a_sign_in_for_a_change_registers_the_device_and_asks_nothing() {
    let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::Account));
    machine.on(Page::Started { stored: Some(found(NOW + HOUR)) }).does_whatever();
    machine.replied(user(&["SOFTWARE_TOKEN_MFA"])).does([]);
    machine.on(Person::Pressed(Action::TurnOff(Factor::App))).does(["tell screen sign-in"]);
    machine.passes_password(new_device_tokens(1));
    machine.does([&stores(), "derive device", "tell tokens-refreshed", "call SetUserMFAPreference", "tell screen account"]);
    machine.replied(json!({})).does([]);
    machine.derived().does(["call ConfirmDevice"]);
    machine.replied(asked(true)).does([&keeps(false)]);
    assert_eq!(machine.screen(), "account (without app) ! authenticator_off");
}

#[test]
fn old_tokens_of_no_device_name_none() {
    let mut machine = Machine::signed_in_long_ago();
    machine.tokens_requested(1).does(["lock"]);
    machine.lock_acquired(None);
    let request = machine.sends("GetTokensFromRefreshToken");
    assert_eq!(request, json!({ "RefreshToken": refresh_token(1), "ClientId": CLIENT_ID }));
}
