//! `SOFTWARE_TOKEN_MFA`: signing in with a code of the authenticator app.

use cognito_protocol::flow::{Action, Details, Page, Person, SignInFlow};
use serde_json::json;

use super::{
    machine::Machine,
    service::{
        CLIENT_ID, CODE_MISMATCH, CODE_USED, NAME, SESSION_EXPIRED, USER_ID, email_challenge, session, tokens, totp_challenge,
    },
    sign_in::is_signed_in,
};

fn at_totp_code() -> Machine {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    machine.passes_password(totp_challenge(1)).does(["timer 180000", "tell screen totp-code"]);
    assert_eq!(machine.screen(), "totp-code");
    machine
}

fn answers(machine: &mut Machine, typed: &str, sent: &str) {
    machine.answered(typed);
    let expected = json!({
        "ClientId": CLIENT_ID,
        "ChallengeName": "SOFTWARE_TOKEN_MFA",
        "Session": session(1),
        "ChallengeResponses": { "USERNAME": USER_ID, "SOFTWARE_TOKEN_MFA_CODE": sent },
    });
    assert_eq!(machine.sends("RespondToAuthChallenge"), expected);
}

#[test]
fn a_wrong_code_then_a_used_one_then_the_right_one_by_the_same_session() {
    let mut machine = at_totp_code();
    answers(&mut machine, "000000", "000000");
    machine.refused(CODE_MISMATCH).does(["tell error wrong_code on totp-code"]);
    assert_eq!(machine.screen(), "totp-code ! wrong_code");
    answers(&mut machine, "４９３ ８１７", "493817");
    machine.refused(CODE_USED).does(["tell error code_used on totp-code"]);
    assert_eq!(machine.screen(), "totp-code ! code_used");
    answers(&mut machine, "493-818", "493818");
    machine.replied(tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn what_cannot_be_a_code_is_not_sent() {
    let mut machine = at_totp_code();
    machine.answered("").does(["tell error code_missing on totp-code"]);
    for typed in ["12345", "1234567", "12345a", "１２３４５"] {
        machine.answered(typed).does(["tell error wrong_code on totp-code"]);
    }
}

#[test]
fn no_expired_code_asks_for_a_new_one_to_be_sent() {
    let mut machine = at_totp_code();
    machine.answered("493817").does(["call RespondToAuthChallenge"]);
    machine.refused(("ExpiredCodeException", "Your code has expired.")).does(["tell error code_used on totp-code"]);
}

#[test]
fn after_too_many_wrong_codes_the_person_is_asked_to_wait() {
    let mut machine = at_totp_code();
    machine.answered("000000").does(["call RespondToAuthChallenge"]);
    machine.refused(("NotAuthorizedException", "Password attempts exceeded"));
    machine.does(["tell error throttled on totp-code"]);
    answers(&mut machine, "493817", "493817");
}

#[test]
fn an_authenticator_that_is_gone_ends_the_sign_in_with_a_notice() {
    let mut machine = at_totp_code();
    machine.answered("493817").does(["call RespondToAuthChallenge"]);
    machine.refused(("SoftwareTokenMFANotFoundException", "Software Token MFA has not been enabled by the userPool"));
    machine.does(["tell screen sign-in", "tell error authenticator_unavailable on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! authenticator_unavailable"));
}

#[test]
fn an_expired_session_goes_back_to_sign_in_with_the_name_kept() {
    let mut machine = at_totp_code();
    machine.answered("493817").does(["call RespondToAuthChallenge"]);
    machine.refused(SESSION_EXPIRED).does(["tell screen sign-in", "tell error session_over on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! session_over"));
}

#[test]
fn a_wrong_code_does_not_lengthen_the_session() {
    let mut machine = at_totp_code();
    let timer = machine.timer;
    machine.answered("000000").does(["call RespondToAuthChallenge"]);
    machine.refused(CODE_MISMATCH).does(["tell error wrong_code on totp-code"]);
    machine.timer_fired(timer).does(["tell screen sign-in", "tell error session_over on sign-in"]);
}

#[test]
fn a_code_is_the_machines_own_business() {
    let mut machine = at_totp_code();
    machine.on(Page::ChallengeTakenOver { challenge: machine.challenge }).does([]);
    machine.on(Person::Pressed(Action::SendNewCode)).does([]);
    let Details::Challenge(view) = &machine.view().details else { panic!("another screen") };
    assert!(!view.taken_over);
    assert!(view.parameters.is_empty());
}

#[test]
fn a_custom_challenge_may_follow() {
    let mut machine = at_totp_code();
    machine.answered("493817").does(["call RespondToAuthChallenge"]);
    machine.replied(email_challenge(2));
    machine.does(["tell challenge of type EMAIL_CODE", "timer 180000", "tell screen email-code"]);
    assert_eq!(machine.screen(), "email-code");
}
