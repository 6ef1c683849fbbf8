//! Events that no honest service would send: each gets an answer or an error, none ends the process or gives tokens.

use serde_json::{Value, json};

use crate::{
    events::{define_after_right_code, event},
    fixture::{CREATE, CUSTOM_MESSAGE, DEFINE, VERIFY, answered, function, invoke, start},
};

/// The event with each of its members, however deep, once replaced by each of the values, and once left out.
fn spoilt(event: &Value) -> Vec<Value> {
    let long = "x".repeat(100_000);
    let values = [
        Value::Null,
        json!(""),
        json!("string"),
        json!(-1),
        json!(1e300),
        json!(true),
        json!([]),
        json!([null]),
        json!({}),
        json!(long),
    ];
    let mut all = Vec::new();
    for pointer in pointers(event) {
        for value in &values {
            let mut spoilt = event.clone();
            *spoilt.pointer_mut(&pointer).unwrap() = value.clone();
            all.push(spoilt);
        }
        if let Some((parent, member)) = pointer.rsplit_once('/') {
            let mut without = event.clone();
            if let Some(Value::Object(members)) = without.pointer_mut(parent) {
                members.remove(member);
                all.push(without);
            }
        }
    }
    all
}

fn pointers(value: &Value) -> Vec<String> {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(elements) => elements.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    let below = children.into_iter().flat_map(|(name, value)| {
        pointers(value).into_iter().map(move |rest| format!("/{}{rest}", name.replace('~', "~0").replace('/', "~1")))
    });
    std::iter::once(String::new()).chain(below).collect()
}

/// Whether a change of this member leaves a sign-in that went well.
fn is_still_good(event: &Value) -> bool {
    let session = &event["request"]["session"];
    let named = |index: usize, name: &str| session[index]["challengeName"] == name && session[index]["challengeResult"] == true;
    let is_whole = named(0, "SRP_A") && named(1, "PASSWORD_VERIFIER") && named(2, "CUSTOM_CHALLENGE");
    is_whole && event["triggerSource"] == "DefineAuthChallenge_Authentication" && event["request"]["userNotFound"] != true
}

#[tokio::test]
async fn no_spoilt_event_gives_tokens_or_ends_the_process() {
    let lambda = start(function(DEFINE)).await;
    let mut good = 0;
    for event in spoilt(&define_after_right_code()) {
        let invocation = invoke(&lambda, DEFINE, &event).await;
        if let local_lambda::Outcome::Response(bytes) = &invocation.outcome {
            let response = serde_json::from_slice::<Value>(bytes).unwrap()["response"].clone();
            let gives_tokens = response["issueTokens"] == true;
            good += usize::from(gives_tokens);
            assert!(!gives_tokens || is_still_good(&event), "tokens for {}", shown(&event));
            assert!(response["issueTokens"].is_boolean() && response["failAuthentication"].is_boolean(), "{response}");
        }
    }
    // The same process all the while, and it can still say yes.
    assert!(good > 0);
    let starts = lambda.logs(DEFINE).iter().filter(|line| line.contains("cannot start")).count();
    assert_eq!(starts, 0);
    let last = invoke(&lambda, DEFINE, &define_after_right_code()).await;
    assert_eq!(last.cold_start, None, "the process ended on the way");
    assert_eq!(answered(&last)["response"]["issueTokens"], true);
    lambda.stop(DEFINE).await;
    assert!(lambda.logs(DEFINE).last().unwrap().contains(r#""decision":"tokens""#));
}

#[tokio::test]
async fn no_spoilt_event_makes_an_answer_right() {
    let lambda = start(function(VERIFY)).await;
    let mut wrong = event("verify");
    wrong["request"]["challengeAnswer"] = json!("654321");
    wrong["request"]["privateChallengeParameters"]["expiresAt"] = json!("9999999999");
    for event in spoilt(&wrong) {
        let invocation = invoke(&lambda, VERIFY, &event).await;
        if let local_lambda::Outcome::Response(bytes) = &invocation.outcome {
            let response = serde_json::from_slice::<Value>(bytes).unwrap()["response"].clone();
            assert_eq!(response["answerCorrect"], false, "{}", shown(&event));
        }
    }
    assert_eq!(invoke(&lambda, VERIFY, &wrong).await.cold_start, None, "the process ended on the way");
}

#[tokio::test]
async fn no_spoilt_event_ends_the_other_functions() {
    for (name, event) in [(CREATE, event("create-first")), (CUSTOM_MESSAGE, event("custom-message"))] {
        // Nobody to send to: the mail service is not asked.
        let mut event = event;
        event["request"]["userNotFound"] = json!(true);
        let lambda = start(function(name)).await;
        for event in spoilt(&event).into_iter().filter(|event| event["request"]["userNotFound"] == true) {
            invoke(&lambda, name, &event).await;
        }
        assert_eq!(invoke(&lambda, name, &event).await.cold_start, None, "{name} ended on the way");
        answered(&invoke(&lambda, name, &event).await);
    }
}

#[tokio::test]
async fn an_event_that_cannot_be_read_is_not_quoted() {
    let lambda = start(function(DEFINE)).await;
    let mut event = define_after_right_code();
    event["request"]["session"] = json!("secret-of-jane@example.com");
    let invocation = invoke(&lambda, DEFINE, &event).await;
    let (kind, text) = crate::fixture::function_error(&invocation);
    assert_eq!((kind, text), ("InvalidEvent", "The event is not one of this trigger"));
    lambda.stop(DEFINE).await;
    let log = lambda.logs(DEFINE).join("\n");
    assert!(log.contains("InvalidEvent") && !log.contains("jane"), "{log}");
}

fn shown(event: &Value) -> String {
    event.to_string().chars().take(2000).collect()
}
