//! An app client with a secret: which name each request is hashed with, and what becomes of it where the hash is wrong.

use cognito_protocol::{
    Secret,
    flow::{Action, CallError, Outcome, Page, Person, Purpose, SignInFlow, field},
};
use serde_json::{Value, json};

use super::{
    machine::{HOUR, Machine, NOW, settings, stored},
    reset_password::delivered,
    service::{CLIENT_ID, NAME, PASSWORD, Pool, USER_ID, mfa_setup, refresh_token, tokens, totp_challenge},
    sign_in::is_signed_in,
};

const CODE: &str = "493817";
const HASH: &str = "aGFzaA==";
const MISSING: (&str, &str) =
    ("NotAuthorizedException", "Client 1example23456789 is configured with secret but SECRET_HASH was not received");
const WRONG: (&str, &str) = ("NotAuthorizedException", "Unable to verify secret hash for client 1example23456789");

fn with_secret(stored: Option<cognito_protocol::flow::Tokens>) -> Machine {
    let mut settings = settings(SignInFlow::Srp, Purpose::SignIn);
    settings.client_has_secret = true;
    let mut machine = Machine::new(settings);
    let screen = if stored.is_some() { "tell screen signed-in" } else { "tell screen sign-in" };
    let signed_in = stored.is_some().then(|| format!("tell signed-in {USER_ID}"));
    machine.on(Page::Started { stored });
    if let Some(signed_in) = signed_in {
        machine.first_does([&signed_in]);
    }
    machine.does([screen]);
    machine
}

/// The request that the machine has just sent, with a hash in it; and the name that the hash is made with.
fn hashed(machine: &mut Machine, operation: &str) -> (Option<String>, Value) {
    machine.sends(operation);
    let mut request = machine.request().clone();
    let name = request.secret_hash_username().map(str::to_owned);
    request.insert_secret_hash(Secret::from(HASH));
    (name, Value::from(&request.body))
}

#[test]
fn a_sign_in_is_hashed_with_the_typed_name_and_from_the_first_challenge_on_with_the_real_one() {
    let mut machine = with_secret(None);
    let mut pool = Pool::new();
    machine.submitted(NAME, PASSWORD).does(["derive A"]);
    machine.derived();
    let (name, body) = hashed(&mut machine, "InitiateAuth");
    assert_eq!(name.as_deref(), Some(NAME));
    assert_eq!(body["AuthParameters"]["SECRET_HASH"], HASH);
    machine.replied(pool.password_verifier(&body)).does(["derive proof"]);
    machine.derived();
    let (name, body) = hashed(&mut machine, "RespondToAuthChallenge");
    assert_eq!(name.as_deref(), Some(USER_ID));
    assert_eq!(body["ChallengeResponses"]["SECRET_HASH"], HASH);
    assert!(pool.accepts(&body));
    machine.replied(totp_challenge(1)).does(["timer 180000", "tell screen totp-code"]);
    machine.answered(CODE);
    let (name, body) = hashed(&mut machine, "RespondToAuthChallenge");
    assert_eq!(name.as_deref(), Some(USER_ID));
    assert_eq!(body["ChallengeResponses"]["SECRET_HASH"], HASH);
    machine.replied(tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn what_needs_no_hash_is_sent_without_one() {
    let mut machine = with_secret(None);
    machine.passes_password(mfa_setup(1)).first_does([]);
    assert_eq!(hashed(&mut machine, "AssociateSoftwareToken").0, None);
    machine.does(["timer 180000", "tell screen totp-setup"]);
}

#[test]
fn sign_up_and_reset_are_hashed_with_the_name_that_is_sent() {
    let mut machine = with_secret(None);
    machine.on(Person::Pressed(Action::SignUp)).does(["tell screen sign-up"]);
    let sent = |machine: &mut Machine, operation: &str| {
        let (name, body) = hashed(machine, operation);
        assert_eq!(name.as_deref(), Some(NAME), "{operation}");
        assert_eq!((&body["SecretHash"], &body["Username"]), (&json!(HASH), &json!(NAME)), "{operation}");
    };
    machine.filled_in(&[(field::USERNAME, NAME), (field::PASSWORD, PASSWORD)]);
    sent(&mut machine, "SignUp");
    machine.replied(json!({ "UserConfirmed": false, "UserSub": USER_ID })).does(["timer 900000", "tell screen confirm-sign-up"]);
    machine.on(Person::Pressed(Action::SendNewCode));
    sent(&mut machine, "ResendConfirmationCode");
    machine.replied(delivered("m***@e***")).does([]);
    machine.filled_in(&[(field::CODE, CODE)]);
    sent(&mut machine, "ConfirmSignUp");

    let mut machine = with_secret(None);
    machine.on(Person::Pressed(Action::ForgotPassword)).does(["tell screen forgot-password"]);
    machine.filled_in(&[(field::USERNAME, NAME)]);
    sent(&mut machine, "ForgotPassword");
    machine.replied(delivered("m***@e***")).does(["tell screen reset-password"]);
    machine.filled_in(&[(field::CODE, CODE), (field::NEW_PASSWORD, PASSWORD)]);
    sent(&mut machine, "ConfirmForgotPassword");
}

#[test]
fn a_refresh_is_hashed_with_the_real_name_by_the_operation_that_takes_a_hash() {
    let mut machine = with_secret(Some(stored(1, NOW + HOUR)));
    machine.now += 2 * HOUR;
    machine.tokens_requested(1).does(["lock"]);
    machine.lock_acquired(None);
    let (name, body) = hashed(&mut machine, "InitiateAuth");
    assert_eq!(name.as_deref(), Some(USER_ID));
    let expected = json!({
        "AuthFlow": "REFRESH_TOKEN_AUTH",
        "ClientId": CLIENT_ID,
        "AuthParameters": { "REFRESH_TOKEN": refresh_token(1), "SECRET_HASH": HASH },
    });
    assert_eq!(body, expected);
    // What is wrong with the hash is no reason to lose a session.
    machine.refused(WRONG).does(["unlock", "answer 1: secret_hash_wrong"]);
    machine.tokens_requested(2).does(["lock"]);
    machine.lock_acquired(None).does(["call InitiateAuth"]);
    machine.refreshed(2).first_does([]);
    machine.first_does(["renew eyJraWQ.access.2 eyJraWQ.refresh.1"]);
    machine.does(["unlock", "tell tokens-refreshed", "answer 2: eyJraWQ.access.2"]);
}

#[test]
fn a_sign_out_forgets_and_asks_for_nothing_that_takes_the_secret_itself() {
    let mut machine = with_secret(Some(stored(1, NOW + HOUR)));
    machine.on(Page::SignOutRequested { request: 7, global: false });
    machine.does(["forget", "tell signed-out requested", "tell screen sign-in", "answer 7: done"]);

    let mut machine = with_secret(Some(stored(1, NOW + HOUR)));
    machine.on(Page::SignOutRequested { request: 7, global: true });
    machine.does(["forget", "tell signed-out requested", "tell screen sign-in", "call GlobalSignOut"]);
    machine.replied(json!({})).does(["answer 7: done"]);
}

#[test]
fn a_hash_that_is_missing_or_wrong_is_no_wrong_password() {
    for (error, code) in [(MISSING, "secret_hash_missing"), (WRONG, "secret_hash_wrong")] {
        let mut machine = Machine::at_sign_in(SignInFlow::Srp);
        machine.submitted(NAME, PASSWORD).does(["derive A"]);
        machine.derived().does(["call InitiateAuth"]);
        machine.refused(error).does([&format!("tell error {code} on sign-in")]);
        assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! {code}"));
        assert_eq!(machine.notice().service_code.as_deref(), Some("NotAuthorizedException"));

        let mut machine = Machine::at_sign_in(SignInFlow::Srp);
        machine.on(Person::Pressed(Action::ForgotPassword)).does(["tell screen forgot-password"]);
        machine.filled_in(&[(field::USERNAME, NAME)]).does(["call ForgotPassword"]);
        machine.refused(error).does([&format!("tell error {code} on forgot-password")]);
    }
}

#[test]
fn an_answer_that_could_not_be_hashed_leaves_the_challenge_open() {
    let mut machine = with_secret(None);
    machine.passes_password(totp_challenge(1)).does(["timer 180000", "tell screen totp-code"]);
    machine.answered(CODE).does(["call RespondToAuthChallenge"]);
    let id = machine.late_call();
    machine.on(Outcome::Replied { id, reply: Err(CallError::NoSecretHash), service_millis: None });
    machine.does(["tell error secret_hash_failed on totp-code"]);
    machine.answered(CODE).does(["call RespondToAuthChallenge"]);
    machine.replied(tokens(1));
    is_signed_in(&mut machine);
}
