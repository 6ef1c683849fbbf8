//! `USER_AUTH`: the person chooses what to sign in by.

use cognito_protocol::flow::{Action, Details, FirstFactor, Page, Person, Purpose, Settings, SignInFlow, field};
use serde_json::{Value, json};

use super::{
    machine::{Machine, NOW, settings},
    service::{CLIENT_ID, CODE_MISMATCH, NAME, PASSWORD, Pool, SESSION_EXPIRED, USER_ID, WRONG_CREDENTIALS, session, tokens},
    sign_in::is_signed_in_as,
};

fn at_sign_in(preferred_challenge: Option<FirstFactor>, last_factor: Option<FirstFactor>) -> Machine {
    let settings = settings(SignInFlow::Choice, Purpose::SignIn);
    let mut machine = Machine::new(Settings { preferred_challenge, last_factor, ..settings });
    machine.on(Page::Started { stored: None }).does(["tell screen sign-in"]);
    machine
}

/// The form without a password in it.
fn named(machine: &mut Machine) -> &mut Machine {
    machine.filled_in(&[(field::USERNAME, NAME), (field::PASSWORD, "")])
}

fn select(available: &[&str]) -> Value {
    json!({
        "ChallengeName": "SELECT_CHALLENGE",
        "Session": session(1),
        "ChallengeParameters": {},
        "AvailableChallenges": available,
    })
}

/// A code as first factor: without the user's id, and with the choices that there were.
fn sent(name: &str, number: u32) -> Value {
    json!({
        "ChallengeName": name,
        "Session": session(number),
        "ChallengeParameters": {
            "CODE_DELIVERY_DELIVERY_MEDIUM": if name == "SMS_OTP" { "SMS" } else { "EMAIL" },
            "CODE_DELIVERY_DESTINATION": "m***@e***",
        },
        "AvailableChallenges": ["PASSWORD_SRP", "PASSWORD", "EMAIL_OTP", "SMS_OTP"],
    })
}

fn initiate(parameters: &Value) -> Value {
    json!({ "AuthFlow": "USER_AUTH", "ClientId": CLIENT_ID, "AuthParameters": parameters })
}

/// At the choice, after the name.
fn at_choice(available: &[&str]) -> Machine {
    let mut machine = at_sign_in(None, None);
    named(&mut machine);
    machine.sends("InitiateAuth");
    machine.replied(select(available));
    machine
}

#[test]
fn the_name_alone_leads_to_the_choice_and_a_code_signs_in() {
    let mut machine = at_sign_in(None, None);
    assert_eq!(machine.screen(), "sign-in ( alone)");
    named(&mut machine);
    assert_eq!(machine.sends("InitiateAuth"), initiate(&json!({ "USERNAME": NAME })));
    assert_eq!(machine.screen(), format!("sign-in ({NAME} alone) busy"));
    let available = ["PASSWORD_SRP", "PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN", "CARRIER_PIGEON"];
    machine.replied(select(&available)).does(["timer 180000", "tell screen choose-factor"]);
    assert_eq!(machine.screen(), r#"choose-factor ["PASSWORD_SRP", "EMAIL_OTP", "SMS_OTP"]"#);
    machine.on(Person::Pressed(Action::SignInBy(FirstFactor::EmailOtp))).first_does(["remember EMAIL_OTP"]);
    let answer = json!({
        "ClientId": CLIENT_ID,
        "ChallengeName": "SELECT_CHALLENGE",
        "Session": session(1),
        "ChallengeResponses": { "USERNAME": NAME, "ANSWER": "EMAIL_OTP" },
    });
    assert_eq!(machine.sends("RespondToAuthChallenge"), answer);
    assert!(machine.screen().starts_with("choose-factor") && machine.screen().ends_with("busy"), "{}", machine.screen());
    machine.replied(sent("EMAIL_OTP", 2)).does(["timer 180000", "tell screen email-code"]);
    let Details::Challenge(view) = &machine.view().details else { panic!("another screen") };
    assert_eq!(view.parameters.get("destination"), Some("m***@e***"));
    assert!(view.is_renewable && view.renewed_at_millis.is_none());
    machine.answered("00000000").does(["call RespondToAuthChallenge"]);
    machine.refused(CODE_MISMATCH).does(["tell error wrong_code on email-code"]);
    machine.answered("4938 1720");
    let answer = json!({
        "ClientId": CLIENT_ID,
        "ChallengeName": "EMAIL_OTP",
        "Session": session(2),
        "ChallengeResponses": { "USERNAME": NAME, "EMAIL_OTP_CODE": "49381720" },
    });
    assert_eq!(machine.sends("RespondToAuthChallenge"), answer);
    machine.replied(tokens(1));
    is_signed_in_as(&mut machine, NAME);
}

#[test]
fn a_new_code_of_a_first_factor_takes_no_password() {
    let mut machine = at_choice(&["PASSWORD_SRP", "SMS_OTP"]);
    machine.does(["timer 180000", "tell screen choose-factor"]);
    machine.on(Person::Pressed(Action::SignInBy(FirstFactor::SmsOtp))).does(["remember SMS_OTP", "call RespondToAuthChallenge"]);
    machine.replied(sent("SMS_OTP", 2)).does(["timer 180000", "tell screen sms-code"]);
    machine.on(Person::Pressed(Action::SendNewCode));
    let request = initiate(&json!({ "USERNAME": NAME, "PREFERRED_CHALLENGE": "SMS_OTP" }));
    assert_eq!(machine.sends("InitiateAuth"), request);
    assert_eq!(machine.screen(), "sms-code busy");
    machine.replied(sent("SMS_OTP", 3)).does(["timer 180000"]);
    assert_eq!(machine.screen(), "sms-code ! new_code_sent");
    machine.answered("12345678");
    let answer = machine.sends("RespondToAuthChallenge");
    assert_eq!(answer["Session"], session(3));
    assert_eq!(answer["ChallengeResponses"]["SMS_OTP_CODE"], "12345678");
}

#[test]
fn the_password_is_proved_after_it_is_chosen_and_a_wrong_one_is_asked_for_again() {
    let mut machine = at_choice(&["EMAIL_OTP", "PASSWORD", "PASSWORD_SRP"]);
    machine.does(["timer 180000", "tell screen choose-factor"]);
    assert_eq!(machine.screen(), r#"choose-factor ["EMAIL_OTP", "PASSWORD_SRP"]"#);
    machine
        .on(Person::Pressed(Action::SignInBy(FirstFactor::PasswordSrp)))
        .does(["remember PASSWORD_SRP", "tell screen sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME})"));
    machine.on(Person::Touched).does(["derive A"]);
    machine.derived().does([]);
    let mut pool = Pool::new();
    machine.submitted(NAME, PASSWORD);
    let request = machine.sends("InitiateAuth");
    assert_eq!(request["AuthFlow"], "USER_AUTH");
    assert_eq!(request["AuthParameters"]["PREFERRED_CHALLENGE"], "PASSWORD_SRP");
    let mut challenge = pool.password_verifier(&request);
    challenge["Session"] = session(2).into();
    machine.replied(challenge).does(["derive proof"]);
    machine.derived();
    let respond = machine.sends("RespondToAuthChallenge");
    assert_eq!(respond["Session"], session(2));
    assert!(pool.accepts(&respond));
    machine.refused(WRONG_CREDENTIALS).does(["tell error wrong_credentials on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! wrong_credentials"), "asks for the password still");
}

#[test]
fn a_form_that_a_password_manager_filled_in_as_a_whole_asks_nothing_more() {
    for preferred in [None, Some(FirstFactor::EmailOtp)] {
        let mut machine = at_sign_in(preferred, None);
        machine.submitted(NAME, PASSWORD).does(["derive A"]);
        machine.derived();
        let request = machine.sends("InitiateAuth");
        assert_eq!(request["AuthParameters"]["PREFERRED_CHALLENGE"], "PASSWORD_SRP");
        assert!(request["AuthParameters"]["SRP_A"].is_string());
    }
}

#[test]
fn what_the_page_prefers_comes_at_once_and_else_the_choice() {
    let mut machine = at_sign_in(Some(FirstFactor::EmailOtp), None);
    named(&mut machine);
    let request = initiate(&json!({ "USERNAME": NAME, "PREFERRED_CHALLENGE": "EMAIL_OTP" }));
    assert_eq!(machine.sends("InitiateAuth"), request);
    machine.replied(sent("EMAIL_OTP", 1)).does(["timer 180000", "tell screen email-code"]);
    machine.on(Person::Pressed(Action::Back)).does(["tell screen sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME} alone)"));

    named(&mut machine);
    machine.sends("InitiateAuth");
    machine.replied(select(&["PASSWORD_SRP", "SMS_OTP"])).does(["timer 180000", "tell screen choose-factor"]);
}

#[test]
fn where_the_page_prefers_the_password_the_form_asks_for_it_and_has_a_way_to_the_others() {
    let mut machine = at_sign_in(Some(FirstFactor::PasswordSrp), None);
    assert_eq!(machine.screen(), "sign-in ()");
    machine.on(Person::Pressed(Action::OtherWays)).does(["tell error name_missing on sign-in"]);
    machine.on(Person::Named(NAME.to_owned())).does([]);
    machine.on(Person::Pressed(Action::OtherWays));
    assert_eq!(machine.sends("InitiateAuth"), initiate(&json!({ "USERNAME": NAME })));
    machine.replied(select(&["PASSWORD_SRP", "EMAIL_OTP"])).does(["timer 180000", "tell screen choose-factor"]);
}

#[test]
fn the_last_choice_on_this_device_is_offered_first() {
    let mut machine = at_sign_in(None, Some(FirstFactor::SmsOtp));
    named(&mut machine);
    machine.sends("InitiateAuth");
    machine.replied(select(&["PASSWORD_SRP", "EMAIL_OTP", "SMS_OTP"])).does(["timer 180000", "tell screen choose-factor"]);
    assert_eq!(machine.screen(), r#"choose-factor ["SMS_OTP", "PASSWORD_SRP", "EMAIL_OTP"]"#);
}

#[test]
fn one_way_alone_is_no_choice() {
    let mut machine = at_choice(&["PASSWORD_SRP", "PASSWORD"]);
    machine.does([]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME})"), "asks for the password");

    let mut machine = at_choice(&["EMAIL_OTP", "WEB_AUTHN"]);
    let answer = machine.sends("RespondToAuthChallenge");
    assert_eq!(answer["ChallengeResponses"]["ANSWER"], "EMAIL_OTP");

    let mut machine = at_choice(&["CARRIER_PIGEON"]);
    machine.does(["tell error unsupported_challenge on sign-in"]);
    let mut machine = at_choice(&[]);
    machine.does(["tell error unsupported_challenge on sign-in"]);
}

#[test]
fn the_password_itself_is_sent_where_the_pool_takes_no_proof() {
    let mut machine = at_choice(&["PASSWORD", "EMAIL_OTP"]);
    machine.does(["timer 180000", "tell screen choose-factor"]);
    machine.on(Person::Pressed(Action::SignInBy(FirstFactor::Password))).does(["remember PASSWORD", "tell screen sign-in"]);
    machine.on(Person::Touched).does([]);
    machine.submitted(NAME, PASSWORD);
    let request = json!({ "USERNAME": NAME, "PASSWORD": PASSWORD, "PREFERRED_CHALLENGE": "PASSWORD" });
    assert_eq!(machine.sends("InitiateAuth"), initiate(&request));
    machine.replied(tokens(1));
    is_signed_in_as(&mut machine, NAME);
}

#[test]
fn a_challenge_that_asks_for_the_password_leads_to_the_form() {
    for name in ["PASSWORD", "PASSWORD_SRP"] {
        let mut machine = at_sign_in(None, None);
        named(&mut machine);
        machine.sends("InitiateAuth");
        machine.replied(json!({ "ChallengeName": name, "Session": session(1), "ChallengeParameters": {} })).does([]);
        assert_eq!(machine.screen(), format!("sign-in ({NAME})"));
    }
}

#[test]
fn a_choice_that_fails_is_made_again_or_begins_anew() {
    let mut machine = at_choice(&["PASSWORD_SRP", "EMAIL_OTP"]);
    machine.does(["timer 180000", "tell screen choose-factor"]);
    machine.on(Person::Pressed(Action::SignInBy(FirstFactor::EmailOtp))).first_does(["remember EMAIL_OTP"]);
    machine.does(["call RespondToAuthChallenge"]);
    machine.unreachable().does(["tell error network on choose-factor"]);
    machine.on(Person::Pressed(Action::SignInBy(FirstFactor::EmailOtp))).first_does(["remember EMAIL_OTP"]);
    machine.does(["call RespondToAuthChallenge"]);
    machine.refused(SESSION_EXPIRED).does(["tell screen sign-in", "tell error session_over on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME} alone) ! session_over"));
    named(&mut machine);
    machine.sends("InitiateAuth");
    machine.replied(select(&["PASSWORD_SRP", "EMAIL_OTP"])).does(["timer 180000", "tell screen choose-factor"]);
    assert_eq!(machine.screen(), r#"choose-factor ["EMAIL_OTP", "PASSWORD_SRP"]"#, "the last choice comes first from now on");
}

#[test]
fn the_choice_lives_as_long_as_its_session_and_can_be_left() {
    let mut machine = at_choice(&["PASSWORD_SRP", "EMAIL_OTP"]);
    machine.does(["timer 180000", "tell screen choose-factor"]);
    machine.on(Person::Pressed(Action::SignInBy(FirstFactor::SmsOtp))).does([]);
    machine.now = NOW + 180_000;
    let timer = machine.timer;
    machine.timer_fired(timer).does(["tell screen sign-in", "tell error session_over on sign-in"]);

    let mut machine = at_choice(&["PASSWORD_SRP", "EMAIL_OTP"]);
    machine.does(["timer 180000", "tell screen choose-factor"]);
    machine.on(Person::Pressed(Action::Back)).does(["tell screen sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME} alone)"));
}

#[test]
fn the_users_id_of_the_choice_goes_back_where_there_is_one() {
    let mut machine = at_sign_in(None, None);
    named(&mut machine);
    machine.sends("InitiateAuth");
    let mut reply = select(&["PASSWORD_SRP", "EMAIL_OTP"]);
    reply["ChallengeParameters"] = json!({ "USER_ID_FOR_SRP": USER_ID });
    machine.replied(reply).does(["timer 180000", "tell screen choose-factor"]);
    machine.on(Person::Pressed(Action::SignInBy(FirstFactor::EmailOtp))).first_does(["remember EMAIL_OTP"]);
    assert_eq!(machine.sends("RespondToAuthChallenge")["ChallengeResponses"]["USERNAME"], USER_ID);
}

#[test]
fn a_pool_that_asks_for_ever_is_not_answered_for_ever() {
    let mut machine = at_choice(&["EMAIL_OTP"]);
    machine.sends("RespondToAuthChallenge");
    machine.replied(select(&["EMAIL_OTP"])).does(["timer 180000", "tell screen choose-factor"]);
}

#[test]
fn the_choice_survives_a_reload() {
    let mut machine = at_choice(&["PASSWORD_SRP", "EMAIL_OTP"]);
    machine.does(["timer 180000", "tell screen choose-factor"]);
    machine.now += 60_000;
    let mut machine = machine.reloaded();
    machine.on(Page::Started { stored: None }).does(["timer 120000", "tell screen choose-factor"]);
    assert_eq!(machine.screen(), r#"choose-factor ["PASSWORD_SRP", "EMAIL_OTP"]"#);
    machine.on(Person::Pressed(Action::SignInBy(FirstFactor::EmailOtp))).first_does(["remember EMAIL_OTP"]);
    let answer = machine.sends("RespondToAuthChallenge");
    assert_eq!((&answer["Session"], &answer["ChallengeResponses"]["USERNAME"]), (&json!(session(1)), &json!(NAME)));
    machine.replied(sent("EMAIL_OTP", 2)).does(["timer 180000", "tell screen email-code"]);
    let mut machine = machine.reloaded();
    machine.on(Page::Started { stored: None }).does(["timer 180000", "tell screen email-code"]);
    machine.on(Person::Pressed(Action::SendNewCode)).does(["call InitiateAuth"]);
}
