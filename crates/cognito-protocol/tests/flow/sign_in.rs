//! The sign-in form and the password proof: `USER_SRP_AUTH`.

use cognito_protocol::{
    flow::{Action, Detail, NoticeKind, Page, Person, Purpose, Screen, SignInFlow},
    idp::StringMap,
};
use serde_json::json;

use super::{
    machine::{HOUR, Machine, NOBODY, NOW, settings, stored},
    service::{
        CLIENT_ID, NAME, PASSWORD, Pool, SECRET_BLOCK, USER_ID, WRONG_CREDENTIALS, access_token, refresh_token, session, tokens,
        totp_challenge,
    },
};

fn at_sign_in() -> Machine {
    Machine::at_sign_in(SignInFlow::Srp)
}

/// What follows the last reply of a sign-in with tokens number 1.
pub fn is_signed_in(machine: &mut Machine) {
    is_signed_in_as(machine, USER_ID);
}

/// The same, by the name that is known where neither the challenges nor the tokens tell another.
pub fn is_signed_in_as(machine: &mut Machine, username: &str) {
    machine.does([
        &format!("store {} {}", access_token(1), refresh_token(1)),
        &format!("tell signed-in {username}"),
        "tell screen signed-in",
    ]);
    assert_eq!(machine.screen(), format!("signed-in ({NAME})"));
}

#[test]
fn the_right_password_signs_in() {
    let mut pool = Pool::new();
    let mut machine = at_sign_in();
    machine.submitted(NAME, PASSWORD).does(["derive A"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) busy"));

    machine.derived();
    let request = machine.sends("InitiateAuth");
    let srp_a = &request["AuthParameters"]["SRP_A"];
    assert!(srp_a.as_str().is_some_and(|srp_a| srp_a.len() > 700));
    assert_eq!(
        request,
        json!({
            "AuthFlow": "USER_SRP_AUTH",
            "ClientId": CLIENT_ID,
            "AuthParameters": { "USERNAME": NAME, "SRP_A": srp_a },
        })
    );

    machine.replied(pool.password_verifier(&request)).does(["derive proof"]);
    machine.derived();
    let proof = machine.sends("RespondToAuthChallenge");
    assert!(pool.accepts(&proof));
    assert_eq!(
        proof,
        json!({
            "ClientId": CLIENT_ID,
            "ChallengeName": "PASSWORD_VERIFIER",
            "ChallengeResponses": {
                "USERNAME": USER_ID,
                "PASSWORD_CLAIM_SECRET_BLOCK": SECRET_BLOCK,
                "TIMESTAMP": "Tue Sep 9 09:05:03 UTC 2025",
                "PASSWORD_CLAIM_SIGNATURE": proof["ChallengeResponses"]["PASSWORD_CLAIM_SIGNATURE"],
            },
        })
    );
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) busy"));

    machine.replied(tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn a_wrong_password_keeps_the_name_and_the_next_try_works() {
    let mut pool = Pool::new();
    let mut machine = at_sign_in();
    let proof = machine.proves(&mut pool, NAME, "correct horse 電池 🐮");
    assert!(!pool.accepts(&proof));
    machine.refused(WRONG_CREDENTIALS).does(["tell error wrong_credentials on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! wrong_credentials"));

    machine.passes_password(tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn an_unknown_user_is_told_the_same_as_a_wrong_password() {
    let mut at_once = at_sign_in();
    at_once.submitted(NAME, PASSWORD).does(["derive A"]);
    at_once.derived().does(["call InitiateAuth"]);
    at_once.refused(("UserNotFoundException", "User does not exist.")).does(["tell error wrong_credentials on sign-in"]);
    assert_eq!(at_once.screen(), format!("sign-in ({NAME}) ! wrong_credentials"));
}

#[test]
fn the_same_notice_twice_has_two_ids() {
    let mut machine = at_sign_in();
    machine.submitted("", PASSWORD).does(["tell error name_missing on sign-in"]);
    let first = machine.view().notice.clone();
    machine.submitted("", PASSWORD).does(["tell error name_missing on sign-in"]);
    assert_ne!(first, machine.view().notice);
}

#[test]
fn a_form_without_name_or_password_is_not_sent() {
    let mut machine = at_sign_in();
    machine.submitted(" \u{3000}", PASSWORD).does(["tell error name_missing on sign-in"]);
    assert_eq!(machine.screen(), "sign-in () ! name_missing");
    machine.submitted(NAME, "").does(["tell error password_missing on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! password_missing"));
}

#[test]
fn white_space_around_the_name_goes_and_that_of_the_password_stays() {
    let mut machine = at_sign_in();
    machine.submitted(" me@example.com\t", "  spaces  ").does(["derive A"]);
    machine.derived();
    let request = machine.sends("InitiateAuth");
    assert_eq!(request["AuthParameters"]["USERNAME"], NAME);
    machine.replied(Pool::new().password_verifier(&request)).does(["derive proof"]);
    let cognito_protocol::flow::Job::ProvePassword(proof) = machine.job() else { panic!("another job") };
    assert_eq!(proof.password.expose(), "  spaces  ");
}

#[test]
fn submitting_twice_sends_one_request() {
    let mut machine = at_sign_in();
    machine.submitted(NAME, PASSWORD).does(["derive A"]);
    machine.submitted(NAME, PASSWORD).does([]);
    machine.derived().does(["call InitiateAuth"]);
    machine.submitted(NAME, PASSWORD).does([]);
}

#[test]
fn what_is_computed_while_the_person_types_is_used() {
    let mut machine = at_sign_in();
    machine.on(Person::Touched).does(["derive A"]);
    machine.on(Person::Touched).does([]);
    assert_eq!(machine.screen(), "sign-in ()");
    machine.derived().does([]);
    machine.on(Person::Touched).does([]);
    machine.submitted(NAME, PASSWORD).does(["call InitiateAuth"]);
}

#[test]
fn submitting_while_it_is_computed_waits_for_it() {
    let mut machine = at_sign_in();
    machine.on(Person::Touched).does(["derive A"]);
    machine.submitted(NAME, PASSWORD).does([]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) busy"));
    machine.derived().does(["call InitiateAuth"]);
}

#[test]
fn one_secret_exponent_serves_one_exchange() {
    let mut machine = at_sign_in();
    machine.on(Person::Touched).does(["derive A"]);
    machine.derived().does([]);
    machine.submitted(NAME, PASSWORD).does(["call InitiateAuth"]);
    machine.refused(WRONG_CREDENTIALS).does(["tell error wrong_credentials on sign-in"]);
    machine.submitted(NAME, PASSWORD).does(["derive A"]);
}

#[test]
fn a_platform_without_randomness_gets_a_notice() {
    let mut machine = at_sign_in();
    machine.on(Person::Touched).does(["derive A"]);
    machine.job_failed().does([]);
    machine.submitted(NAME, PASSWORD).does(["derive A"]);
    machine.job_failed().does(["tell error unexpected on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! unexpected"));
}

#[test]
fn a_computer_whose_clock_is_wrong_signs_in_by_the_services_clock() {
    let mut pool = Pool::new();
    let mut machine = at_sign_in();
    machine.service_ahead = Some(-26 * HOUR + 500);
    let proof = machine.proves(&mut pool, NAME, PASSWORD);
    assert_eq!(proof["ChallengeResponses"]["TIMESTAMP"], "Mon Sep 8 07:05:03 UTC 2025");
    assert!(pool.accepts(&proof));
    machine.replied(tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn without_a_date_header_the_local_clock_has_to_do() {
    let mut machine = at_sign_in();
    machine.service_ahead = None;
    let proof = machine.proves(&mut Pool::new(), NAME, PASSWORD);
    assert_eq!(proof["ChallengeResponses"]["TIMESTAMP"], "Tue Sep 9 09:05:03 UTC 2025");
}

#[test]
fn the_session_of_a_password_challenge_goes_back_where_there_is_one() {
    let mut pool = Pool::new();
    let mut machine = at_sign_in();
    machine.submitted(NAME, PASSWORD).does(["derive A"]);
    machine.derived();
    let request = machine.sends("InitiateAuth");
    let mut challenge = pool.password_verifier(&request);
    challenge["Session"] = session(1).into();
    machine.replied(challenge).does(["derive proof"]);
    machine.derived();
    assert_eq!(machine.sends("RespondToAuthChallenge")["Session"], session(1));
}

#[test]
fn client_metadata_goes_along_with_both_requests() {
    let mut settings = settings(SignInFlow::Srp, Purpose::SignIn);
    settings.client_metadata = StringMap::of([("campaign", "spring")]);
    let mut machine = Machine::new(settings);
    machine.on(Page::Started { stored: None }).does(["tell screen sign-in"]);
    machine.submitted(NAME, PASSWORD).does(["derive A"]);
    machine.derived();
    let request = machine.sends("InitiateAuth");
    assert_eq!(request["ClientMetadata"], json!({ "campaign": "spring" }));
    machine.replied(Pool::new().password_verifier(&request)).does(["derive proof"]);
    machine.derived();
    assert_eq!(machine.sends("RespondToAuthChallenge")["ClientMetadata"], json!({ "campaign": "spring" }));
}

#[test]
fn each_error_has_its_notice_and_keeps_the_name() {
    for (code, message, notice) in [
        ("NotAuthorizedException", "Password attempts exceeded", "throttled"),
        ("NotAuthorizedException", "User is disabled.", "user_disabled"),
        ("NotAuthorizedException", "User account has expired, it must be reset by an administrator.", "user_disabled"),
        ("NotAuthorizedException", "Unable to verify secret hash for client 1example23456789", "secret_hash_wrong"),
        ("NotAuthorizedException", "Client 1 is configured with secret but SECRET_HASH was not received", "secret_hash_missing"),
        ("NotAuthorizedException", "something new", "unexpected"),
        ("LimitExceededException", "Attempt limit exceeded, please try after some time.", "throttled"),
        ("TooManyRequestsException", "Rate exceeded", "throttled"),
        ("ThrottlingException", "Rate exceeded", "throttled"),
        ("UserLambdaValidationException", "PreAuthentication failed with error Closed on Sundays.", "service"),
        ("UserLambdaValidationException", "PreAuthentication failed with error ", "unexpected"),
        ("UserLambdaValidationException", "no such form", "unexpected"),
        ("InvalidParameterException", "Missing required parameter USERNAME", "unexpected"),
        ("ForbiddenException", "Request not allowed due to WAF block.", "unexpected"),
        ("InternalErrorException", "", "unexpected"),
        ("BrandNewException", "…", "unexpected"),
        ("", "", "unexpected"),
    ] {
        let mut machine = at_sign_in();
        machine.submitted(NAME, PASSWORD).does(["derive A"]);
        machine.derived().does(["call InitiateAuth"]);
        machine.refused((code, message)).does([&format!("tell error {notice} on sign-in")]);
        assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! {notice}"), "{code} {message}");
    }
}

#[test]
fn a_triggers_own_text_reaches_the_person_with_one_full_stop() {
    // The service puts its own behind whatever the trigger says.
    for (sent, shown) in [
        ("Closed on Sundays.", "Closed on Sundays."),
        ("Closed on Sundays..", "Closed on Sundays."),
        ("Closed!.", "Closed!"),
        ("日曜日は休みです.", "日曜日は休みです。"),
        ("日曜日は休みです。.", "日曜日は休みです。"),
        ("Closed", "Closed"),
        (".", "."),
    ] {
        let mut machine = at_sign_in();
        machine.submitted(NAME, PASSWORD).does(["derive A"]);
        machine.derived().does(["call InitiateAuth"]);
        machine.refused(("UserLambdaValidationException", &format!("PreAuthentication failed with error {sent}")));
        machine.does(["tell error service on sign-in"]);
        assert_eq!((machine.notice().kind, machine.notice().detail), (NoticeKind::ServiceText, Detail::Text(shown.to_owned())));
    }
}

#[test]
fn no_network_is_not_a_wrong_password() {
    let mut machine = at_sign_in();
    machine.submitted(NAME, PASSWORD).does(["derive A"]);
    machine.derived().does(["call InitiateAuth"]);
    machine.unreachable().does(["tell error network on sign-in"]);
    machine.proves(&mut Pool::new(), NAME, PASSWORD);
    machine.unreachable().does(["tell error network on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! network"));
}

#[test]
fn every_challenge_without_a_screen_ends_in_a_notice_on_the_form() {
    for name in [
        "PASSWORD_VERIFIER",
        "SELECT_MFA_TYPE",
        "SELECT_CHALLENGE",
        "DEVICE_SRP_AUTH",
        "DEVICE_PASSWORD_VERIFIER",
        "PASSWORD",
        "PASSWORD_SRP",
        "ADMIN_NO_SRP_AUTH",
        "A_CHALLENGE_OF_2030",
    ] {
        let mut machine = at_sign_in();
        machine.passes_password(json!({ "ChallengeName": name, "Session": session(1), "ChallengeParameters": {} }));
        machine.does(["tell error unsupported_challenge on sign-in"]);
        assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! unsupported_challenge"));
        assert_eq!(
            (machine.notice().kind, machine.notice().detail),
            (NoticeKind::UnsupportedChallenge, Detail::Text(name.to_owned()))
        );
    }
}

#[test]
fn leaving_drops_the_replies_that_are_under_way() {
    let mut machine = at_sign_in();
    machine.proves(&mut Pool::new(), NAME, PASSWORD);
    machine.on(Person::Pressed(Action::Back)).does([]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME})"));
    machine.replied(tokens(1)).does([]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME})"));
}

#[test]
fn another_tabs_sign_in_is_this_tabs_too() {
    let mut machine = at_sign_in();
    machine.on(Page::StoreChanged { stored: Some(stored(1, NOW + HOUR)), was_removed: false });
    machine.does([&format!("tell signed-in {USER_ID}"), "tell screen signed-in"]);
    assert_eq!(machine.screen(), format!("signed-in ({NAME})"));
}

#[test]
fn another_tabs_sign_in_does_not_interrupt_this_tabs() {
    let mut machine = at_sign_in();
    machine.proves(&mut Pool::new(), NAME, PASSWORD);
    machine.on(Page::StoreChanged { stored: Some(stored(5, NOW + HOUR)), was_removed: false }).does([]);
    machine.replied(tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn the_form_begins_with_the_pages_name_and_a_reset_brings_it_back() {
    let mut settings = settings(SignInFlow::Srp, Purpose::SignIn);
    settings.sign_in_name = "from-the-page".to_owned();
    let mut machine = Machine::new(settings);
    assert_eq!(machine.screen(), "loading busy");
    machine.on(Page::Started { stored: None }).does(["tell screen sign-in"]);
    assert_eq!(machine.screen(), "sign-in (from-the-page)");
    machine.submitted("somebody", "").does(["tell error password_missing on sign-in"]);
    machine.on(Page::ResetRequested).does([]);
    assert_eq!(machine.screen(), "sign-in (from-the-page)");
}

#[test]
fn the_account_element_shows_the_form_only_when_asked() {
    let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::Account));
    machine.on(Page::Started { stored: None }).does(["tell screen account"]);
    assert_eq!(machine.screen(), "account (not signed in)");
    machine.on(Person::Pressed(Action::SignIn)).does(["tell screen sign-in"]);
    machine.on(Person::Pressed(Action::Back)).does(["tell screen account"]);
    machine.on(Page::ScreenRequested { request: NOBODY, screen: Screen::SignIn }).does(["tell screen sign-in"]);
    machine.passes_password(tokens(1)).does([
        &format!("store {} {}", access_token(1), refresh_token(1)),
        &format!("tell signed-in {USER_ID}"),
        "call GetUser",
        "tell screen account",
    ]);
    assert_eq!(machine.screen(), "account (loading) busy");
}

#[test]
fn where_the_password_itself_must_be_sent_nothing_is_computed() {
    let mut machine = Machine::at_sign_in(SignInFlow::Plain);
    machine.on(Person::Touched).does([]);
    machine.submitted(" me@example.com ", PASSWORD);
    let request = json!({
        "AuthFlow": "USER_PASSWORD_AUTH",
        "ClientId": CLIENT_ID,
        "AuthParameters": { "USERNAME": NAME, "PASSWORD": PASSWORD },
    });
    assert_eq!(machine.sends("InitiateAuth"), request);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) busy"));
    machine.refused(WRONG_CREDENTIALS).does(["tell error wrong_credentials on sign-in"]);
    machine.submitted(NAME, PASSWORD).does(["call InitiateAuth"]);
    machine.replied(totp_challenge(1)).does(["timer 180000", "tell screen totp-code"]);
    machine.answered("493817");
    let answer = machine.sends("RespondToAuthChallenge");
    assert_eq!(answer["ChallengeResponses"]["USERNAME"], USER_ID);
    machine.replied(tokens(1));
    is_signed_in(&mut machine);
}
