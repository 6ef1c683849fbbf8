//! What a signed-in person changes: the authenticator app.

use cognito_protocol::{
    flow::{Action, Details, Event, Factor, Page, Person, Purpose, Screen, SignInFlow},
    totp,
};
use serde_json::{Value, json};

use super::{
    machine::{HOUR, Machine, NOBODY, NOW, settings, stored, typed},
    service::{NAME, REFRESH_REVOKED, TOTP_SECRET, USER_ID, access_token, refresh_token, user},
    totp_setup::{REFUSED, code},
};

const WITH_APP: &[&str] = &["SMS_MFA", "SOFTWARE_TOKEN_MFA"];
const TOKEN_REVOKED: (&str, &str) = ("NotAuthorizedException", "Access Token has been revoked");

fn by_token(number: u32) -> Value {
    json!({ "AccessToken": access_token(number) })
}

fn preference(number: u32, on: bool) -> Value {
    json!({
        "AccessToken": access_token(number),
        "SoftwareTokenMfaSettings": { "Enabled": on, "PreferredMfa": on },
    })
}

fn at_totp_setup(factors: &[&str]) -> Machine {
    let mut machine = Machine::at_account(factors);
    machine.on(Person::Pressed(Action::SetUpAuthenticator));
    assert_eq!(machine.sends("AssociateSoftwareToken"), by_token(1));
    machine.does(["tell screen totp-setup"]);
    assert_eq!(machine.screen(), "totp-setup busy");
    machine.replied(json!({ "SecretCode": TOTP_SECRET })).does([]);
    assert_eq!(machine.screen(), "totp-setup (secret)");
    machine
}

/// From the account, hours later, to the call that refreshes the tokens before anything else.
fn refreshes_first(machine: &mut Machine, event: impl Into<Event>) {
    machine.now += 2 * HOUR;
    machine.on(event).does(["lock"]);
    assert!(machine.screen().contains(" busy"), "{}", machine.screen());
    machine.lock_acquired(Some(stored(1, NOW + HOUR))).does(["call GetTokensFromRefreshToken"]);
}

fn stored_2() -> String {
    format!("renew {} {}", access_token(2), refresh_token(1))
}

#[test]
fn the_account_tells_whether_there_is_an_authenticator_app() {
    let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::Account));
    machine.on(Page::Started { stored: Some(stored(1, NOW + HOUR)) });
    let signed_in = format!("tell signed-in {USER_ID}");
    machine.does([&signed_in, "call GetUser", "tell screen account"]);
    assert_eq!(machine.screen(), "account (loading) busy");
    machine.replied(user(WITH_APP)).does([]);
    assert_eq!(machine.screen(), "account (with app)");

    assert_eq!(Machine::at_account(&[]).screen(), "account (without app)");
    assert_eq!(Machine::at_account(&["EMAIL_OTP"]).screen(), "account (without app)");
}

#[test]
fn an_account_that_cannot_be_read_can_be_asked_for_again() {
    let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::Account));
    machine.on(Page::Started { stored: Some(stored(1, NOW + HOUR)) });
    let signed_in = format!("tell signed-in {USER_ID}");
    machine.does([&signed_in, "call GetUser", "tell screen account"]);
    machine.unreachable().does(["tell error network on account"]);
    assert_eq!(machine.screen(), "account (unknown) ! network");
    machine.on(Person::Pressed(Action::TryAgain)).does(["call GetUser"]);
    machine.replied(json!({ "UserAttributes": [] })).does(["tell error bad_reply on account"]);
    machine.on(Page::ResetRequested).does(["call GetUser"]);
    machine.replied(user(&[])).does([]);
    assert_eq!(machine.screen(), "account (without app)");
}

#[test]
fn an_app_is_set_up_and_preferred() {
    let mut machine = at_totp_setup(&[]);
    machine.answered(&code(0));
    let expected = json!({ "AccessToken": access_token(1), "UserCode": code(0) });
    assert_eq!(machine.sends("VerifySoftwareToken"), expected);
    machine.replied(json!({ "Status": "SUCCESS" }));
    assert_eq!(machine.sends("SetUserMFAPreference"), preference(1, true));
    assert_eq!(machine.screen(), "totp-setup busy");
    machine.replied(json!({})).does(["tell screen account"]);
    assert_eq!(machine.screen(), "account (with app) ! authenticator_on");
}

#[test]
fn the_key_uri_names_the_users_address() {
    let machine = at_totp_setup(&[]);
    let Details::TotpSetup(Some(view)) = &machine.view().details else { panic!("another screen") };
    assert_eq!(view.key_uri.expose(), totp::key_uri(TOTP_SECRET, "example.com", NAME));
    assert!(!view.signing_in);
}

#[test]
fn a_wrong_code_is_told_here_or_by_the_service_and_the_right_one_follows() {
    let mut machine = at_totp_setup(&[]);
    machine.answered(&code(90_000)).does(["tell error clock_off on totp-setup"]);
    machine.answered(&code(HOUR)).does(["tell error wrong_code on totp-setup"]);
    machine.answered(&code(30_000)).does(["call VerifySoftwareToken"]);
    machine.refused(REFUSED).does(["tell error wrong_code on totp-setup"]);
    machine.answered(&code(0)).does(["call VerifySoftwareToken"]);
}

#[test]
fn an_app_is_replaced_or_the_replacement_left() {
    let mut machine = at_totp_setup(WITH_APP);
    machine.on(Person::Pressed(Action::Back)).does(["tell screen account"]);
    assert_eq!(machine.screen(), "account (with app)");
    machine
        .on(Page::ScreenRequested { request: NOBODY, screen: Screen::TotpSetup })
        .does(["call AssociateSoftwareToken", "tell screen totp-setup"]);
    machine.on(Page::ResetRequested).does(["tell screen account"]);
    machine.replied(json!({ "SecretCode": TOTP_SECRET })).does([]);
    assert_eq!(machine.screen(), "account (with app)");
}

#[test]
fn a_setup_whose_code_was_accepted_cannot_be_left() {
    let mut machine = at_totp_setup(&[]);
    machine.answered(&code(0)).does(["call VerifySoftwareToken"]);
    machine.replied(json!({ "Status": "SUCCESS" })).does(["call SetUserMFAPreference"]);
    machine.on(Person::Pressed(Action::Back)).does([]);
    machine.replied(json!({})).does(["tell screen account"]);
    assert_eq!(machine.screen(), "account (with app) ! authenticator_on");
}

#[test]
fn an_app_is_turned_off_by_one_request() {
    let mut machine = Machine::at_account(WITH_APP);
    machine.on(Person::Pressed(Action::TurnOff(Factor::App)));
    assert_eq!(machine.sends("SetUserMFAPreference"), preference(1, false));
    assert_eq!(machine.screen(), "account (with app) busy");
    machine.on(Person::Pressed(Action::TurnOff(Factor::App))).does([]);
    machine.replied(json!({})).does([]);
    assert_eq!(machine.screen(), "account (without app) ! authenticator_off");
}

#[test]
fn a_pool_that_requires_a_second_factor_keeps_it_on() {
    let mut machine = Machine::at_account(WITH_APP);
    machine.on(Person::Pressed(Action::TurnOff(Factor::App))).does(["call SetUserMFAPreference"]);
    machine.refused(("InvalidParameterException", "User cannot disable the required MFA."));
    machine.does(["tell error authenticator_required on account"]);
    assert_eq!(machine.screen(), "account (with app) ! authenticator_required");
}

#[test]
fn what_fails_leaves_the_account_as_it_was() {
    let mut machine = Machine::at_account(WITH_APP);
    machine.on(Person::Pressed(Action::TurnOff(Factor::App))).does(["call SetUserMFAPreference"]);
    machine.unreachable().does(["tell error network on account"]);
    assert_eq!(machine.screen(), "account (with app) ! network");

    let mut machine = Machine::at_account(&[]);
    machine.on(Person::Pressed(Action::SetUpAuthenticator)).does(["call AssociateSoftwareToken", "tell screen totp-setup"]);
    machine.refused(("SoftwareTokenMFANotFoundException", "Software Token MFA has not been enabled by the userPool"));
    machine.does(["tell screen account", "tell error authenticator_unavailable on account"]);
    assert_eq!(machine.screen(), "account (without app) ! authenticator_unavailable");

    let mut machine = at_totp_setup(&[]);
    machine.answered(&code(0)).does(["call VerifySoftwareToken"]);
    machine.replied(json!({ "Status": "SUCCESS" })).does(["call SetUserMFAPreference"]);
    machine.unreachable().does(["tell screen account", "tell error network on account"]);
    assert_eq!(machine.screen(), "account (without app) ! network");
}

#[test]
fn an_old_token_is_refreshed_before_a_call() {
    let mut machine = Machine::at_account(WITH_APP);
    refreshes_first(&mut machine, Person::Pressed(Action::TurnOff(Factor::App)));
    machine.refreshed(2);
    let stored = stored_2();
    machine.does([&stored, "unlock", "tell tokens-refreshed", "call SetUserMFAPreference"]);

    let mut machine = Machine::at_account(&[]);
    refreshes_first(&mut machine, Page::ScreenRequested { request: NOBODY, screen: Screen::TotpSetup });
    machine.refreshed(2);
    machine.does([&stored, "unlock", "tell tokens-refreshed", "call AssociateSoftwareToken", "tell screen totp-setup"]);
}

#[test]
fn a_code_typed_an_hour_later_is_verified_with_the_new_token() {
    let mut machine = at_totp_setup(&[]);
    refreshes_first(&mut machine, typed(&code(2 * HOUR)));
    machine.refreshed(2);
    machine.first_does([&stored_2(), "unlock", "tell tokens-refreshed"]);
    let expected = json!({ "AccessToken": access_token(2), "UserCode": code(2 * HOUR) });
    assert_eq!(machine.sends("VerifySoftwareToken"), expected);
    machine.replied(json!({ "Status": "SUCCESS" }));
    assert_eq!(machine.sends("SetUserMFAPreference"), preference(2, true));
}

#[test]
fn a_refresh_that_fails_for_now_tells_whoever_waits_for_it() {
    let mut machine = Machine::at_account(WITH_APP);
    refreshes_first(&mut machine, Person::Pressed(Action::TurnOff(Factor::App)));
    machine.unreachable().does(["unlock", "tell error network on account"]);
    assert_eq!(machine.screen(), "account (with app) ! network");

    let mut machine = at_totp_setup(&[]);
    refreshes_first(&mut machine, typed(&code(2 * HOUR)));
    machine.unreachable().does(["unlock", "tell error network on totp-setup"]);
    assert_eq!(machine.screen(), "totp-setup (secret) ! network");
}

#[test]
fn a_refresh_for_the_page_does_not_trouble_the_person() {
    let mut machine = Machine::at_account(WITH_APP);
    machine.now += 2 * HOUR;
    machine.begins_refresh(1);
    assert_eq!(machine.screen(), "account (with app)");
    machine.unreachable().does(["unlock", "answer 1: network"]);
    assert_eq!(machine.screen(), "account (with app)");
}

#[test]
fn tokens_that_live_shorter_than_a_minute_are_used_all_the_same() {
    let mut machine = Machine::at_account(WITH_APP);
    refreshes_first(&mut machine, Person::Pressed(Action::TurnOff(Factor::App)));
    machine.replied(json!({ "AuthenticationResult": { "AccessToken": access_token(2), "ExpiresIn": 5 } }));
    machine.does([&stored_2(), "unlock", "tell tokens-refreshed", "call SetUserMFAPreference"]);
}

#[test]
fn a_token_that_the_service_refuses_is_refreshed_before_the_next_try() {
    let mut machine = Machine::at_account(WITH_APP);
    machine.on(Person::Pressed(Action::TurnOff(Factor::App))).does(["call SetUserMFAPreference"]);
    machine.refused(TOKEN_REVOKED).does(["tell error unexpected on account"]);
    machine.on(Person::Pressed(Action::TurnOff(Factor::App))).does(["lock"]);
    // The store still has the token that was refused, however often it is read.
    machine.on(Page::StoreChanged { stored: Some(stored(1, NOW + HOUR)), was_removed: false }).does([]);
    machine.lock_acquired(Some(stored(1, NOW + HOUR))).does(["call GetTokensFromRefreshToken"]);
    machine.is_refused_for_good(REFRESH_REVOKED);
    machine.does(["unlock", "forget", "tell signed-out expired", "tell error session_ended on account"]);
    assert_eq!(machine.screen(), "account (not signed in) ! session_ended");
}

#[test]
fn an_account_that_cannot_be_read_for_an_old_token_is_no_dead_end() {
    let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::Account));
    machine.on(Page::Started { stored: Some(stored(1, NOW + HOUR)) });
    let signed_in = format!("tell signed-in {USER_ID}");
    machine.does([&signed_in, "call GetUser", "tell screen account"]);
    machine.refused(TOKEN_REVOKED).does(["tell error unexpected on account"]);
    machine.on(Person::Pressed(Action::TryAgain)).does(["lock"]);
    assert_eq!(machine.screen(), "account (unknown) busy ! unexpected");
    machine.lock_acquired(None).does(["call GetTokensFromRefreshToken"]);
    machine.refreshed(2);
    machine.does([&stored_2(), "unlock", "tell tokens-refreshed", "call GetUser"]);
    machine.replied(user(&[])).does([]);
    assert_eq!(machine.screen(), "account (without app)");
}

#[test]
fn without_network_at_the_start_the_account_is_unknown_until_asked_for_again() {
    let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::Account));
    machine.on(Page::Started { stored: Some(stored(1, NOW)) }).does(["lock"]);
    machine.lock_acquired(Some(stored(1, NOW))).does(["call GetTokensFromRefreshToken"]);
    machine.unreachable();
    machine.does(["unlock", &format!("tell signed-in {USER_ID}"), "tell screen account", "tell error network on account"]);
    assert_eq!(machine.screen(), "account (unknown) ! network");
    machine.on(Person::Pressed(Action::TryAgain)).does(["lock"]);
    machine.lock_acquired(Some(stored(1, NOW))).does(["call GetTokensFromRefreshToken"]);
    machine.unreachable().does(["unlock", "tell error network on account"]);
    assert_eq!(machine.screen(), "account (unknown) ! network");
}

#[test]
fn the_page_hears_of_no_screen_while_a_session_of_another_element_is_renewed() {
    let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::Account));
    machine.on(Page::Started { stored: None }).does(["tell screen account"]);
    machine.on(Page::StoreChanged { stored: Some(stored(1, NOW)), was_removed: false }).does(["lock"]);
    assert_eq!(machine.screen(), "loading busy");
    machine.lock_acquired(Some(stored(1, NOW))).does(["call GetTokensFromRefreshToken"]);
}

#[test]
fn another_element_of_the_page_signs_in_and_out() {
    let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::Account));
    machine.on(Page::Started { stored: None }).does(["tell screen account"]);
    machine.on(Page::StoreChanged { stored: Some(stored(1, NOW + HOUR)), was_removed: false });
    machine.does([&format!("tell signed-in {USER_ID}"), "call GetUser"]);
    machine.replied(user(WITH_APP)).does([]);
    machine.on(Page::StoreChanged { stored: None, was_removed: false }).does(["tell signed-out elsewhere"]);
    assert_eq!(machine.screen(), "account (not signed in)");
}
