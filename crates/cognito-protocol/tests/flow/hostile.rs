//! Replies that no honest service sends, and events that come at the wrong time.

use cognito_protocol::{
    flow::{Action, CallError, Derived, Event, Factor, Outcome, Page, Person, Purpose, Screen, SignInFlow},
    idp::Json,
};
use serde_json::{Value, json};

use super::{
    machine::{HOUR, Machine, NOBODY, NOW, settings, typed},
    service::{NAME, PASSWORD, Pool, access_token, email_challenge, session, tokens, totp_challenge},
    sign_in::is_signed_in,
};

/// `N` of the group, which is 0 mod `N`.
const MODULUS_HEX: &str = concat!(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B",
    "302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE6",
    "49286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D",
    "670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718",
    "3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7D",
    "B3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C",
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
);

/// From the form to a `PASSWORD_VERIFIER` in which `member` is another, or missing.
fn challenged_with(member: &str, value: Option<String>) -> Machine {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    machine.submitted(NAME, PASSWORD).does(["derive A"]);
    machine.derived();
    let request = machine.sends("InitiateAuth");
    let mut challenge = Pool::new().password_verifier(&request);
    match value {
        Some(value) => challenge["ChallengeParameters"][member] = value.into(),
        None => drop(challenge["ChallengeParameters"].as_object_mut().expect("parameters").remove(member)),
    }
    machine.replied(challenge);
    machine
}

#[test]
fn numbers_that_no_pool_sends_prove_nothing() {
    for (member, value) in [
        ("SRP_B", "0".to_owned()),
        ("SRP_B", "00".repeat(384)),
        ("SRP_B", MODULUS_HEX.to_owned()),
        ("SRP_B", String::new()),
        ("SRP_B", "no hex".to_owned()),
        ("SRP_B", "-1".to_owned()),
        ("SRP_B", "f".repeat(770)),
        ("SRP_B", "f".repeat(1_000_000)),
        ("SALT", String::new()),
        ("SALT", "no hex".to_owned()),
        ("SALT", "-14".to_owned()),
        ("SALT", "f".repeat(1_000_000)),
        ("SECRET_BLOCK", String::new()),
        ("SECRET_BLOCK", "*".to_owned()),
        ("SECRET_BLOCK", "A".repeat(1_000_000)),
    ] {
        let mut machine = challenged_with(member, Some(value));
        machine.does(["derive proof"]);
        machine.derived().does(["tell error bad_reply on sign-in"]);
        assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! bad_reply"), "{member}");
    }
}

#[test]
fn a_scrambler_of_zero_proves_nothing() {
    // No B with that hash is known, so the job's result has to stand for it.
    let mut machine = challenged_with("SALT", Some("1".to_owned()));
    machine.does(["derive proof"]);
    machine.job_failed().does(["tell error bad_reply on sign-in"]);
}

#[test]
fn a_password_challenge_without_one_of_its_members_proves_nothing() {
    for member in ["SALT", "SRP_B", "SECRET_BLOCK"] {
        challenged_with(member, None).does(["tell error bad_reply on sign-in"]);
    }
    // One of the two names is enough.
    challenged_with("USERNAME", None).does(["derive proof"]);
    challenged_with("USER_ID_FOR_SRP", None).does(["derive proof"]);
}

#[test]
fn replies_that_are_no_replies_keep_the_name() {
    for body in [
        json!({}),
        json!(null),
        json!([]),
        json!("<html>"),
        json!({ "ChallengeName": null }),
        json!({ "ChallengeName": 7 }),
        json!({ "ChallengeName": "PASSWORD_VERIFIER" }),
        json!({ "ChallengeName": "CUSTOM_CHALLENGE", "ChallengeParameters": { "type": 7 } }),
        json!({ "ChallengeName": "CUSTOM_CHALLENGE", "Session": {} }),
        json!({ "AuthenticationResult": {} }),
        json!({ "AuthenticationResult": { "AccessToken": null } }),
        json!({ "AuthenticationResult": { "AccessToken": 7 } }),
        json!({ "AuthenticationResult": [] }),
    ] {
        let mut machine = Machine::at_sign_in(SignInFlow::Srp);
        machine.submitted(NAME, PASSWORD).does(["derive A"]);
        machine.derived().does(["call InitiateAuth"]);
        machine.replied(body.clone()).does(["tell error bad_reply on sign-in"]);
        assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! bad_reply"), "{body}");
    }
}

#[test]
fn a_challenge_that_is_answered_with_nonsense_stays_open() {
    for body in [json!([]), json!({ "ChallengeName": 7 })] {
        let mut machine = Machine::at_sign_in(SignInFlow::Srp);
        machine.passes_password(totp_challenge(1)).does(["timer 180000", "tell screen totp-code"]);
        machine.answered("123456").does(["call RespondToAuthChallenge"]);
        machine.replied(body).does(["tell error bad_reply on totp-code"]);
        assert_eq!(machine.screen(), "totp-code ! bad_reply");
        machine.answered("123456");
        assert_eq!(machine.sends("RespondToAuthChallenge")["Session"], session(1));
    }
}

#[test]
fn the_life_of_tokens_is_read_with_care() {
    for (expires_in, lives_millis) in [
        (json!(null), HOUR),
        (json!(0), 0),
        (json!(-5), 0),
        (json!(0.5), 500),
        (json!(1e300), 1_000_000_000_000),
        (json!(300), 300_000),
    ] {
        let mut reply = tokens(1);
        reply["AuthenticationResult"]["ExpiresIn"] = expires_in;
        let mut machine = Machine::at_sign_in(SignInFlow::Srp);
        machine.passes_password(reply);
        is_signed_in(&mut machine);
        if lives_millis >= 60_000 {
            machine.now += lives_millis - 60_000;
            machine.tokens_requested(1).does([&format!("answer 1: {}", access_token(1))]);
            machine.now += 1;
        }
        machine.tokens_requested(2);
        machine.does(["lock"]);
    }
}

#[test]
fn the_service_may_claim_any_time() {
    for ahead in [i64::MIN, i64::MAX, -NOW - 1, 0] {
        let mut machine = Machine::at_sign_in(SignInFlow::Srp);
        machine.submitted(NAME, PASSWORD).does(["derive A"]);
        machine.on(Outcome::Replied { id: 999, reply: Err(CallError::Network), service_millis: Some(ahead) }).does([]);
        machine.derived().does(["call InitiateAuth"]);
    }
}

#[test]
fn stale_ids_are_dropped() {
    let mut machine = Machine::at_sign_in(SignInFlow::Custom);
    machine.passes_password(email_challenge(1));
    machine.does(["tell challenge of type EMAIL_CODE", "timer 180000", "tell screen email-code"]);
    machine.answered("000000").does(["call RespondToAuthChallenge"]);
    let late = machine.late_call();
    machine.on(Person::Pressed(Action::Back)).does(["tell screen sign-in"]);
    for id in [late, 0, u32::MAX] {
        machine.on(Outcome::Replied { id, reply: Ok(Json::Object(Vec::new())), service_millis: None }).does([]);
        machine.on(Outcome::Replied { id, reply: Err(CallError::BadReply), service_millis: None }).does([]);
        machine.on(Outcome::Derived { id, derived: Derived::PasswordClaim("stale".into()) }).does([]);
        machine.timer_fired(id).does([]);
    }
    assert_eq!(machine.screen(), format!("sign-in ({NAME})"));
    machine.passes_password(tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn a_reply_of_another_operation_is_no_reply() {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    machine.submitted(NAME, PASSWORD).does(["derive A"]);
    machine.derived().does(["call InitiateAuth"]);
    let id = machine.late_call();
    machine.on(Outcome::Replied { id, reply: Ok(Json::Object(Vec::new())), service_millis: None });
    machine.does(["tell error bad_reply on sign-in"]);

    let mut machine = Machine::signed_in_long_ago();
    machine.begins_refresh(1);
    let id = machine.late_call();
    machine.on(Outcome::Replied { id, reply: Ok(Json::Object(Vec::new())), service_millis: None });
    machine.does(["unlock", "answer 1: bad_reply"]);
}

#[test]
fn a_job_that_derives_something_else_is_no_job() {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    machine.submitted(NAME, PASSWORD).does(["derive A"]);
    machine.on(Outcome::Derived { id: 1, derived: Derived::PasswordClaim("not A".into()) });
    machine.does(["tell error unexpected on sign-in"]);
}

#[test]
fn events_that_do_not_fit_the_form_are_ignored() {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    for event in [
        Event::from(Page::Started { stored: None }),
        Event::from(Page::ChallengeTakenOver { challenge: machine.challenge }),
        Event::from(Person::Pressed(Action::SendNewCode)),
        Event::from(Person::Pressed(Action::Back)),
        Event::from(Person::Pressed(Action::SignIn)),
        Event::from(Person::Pressed(Action::SetUpAuthenticator)),
        Event::from(Person::Pressed(Action::TurnOff(Factor::App))),
        Event::from(Page::ScreenRequested { request: NOBODY, screen: Screen::Account }),
        Event::from(Page::StoreChanged { stored: None, was_removed: false }),
        Event::from(Page::Cached),
        typed("123456"),
    ] {
        machine.on(event).does([]);
    }
    assert_eq!(machine.screen(), "sign-in ()");
}

#[test]
fn nothing_happens_before_the_start() {
    let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::SignIn));
    machine.submitted(NAME, PASSWORD).does([]);
    machine.on(Page::SignOutRequested { request: NOBODY, global: true }).does([]);
    machine.lock_acquired(None).does(["unlock"]);
    assert_eq!(machine.screen(), "loading busy");
    machine.on(Page::Started { stored: None }).does(["tell screen sign-in"]);
}

#[test]
fn text_in_replies_may_be_of_any_size_and_kind() {
    let huge = "🐴\u{0}\u{202e}".repeat(20_000);
    let parameters: Value = json!({ "type": huge, "USERNAME": huge, "destination": huge });
    let mut machine = Machine::at_sign_in(SignInFlow::Custom);
    machine.passes_password(
        json!({ "ChallengeName": "CUSTOM_CHALLENGE", "Session": session(1), "ChallengeParameters": parameters }),
    );
    machine.does([&format!("tell challenge of type {huge}"), "timer 180000", "tell screen custom-challenge"]);
    machine.answered(&huge);
    assert_eq!(machine.sends("RespondToAuthChallenge")["ChallengeResponses"]["USERNAME"], huge);
}

#[test]
fn the_services_own_name_for_an_error_is_told_beside_ours() {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    machine.submitted(NAME, PASSWORD).does(["derive A"]);
    machine.derived().does(["call InitiateAuth"]);
    machine.refused(("LimitExceededException", "Attempt limit exceeded.")).does(["tell error throttled on sign-in"]);
    assert_eq!(machine.notice().service_code.as_deref(), Some("LimitExceededException"));
    machine.submitted(NAME, "").does(["tell error password_missing on sign-in"]);
    assert_eq!(machine.notice().service_code, None);
}
