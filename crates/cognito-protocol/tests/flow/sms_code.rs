//! `SMS_MFA`: a code by text message after the password.

use cognito_protocol::flow::{Action, Details, Person, SignInFlow};
use serde_json::{Value, json};

use super::{
    machine::Machine,
    service::{CLIENT_ID, NAME, Pool, SESSION_EXPIRED, USER_ID, session, tokens},
    sign_in::is_signed_in,
};

const WRONG_CODE: (&str, &str) = ("CodeMismatchException", "Invalid code or auth state for the user.");

fn sms_challenge(number: u32) -> Value {
    json!({
        "ChallengeName": "SMS_MFA",
        "Session": session(number),
        "ChallengeParameters": {
            "CODE_DELIVERY_DELIVERY_MEDIUM": "SMS",
            "CODE_DELIVERY_DESTINATION": "+*******0123",
            "USER_ID_FOR_SRP": USER_ID,
        },
    })
}

fn at_sms_code() -> Machine {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    machine.passes_password(sms_challenge(1)).does(["timer 180000", "tell screen sms-code"]);
    machine
}

#[test]
fn a_code_by_text_message_signs_in() {
    let mut machine = at_sms_code();
    let Details::Challenge(view) = &machine.view().details else { panic!("another screen") };
    assert_eq!(view.parameters.get("destination"), Some("+*******0123"));
    assert_eq!(view.parameters.get("USER_ID_FOR_SRP"), None, "nobody needs to see that");
    machine.answered("493 817");
    let answer = json!({
        "ClientId": CLIENT_ID,
        "ChallengeName": "SMS_MFA",
        "Session": session(1),
        "ChallengeResponses": { "USERNAME": USER_ID, "SMS_MFA_CODE": "493817" },
    });
    assert_eq!(machine.sends("RespondToAuthChallenge"), answer);
    machine.replied(tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn a_wrong_code_can_be_mended_with_the_same_session() {
    let mut machine = at_sms_code();
    machine.answered("").does(["tell error code_missing on sms-code"]);
    machine.answered("000000").does(["call RespondToAuthChallenge"]);
    machine.refused(WRONG_CODE).does(["tell error wrong_code on sms-code"]);
    machine.answered("493817");
    assert_eq!(machine.sends("RespondToAuthChallenge")["Session"], session(1));
    machine.replied(tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn a_new_code_starts_the_sign_in_again() {
    let mut machine = at_sms_code();
    let mut pool = Pool::new();
    machine.on(Person::Pressed(Action::SendNewCode)).does(["derive A"]);
    assert_eq!(machine.screen(), "sms-code busy");
    machine.derived();
    let request = machine.sends("InitiateAuth");
    machine.replied(pool.password_verifier(&request)).does(["derive proof"]);
    machine.derived();
    assert!(pool.accepts(&machine.sends("RespondToAuthChallenge")));
    machine.replied(sms_challenge(2)).does(["timer 180000"]);
    assert_eq!(machine.screen(), "sms-code ! new_code_sent");
}

#[test]
fn a_session_that_is_over_keeps_the_name() {
    let mut machine = at_sms_code();
    machine.answered("493817").does(["call RespondToAuthChallenge"]);
    machine.refused(SESSION_EXPIRED).does(["tell screen sign-in", "tell error session_over on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! session_over"));
}
