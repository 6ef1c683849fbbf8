//! `NEW_PASSWORD_REQUIRED`: a temporary password, and attributes that are missing.

use cognito_protocol::{
    Secret,
    flow::{Action, Answers, Details, Person, SignInFlow, field},
};
use serde_json::{Value, json};

use super::{
    machine::Machine,
    service::{CLIENT_ID, NAME, SESSION_EXPIRED, USER_ID, session, tokens, totp_challenge},
    sign_in::is_signed_in,
};

const NEW: &str = "another horse 電池 🐎";
const TOO_SHORT: (&str, &str) = ("InvalidPasswordException", "Password did not conform with policy: Password not long enough");

fn challenge(required: &str) -> Value {
    json!({
        "ChallengeName": "NEW_PASSWORD_REQUIRED",
        "Session": session(1),
        "ChallengeParameters": {
            "userAttributes": "{\"email\":\"me@example.com\"}",
            "requiredAttributes": required,
            "USER_ID_FOR_SRP": USER_ID,
        },
    })
}

fn at_new_password(required: &str) -> Machine {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    machine.passes_password(challenge(required)).does(["timer 180000", "tell screen new-password"]);
    machine
}

fn typed(password: &str, attributes: &[(&str, &str)]) -> Person {
    let attributes = attributes.iter().map(|(name, value)| ((*name).to_owned(), Secret::from(*value)));
    Person::Submitted(Answers::of(attributes.chain([(field::NEW_PASSWORD.to_owned(), Secret::from(password))])))
}

#[test]
fn a_new_password_signs_in() {
    let mut machine = at_new_password("[]");
    machine.on(typed("", &[])).does(["tell error new_password_missing on new-password"]);
    machine.on(typed(NEW, &[]));
    let answer = json!({
        "ClientId": CLIENT_ID,
        "ChallengeName": "NEW_PASSWORD_REQUIRED",
        "Session": session(1),
        "ChallengeResponses": { "USERNAME": USER_ID, "NEW_PASSWORD": NEW },
    });
    assert_eq!(machine.sends("RespondToAuthChallenge"), answer);
    assert!(machine.view().busy);
    machine.on(typed(NEW, &[])).does([]);
    machine.replied(tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn missing_attributes_are_asked_for_and_sent_by_their_long_names() {
    let mut machine = at_new_password(r#"["userAttributes.name","userAttributes.custom:team","userAttributes.phone_number"]"#);
    let Details::Attributes(names, _) = &machine.view().details else { panic!("another screen") };
    assert_eq!(*names, ["name", "custom:team", "phone_number"]);
    let all = |number| [("name", " Ann "), ("custom:team", "blue"), ("phone_number", number)];
    machine.on(typed(NEW, &[("name", "Ann")])).does(["tell error attribute_missing on new-password"]);
    machine.on(typed(NEW, &all("0123"))).does(["tell error phone_number_invalid on new-password"]);
    machine.on(typed(NEW, &all("+1 555 010 0123")));
    let expected = json!({
        "USERNAME": USER_ID,
        "NEW_PASSWORD": NEW,
        "userAttributes.name": "Ann",
        "userAttributes.custom:team": "blue",
        "userAttributes.phone_number": "+15550100123",
    });
    assert_eq!(machine.sends("RespondToAuthChallenge")["ChallengeResponses"], expected);
    machine.replied(totp_challenge(2)).does(["timer 180000", "tell screen totp-code"]);
}

#[test]
fn a_password_against_the_rules_can_be_mended_by_the_same_session() {
    let mut machine = at_new_password("[]");
    machine.on(typed("short", &[])).does(["call RespondToAuthChallenge"]);
    machine.refused(TOO_SHORT).does(["tell error invalid_password on new-password"]);
    machine.on(typed(NEW, &[]));
    assert_eq!(machine.sends("RespondToAuthChallenge")["Session"], session(1));
    machine.unreachable().does(["tell error network on new-password"]);
}

#[test]
fn a_session_that_is_over_keeps_the_name() {
    let mut machine = at_new_password("[]");
    machine.on(typed(NEW, &[])).does(["call RespondToAuthChallenge"]);
    machine.timer_fired(machine.timer).does([]);
    machine.refused(TOO_SHORT).does(["tell screen sign-in", "tell error session_over on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! session_over"));

    let mut machine = at_new_password("[]");
    machine.on(typed(NEW, &[])).does(["call RespondToAuthChallenge"]);
    machine.refused(SESSION_EXPIRED).does(["tell screen sign-in", "tell error session_over on sign-in"]);

    let mut machine = at_new_password("[]");
    machine.timer_fired(machine.timer).does(["tell screen sign-in", "tell error session_over on sign-in"]);

    let mut machine = at_new_password("[]");
    machine.on(Person::Pressed(Action::Back)).does(["tell screen sign-in"]);
}
