//! The triggers against events in the shape of AWS's developer guide, as the service would call them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Value, json};
use triggers::{
    Cause, CodeLength, Created, Messages, RandomnessFailed, Settings, TriggerError, create_auth_challenge, define_auth_challenge,
    verify_auth_challenge_response,
};

/// In seconds since 1970; codes made then expire three minutes later.
const NOW: i64 = 1_700_000_000;

fn event(name: &str) -> Value {
    let path = format!("{}/tests/events/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A session of entries such as `CUSTOM_CHALLENGE/false`.
fn session(entries: &str) -> Value {
    let entry = |entry: &str| {
        let (name, result) = entry.split_once('/').unwrap();
        json!({"challengeName": name, "challengeResult": result == "true", "challengeMetadata": null})
    };
    entries.split_whitespace().map(entry).collect()
}

fn define(event: Value) -> Value {
    serde_json::to_value(define_auth_challenge(serde_json::from_value(event).unwrap(), &Settings::default())).unwrap()
}

/// The response to a session, in one word.
fn next(entries: &str, user_not_found: bool) -> String {
    let mut event = event("define-srp-a");
    event["request"]["session"] = session(entries);
    event["request"]["userNotFound"] = json!(user_not_found);
    let response = define(event)["response"].clone();
    match (response["challengeName"].as_str(), &response["issueTokens"], &response["failAuthentication"]) {
        (Some(name), Value::Bool(false), Value::Bool(false)) => name.to_owned(),
        (None, Value::Bool(true), Value::Bool(false)) => "tokens".to_owned(),
        (None, Value::Bool(false), Value::Bool(true)) => "fail".to_owned(),
        _ => panic!("contradictory: {response}"),
    }
}

const PASSWORD: &str = "SRP_A/true PASSWORD_VERIFIER/true";

#[test]
fn the_sequence_of_a_sign_in() {
    assert_eq!(next("SRP_A/true", false), "PASSWORD_VERIFIER");
    assert_eq!(next(PASSWORD, false), "CUSTOM_CHALLENGE");
    assert_eq!(next(&format!("{PASSWORD} CUSTOM_CHALLENGE/true"), false), "tokens");
}

#[test]
fn without_srp_a_it_fails_and_does_not_crash() {
    assert_eq!(next("", false), "fail");
    let mut event = event("define-srp-a");
    event["request"]["session"] = Value::Null;
    assert_eq!(define(event)["response"]["failAuthentication"], json!(true));
}

#[test]
fn three_wrong_answers_end_it() {
    let wrong = " CUSTOM_CHALLENGE/false";
    assert_eq!(next(&format!("{PASSWORD}{wrong}"), false), "CUSTOM_CHALLENGE");
    assert_eq!(next(&format!("{PASSWORD}{wrong}{wrong}"), false), "CUSTOM_CHALLENGE");
    assert_eq!(next(&format!("{PASSWORD}{wrong}{wrong} CUSTOM_CHALLENGE/true"), false), "tokens");
    assert_eq!(next(&format!("{PASSWORD}{wrong}{wrong}{wrong}"), false), "fail");
    assert_eq!(next(&format!("{PASSWORD}{wrong}{wrong}{wrong} CUSTOM_CHALLENGE/true"), false), "fail");
}

#[test]
fn how_many_wrong_answers_end_it_is_a_setting() {
    let settings = Settings { max_attempts: 1, ..Settings::default() };
    let mut event = event("define-srp-a");
    event["request"]["session"] = session(&format!("{PASSWORD} CUSTOM_CHALLENGE/false"));
    let event = serde_json::from_value(event).unwrap();
    assert!(define_auth_challenge(event, &settings).response.fail_authentication);
}

#[test]
fn another_source_than_an_authentication_gives_no_tokens() {
    for source in [json!("DefineAuthChallenge_SomethingNew"), json!("CreateAuthChallenge_Authentication"), json!(""), Value::Null]
    {
        let mut event = event("define-srp-a");
        event["triggerSource"] = source;
        event["request"]["session"] = session(&format!("{PASSWORD} CUSTOM_CHALLENGE/true"));
        assert_eq!(define(event)["response"], json!({"issueTokens": false, "failAuthentication": true}));
    }
}

#[test]
fn the_users_own_second_factor_may_come_between() {
    for factor in ["SOFTWARE_TOKEN_MFA", "SMS_MFA", "EMAIL_OTP"] {
        assert_eq!(next(&format!("{PASSWORD} {factor}/true"), false), "CUSTOM_CHALLENGE");
        assert_eq!(next(&format!("{PASSWORD} {factor}/true CUSTOM_CHALLENGE/true"), false), "tokens");
        assert_eq!(next(&format!("{PASSWORD} {factor}/false"), false), "fail");
    }
}

#[test]
fn anything_else_fails() {
    for entries in [
        "SRP_A/false",
        "PASSWORD_VERIFIER/true",
        "CUSTOM_CHALLENGE/true",
        "SRP_A/true CUSTOM_CHALLENGE/true",
        "SRP_A/true PASSWORD_VERIFIER/false",
        "SRP_A/true PASSWORD_VERIFIER/false CUSTOM_CHALLENGE/true",
        "SRP_A/true SRP_A/true",
        "SRP_A/true SOFTWARE_TOKEN_MFA/true CUSTOM_CHALLENGE/true",
        "SRP_A/true PASSWORD_VERIFIER/true NEW_THING/true",
        "SRP_A/true PASSWORD_VERIFIER/true CUSTOM_CHALLENGE/true CUSTOM_CHALLENGE/true",
        "ADMIN_NO_SRP_AUTH/true CUSTOM_CHALLENGE/true",
    ] {
        assert_eq!(next(entries, false), "fail", "{entries}");
    }
}

#[test]
fn an_unknown_user_sees_the_same_challenges_and_gets_no_tokens() {
    assert_eq!(next("SRP_A/true", true), "PASSWORD_VERIFIER");
    assert_eq!(next(PASSWORD, true), "CUSTOM_CHALLENGE");
    assert_eq!(next(&format!("{PASSWORD} CUSTOM_CHALLENGE/true"), true), "fail");
}

#[test]
fn the_whole_event_goes_back_out() {
    let mut event = event("define-srp-a");
    event["aMemberOfTheFuture"] = json!({"kept": [1, 2.5, null]});
    event["request"]["another"] = json!("kept");
    event["callerContext"]["third"] = json!(true);
    let answered = define(event.clone());
    for member in ["version", "region", "userPoolId", "userName", "callerContext", "triggerSource", "aMemberOfTheFuture"] {
        assert_eq!(answered[member], event[member], "{member}");
    }
    assert_eq!(answered["request"]["another"], "kept");
    assert_eq!(answered["request"]["userAttributes"], event["request"]["userAttributes"]);
    assert_eq!(answered["request"]["session"][0]["challengeName"], "SRP_A");
}

#[test]
fn the_guides_own_placeholder_event_is_read() {
    let answered = define(event("documented-define"));
    // Its only session entry is a challenge named "string".
    assert_eq!(answered["response"], json!({"issueTokens": false, "failAuthentication": true}));
}

fn create_with(event: Value, settings: &Settings) -> Result<Created, TriggerError> {
    let mut byte = 0_u8;
    create_auth_challenge(serde_json::from_value(event).unwrap(), settings, &Messages::built_in(), NOW, &mut |bytes| {
        bytes.fill_with(|| {
            byte = byte.wrapping_add(1);
            byte
        });
        Ok(())
    })
}

fn create(event: Value) -> Created {
    create_with(event, &Settings::default()).unwrap()
}

#[test]
fn the_public_parameters_are_these_and_no_others() {
    let created = create(event("create-first"));
    let response = serde_json::to_value(&created.event).unwrap()["response"].clone();
    assert_eq!(
        response["publicChallengeParameters"],
        json!({"type": "EMAIL_CODE", "destination": "j***@e***", "codeLength": "6", "resendAfter": "30"})
    );
    assert_eq!(
        response["privateChallengeParameters"],
        json!({"answer": "123456", "expiresAt": "1700000180", "id": "2122232425262728"})
    );
    assert_eq!(response["challengeMetadata"], "CODE-123456-1700000180-2122232425262728");
    let mail = created.mail.unwrap();
    assert_eq!(mail.to, "jane@example.com");
    assert!(mail.text.contains("\n123456\n") && mail.html.contains(">123456<") && !mail.subject.contains("123456"));
    assert!(mail.text.contains("works for 3 minutes"), "{}", mail.text);
}

#[test]
fn one_code_per_sign_in_however_often_it_is_mistyped() {
    let mut event = event("create-first");
    event["request"]["session"].as_array_mut().unwrap().extend([
        json!({"challengeName": "CUSTOM_CHALLENGE", "challengeResult": false, "challengeMetadata": "CODE-987654-1700000100-a1"}),
        json!({"challengeName": "CUSTOM_CHALLENGE", "challengeResult": false, "challengeMetadata": "CODE-987654-1700000100-a1"}),
    ]);
    let created = create(event);
    assert_eq!(created.mail, None);
    assert_eq!(created.event.response.private_challenge_parameters["answer"], "987654");
    assert_eq!(created.event.response.private_challenge_parameters["id"], "a1");
    assert_eq!(created.event.response.challenge_metadata.as_deref(), Some("CODE-987654-1700000100-a1"));
}

#[test]
fn a_code_of_an_earlier_version_is_taken_while_it_lives() {
    let mut event = event("create-first");
    let entry =
        json!({"challengeName": "CUSTOM_CHALLENGE", "challengeResult": false, "challengeMetadata": "CODE-987654-1700000100"});
    event["request"]["session"].as_array_mut().unwrap().push(entry);
    let created = create(event);
    assert_eq!(created.mail, None);
    assert_eq!(created.event.response.private_challenge_parameters["id"], "1700000100");
}

#[test]
fn metadata_that_is_no_code_of_ours_makes_a_new_one() {
    for metadata in [
        json!("CODE-"),
        json!("CODE-12-1700000100"),
        json!("CODE-12345x-1700000100"),
        json!("CODE-987654"),
        json!("CODE-987654-"),
        json!("CODE-987654-soon"),
        json!("987654-1700000100"),
        Value::Null,
    ] {
        let mut event = event("create-first");
        event["request"]["session"]
            .as_array_mut()
            .unwrap()
            .push(json!({"challengeName": "CUSTOM_CHALLENGE", "challengeResult": false, "challengeMetadata": metadata}));
        let created = create(event);
        assert!(created.mail.is_some());
        assert_eq!(created.event.response.private_challenge_parameters["answer"], "123456");
    }
}

#[test]
fn the_code_is_as_long_as_configured() {
    let settings = Settings { code_length: CodeLength::new(8).unwrap(), resend_after_secs: 5, ..Settings::default() };
    let public = create_with(event("create-first"), &settings).unwrap().event.response.public_challenge_parameters;
    assert_eq!((public["codeLength"].as_str(), public["resendAfter"].as_str()), ("8", "5"));
}

#[test]
fn mails_speak_japanese_where_the_person_does() {
    let mut japanese = event("create-first");
    japanese["request"]["clientMetadata"] = json!({"locale": "ja-JP"});
    let mail = create(japanese).mail.unwrap();
    assert_eq!(mail.subject, "確認コード");
    assert!(mail.text.contains("123456"));
    let mut attribute = event("create-first");
    attribute["request"]["clientMetadata"] = Value::Null;
    attribute["request"]["userAttributes"]["locale"] = json!("ja");
    assert_eq!(create(attribute).mail.unwrap().subject, "確認コード");
}

#[test]
fn an_unknown_user_gets_a_challenge_that_nothing_is_mailed_for() {
    let mut event = event("create-first");
    event["request"]["userNotFound"] = json!(true);
    event["request"]["userAttributes"] = json!({});
    event["userName"] = json!("nobody@example.org");
    let created = create(event);
    assert_eq!(created.mail, None);
    assert_eq!(created.event.response.public_challenge_parameters["destination"], "n***@e***");
}

#[test]
fn what_cannot_be_done_is_said_to_the_person_in_their_language() {
    let mut no_email = event("create-first");
    no_email["request"]["userAttributes"].as_object_mut().unwrap().remove("email");
    let error = create_with(no_email.clone(), &Settings::default()).unwrap_err();
    assert_eq!(error.cause(), Cause::NoEmail);
    assert!(error.to_string().starts_with("There is no e-mail address to send a code to."), "{error}");
    no_email["request"]["clientMetadata"] = json!({"locale": "ja"});
    let error = create_with(no_email, &Settings::default()).unwrap_err();
    assert!(error.to_string().ends_with("お問い合わせください"), "{error}");
    for (member, value) in [("challengeName", "PASSWORD_VERIFIER"), ("challengeName", "")] {
        let mut other = event("create-first");
        other["request"][member] = json!(value);
        assert_eq!(create_with(other, &Settings::default()).unwrap_err().cause(), Cause::UnknownChallenge);
    }
    let mut other = event("create-first");
    other["triggerSource"] = json!("CreateAuthChallenge_SomethingNew");
    assert_eq!(create_with(other, &Settings::default()).unwrap_err().cause(), Cause::UnknownChallenge);
    let event = serde_json::from_value(event("create-first")).unwrap();
    let no_randomness = &mut |_: &mut [u8]| Err(RandomnessFailed);
    let error = create_auth_challenge(event, &Settings::default(), &Messages::built_in(), NOW, no_randomness).unwrap_err();
    assert_eq!(error.cause(), Cause::Randomness(RandomnessFailed));
    assert_eq!(error.to_string(), "We could not make a code for you");
}

#[test]
fn an_address_that_is_not_verified_gets_no_code() {
    for verified in [json!("false"), json!(false), json!("TRUE"), json!(""), Value::Null] {
        let mut event = event("create-first");
        event["request"]["userAttributes"]["email_verified"] = verified.clone();
        let refused = create_with(event, &Settings::default());
        assert_eq!(refused.expect_err(&verified.to_string()).cause(), Cause::NoEmail);
    }
    let mut event = event("create-first");
    event["request"]["userAttributes"]["email_verified"] = json!(true);
    assert!(create(event).mail.is_some());
}

#[test]
fn a_code_that_is_too_old_is_said_to_be_and_no_second_one_is_mailed() {
    let mut event = event("create-first");
    let entry =
        json!({"challengeName": "CUSTOM_CHALLENGE", "challengeResult": false, "challengeMetadata": "CODE-987654-1700000000"});
    event["request"]["session"].as_array_mut().unwrap().push(entry);
    let created = create(event);
    assert_eq!(created.mail, None);
    assert_eq!(created.event.response.public_challenge_parameters["expired"], "true");
    assert_eq!(created.event.response.private_challenge_parameters["answer"], "987654");
}

#[test]
fn there_is_nothing_to_wait_for_once_the_code_is_too_old() {
    let settings = Settings { code_ttl_secs: 10, ..Settings::default() };
    let created = create_with(event("create-first"), &settings).unwrap();
    assert_eq!(created.event.response.public_challenge_parameters["resendAfter"], "10");
    assert!(!created.mail.unwrap().text.contains("minute"));
}

fn verify(change: impl FnOnce(&mut Value)) -> Value {
    let mut event = event("verify");
    change(&mut event["request"]);
    let answered = verify_auth_challenge_response(serde_json::from_value(event).unwrap(), NOW);
    serde_json::to_value(answered).unwrap()["response"]["answerCorrect"].clone()
}

#[test]
fn right_answers() {
    for answer in ["123456", " 123 456 ", "123-456", "１２３４５６", "123\u{2011}456", "123\u{200b}456"] {
        assert_eq!(verify(|request| request["challengeAnswer"] = json!(answer)), true, "{answer}");
    }
}

#[test]
fn wrong_answers() {
    for answer in [json!("123457"), json!("12345"), json!("1234567"), json!(""), json!(123456), json!({"a": "b"}), Value::Null] {
        assert_eq!(verify(|request| request["challengeAnswer"] = answer.clone()), false, "{answer}");
    }
}

#[test]
fn without_a_proper_private_parameter_every_answer_is_wrong() {
    for private in [
        Value::Null,
        json!({}),
        json!({"answer": "", "expiresAt": "1700000180"}),
        json!({"answer": "12", "expiresAt": "1700000180"}),
        json!({"answer": "abcdef", "expiresAt": "1700000180"}),
        json!({"answer": "123456"}),
        json!({"answer": "123456", "expiresAt": ""}),
        json!({"answer": "123456", "expiresAt": null}),
    ] {
        for answer in ["", "12", "abcdef", "123456"] {
            let correct = verify(|request| {
                request["privateChallengeParameters"] = private.clone();
                request["challengeAnswer"] = json!(answer);
            });
            assert_eq!(correct, false, "{private} {answer:?}");
        }
    }
}

#[test]
fn a_right_answer_is_wrong_from_the_second_on_that_the_code_expires() {
    let expires_at = |secs: i64| verify(|request| request["privateChallengeParameters"]["expiresAt"] = json!(secs.to_string()));
    assert_eq!(expires_at(NOW + 1), true);
    assert_eq!(expires_at(NOW), false);
    assert_eq!(expires_at(i64::MIN), false);
}

#[test]
fn an_unknown_user_is_never_right() {
    assert_eq!(verify(|request| request["userNotFound"] = json!(true)), false);
}

#[test]
fn debug_shows_no_code_and_no_address() {
    let created = create(event("create-first"));
    let verified: triggers::VerifyAuthChallengeResponseEvent = serde_json::from_value(event("verify")).unwrap();
    let shown = format!(
        "{created:?} {:?} {:?} {:?} {verified:?} {:?}",
        created.event.response, created.event.request, created.event.request.session, verified.request
    );
    assert!(!shown.contains("123456") && !shown.contains("jane"), "{shown}");
}
