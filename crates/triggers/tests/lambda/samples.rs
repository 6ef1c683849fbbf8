//! The sample events that `aws_lambda_events` ships, through the binaries, and what comes back through that crate's types.

use std::{collections::BTreeMap, path::Path};

use aws_lambda_events::cognito::{
    CognitoEventUserPoolsCreateAuthChallenge, CognitoEventUserPoolsCustomMessage, CognitoEventUserPoolsDefineAuthChallenge,
    CognitoEventUserPoolsVerifyAuthChallenge,
};
use local_lambda::LocalLambda;
use serde_json::Value;

use crate::{
    events::{define_after_right_code, event},
    fixture::{CREATE, CUSTOM_MESSAGE, DEFINE, VERIFY, answered, function, function_error, invoke, start},
};

/// Names and events of the samples of a kind.
fn samples(kind: &str) -> BTreeMap<String, Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/events/aws_lambda_events");
    let prefix = format!("example-cognito-event-userpools-{kind}");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let samples: BTreeMap<_, _> = files
        .map(|file| (file.file_name().into_string().unwrap(), file.path()))
        .filter(|(name, _)| name.starts_with(&prefix))
        .map(|(name, path)| (name, serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()))
        .collect();
    assert!(!samples.is_empty(), "no sample of {kind}");
    samples
}

/// Sends every sample of a kind; each comes back as it was but for its response.
async fn send_all(lambda: &LocalLambda, function: &str, kind: &str) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for (name, event) in samples(kind) {
        let answered = answered(&invoke(lambda, function, &event).await);
        for member in ["version", "triggerSource", "region", "userPoolId", "userName", "callerContext"] {
            assert_eq!(answered[member], event[member], "{member} of {name}");
        }
        all.push((name, answered["response"].clone()));
    }
    all
}

#[tokio::test]
async fn definitions() {
    let lambda = start(function(DEFINE)).await;
    for (name, response) in send_all(&lambda, DEFINE, "define-auth-challenge").await {
        // None of them has seen SRP_A.
        assert_eq!(response["issueTokens"], false, "{name}");
        assert_eq!(response["failAuthentication"], true, "{name}");
    }
    let event = answered(&invoke(&lambda, DEFINE, &define_after_right_code()).await);
    let read: CognitoEventUserPoolsDefineAuthChallenge = serde_json::from_value(event).unwrap();
    assert!(read.response.issue_tokens && !read.response.fail_authentication);
}

#[tokio::test]
async fn creations() {
    let lambda = start(function(CREATE)).await;
    for (name, event) in samples("create-auth-challenge") {
        let invocation = invoke(&lambda, CREATE, &event).await;
        if event["request"]["userNotFound"] == true {
            let read: CognitoEventUserPoolsCreateAuthChallenge = serde_json::from_value(answered(&invocation)).unwrap();
            assert_eq!(read.response.public_challenge_parameters["type"], "EMAIL_CODE", "{name}");
        } else {
            // The samples' user has a telephone and no e-mail address.
            assert_eq!(function_error(&invocation).0, "NoEmail", "{name}");
        }
    }
}

#[tokio::test]
async fn comparisons() {
    let lambda = start(function(VERIFY)).await;
    for (name, response) in send_all(&lambda, VERIFY, "verify-auth-challenge").await {
        assert_eq!(response["answerCorrect"], false, "{name}");
    }
    let mut right = event("verify");
    right["request"]["privateChallengeParameters"]["expiresAt"] = "9999999999".into();
    let event = answered(&invoke(&lambda, VERIFY, &right).await);
    let read: CognitoEventUserPoolsVerifyAuthChallenge = serde_json::from_value(event).unwrap();
    assert!(read.response.answer_correct);
}

#[tokio::test]
async fn custom_messages() {
    let lambda = start(function(CUSTOM_MESSAGE)).await;
    for (name, event) in samples("custommessage") {
        let event = answered(&invoke(&lambda, CUSTOM_MESSAGE, &event).await);
        let code = event["request"]["codeParameter"].as_str().unwrap().to_owned();
        let read: CognitoEventUserPoolsCustomMessage = serde_json::from_value(event).unwrap();
        assert!(read.response.email_message.unwrap().contains(&code), "{name}");
        assert!(read.response.sms_message.unwrap().contains(&code), "{name}");
    }
}
