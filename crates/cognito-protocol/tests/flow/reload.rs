//! A challenge that waits for the person survives a reload of the page; what was typed, and a session that an answer has used, do not.

use cognito_protocol::flow::{Action, Factor, Page, Person, Purpose, SignInFlow, field};
use serde_json::{Value, json};

use super::{
    custom_auth::question,
    machine::{HOUR, Machine, NOW, found, settings, stored},
    service::{
        CLIENT_ID, CODE_MISMATCH, NAME, PASSWORD, POOL_ID, SESSION_EXPIRED, TOTP_SECRET, USER_ID, email_challenge, mfa_setup,
        session, tokens, totp_challenge, user,
    },
    sign_in::is_signed_in,
};

const CODE: &str = "493817";
const MINUTE: i64 = 60_000;

fn challenge(name: &str, parameters: &Value) -> Value {
    let mut reply = json!({ "ChallengeName": name, "Session": session(1), "ChallengeParameters": parameters });
    reply["ChallengeParameters"]["USER_ID_FOR_SRP"] = USER_ID.into();
    reply
}

/// A reply, its screen, and the fields and the key of an answer.
type Case = (Value, &'static str, Vec<(&'static str, &'static str)>, &'static str);

/// Every challenge that waits for a person.
fn challenges() -> Vec<Case> {
    let code = || vec![(field::CODE, CODE)];
    let delivered = json!({ "CODE_DELIVERY_DESTINATION": "m***@e***" });
    vec![
        (email_challenge(1), "email-code", code(), "ANSWER"),
        (question(1, "Your pet?"), "custom-challenge", vec![(field::ANSWER, "Rex the dog")], "ANSWER"),
        (challenge("SMS_MFA", &delivered), "sms-code", code(), "SMS_MFA_CODE"),
        (challenge("EMAIL_OTP", &delivered), "email-code", code(), "EMAIL_OTP_CODE"),
        (totp_challenge(1), "totp-code", code(), "SOFTWARE_TOKEN_MFA_CODE"),
        (
            challenge("SELECT_MFA_TYPE", &json!({ "MFAS_CAN_CHOOSE": "[\"SMS_MFA\",\"SOFTWARE_TOKEN_MFA\"]" })),
            "choose-mfa",
            vec![(field::CHOICE, "SMS_MFA")],
            "ANSWER",
        ),
        (
            challenge("MFA_SETUP", &json!({ "MFAS_CAN_SETUP": "[\"EMAIL_OTP\"]" })),
            "email-setup",
            vec![(field::EMAIL, NAME)],
            "EMAIL",
        ),
        (
            challenge("NEW_PASSWORD_REQUIRED", &json!({ "requiredAttributes": "[]", "userAttributes": "{}" })),
            "new-password",
            vec![(field::NEW_PASSWORD, "another horse 電池")],
            "NEW_PASSWORD",
        ),
    ]
}

/// A page on which the password was right and this came next; what it did is not looked at.
fn asked(flow: SignInFlow, reply: Value) -> Machine {
    let mut machine = Machine::at_sign_in(flow);
    assert_eq!(machine.kept.takes_deeds(), [""; 0]);
    machine.passes_password(reply);
    machine.does_whatever();
    machine
}

fn asked_for_totp() -> Machine {
    let mut machine = asked(SignInFlow::Srp, totp_challenge(1));
    assert_eq!(machine.kept.takes_deeds(), ["keep"]);
    machine
}

fn starts(machine: &mut Machine) -> &mut Machine {
    machine.on(Page::Started { stored: None })
}

fn kept_session(machine: &Machine) -> Option<&str> {
    machine.kept.record.as_ref().and_then(|record| record["SignIn"]["Session"].as_str())
}

fn ends_at(machine: &Machine) -> i64 {
    machine.kept.record.as_ref().unwrap()["SignIn"]["EndsAt"].as_str().unwrap().parse().unwrap()
}

#[test]
fn just_what_the_service_told_and_the_name_is_kept() {
    let machine = asked_for_totp();
    let expected = json!({
        "SignIn": {
            "ClientId": CLIENT_ID,
            "UserPoolId": POOL_ID,
            "EndsAt": (NOW + 3 * MINUTE).to_string(),
            "ChallengeName": "SOFTWARE_TOKEN_MFA",
            "Session": session(1),
            "UserId": USER_ID,
            "Name": NAME,
        },
        "ChallengeParameters": { "USER_ID_FOR_SRP": USER_ID, "FRIENDLY_DEVICE_NAME": "phone" },
    });
    assert_eq!(machine.kept.record, Some(expected));
}

#[test]
fn every_challenge_that_waits_is_opened_again_for_the_rest_of_its_life() {
    for (reply, screen, fields, key) in challenges() {
        let is_custom = reply["ChallengeName"] == "CUSTOM_CHALLENGE";
        let flow = if is_custom { SignInFlow::Custom } else { SignInFlow::Srp };
        let mut before = asked(flow, reply.clone());
        before.now += 2 * MINUTE;
        assert!(!before.kept.record.as_ref().unwrap().to_string().contains(PASSWORD), "{screen}");
        let mut machine = before.reloaded();
        starts(&mut machine);
        if is_custom {
            let kind = reply["ChallengeParameters"]["type"].as_str().unwrap();
            machine.first_does([&format!("tell challenge of type {kind}")]);
        }
        machine.does(["timer 60000", &format!("tell screen {screen}")]);
        assert_eq!(machine.screen(), screen);
        machine.filled_in(&fields);
        let sent = machine.sends("RespondToAuthChallenge");
        assert_eq!((&sent["ChallengeName"], &sent["Session"]), (&reply["ChallengeName"], &json!(session(1))), "{screen}");
        let responses = json!({ "USERNAME": USER_ID, key: fields[0].1 });
        assert_eq!(sent["ChallengeResponses"], responses);
        assert_eq!(machine.kept.record, None, "an answer is on its way");
        machine.replied(tokens(1));
        is_signed_in(&mut machine);
        assert_eq!(machine.kept.record, None);
    }
}

#[test]
fn a_session_is_over_when_it_would_have_been() {
    let mut machine = asked_for_totp();
    machine.now += MINUTE;
    let mut machine = machine.reloaded();
    starts(&mut machine).does(["timer 120000", "tell screen totp-code"]);
    // Once more, and longer than the first time.
    machine.now += 2 * MINUTE - 1;
    let mut machine = machine.reloaded();
    starts(&mut machine).does(["timer 1", "tell screen totp-code"]);
    let timer = machine.timer;
    machine.timer_fired(timer).does(["tell screen sign-in", "tell error session_over on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! session_over"));
    assert_eq!(machine.kept.record, None);

    let mut machine = asked_for_totp();
    machine.now += 3 * MINUTE;
    let mut machine = machine.reloaded();
    starts(&mut machine).does(["tell screen sign-in"]);
    assert_eq!(machine.kept.takes_deeds(), ["forget"]);
}

#[test]
fn a_session_that_an_answer_uses_is_not_kept_until_the_reply_says_which_is_open() {
    let mut machine = asked_for_totp();
    machine.answered(CODE).does(["call RespondToAuthChallenge"]);
    assert_eq!(machine.kept.takes_deeds(), ["forget"]);
    machine.refused(CODE_MISMATCH).does(["tell error wrong_code on totp-code"]);
    assert_eq!(machine.kept.takes_deeds(), ["keep"]);
    assert_eq!(kept_session(&machine), Some(&*session(1)));
    machine.answered(CODE).does(["call RespondToAuthChallenge"]);
    machine.replied(email_challenge(2));
    machine.does(["tell challenge of type EMAIL_CODE", "timer 180000", "tell screen email-code"]);
    assert_eq!(kept_session(&machine), Some(&*session(2)));
    // A wrong answer that brings a new session.
    machine.answered(CODE).does(["call RespondToAuthChallenge"]);
    assert_eq!(machine.kept.record, None);
    machine.now += MINUTE;
    machine.replied(email_challenge(3)).does(["timer 180000", "tell error wrong_code on email-code"]);
    assert_eq!(kept_session(&machine), Some(&*session(3)));
    assert_eq!(ends_at(&machine), NOW + 4 * MINUTE);
    machine.answered(CODE).does(["call RespondToAuthChallenge"]);
    machine.replied(tokens(1));
    is_signed_in(&mut machine);
    assert_eq!(machine.kept.record, None);
}

#[test]
fn what_was_typed_is_nowhere_in_what_is_kept() {
    let mut machine = asked(SignInFlow::Custom, email_challenge(1));
    machine.answered(CODE).does(["call RespondToAuthChallenge"]);
    machine.replied(email_challenge(2)).does(["timer 180000", "tell error wrong_code on email-code"]);
    let kept = machine.kept.record.as_ref().unwrap().to_string();
    assert!(!kept.contains(CODE) && !kept.contains(PASSWORD), "{kept}");

    let attributes =
        json!({ "requiredAttributes": "[\"userAttributes.name\"]", "userAttributes": "{\"birthdate\":\"1990-01-01\"}" });
    let machine = asked(SignInFlow::Srp, challenge("NEW_PASSWORD_REQUIRED", &attributes));
    let parameters = &machine.kept.record.as_ref().unwrap()["ChallengeParameters"];
    assert_eq!(*parameters, json!({ "requiredAttributes": "[\"userAttributes.name\"]" }), "nothing of the account");
}

#[test]
fn every_end_of_a_challenge_forgets_it() {
    let ends: [fn(&mut Machine); 4] = [
        |machine| machine.on(Person::Pressed(Action::Back)).does(["tell screen sign-in"]),
        |machine| machine.on(Page::ResetRequested).does(["tell screen sign-in"]),
        |machine| {
            let timer = machine.timer;
            machine.timer_fired(timer).does(["tell screen sign-in", "tell error session_over on sign-in"]);
        },
        |machine| {
            machine.answered(CODE).does(["call RespondToAuthChallenge"]);
            machine.refused(SESSION_EXPIRED).does(["tell screen sign-in", "tell error session_over on sign-in"]);
        },
    ];
    for end in ends {
        let mut machine = asked_for_totp();
        end(&mut machine);
        assert_eq!((machine.kept.takes_deeds(), &machine.kept.record), (vec!["forget"], &None));
        // And after a reload.
        let mut machine = asked_for_totp().reloaded();
        starts(&mut machine).does(["timer 180000", "tell screen totp-code"]);
        end(&mut machine);
        assert_eq!((machine.kept.takes_deeds(), &machine.kept.record), (vec!["keep", "forget"], &None));
    }
}

#[test]
fn a_new_code_takes_another_sign_in_after_a_reload() {
    let mut machine = asked(SignInFlow::Custom, email_challenge(1)).reloaded();
    starts(&mut machine).does(["tell challenge of type EMAIL_CODE", "timer 180000", "tell screen email-code"]);
    machine.on(Person::Pressed(Action::SendNewCode)).does(["tell screen sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! sign_in_for_new_code"));
    assert_eq!(machine.kept.record, None);
}

#[test]
fn while_a_new_code_is_sent_nothing_is_kept() {
    let mut machine = asked(SignInFlow::Custom, email_challenge(1));
    machine.on(Person::Pressed(Action::SendNewCode)).does(["derive A"]);
    assert_eq!(machine.kept.takes_deeds(), ["keep", "forget"]);
    machine.derived().does(["call InitiateAuth"]);
    machine.unreachable().does(["tell error network on email-code"]);
    assert_eq!(machine.kept.takes_deeds(), ["keep"], "the code that was sent before still counts");
}

#[test]
fn the_key_of_an_authenticator_app_is_not_kept() {
    let mut machine = asked(SignInFlow::Srp, mfa_setup(1));
    machine.replied(json!({ "SecretCode": TOTP_SECRET, "Session": session(2) })).does(["timer 180000"]);
    assert_eq!(machine.kept.takes_deeds(), [""; 0]);

    let names = json!({ "MFAS_CAN_SETUP": "[\"SOFTWARE_TOKEN_MFA\",\"EMAIL_OTP\"]" });
    let mut machine = asked(SignInFlow::Srp, challenge("MFA_SETUP", &names)).reloaded();
    starts(&mut machine).does(["timer 180000", "tell screen choose-mfa"]);
    machine.filled_in(&[(field::CHOICE, "SOFTWARE_TOKEN_MFA")]);
    machine.does(["call AssociateSoftwareToken", "timer 180000", "tell screen totp-setup"]);
    assert_eq!(machine.kept.record, None, "the call uses the session");
}

#[test]
fn what_was_chosen_to_be_set_up_stays_chosen() {
    let names = json!({ "MFAS_CAN_SETUP": "[\"SOFTWARE_TOKEN_MFA\",\"EMAIL_OTP\"]" });
    let mut machine = asked(SignInFlow::Srp, challenge("MFA_SETUP", &names));
    machine.filled_in(&[(field::CHOICE, "EMAIL_OTP")]).does(["timer 180000", "tell screen email-setup"]);
    let mut machine = machine.reloaded();
    starts(&mut machine).does(["timer 180000", "tell screen email-setup"]);
}

#[test]
fn what_is_broken_anothers_or_invented_is_forgotten() {
    let record = asked_for_totp().kept.record.clone().unwrap();
    let with = |name: &str, value: Value| {
        let mut record = record.clone();
        record["SignIn"][name] = value;
        record
    };
    let records = [
        json!(null),
        json!([]),
        json!("a text"),
        json!({}),
        with("ClientId", "another".into()),
        with("UserPoolId", "eu-central-1_Other".into()),
        with("UserPoolId", json!(7)),
        with("EndsAt", json!(NOW.to_string())),
        with("EndsAt", json!("tomorrow")),
        with("EndsAt", json!(null)),
        with("UserId", json!({})),
        with("Name", json!(null)),
        with("ChallengeName", json!(null)),
        with("ChallengeName", "PASSWORD_VERIFIER".into()),
        // That would be a call.
        with("ChallengeName", "MFA_SETUP".into()),
        with("Session", json!(null)),
        with("Session", json!(7)),
        json!({ "SignIn": record["SignIn"], "ChallengeParameters": "none" }),
        json!({ "SignIn": record["SignIn"], "ChallengeParameters": { "FRIENDLY_DEVICE_NAME": 7 } }),
    ];
    for record in records {
        let mut machine = Machine::at_start();
        machine.on(Page::ChallengeFound { record: record.clone().into() }).does([]);
        assert_eq!(machine.screen(), "loading busy");
        starts(&mut machine).does(["tell screen sign-in"]);
        assert_eq!(machine.screen(), "sign-in ()", "{record}");
        assert_eq!(machine.kept.takes_deeds(), ["forget"], "{record}");
    }
}

#[test]
fn nobody_can_write_tokens_or_a_longer_life() {
    let mut record = asked_for_totp().kept.record.clone().unwrap();
    record["AuthenticationResult"] = tokens(1)["AuthenticationResult"].clone();
    for ends in [(NOW + HOUR).to_string(), i64::MAX.to_string()] {
        record["SignIn"]["EndsAt"] = ends.into();
        let mut machine = Machine::at_start();
        machine.on(Page::ChallengeFound { record: record.clone().into() }).does([]);
        starts(&mut machine).does(["timer 180000", "tell screen totp-code"]);
        assert_eq!(ends_at(&machine), NOW + 3 * MINUTE);
    }
}

#[test]
fn whoever_is_signed_in_by_then_stays_so() {
    let mut machine = asked_for_totp().reloaded();
    machine.on(Page::Started { stored: Some(stored(1, NOW + HOUR)) });
    machine.does([&format!("tell signed-in {USER_ID}"), "tell screen signed-in"]);
    assert_eq!((machine.kept.takes_deeds(), &machine.kept.record), (vec!["forget"], &None));
}

#[test]
fn a_record_that_comes_too_late_opens_nothing() {
    let record = asked_for_totp().kept.record.clone().unwrap();
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    machine.on(Page::ChallengeFound { record: record.into() }).does([]);
    machine.on(Person::Touched).does(["derive A"]);
    assert_eq!(machine.screen(), "sign-in ()");
    assert_eq!(machine.kept.takes_deeds(), ["forget"]);
}

#[test]
fn a_sign_in_for_a_change_is_not_kept() {
    let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::Account));
    machine.on(Page::Started { stored: Some(found(NOW + HOUR)) });
    machine.does([&format!("tell signed-in {USER_ID}"), "call GetUser", "tell screen account"]);
    machine.replied(user(&["SOFTWARE_TOKEN_MFA"])).does([]);
    machine.on(Person::Pressed(Action::TurnOff(Factor::App))).does(["tell screen sign-in"]);
    machine.passes_password(totp_challenge(1)).does(["timer 180000", "tell screen totp-code"]);
    assert_eq!(machine.kept.takes_deeds(), [""; 0]);
}
