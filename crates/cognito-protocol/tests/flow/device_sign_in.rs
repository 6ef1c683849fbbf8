//! Signing in on a device that is remembered: `DEVICE_KEY`, `DEVICE_SRP_AUTH`, `DEVICE_PASSWORD_VERIFIER`.

use cognito_protocol::flow::{Action, Device, Outcome, Page, Person, SignInFlow};
use serde_json::{Value, json};
use srp_reference::{Identity, ServerExchange, Verifier};

use super::{
    machine::Machine,
    service::{
        CLIENT_ID, DEVICE_GROUP_KEY, DEVICE_KEY, NAME, PASSWORD, Pool, SECRET_BLOCK, SESSION_EXPIRED, USER_ID, WRONG_CREDENTIALS,
        device_access_token, device_tokens, email_challenge, refresh_token, session, totp_challenge,
    },
};

const DEVICE_PASSWORD: &str = "a password of a device";
const NO_DEVICE: (&str, &str) = ("ResourceNotFoundException", "Device does not exist.");
const IDENTITY: Identity<'_> = Identity { pool_name: DEVICE_GROUP_KEY, user_id_for_srp: DEVICE_KEY };

/// What the store has after an earlier sign-in.
fn device() -> Device {
    Device {
        username: USER_ID.to_owned(),
        key: DEVICE_KEY.into(),
        group_key: DEVICE_GROUP_KEY.into(),
        password: DEVICE_PASSWORD.into(),
    }
}

fn at_sign_in(sign_in_flow: SignInFlow) -> Machine {
    let mut machine = Machine::at_sign_in(sign_in_flow);
    machine.device = Some(device());
    machine
}

fn device_srp_auth(number: u32) -> Value {
    json!({ "ChallengeName": "DEVICE_SRP_AUTH", "Session": session(number), "ChallengeParameters": {} })
}

fn verifier() -> (Verifier, ServerExchange) {
    let verifier = Verifier::derive(&IDENTITY, DEVICE_PASSWORD, &[0x9a; 16]);
    let exchange = ServerExchange::begin(&[0x5b; 32], &verifier);
    (verifier, exchange)
}

fn device_password_verifier(number: u32) -> Value {
    let (verifier, exchange) = verifier();
    json!({
        "ChallengeName": "DEVICE_PASSWORD_VERIFIER",
        "Session": session(number),
        "ChallengeParameters": {
            "SALT": verifier.salt_hex(),
            "SECRET_BLOCK": SECRET_BLOCK,
            "SRP_B": exchange.srp_b(),
            "DEVICE_KEY": DEVICE_KEY,
            "USERNAME": USER_ID,
        },
    })
}

/// From the challenge to the proof, which is right.
fn proves_device(machine: &mut Machine, number: u32) {
    machine.does(["derive A"]);
    machine.derived();
    let asked = machine.sends("RespondToAuthChallenge");
    let srp_a = asked["ChallengeResponses"]["SRP_A"].as_str().expect("SRP_A").to_owned();
    let expected = json!({
        "ClientId": CLIENT_ID,
        "ChallengeName": "DEVICE_SRP_AUTH",
        "Session": session(number),
        "ChallengeResponses": { "USERNAME": USER_ID, "SRP_A": srp_a, "DEVICE_KEY": DEVICE_KEY },
    });
    assert_eq!(asked, expected);
    machine.replied(device_password_verifier(number + 1)).does(["derive proof"]);
    machine.derived();
    let proof = machine.sends("RespondToAuthChallenge");
    assert_eq!((&proof["ChallengeName"], &proof["Session"]), (&json!("DEVICE_PASSWORD_VERIFIER"), &json!(session(number + 1))));
    let responses = &proof["ChallengeResponses"];
    assert_eq!((&responses["USERNAME"], &responses["DEVICE_KEY"]), (&json!(USER_ID), &json!(DEVICE_KEY)));
    assert_eq!(responses["PASSWORD_CLAIM_SECRET_BLOCK"], SECRET_BLOCK);
    let text = |name: &str| responses[name].as_str().expect(name);
    let (verifier, exchange) = verifier();
    let key = exchange.key(&verifier, &srp_a).expect("SRP_A");
    let block = b"a secret block of the pool";
    assert!(key.verifies(&IDENTITY, block, text("TIMESTAMP"), text("PASSWORD_CLAIM_SIGNATURE")));
}

fn is_signed_in(machine: &mut Machine) {
    machine.does([
        &format!("store {} {}", device_access_token(1), refresh_token(1)),
        &format!("tell signed-in {USER_ID}"),
        "tell screen signed-in",
    ]);
}

#[test]
fn a_remembered_device_takes_the_place_of_the_second_factor() {
    for flow in [SignInFlow::Srp, SignInFlow::Custom, SignInFlow::Choice] {
        let mut machine = at_sign_in(flow);
        let mut pool = Pool::new();
        let proof = machine.proves(&mut pool, NAME, PASSWORD);
        // By the real username, which the challenge told.
        assert_eq!(machine.device_asked_for.as_deref(), Some(USER_ID));
        assert!(pool.accepts(&proof));
        assert_eq!(proof["ChallengeResponses"]["DEVICE_KEY"], DEVICE_KEY);
        machine.replied(device_srp_auth(1));
        assert_eq!(machine.screen(), format!("sign-in ({NAME}) busy"));
        proves_device(&mut machine, 1);
        machine.replied(device_tokens(1));
        is_signed_in(&mut machine);
    }
}

#[test]
fn a_password_that_is_sent_goes_with_the_device_of_the_name() {
    let mut machine = at_sign_in(SignInFlow::Plain);
    machine.submitted(NAME, PASSWORD);
    assert_eq!(machine.device_asked_for.as_deref(), Some(NAME));
    let expected = json!({ "USERNAME": NAME, "PASSWORD": PASSWORD, "DEVICE_KEY": DEVICE_KEY });
    assert_eq!(machine.sends("InitiateAuth")["AuthParameters"], expected);
    // The challenge tells no name: the device's user is the one.
    machine.replied(device_srp_auth(1));
    proves_device(&mut machine, 1);
    machine.replied(device_tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn a_code_in_the_place_of_the_password_goes_with_the_device_too() {
    let mut machine = at_sign_in(SignInFlow::Choice);
    machine.submitted(NAME, "");
    assert_eq!(machine.sends("InitiateAuth")["AuthParameters"], json!({ "USERNAME": NAME, "DEVICE_KEY": DEVICE_KEY }));
    let reply = json!({ "ChallengeName": "EMAIL_OTP", "Session": session(1), "ChallengeParameters": {} });
    machine.replied(reply).does(["timer 180000", "tell screen email-code"]);
    machine.answered("49381745");
    let answer = machine.sends("RespondToAuthChallenge");
    assert_eq!(answer["ChallengeResponses"]["DEVICE_KEY"], DEVICE_KEY);
    machine.replied(device_srp_auth(2));
    // The screen of the code stays until the device has proved itself.
    assert_eq!(machine.screen(), "email-code busy");
    proves_device(&mut machine, 2);
    machine.replied(device_tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn every_answer_names_the_device() {
    let mut machine = at_sign_in(SignInFlow::Srp);
    machine.passes_password(totp_challenge(1)).does(["timer 180000", "tell screen totp-code"]);
    machine.answered("493817");
    assert_eq!(machine.sends("RespondToAuthChallenge")["ChallengeResponses"]["DEVICE_KEY"], DEVICE_KEY);
    machine.replied(device_srp_auth(2));
    assert_eq!(machine.screen(), "totp-code busy");
    proves_device(&mut machine, 2);
    machine.replied(device_tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn the_pools_own_challenge_may_follow() {
    let mut machine = at_sign_in(SignInFlow::Custom);
    machine.passes_password(device_srp_auth(1));
    proves_device(&mut machine, 1);
    machine.replied(email_challenge(3));
    machine.does(["tell challenge of type EMAIL_CODE", "timer 180000", "tell screen email-code"]);
}

#[test]
fn a_device_that_is_gone_is_forgotten_and_the_sign_in_begins_again_without_asking() {
    let gone = format!("forget device {DEVICE_KEY} of {USER_ID}");
    let mut machine = at_sign_in(SignInFlow::Srp);
    let mut pool = Pool::new();
    machine.proves(&mut pool, NAME, PASSWORD);
    machine.refused(NO_DEVICE).first_does([gone.as_str()]);
    machine.proves_by_itself(NAME);
    assert!(machine.request().body.get("ChallengeResponses").is_some_and(|responses| responses.get("DEVICE_KEY").is_none()));
    // Once: what a service says a second time is told.
    machine.refused(NO_DEVICE).does(["tell error unexpected on sign-in"]);

    let mut machine = at_sign_in(SignInFlow::Plain);
    machine.submitted(NAME, PASSWORD).does(["call InitiateAuth"]);
    machine.refused(NO_DEVICE).first_does([gone.as_str()]);
    assert_eq!(machine.sends("InitiateAuth")["AuthParameters"], json!({ "USERNAME": NAME, "PASSWORD": PASSWORD }));
    machine.replied(totp_challenge(1)).does(["timer 180000", "tell screen totp-code"]);
}

#[test]
fn a_device_whose_proof_is_refused_is_forgotten_and_the_person_is_not_blamed() {
    for refusal in [NO_DEVICE, WRONG_CREDENTIALS] {
        let mut machine = at_sign_in(SignInFlow::Srp);
        machine.passes_password(device_srp_auth(1));
        proves_device(&mut machine, 1);
        machine.refused(refusal).first_does([format!("forget device {DEVICE_KEY} of {USER_ID}").as_str()]);
        machine.proves_by_itself(NAME);
        machine.replied(totp_challenge(5)).does(["timer 180000", "tell screen totp-code"]);
    }
}

#[test]
fn whoever_signs_in_without_a_password_begins_again_after_a_device_that_is_gone() {
    let mut machine = at_sign_in(SignInFlow::Choice);
    machine.submitted(NAME, "").does(["call InitiateAuth"]);
    let reply = json!({ "ChallengeName": "EMAIL_OTP", "Session": session(1), "ChallengeParameters": {} });
    machine.replied(reply).does(["timer 180000", "tell screen email-code"]);
    machine.answered("49381745").does(["call RespondToAuthChallenge"]);
    machine.refused(NO_DEVICE);
    machine.does([
        &format!("forget device {DEVICE_KEY} of {USER_ID}"),
        "tell screen sign-in",
        "tell error unexpected on sign-in",
    ]);
}

#[test]
fn other_faults_of_a_proof_leave_the_device_where_it_is() {
    let mut machine = at_sign_in(SignInFlow::Srp);
    machine.passes_password(device_srp_auth(1));
    proves_device(&mut machine, 1);
    machine.refused(SESSION_EXPIRED).does(["tell error session_over on sign-in"]);
    assert!(machine.device.is_some());
    machine.passes_password(device_srp_auth(3)).does(["derive A"]);
    machine.job_failed().does(["tell error unexpected on sign-in"]);
    machine.passes_password(device_srp_auth(4)).does(["derive A"]);
    machine.derived().does(["call RespondToAuthChallenge"]);
    machine.replied(totp_challenge(5)).does(["tell error bad_reply on sign-in"]);
}

#[test]
fn without_a_device_nothing_can_be_proved() {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    machine.passes_password(device_srp_auth(1)).does(["tell error unsupported_challenge on sign-in"]);
}

#[test]
fn after_a_reload_the_device_is_found_again() {
    let mut machine = at_sign_in(SignInFlow::Srp);
    machine.passes_password(totp_challenge(1)).does(["timer 180000", "tell screen totp-code"]);
    let mut machine = machine.reloaded();
    machine.device = Some(device());
    machine.on(Page::Started { stored: None }).does(["timer 180000", "tell screen totp-code"]);
    assert_eq!(machine.device_asked_for.as_deref(), Some(USER_ID));
    machine.answered("493817");
    assert_eq!(machine.sends("RespondToAuthChallenge")["ChallengeResponses"]["DEVICE_KEY"], DEVICE_KEY);
}

#[test]
fn the_next_person_gets_no_device_of_the_one_before() {
    let mut machine = at_sign_in(SignInFlow::Srp);
    machine.passes_password(totp_challenge(1)).does(["timer 180000", "tell screen totp-code"]);
    machine.on(Person::Pressed(Action::Back)).does(["tell screen sign-in"]);
    machine.device = None;
    machine.passes_password(totp_challenge(2)).does(["timer 180000", "tell screen totp-code"]);
    machine.answered("493817");
    assert!(machine.sends("RespondToAuthChallenge")["ChallengeResponses"].get("DEVICE_KEY").is_none());
}

#[test]
fn whoever_types_another_name_meanwhile_gets_no_device_of_the_one_before() {
    let mut machine = at_sign_in(SignInFlow::Plain);
    machine.is_store_slow = true;
    machine.submitted(NAME, PASSWORD).does([]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) busy"));
    machine.on(Person::Pressed(Action::Back)).does([]);
    machine.submitted("you@example.com", PASSWORD).does([]);
    assert_eq!(machine.device_asked_for.as_deref(), Some("you@example.com"));
    let (first, second) = (machine.lookups[0], machine.lookups[1]);
    machine.on(Outcome::DeviceFound { id: first, device: Some(device()) }).does([]);
    machine.on(Outcome::DeviceFound { id: second, device: None });
    let expected = json!({ "USERNAME": "you@example.com", "PASSWORD": PASSWORD });
    assert_eq!(machine.sends("InitiateAuth")["AuthParameters"], expected);
}

#[test]
fn a_store_that_was_given_up_and_answers_after_all_changes_nothing() {
    let mut machine = at_sign_in(SignInFlow::Plain);
    machine.is_store_slow = true;
    machine.submitted(NAME, PASSWORD).does([]);
    let id = machine.lookups[0];
    machine.on(Outcome::DeviceFound { id, device: None });
    let expected = json!({ "USERNAME": NAME, "PASSWORD": PASSWORD });
    assert_eq!(machine.sends("InitiateAuth")["AuthParameters"], expected);
    machine.on(Outcome::DeviceFound { id, device: Some(device()) }).does([]);
    machine.replied(totp_challenge(1)).does(["timer 180000", "tell screen totp-code"]);
    machine.answered("493817");
    assert!(machine.sends("RespondToAuthChallenge")["ChallengeResponses"].get("DEVICE_KEY").is_none());

    // In SRP the challenge is answered then.
    let mut machine = at_sign_in(SignInFlow::Srp);
    machine.is_store_slow = true;
    machine.submitted(NAME, PASSWORD).does(["derive A"]);
    machine.derived();
    let asked = machine.sends("InitiateAuth");
    machine.replied(Pool::new().password_verifier(&asked)).does([]);
    let id = machine.lookups[0];
    machine.on(Outcome::DeviceFound { id, device: None }).does(["derive proof"]);
    machine.on(Outcome::DeviceFound { id, device: Some(device()) }).does([]);
    machine.derived();
    assert!(machine.sends("RespondToAuthChallenge")["ChallengeResponses"].get("DEVICE_KEY").is_none());
}
