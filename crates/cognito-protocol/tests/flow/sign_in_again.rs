//! What protects an account is changed by whoever signed in only just, or signs in again.

use cognito_protocol::flow::{Action, Contact, Event, Factor, Page, Person, Purpose, Screen, SignInFlow, field};
use serde_json::json;

use super::{
    machine::{HOUR, Machine, NOBODY, NOW, found, settings, stored},
    service::{
        NAME, PASSWORD, Pool, USER_ID, WRONG_CREDENTIALS, access_token, email_challenge, refresh_token, tokens, totp_challenge,
        user,
    },
};

const WITH_APP: &[&str] = &["SOFTWARE_TOKEN_MFA"];

/// The account of somebody who signed in an hour ago.
fn at_account(factors: &[&str]) -> Machine {
    let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::Account));
    machine.on(Page::Started { stored: Some(found(NOW + HOUR)) });
    machine.does([&format!("tell signed-in {USER_ID}"), "call GetUser", "tell screen account"]);
    machine.replied(user(factors)).does([]);
    machine
}

/// The same, asked to sign in again for a change.
fn asked(change: Action) -> Machine {
    let mut machine = at_account(WITH_APP);
    machine.on(Person::Pressed(change)).does(["tell screen sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! sign_in_to_change"));
    machine
}

fn stored_1() -> String {
    format!("store {} {}", access_token(1), refresh_token(1))
}

#[test]
fn turning_the_app_off_follows_another_sign_in() {
    let mut machine = asked(Action::TurnOff(Factor::App));
    machine.passes_password(totp_challenge(1)).does(["timer 180000", "tell screen totp-code"]);
    machine.answered("493817").does(["call RespondToAuthChallenge"]);
    machine.replied(tokens(1));
    machine.first_does([&stored_1(), "tell tokens-refreshed"]);
    assert_eq!(machine.sends("SetUserMFAPreference")["AccessToken"], access_token(1));
    machine.does(["tell screen account"]);
    machine.replied(json!({})).does([]);
    assert_eq!(machine.screen(), "account (without app) ! authenticator_off");
}

#[test]
fn replacing_the_app_follows_another_sign_in() {
    let mut machine = asked(Action::SetUpAuthenticator);
    machine.passes_password(tokens(1));
    machine.does([&stored_1(), "tell tokens-refreshed", "call AssociateSoftwareToken", "tell screen totp-setup"]);
}

#[test]
fn a_first_app_takes_nothing_away_from_anybody() {
    let mut machine = at_account(&[]);
    machine.on(Person::Pressed(Action::SetUpAuthenticator)).does(["call AssociateSoftwareToken", "tell screen totp-setup"]);
}

#[test]
fn after_ten_minutes_a_sign_in_is_no_longer_recent_however_often_its_tokens_were_refreshed() {
    for (minutes, is_recent) in [(9, true), (11, false)] {
        let mut machine = at_account(WITH_APP);
        // `auth_time` is an hour before; the service's clock decides.
        machine.service_ahead = Some(minutes * 60_000 - HOUR);
        machine.on(Page::ResetRequested).does([]);
        machine.on(Person::Pressed(Action::TurnOff(Factor::App)));
        // The clock is told by the next reply.
        machine.does(["tell screen sign-in"]);
        machine.submitted(NAME, "x").does(["derive A"]);
        machine.derived();
        machine.sends("InitiateAuth");
        machine.refused(WRONG_CREDENTIALS).does(["tell error wrong_credentials on sign-in"]);
        machine.on(Person::Pressed(Action::Back)).does(["tell screen account"]);
        machine.on(Person::Pressed(Action::TurnOff(Factor::App)));
        machine.does([if is_recent { "call SetUserMFAPreference" } else { "tell screen sign-in" }]);
    }
}

#[test]
fn the_change_can_be_left_by_person_and_page() {
    for way in [
        Event::from(Person::Pressed(Action::Back)),
        Page::ResetRequested.into(),
        Page::ScreenRequested { request: NOBODY, screen: Screen::Account }.into(),
    ] {
        let mut machine = asked(Action::TurnOff(Factor::App));
        machine.on(way).does(["tell screen account"]);
        assert_eq!(machine.screen(), "account (with app)");
    }
    let mut machine = asked(Action::TurnOff(Factor::App));
    machine.passes_password(totp_challenge(1)).does(["timer 180000", "tell screen totp-code"]);
    machine.on(Person::Pressed(Action::Back)).does(["tell screen sign-in"]);
    machine.on(Person::Pressed(Action::Back)).does(["tell screen account"]);
}

#[test]
fn a_wrong_password_changes_nothing() {
    let mut machine = asked(Action::TurnOff(Factor::App));
    let mut pool = Pool::new();
    let proof = machine.proves(&mut pool, NAME, "a guess");
    assert!(!pool.accepts(&proof));
    machine.refused(WRONG_CREDENTIALS).does(["tell error wrong_credentials on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! wrong_credentials"));
    machine.passes_password(tokens(1));
    machine.does([&stored_1(), "tell tokens-refreshed", "call SetUserMFAPreference", "tell screen account"]);
}

#[test]
fn the_session_goes_on_meanwhile() {
    let mut machine = asked(Action::TurnOff(Factor::App));
    machine.tokens_requested(7).does(["answer 7: eyJraWQ.found.1"]);
    machine.now += 2 * HOUR;
    machine.tokens_requested(8).does(["lock"]);
    machine.lock_acquired(Some(found(NOW + HOUR))).does(["call GetTokensFromRefreshToken"]);
    machine.refreshed(2);
    machine.does([
        &format!("renew {} {}", access_token(2), refresh_token(1)),
        "unlock",
        "tell tokens-refreshed",
        &format!("answer 8: {}", access_token(2)),
    ]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! sign_in_to_change"));
}

#[test]
fn whoever_waits_for_a_refresh_gets_the_new_tokens() {
    let mut machine = asked(Action::TurnOff(Factor::App));
    machine.now += 2 * HOUR;
    machine.tokens_requested(8).does(["lock"]);
    machine.passes_password(tokens(1));
    let answer = format!("answer 8: {}", access_token(1));
    machine.does([&stored_1(), "tell tokens-refreshed", &answer, "call SetUserMFAPreference", "tell screen account"]);
    machine.lock_acquired(Some(stored(1, machine.now + HOUR))).does(["unlock"]);
}

#[test]
fn the_session_may_end_meanwhile() {
    let mut machine = asked(Action::TurnOff(Factor::App));
    machine.on(Page::SignOutRequested { request: 7, global: false });
    machine.does(["forget", "tell signed-out requested", "tell screen account", "call RevokeToken", "answer 7: done"]);
    assert_eq!(machine.screen(), "account (not signed in)");

    let mut machine = asked(Action::TurnOff(Factor::App));
    machine.on(Page::StoreChanged { stored: None, was_removed: true });
    machine.does(["tell signed-out elsewhere", "tell screen account"]);
    assert_eq!(machine.screen(), "account (not signed in)");
}

#[test]
fn another_challenge_may_come_first() {
    let mut machine = asked(Action::TurnOff(Factor::App));
    machine.passes_password(email_challenge(1));
    machine.does(["tell challenge of type EMAIL_CODE", "timer 180000", "tell screen email-code"]);
    machine.timer_fired(machine.timer).does(["tell screen sign-in", "tell error session_over on sign-in"]);
    machine.on(Person::Pressed(Action::Back)).does(["tell screen account"]);
}

#[test]
fn what_leads_to_another_owner_follows_another_sign_in() {
    for (action, screen) in [
        (Action::ChangePassword, "change-password"),
        (Action::ChangeContact(Contact::Email), "change-email"),
        (Action::ChangeContact(Contact::PhoneNumber), "change-phone-number"),
        (Action::DeleteAccount, "delete-account"),
    ] {
        let mut machine = asked(action);
        machine.passes_password(tokens(1));
        machine.does([&stored_1(), "tell tokens-refreshed", &format!("tell screen {screen}")]);
    }
    let mut machine = at_account(WITH_APP);
    machine.on(Person::Pressed(Action::VerifyContact(Contact::Email)));
    machine.does(["call GetUserAttributeVerificationCode", "tell screen verify-email"]);
}

#[test]
fn a_form_that_stood_open_for_long_takes_another_sign_in_too() {
    let at_form = |action| {
        let mut machine = at_account(WITH_APP);
        machine.service_ahead = Some(-HOUR);
        machine.on(Person::Pressed(Action::VerifyContact(Contact::Email)));
        machine.does(["call GetUserAttributeVerificationCode", "tell screen verify-email"]);
        machine.replied(json!({})).does([]);
        machine.on(Person::Pressed(Action::Back)).does(["tell screen account"]);
        machine.on(Person::Pressed(action));
        machine.now += 11 * 60_000;
        machine
    };
    let mut machine = at_form(Action::ChangeContact(Contact::Email));
    machine.does(["tell screen change-email"]);
    machine.filled_in(&[(field::EMAIL, "other@example.com")]).does(["tell screen sign-in"]);
    machine.passes_password(tokens(1));
    machine.first_does([&stored_1(), "tell tokens-refreshed"]);
    assert_eq!(machine.sends("UpdateUserAttributes")["UserAttributes"][0]["Value"], "other@example.com");
    machine.does(["tell screen change-email"]);

    let mut machine = at_form(Action::DeleteAccount);
    machine.does(["tell screen delete-account"]);
    machine.filled_in(&[]).does(["tell screen sign-in"]);
    machine.on(Person::Pressed(Action::Back)).does(["tell screen delete-account"]);

    // The call itself asks for the password, which is kept for nothing else.
    let mut machine = at_form(Action::ChangePassword);
    machine.does(["tell screen change-password"]);
    machine.filled_in(&[(field::PASSWORD, PASSWORD), (field::NEW_PASSWORD, "Tidewater 2026!")]).does(["call ChangePassword"]);
}
