//! `MFA_SETUP`: the pool demands an authenticator app before it signs in.

use cognito_protocol::{
    Secret,
    flow::{Action, Detail, Details, Page, Person, Purpose, SignInFlow},
    totp,
};
use serde_json::{Value, json};

use super::{
    machine::{HOUR, Machine, NOW, settings},
    service::{CLIENT_ID, CODE_USED, NAME, SESSION_EXPIRED, TOTP_SECRET, USER_ID, mfa_setup, session, tokens, totp_challenge},
    sign_in::is_signed_in,
};

pub const REFUSED: (&str, &str) = ("EnableSoftwareTokenMFAException", "Code mismatch and fail enable Software Token MFA");

/// What an authenticator app shows so many milliseconds from now.
pub fn code(ahead_millis: i64) -> String {
    totp::code_at(&Secret::from(TOTP_SECRET), (NOW + ahead_millis) / 1000).expect("a code")
}

fn secret(number: u32) -> Value {
    json!({ "SecretCode": TOTP_SECRET, "Session": session(number) })
}

fn asks_for_secret(machine: &mut Machine) {
    machine.passes_password(mfa_setup(1));
    assert_eq!(machine.sends("AssociateSoftwareToken"), json!({ "Session": session(1) }));
    machine.does(["timer 180000", "tell screen totp-setup"]);
    assert_eq!(machine.screen(), "totp-setup busy");
}

fn at_totp_setup() -> Machine {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    asks_for_secret(&mut machine);
    machine.replied(secret(2)).does(["timer 180000"]);
    assert_eq!(machine.screen(), "totp-setup (secret)");
    machine
}

fn verifies(machine: &mut Machine, typed: &str, number: u32) {
    machine.answered(typed);
    let expected = json!({ "Session": session(number), "UserCode": one_time_code::normalise(typed) });
    assert_eq!(machine.sends("VerifySoftwareToken"), expected);
    assert_eq!(machine.screen(), "totp-setup (secret) busy");
}

#[test]
fn the_whole_setup_signs_in() {
    let mut machine = at_totp_setup();
    verifies(&mut machine, &code(0), 2);
    machine.replied(json!({ "Status": "SUCCESS", "Session": session(3) }));
    let conclusion = json!({
        "ClientId": CLIENT_ID,
        "ChallengeName": "MFA_SETUP",
        "Session": session(3),
        "ChallengeResponses": { "USERNAME": USER_ID },
    });
    assert_eq!(machine.sends("RespondToAuthChallenge"), conclusion);
    assert_eq!(machine.screen(), "totp-setup busy");
    machine.replied(tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn the_screen_gets_the_secret_and_its_key_uri() {
    let machine = at_totp_setup();
    let Details::TotpSetup(Some(view)) = &machine.view().details else { panic!("another screen") };
    assert_eq!(view.secret_base32.expose(), TOTP_SECRET);
    let uri = format!("otpauth://totp/example.com:me%40example.com?secret={TOTP_SECRET}&issuer=example.com");
    assert_eq!(view.key_uri.expose(), uri);
    assert!(view.signing_in);
}

#[test]
fn the_pages_label_goes_into_the_key_uri() {
    let mut settings = settings(SignInFlow::Srp, Purpose::SignIn);
    settings.totp_label = Some("My account".to_owned());
    let mut machine = Machine::new(settings);
    machine.on(Page::Started { stored: None }).does(["tell screen sign-in"]);
    asks_for_secret(&mut machine);
    machine.replied(secret(2)).does(["timer 180000"]);
    let Details::TotpSetup(Some(view)) = &machine.view().details else { panic!("another screen") };
    assert!(view.key_uri.expose().contains("example.com:My%20account?"));
}

#[test]
fn codes_of_the_steps_beside_the_present_one_are_sent() {
    for ahead_millis in [-30_000, 0, 30_000] {
        let mut machine = at_totp_setup();
        verifies(&mut machine, &code(ahead_millis), 2);
    }
}

#[test]
fn a_clock_that_is_off_is_told_from_a_wrong_code_without_asking_the_service() {
    for seconds in [-300, -60, 60, 90, 300] {
        let mut machine = at_totp_setup();
        machine.answered(&code(seconds * 1000)).does(["tell error clock_off on totp-setup"]);
        assert_eq!(machine.notice().detail, Detail::Seconds(seconds));
    }
    let mut machine = at_totp_setup();
    for wrong in [code(HOUR), "12345".to_owned(), "abcdef".to_owned()] {
        machine.answered(&wrong).does(["tell error wrong_code on totp-setup"]);
        assert_eq!(machine.screen(), "totp-setup (secret) ! wrong_code");
    }
    machine.answered(" ").does(["tell error code_missing on totp-setup"]);
    verifies(&mut machine, &code(0), 2);
}

#[test]
fn codes_are_judged_by_the_services_clock() {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    machine.service_ahead = Some(5 * HOUR);
    asks_for_secret(&mut machine);
    machine.replied(secret(2)).does(["timer 180000"]);
    machine.answered(&code(5 * HOUR + 60_000)).does(["tell error clock_off on totp-setup"]);
    assert_eq!(machine.notice().detail, Detail::Seconds(60));
    verifies(&mut machine, &code(5 * HOUR), 2);
}

#[test]
fn without_the_services_clock_the_service_judges() {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    machine.service_ahead = None;
    asks_for_secret(&mut machine);
    machine.replied(secret(2)).does(["timer 180000"]);
    machine.answered("12345").does(["tell error wrong_code on totp-setup"]);
    verifies(&mut machine, &code(HOUR), 2);
}

#[test]
fn whoever_insists_on_a_code_gets_the_services_verdict() {
    let mut machine = at_totp_setup();
    machine.answered(&code(HOUR)).does(["tell error wrong_code on totp-setup"]);
    machine.answered(&code(2 * HOUR)).does(["tell error wrong_code on totp-setup"]);
    verifies(&mut machine, &code(2 * HOUR), 2);
    for _ in 0..2 {
        let mut machine = at_totp_setup();
        machine.answered("12345").does(["tell error wrong_code on totp-setup"]);
        machine.answered("12345").does(["tell error wrong_code on totp-setup"]);
    }
}

#[test]
fn a_secret_that_cannot_be_read_here_leaves_the_judgement_to_the_service() {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    asks_for_secret(&mut machine);
    machine.replied(json!({ "SecretCode": "not base32!", "Session": session(2) })).does(["timer 180000"]);
    verifies(&mut machine, "123456", 2);
}

#[test]
fn a_refused_code_can_be_tried_again_by_the_same_session() {
    for (error, notice) in [
        (REFUSED, "wrong_code"),
        (("CodeMismatchException", "Invalid code"), "wrong_code"),
        (CODE_USED, "code_used"),
        (("ExpiredCodeException", "Invalid code provided, please request a code again."), "code_used"),
        (("TooManyRequestsException", "Rate exceeded"), "throttled"),
        (("InternalErrorException", ""), "unexpected"),
    ] {
        let mut machine = at_totp_setup();
        verifies(&mut machine, &code(0), 2);
        machine.refused(error).does([&format!("tell error {notice} on totp-setup")]);
        assert_eq!(machine.screen(), format!("totp-setup (secret) ! {notice}"));
        verifies(&mut machine, &code(30_000), 2);
    }
}

#[test]
fn a_verdict_that_does_not_arrive_can_be_asked_for_again() {
    let mut machine = at_totp_setup();
    verifies(&mut machine, &code(0), 2);
    machine.unreachable().does(["tell error network on totp-setup"]);
    verifies(&mut machine, &code(0), 2);
    machine.replied(json!("not an object")).does(["tell error bad_reply on totp-setup"]);
    verifies(&mut machine, &code(0), 2);
    machine.replied(json!({})).does(["tell error bad_reply on totp-setup"]);
}

#[test]
fn the_status_error_is_a_wrong_code_and_brings_the_next_session() {
    let mut machine = at_totp_setup();
    let first = machine.timer;
    verifies(&mut machine, &code(0), 2);
    machine.replied(json!({ "Status": "ERROR", "Session": session(3) }));
    machine.does(["timer 180000", "tell error wrong_code on totp-setup"]);
    machine.timer_fired(first).does([]);
    verifies(&mut machine, &code(30_000), 3);
}

#[test]
fn a_session_that_is_over_goes_back_to_sign_in() {
    let mut machine = at_totp_setup();
    verifies(&mut machine, &code(0), 2);
    machine.refused(SESSION_EXPIRED).does(["tell screen sign-in", "tell error session_over on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! session_over"));
}

#[test]
fn the_timer_is_that_of_the_last_session() {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    asks_for_secret(&mut machine);
    let first = machine.timer;
    machine.replied(secret(2)).does(["timer 180000"]);
    machine.timer_fired(first).does([]);

    // A refused code brings no session, so its timer runs on.
    verifies(&mut machine, &code(0), 2);
    machine.refused(REFUSED).does(["tell error wrong_code on totp-setup"]);
    let second = machine.timer;
    machine.timer_fired(second).does(["tell screen sign-in", "tell error session_over on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! session_over"));
}

#[test]
fn a_code_under_way_when_the_session_runs_out_may_still_be_right() {
    let mut machine = at_totp_setup();
    verifies(&mut machine, &code(0), 2);
    let timer = machine.timer;
    machine.timer_fired(timer).does([]);
    machine.replied(json!({ "Status": "SUCCESS", "Session": session(3) })).does(["call RespondToAuthChallenge"]);

    let mut machine = at_totp_setup();
    verifies(&mut machine, &code(0), 2);
    let timer = machine.timer;
    machine.timer_fired(timer).does([]);
    machine.refused(REFUSED);
    machine.does(["tell screen sign-in", "tell error wrong_code on sign-in", "tell error session_over on sign-in"]);
}

#[test]
fn a_secret_that_does_not_come_goes_back_to_sign_in() {
    for (error, notice) in [
        (
            ("SoftwareTokenMFANotFoundException", "Software Token MFA has not been enabled by the userPool"),
            "authenticator_unavailable",
        ),
        (SESSION_EXPIRED, "session_over"),
        (("InternalErrorException", ""), "unexpected"),
    ] {
        let mut machine = Machine::at_sign_in(SignInFlow::Srp);
        asks_for_secret(&mut machine);
        machine.refused(error).does(["tell screen sign-in", &format!("tell error {notice} on sign-in")]);
        assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! {notice}"));
    }
}

#[test]
fn leaving_drops_the_setup() {
    let mut machine = at_totp_setup();
    verifies(&mut machine, &code(0), 2);
    machine.on(Person::Pressed(Action::Back)).does(["tell screen sign-in"]);
    machine.replied(json!({ "Status": "SUCCESS", "Session": session(3) })).does([]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME})"));
}

#[test]
fn what_follows_the_setup_may_fail_or_ask_for_more() {
    let mut machine = at_totp_setup();
    verifies(&mut machine, &code(0), 2);
    machine.replied(json!({ "Status": "SUCCESS", "Session": session(3) })).does(["call RespondToAuthChallenge"]);
    machine.unreachable().does(["tell screen sign-in", "tell error network on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! network"));

    let mut machine = at_totp_setup();
    verifies(&mut machine, &code(0), 2);
    machine.replied(json!({ "Status": "SUCCESS", "Session": session(3) })).does(["call RespondToAuthChallenge"]);
    machine.replied(totp_challenge(4)).does(["timer 180000", "tell screen totp-code"]);
}

#[test]
fn a_pool_that_offers_no_authenticator_app_is_not_supported() {
    let mut challenge = mfa_setup(1);
    challenge["ChallengeParameters"]["MFAS_CAN_SETUP"] = "[\"SMS_MFA\"]".into();
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    machine.passes_password(challenge).does(["tell error unsupported_challenge on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! unsupported_challenge"));
}
