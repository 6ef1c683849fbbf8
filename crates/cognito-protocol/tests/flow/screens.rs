//! `show()`: the page asks for a screen, and gets it or a reason.

use cognito_protocol::flow::{Action, Page, Person, Purpose, Screen, SignInFlow};

use super::{
    machine::{HOUR, Machine, NOW, settings, stored},
    service::{NAME, PASSWORD, email_challenge, new_access_token},
};

fn asks_for(machine: &mut Machine, request: u32, screen: Screen) -> &mut Machine {
    machine.on(Page::ScreenRequested { request, screen })
}

#[test]
fn a_screen_that_is_shown_already_is_no_reason_to_refuse() {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    asks_for(&mut machine, 1, Screen::SignIn).does(["answer 1: done"]);
}

#[test]
fn what_cannot_be_shown_now_is_refused() {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    let at_hand = [Screen::SignIn, Screen::SignUp, Screen::ForgotPassword];
    for screen in Screen::ALL.iter().filter(|screen| !at_hand.contains(screen)) {
        asks_for(&mut machine, 1, *screen).does(["answer 1: screen_unavailable"]);
    }
    let mut machine = Machine::signed_in();
    asks_for(&mut machine, 2, Screen::SignIn).does(["answer 2: screen_unavailable"]);
    asks_for(&mut machine, 3, Screen::TotpSetup).does(["answer 3: screen_unavailable"]);
}

#[test]
fn the_form_is_the_way_back_from_a_challenge() {
    let mut machine = Machine::at_sign_in(SignInFlow::Custom);
    machine.passes_password(email_challenge(1));
    machine.does(["tell challenge of type EMAIL_CODE", "timer 180000", "tell screen email-code"]);
    asks_for(&mut machine, 1, Screen::SignIn).does(["tell screen sign-in", "answer 1: done"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME})"));
}

#[test]
fn a_request_waits_while_something_is_under_way() {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    machine.submitted(NAME, PASSWORD).does(["derive A"]);
    asks_for(&mut machine, 1, Screen::SignedIn).does([]);
    // Of two the later counts.
    asks_for(&mut machine, 2, Screen::SignedIn).does(["answer 1: screen_unavailable"]);
    machine.job_failed().does(["tell error unexpected on sign-in", "answer 2: screen_unavailable"]);
}

#[test]
fn a_setting_that_needs_a_fresh_token_is_shown_after_the_refresh() {
    let mut machine = Machine::at_account(&[]);
    machine.now += 2 * HOUR;
    asks_for(&mut machine, 1, Screen::TotpSetup).does(["lock"]);
    machine.lock_acquired(Some(stored(1, NOW))).does(["call GetTokensFromRefreshToken"]);
    machine.replied(new_access_token(2)).first_does([
        "renew eyJraWQ.access.2 eyJraWQ.refresh.1",
        "unlock",
        "tell tokens-refreshed",
    ]);
    machine.does(["call AssociateSoftwareToken", "tell screen totp-setup", "answer 1: done"]);
    asks_for(&mut machine, 2, Screen::Account).does(["tell screen account", "answer 2: done"]);
}

#[test]
fn the_account_shows_the_form_to_whoever_is_not_signed_in() {
    let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::Account));
    asks_for(&mut machine, 1, Screen::Account).does([]);
    machine.on(Page::Started { stored: None }).does(["tell screen account", "answer 1: done"]);
    asks_for(&mut machine, 2, Screen::SignIn).does(["tell screen sign-in", "answer 2: done"]);
    machine.on(Person::Pressed(Action::Back)).does(["tell screen account"]);
    asks_for(&mut machine, 3, Screen::TotpSetup).does(["answer 3: screen_unavailable"]);
}
