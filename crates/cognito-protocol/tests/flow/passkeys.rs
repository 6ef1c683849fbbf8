//! `WEB_AUTHN`: the browser asks for a passkey.

use cognito_protocol::{
    Secret,
    flow::{Action, Answers, Factor, FirstFactor, Page, PasskeyFailure, Person, Purpose, Settings, SignInFlow, field},
};
use serde_json::{Value, json};

use super::{
    machine::{Machine, NOBODY, NOW, settings},
    second_factors::offered,
    service::{CLIENT_ID, NAME, PASSWORD, SESSION_EXPIRED, USER_ID, session, tokens},
    sign_in::{is_signed_in, is_signed_in_as},
};

/// What the service asks of the browser.
const OPTIONS: &str = r#"{"challenge":"AAAA","rpId":"localhost","allowCredentials":[]}"#;
/// What the browser gives.
const CREDENTIAL: &str = r#"{"id":"key","type":"public-key","response":{}}"#;
const ASKED: &str = "passkey get";

fn at_sign_in(preferred_challenge: Option<FirstFactor>, has_passkeys: bool) -> Machine {
    let settings = settings(SignInFlow::Choice, Purpose::SignIn);
    let mut machine = Machine::new(Settings { preferred_challenge, has_passkeys, ..settings });
    machine.on(Page::Started { stored: None }).does(["tell screen sign-in"]);
    machine
}

fn named(machine: &mut Machine) -> Value {
    machine.filled_in(&[(field::USERNAME, NAME), (field::PASSWORD, "")]);
    machine.sends("InitiateAuth")["AuthParameters"].clone()
}

fn select(number: u32, available: &[&str]) -> Value {
    json!({ "ChallengeName": "SELECT_CHALLENGE", "Session": session(number), "AvailableChallenges": available })
}

pub fn challenge(number: u32) -> Value {
    json!({
        "ChallengeName": "WEB_AUTHN",
        "Session": session(number),
        "ChallengeParameters": { "CREDENTIAL_REQUEST_OPTIONS": OPTIONS, "USER_ID_FOR_SRP": USER_ID },
        "AvailableChallenges": ["PASSWORD_SRP", "WEB_AUTHN"],
    })
}

/// The dialog of the browser is open, after the page's own preference.
fn preferred() -> Machine {
    let mut machine = at_sign_in(Some(FirstFactor::WebAuthn), true);
    assert_eq!(named(&mut machine), json!({ "USERNAME": NAME, "PREFERRED_CHALLENGE": "WEB_AUTHN" }));
    machine.replied(challenge(1)).does([ASKED, "timer 180000"]);
    machine
}

/// The same, after the person's choice.
fn chosen() -> Machine {
    let mut machine = at_sign_in(None, true);
    named(&mut machine);
    machine.replied(select(1, &["PASSWORD_SRP", "WEB_AUTHN"])).does(["timer 180000", "tell screen choose-factor"]);
    machine.on(Person::Pressed(Action::SignInBy(FirstFactor::WebAuthn))).first_does(["remember WEB_AUTHN"]);
    let answer = json!({
        "ClientId": CLIENT_ID,
        "ChallengeName": "SELECT_CHALLENGE",
        "Session": session(1),
        "ChallengeResponses": { "USERNAME": NAME, "ANSWER": "WEB_AUTHN" },
    });
    assert_eq!(machine.sends("RespondToAuthChallenge"), answer);
    machine.replied(challenge(2)).does([ASKED, "timer 180000"]);
    machine
}

fn gives(machine: &mut Machine) -> Value {
    machine.passkey(Ok(CREDENTIAL.into()));
    machine.sends("RespondToAuthChallenge")
}

fn answer(number: u32) -> Value {
    json!({
        "ClientId": CLIENT_ID,
        "ChallengeName": "WEB_AUTHN",
        "Session": session(number),
        "ChallengeResponses": { "USERNAME": USER_ID, "CREDENTIAL": CREDENTIAL },
    })
}

#[test]
fn a_passkey_that_the_page_prefers_signs_in() {
    let mut machine = preferred();
    assert_eq!(machine.options(), OPTIONS);
    assert_eq!(machine.screen(), format!("sign-in ({NAME} alone) busy"));
    assert_eq!(gives(&mut machine), answer(1));
    assert_eq!(machine.screen(), format!("sign-in ({NAME} alone) busy"));
    machine.replied(tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn a_passkey_that_the_person_chose_signs_in_from_the_choice() {
    let mut machine = chosen();
    assert_eq!(machine.screen(), r#"choose-factor ["PASSWORD_SRP", "WEB_AUTHN"] busy"#);
    assert_eq!(gives(&mut machine), answer(2));
    machine.replied(tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn each_failure_is_told_where_another_way_can_be_chosen() {
    for (failure, code) in [
        (PasskeyFailure::Cancelled, "passkey_cancelled"),
        (PasskeyFailure::WrongHost, "passkey_wrong_host"),
        (PasskeyFailure::NotSupported, "passkey_unsupported"),
        (PasskeyFailure::AlreadyRegistered, "passkey_exists"),
        (PasskeyFailure::Other, "passkey_failed"),
    ] {
        for (mut machine, screen) in [(preferred(), "sign-in"), (chosen(), "choose-factor")] {
            machine.passkey(Err(failure));
            // A session serves once. The screen stays until there is a new choice.
            assert_eq!(machine.sends("InitiateAuth")["AuthParameters"], json!({ "USERNAME": NAME }));
            machine.does([]);
            assert!(machine.screen().starts_with(screen) && machine.screen().ends_with("busy"), "{}", machine.screen());
            machine.replied(select(3, &["PASSWORD_SRP", "WEB_AUTHN"])).first_does(["timer 180000"]);
            machine.does_whatever();
            assert!(machine.screen().starts_with("choose-factor [") && machine.screen().ends_with(code), "{}", machine.screen());
            machine.on(Person::Pressed(Action::SignInBy(FirstFactor::WebAuthn))).first_does(["remember WEB_AUTHN"]);
            assert_eq!(machine.sends("RespondToAuthChallenge")["Session"], session(3));
            machine.replied(challenge(4)).does([ASKED, "timer 180000"]);
            assert_eq!(gives(&mut machine), answer(4));
        }
    }
}

#[test]
fn the_page_hears_of_a_failure_on_the_screen_that_it_leads_to() {
    let mut machine = preferred();
    machine.passkey(Err(PasskeyFailure::WrongHost)).does(["call InitiateAuth"]);
    machine.replied(select(2, &["PASSWORD_SRP", "WEB_AUTHN"]));
    machine.does(["timer 180000", "tell screen choose-factor", "tell error passkey_wrong_host on choose-factor"]);
}

#[test]
fn the_only_way_is_not_tried_again_without_the_person() {
    let mut machine = at_sign_in(None, false);
    named(&mut machine);
    machine.replied(select(1, &["WEB_AUTHN"])).does(["call RespondToAuthChallenge"]);
    machine.replied(challenge(2)).does([ASKED, "timer 180000"]);
    machine.passkey(Err(PasskeyFailure::NotSupported)).does(["call InitiateAuth"]);
    machine.replied(select(3, &["WEB_AUTHN"]));
    machine.does(["timer 180000", "tell screen choose-factor", "tell error passkey_unsupported on choose-factor"]);
    assert_eq!(machine.screen(), r#"choose-factor ["WEB_AUTHN"] ! passkey_unsupported"#);
}

#[test]
fn where_the_password_alone_is_left_the_form_asks_for_it_and_says_why() {
    let mut machine = preferred();
    machine.passkey(Err(PasskeyFailure::Cancelled)).does(["call InitiateAuth"]);
    machine.replied(select(2, &["PASSWORD", "PASSWORD_SRP"])).does(["tell error passkey_cancelled on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! passkey_cancelled"));
}

#[test]
fn a_pool_that_insists_on_a_passkey_does_not_open_the_dialog_for_ever() {
    let mut machine = preferred();
    machine.passkey(Err(PasskeyFailure::Cancelled)).does(["call InitiateAuth"]);
    machine.replied(challenge(2)).does(["tell error passkey_cancelled on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME} alone) ! passkey_cancelled"));
}

#[test]
fn a_new_choice_that_does_not_come_leads_to_the_form() {
    let mut machine = chosen();
    machine.passkey(Err(PasskeyFailure::Cancelled)).does(["call InitiateAuth"]);
    machine.unreachable().does(["tell screen sign-in", "tell error network on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME} alone) ! network"));
}

#[test]
fn what_the_service_refuses_is_told_with_the_choice_or_on_the_form() {
    for (error, code) in [
        (("NotAuthorizedException", "Incorrect username or password."), "passkey_refused"),
        (("WebAuthnCredentialNotSupportedException", ""), "passkey_refused"),
        (("WebAuthnOriginNotAllowedException", ""), "passkey_wrong_host"),
        (("WebAuthnRelyingPartyMismatchException", ""), "passkey_wrong_host"),
        (("WebAuthnChallengeNotFoundException", ""), "passkey_expired"),
        (("WebAuthnNotEnabledException", ""), "passkeys_off"),
    ] {
        let mut machine = chosen();
        gives(&mut machine);
        machine.refused(error).does(["call InitiateAuth"]);
        machine.replied(select(3, &["PASSWORD_SRP", "WEB_AUTHN"])).does_whatever();
        assert_eq!(machine.screen(), format!(r#"choose-factor ["WEB_AUTHN", "PASSWORD_SRP"] ! {code}"#));
        assert_eq!(machine.notice().service_code.as_deref(), Some(error.0));
    }
    for (error, code) in [
        (SESSION_EXPIRED, "session_over"),
        (("WebAuthnConfigurationMissingException", "No relying party."), "configuration"),
        (("WebAuthnClientMismatchException", "Another client."), "configuration"),
    ] {
        let mut machine = preferred();
        gives(&mut machine);
        machine.refused(error).does([&format!("tell error {code} on sign-in")]);
    }
}

#[test]
fn a_preference_that_the_pool_refuses_leads_to_the_choice() {
    let mut machine = at_sign_in(Some(FirstFactor::WebAuthn), true);
    named(&mut machine);
    machine.refused(("WebAuthnNotEnabledException", ""));
    assert_eq!(machine.sends("InitiateAuth")["AuthParameters"], json!({ "USERNAME": NAME }));
    machine.replied(select(1, &["PASSWORD_SRP", "EMAIL_OTP"]));
    machine.does(["timer 180000", "tell screen choose-factor", "tell error passkeys_off on choose-factor"]);
}

#[test]
fn a_user_without_passkeys_chooses() {
    let mut machine = at_sign_in(Some(FirstFactor::WebAuthn), true);
    named(&mut machine);
    machine.replied(select(1, &["PASSWORD_SRP", "EMAIL_OTP"])).does(["timer 180000", "tell screen choose-factor"]);
}

#[test]
fn a_browser_without_passkeys_prefers_and_offers_none() {
    let mut machine = at_sign_in(Some(FirstFactor::WebAuthn), false);
    assert_eq!(named(&mut machine), json!({ "USERNAME": NAME }));
    machine.replied(select(1, &["WEB_AUTHN", "PASSWORD_SRP", "EMAIL_OTP"])).does(["timer 180000", "tell screen choose-factor"]);
    assert_eq!(machine.screen(), r#"choose-factor ["PASSWORD_SRP", "EMAIL_OTP"]"#);
}

#[test]
fn a_challenge_without_options_or_with_absurd_ones_is_no_reply() {
    let absurd = "x".repeat(65 * 1024);
    for parameters in [json!({}), json!({ "CREDENTIAL_REQUEST_OPTIONS": absurd })] {
        let mut machine = at_sign_in(Some(FirstFactor::WebAuthn), true);
        named(&mut machine);
        machine.replied(json!({ "ChallengeName": "WEB_AUTHN", "Session": session(1), "ChallengeParameters": parameters }));
        machine.does(["tell error bad_reply on sign-in"]);
    }
}

#[test]
fn an_answer_that_is_none_is_a_failure() {
    let mut machine = preferred();
    machine.passkey(Ok(json!({ "id": "an object" }))).does(["call InitiateAuth"]);
    machine.replied(select(2, &["PASSWORD_SRP", "WEB_AUTHN"])).does_whatever();
    assert!(machine.screen().ends_with("! passkey_failed"), "{}", machine.screen());
}

#[test]
fn the_dialog_is_closed_when_the_sign_in_is_left() {
    let mut machine = chosen();
    machine.on(Person::Pressed(Action::Back)).does(["dismiss", "tell screen sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME} alone)"));
    machine.passkey(Ok(CREDENTIAL.into())).does([]);

    let mut machine = preferred();
    machine.on(Page::ResetRequested).does(["dismiss"]);
    machine.passkey(Err(PasskeyFailure::Cancelled)).does([]);

    let mut machine = preferred();
    machine.on(Page::ScreenRequested { request: NOBODY, screen: cognito_protocol::flow::Screen::ForgotPassword });
    machine.does(["dismiss", "tell screen forgot-password"]);
}

#[test]
fn a_session_that_is_over_while_the_dialog_is_open_is_told() {
    let mut machine = preferred();
    machine.now = NOW + 180_000;
    let timer = machine.timer;
    machine.timer_fired(timer).does(["dismiss", "tell error session_over on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME} alone) ! session_over"));
    machine.passkey(Ok(CREDENTIAL.into())).does([]);

    // What is under way may arrive in time.
    let mut machine = preferred();
    gives(&mut machine);
    let timer = machine.timer;
    machine.timer_fired(timer).does([]);
    machine.replied(tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn nothing_is_kept_over_a_reload_while_the_dialog_is_open() {
    let mut machine = chosen().reloaded();
    machine.on(Page::Started { stored: None }).does(["tell screen sign-in"]);
}

#[test]
fn a_passkey_may_come_after_the_password() {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    machine.passes_password(challenge(1)).does([ASKED, "timer 180000"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) busy"));
    assert_eq!(gives(&mut machine), answer(1));
    machine.replied(tokens(1));
    is_signed_in(&mut machine);

    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    machine.passes_password(challenge(1)).does([ASKED, "timer 180000"]);
    machine.passkey(Err(PasskeyFailure::Cancelled)).does(["tell error passkey_cancelled on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! passkey_cancelled"), "the form as it was filled in");
}

/// The choice among second factors.
fn at_choice(has_passkeys: bool) -> Machine {
    let mut machine = Machine::new(Settings { has_passkeys, ..settings(SignInFlow::Srp, Purpose::SignIn) });
    machine.on(Page::Started { stored: None }).does(["tell screen sign-in"]);
    machine.passes_password(choice(1)).does(["timer 180000", "tell screen choose-mfa"]);
    machine
}

fn choice(number: u32) -> Value {
    json!({
        "ChallengeName": "SELECT_MFA_TYPE",
        "Session": session(number),
        "ChallengeParameters": {
            "MFAS_CAN_CHOOSE": r#"["SOFTWARE_TOKEN_MFA","WEB_AUTHN"]"#,
            "USER_ID_FOR_SRP": USER_ID,
        },
    })
}

#[test]
fn a_passkey_is_chosen_among_second_factors_and_another_one_after_all() {
    assert_eq!(offered(&at_choice(false)), [Factor::App]);
    let mut machine = at_choice(true);
    assert_eq!(offered(&machine), [Factor::App, Factor::Passkey]);
    machine.on(Person::Submitted(Answers::of([(field::CHOICE, Secret::from("WEB_AUTHN"))])));
    assert_eq!(machine.sends("RespondToAuthChallenge")["ChallengeResponses"]["ANSWER"], "WEB_AUTHN");
    machine.replied(challenge(2)).does([ASKED, "timer 180000"]);
    assert_eq!(machine.screen(), "choose-mfa busy");
    machine.passkey(Err(PasskeyFailure::Cancelled));
    machine.proves_by_itself(NAME);
    machine.replied(choice(3)).does(["timer 180000", "tell error passkey_cancelled on choose-mfa"]);
    assert_eq!(machine.screen(), "choose-mfa ! passkey_cancelled");
    machine.on(Person::Submitted(Answers::of([(field::CHOICE, Secret::from("WEB_AUTHN"))])));
    assert_eq!(machine.sends("RespondToAuthChallenge")["Session"], session(3));
    machine.replied(challenge(4)).does([ASKED, "timer 180000"]);
    assert_eq!(gives(&mut machine), answer(4));
    machine.replied(tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn a_password_that_a_manager_filled_in_counts_before_a_passkey() {
    let mut machine = at_sign_in(Some(FirstFactor::WebAuthn), true);
    machine.submitted(NAME, PASSWORD).does(["derive A"]);
    machine.derived();
    assert_eq!(machine.sends("InitiateAuth")["AuthParameters"]["PREFERRED_CHALLENGE"], "PASSWORD_SRP");
}

#[test]
fn without_a_users_id_the_name_goes_back() {
    let mut machine = at_sign_in(Some(FirstFactor::WebAuthn), true);
    named(&mut machine);
    let mut reply = challenge(1);
    reply["ChallengeParameters"] = json!({ "CREDENTIAL_REQUEST_OPTIONS": OPTIONS });
    machine.replied(reply).does([ASKED, "timer 180000"]);
    assert_eq!(gives(&mut machine)["ChallengeResponses"]["USERNAME"], NAME);
    machine.replied(tokens(1));
    is_signed_in_as(&mut machine, NAME);
}
