//! Second factors beside the authenticator app: chosen, mailed, set up.

use cognito_protocol::{
    Secret,
    flow::{Action, Answers, Details, Factor, Person, SignInFlow, field},
};
use serde_json::{Value, json};

use super::{
    machine::Machine,
    service::{CLIENT_ID, NAME, Pool, SESSION_EXPIRED, TOTP_SECRET, USER_ID, session, tokens, totp_challenge},
    sign_in::is_signed_in,
};

const WRONG_CODE: (&str, &str) = ("CodeMismatchException", "Invalid code or auth state for the user.");

fn email_otp(number: u32) -> Value {
    json!({
        "ChallengeName": "EMAIL_OTP",
        "Session": session(number),
        "ChallengeParameters": {
            "CODE_DELIVERY_DELIVERY_MEDIUM": "EMAIL",
            "CODE_DELIVERY_DESTINATION": "m***@e***",
            "USER_ID_FOR_SRP": USER_ID,
        },
    })
}

fn choice(number: u32, names: &str) -> Value {
    json!({
        "ChallengeName": "SELECT_MFA_TYPE",
        "Session": session(number),
        "ChallengeParameters": { "MFAS_CAN_CHOOSE": names, "USER_ID_FOR_SRP": USER_ID },
    })
}

fn setup(names: &str) -> Value {
    json!({
        "ChallengeName": "MFA_SETUP",
        "Session": session(1),
        "ChallengeParameters": { "MFAS_CAN_SETUP": names, "USER_ID_FOR_SRP": USER_ID },
    })
}

fn chosen(name: &str) -> Person {
    Person::Submitted(Answers::of([(field::CHOICE, Secret::from(name))]))
}

fn address(address: &str) -> Person {
    Person::Submitted(Answers::of([(field::EMAIL, Secret::from(address))]))
}

pub fn offered(machine: &Machine) -> Vec<Factor> {
    let Details::Challenge(view) = &machine.view().details else { panic!("another screen") };
    view.choices.iter().map(|choice| choice.factor).collect()
}

/// From the form to what follows the right password.
fn after_password(challenge: Value) -> Machine {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    machine.passes_password(challenge);
    machine
}

#[test]
fn a_code_that_the_service_mails_signs_in() {
    let mut machine = after_password(email_otp(1));
    machine.does(["timer 180000", "tell screen email-code"]);
    let Details::Challenge(view) = &machine.view().details else { panic!("another screen") };
    assert_eq!(view.parameters.get("destination"), Some("m***@e***"));
    assert_eq!(view.parameters.get("USER_ID_FOR_SRP"), None, "nobody needs to see that");
    machine.answered("00000000").does(["call RespondToAuthChallenge"]);
    machine.refused(WRONG_CODE).does(["tell error wrong_code on email-code"]);
    machine.answered("4938 1720");
    let answer = json!({
        "ClientId": CLIENT_ID,
        "ChallengeName": "EMAIL_OTP",
        "Session": session(1),
        "ChallengeResponses": { "USERNAME": USER_ID, "EMAIL_OTP_CODE": "49381720" },
    });
    assert_eq!(machine.sends("RespondToAuthChallenge"), answer);
    machine.replied(tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn a_new_code_by_mail_starts_the_sign_in_again() {
    let mut machine = after_password(email_otp(1));
    machine.does(["timer 180000", "tell screen email-code"]);
    let mut pool = Pool::new();
    machine.on(Person::Pressed(Action::SendNewCode)).does(["derive A"]);
    machine.derived();
    let request = machine.sends("InitiateAuth");
    machine.replied(pool.password_verifier(&request)).does(["derive proof"]);
    machine.derived();
    assert!(pool.accepts(&machine.sends("RespondToAuthChallenge")));
    machine.replied(email_otp(2)).does(["timer 180000"]);
    assert_eq!(machine.screen(), "email-code ! new_code_sent");
}

#[test]
fn the_person_chooses_among_the_factors_in_the_pools_order() {
    let mut machine = after_password(choice(1, r#"["SMS_MFA","SOMETHING_NEW","EMAIL_OTP","SOFTWARE_TOKEN_MFA"]"#));
    machine.does(["timer 180000", "tell screen choose-mfa"]);
    assert_eq!(offered(&machine), [Factor::Sms, Factor::Email, Factor::App]);
    machine.on(chosen("")).does(["tell error answer_missing on choose-mfa"]);
    machine.on(chosen("SOFTWARE_TOKEN_MFA"));
    let answer = json!({
        "ClientId": CLIENT_ID,
        "ChallengeName": "SELECT_MFA_TYPE",
        "Session": session(1),
        "ChallengeResponses": { "USERNAME": USER_ID, "ANSWER": "SOFTWARE_TOKEN_MFA" },
    });
    assert_eq!(machine.sends("RespondToAuthChallenge"), answer);
    machine.replied(totp_challenge(2)).does(["timer 180000", "tell screen totp-code"]);
}

#[test]
fn a_name_goes_back_as_the_pool_wrote_it() {
    let mut machine = after_password(choice(1, r#"["EMAIL_MFA","SMS_MFA"]"#));
    machine.does(["timer 180000", "tell screen choose-mfa"]);
    let Details::Challenge(view) = &machine.view().details else { panic!("another screen") };
    assert_eq!((view.choices[0].factor, view.choices[0].name.as_str()), (Factor::Email, "EMAIL_MFA"));
}

#[test]
fn a_code_after_a_choice_can_be_sent_anew() {
    let mut machine = after_password(choice(1, r#"["SMS_MFA","EMAIL_OTP"]"#));
    machine.does(["timer 180000", "tell screen choose-mfa"]);
    machine.on(chosen("EMAIL_OTP")).does(["call RespondToAuthChallenge"]);
    machine.replied(email_otp(2)).does(["timer 180000", "tell screen email-code"]);
    machine.on(Person::Pressed(Action::SendNewCode)).does(["derive A"]);
    assert_eq!(machine.screen(), "email-code busy");
}

#[test]
fn a_choice_of_nothing_known_is_no_choice() {
    for names in [r#"["CARRIER_PIGEON"]"#, "[]", "", "null"] {
        let mut machine = after_password(choice(1, names));
        machine.does(["tell error unsupported_challenge on sign-in"]);
        let mut machine = after_password(setup(names));
        machine.does(["tell error unsupported_challenge on sign-in"]);
    }
}

#[test]
fn a_session_that_is_over_ends_the_choice() {
    let mut machine = after_password(choice(1, r#"["SMS_MFA","EMAIL_OTP"]"#));
    machine.does(["timer 180000", "tell screen choose-mfa"]);
    machine.on(chosen("SMS_MFA")).does(["call RespondToAuthChallenge"]);
    machine.refused(SESSION_EXPIRED).does(["tell screen sign-in", "tell error session_over on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! session_over"));
}

#[test]
fn codes_by_mail_are_set_up_with_an_address_and_its_first_code() {
    let mut machine = after_password(setup(r#"["EMAIL_OTP"]"#));
    machine.does(["timer 180000", "tell screen email-setup"]);
    for wrong in ["", "me", "@example.com", "me@"] {
        machine.on(address(wrong)).does(["tell error email_invalid on email-setup"]);
    }
    machine.on(address(" me@example.com "));
    let answer = json!({
        "ClientId": CLIENT_ID,
        "ChallengeName": "MFA_SETUP",
        "Session": session(1),
        "ChallengeResponses": { "USERNAME": USER_ID, "EMAIL": "me@example.com" },
    });
    assert_eq!(machine.sends("RespondToAuthChallenge"), answer);
    machine.replied(email_otp(2)).does(["timer 180000", "tell screen email-code"]);
    machine.answered("49381720").does(["call RespondToAuthChallenge"]);
    machine.replied(tokens(1));
    is_signed_in(&mut machine);
}

#[test]
fn what_is_set_up_can_be_chosen() {
    const BOTH: &str = r#"["SMS_MFA","EMAIL_OTP","SOFTWARE_TOKEN_MFA"]"#;
    let mut machine = after_password(setup(BOTH));
    machine.does(["timer 180000", "tell screen choose-mfa"]);
    // A phone number cannot be given here.
    assert_eq!(offered(&machine), [Factor::Email, Factor::App]);
    machine.on(chosen("SMS_MFA")).does([]);
    machine.on(chosen("EMAIL_OTP")).does(["timer 180000", "tell screen email-setup"]);

    let mut machine = after_password(setup(BOTH));
    machine.does(["timer 180000", "tell screen choose-mfa"]);
    machine.on(chosen("SOFTWARE_TOKEN_MFA"));
    assert_eq!(machine.sends("AssociateSoftwareToken"), json!({ "Session": session(1) }));
    machine.does(["timer 180000", "tell screen totp-setup"]);
    machine.replied(json!({ "SecretCode": TOTP_SECRET, "Session": session(2) })).does(["timer 180000"]);
}

#[test]
fn a_choice_of_what_to_set_up_can_be_left_and_ends_with_the_session() {
    let both = r#"["EMAIL_OTP","SOFTWARE_TOKEN_MFA"]"#;
    let mut machine = after_password(setup(both));
    machine.does(["timer 180000", "tell screen choose-mfa"]);
    machine.on(Person::Pressed(Action::Back)).does(["tell screen sign-in"]);
    let mut machine = after_password(setup(both));
    machine.does(["timer 180000", "tell screen choose-mfa"]);
    machine.timer_fired(machine.timer).does(["tell screen sign-in", "tell error session_over on sign-in"]);
}

#[test]
fn a_new_code_asks_for_no_new_choice_unless_the_pool_insists() {
    let sms = |number| json!({ "ChallengeName": "SMS_MFA", "Session": session(number) });
    let both = r#"["SMS_MFA","EMAIL_OTP"]"#;
    let mut machine = after_password(choice(1, both));
    machine.does(["timer 180000", "tell screen choose-mfa"]);
    machine.on(chosen("SMS_MFA")).does(["call RespondToAuthChallenge"]);
    machine.replied(sms(2)).does(["timer 180000", "tell screen sms-code"]);
    for number in [3, 5] {
        asks_for_new_code(&mut machine);
        machine.replied(choice(number, both));
        let answer = machine.sends("RespondToAuthChallenge");
        assert_eq!(answer["Session"], session(number));
        assert_eq!(answer["ChallengeResponses"]["ANSWER"], "SMS_MFA");
        assert_eq!(machine.screen(), "sms-code busy", "the screen stays");
        machine.replied(sms(number + 1)).does(["timer 180000"]);
        assert_eq!(machine.screen(), "sms-code ! new_code_sent");
    }
    asks_for_new_code(&mut machine);
    machine.replied(choice(7, both)).does(["call RespondToAuthChallenge"]);
    machine.replied(choice(8, both)).does(["timer 180000", "tell screen choose-mfa"]);

    machine.on(chosen("EMAIL_OTP")).does(["call RespondToAuthChallenge"]);
    machine.replied(email_otp(9)).does(["timer 180000", "tell screen email-code"]);
    asks_for_new_code(&mut machine);
    machine.replied(choice(10, r#"["SMS_MFA","SOFTWARE_TOKEN_MFA"]"#)).does(["timer 180000", "tell screen choose-mfa"]);
}

/// From a code's screen to the proof of the password that asks for another one.
fn asks_for_new_code(machine: &mut Machine) {
    let mut pool = Pool::new();
    machine.on(Person::Pressed(Action::SendNewCode)).does(["derive A"]);
    machine.derived();
    let request = machine.sends("InitiateAuth");
    machine.replied(pool.password_verifier(&request)).does(["derive proof"]);
    machine.derived().does(["call RespondToAuthChallenge"]);
}
