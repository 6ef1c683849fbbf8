//! `CreateAuthChallenge` and the mail service: what the function does when its mail is not taken. What it sends is checked by the
//! local pool, whose tests have the whole of SES's request.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::{Router, http::StatusCode, routing::post};
use local_lambda::LocalLambda;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::{
    events::event,
    fixture::{CREATE, answered, function, function_error, invoke, start},
};

/// A mail service that always answers the same; its URL, and how often it was asked.
async fn mail_service(status: u16, code: &'static str) -> (String, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let answer = move || {
        counter.fetch_add(1, Ordering::Relaxed);
        let body = match status {
            200 => json!({"MessageId": "1"}),
            _ => json!({"message": "Email address is not verified: jane@example.com"}),
        };
        async move { (StatusCode::from_u16(status).unwrap(), [("x-amzn-errortype", code)], body.to_string()) }
    };
    let app = Router::new().route("/v2/email/outbound-emails", post(answer));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(axum::serve(listener, app).into_future());
    (url, asked)
}

async fn create_with(url: &str) -> LocalLambda {
    start(function(CREATE).env("AWS_ENDPOINT_URL_SESV2", url)).await
}

/// Everything that the function wrote; each line is a JSON object, and none names the person or the code.
async fn log(lambda: &LocalLambda) -> Vec<Value> {
    lambda.stop(CREATE).await;
    let lines = lambda.logs(CREATE);
    assert!(!lines.is_empty());
    for line in &lines {
        assert!(!line.contains("jane") && !line.contains("no-reply"), "{line}");
    }
    lines.iter().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("not JSON: {line}"))).collect()
}

#[tokio::test]
async fn a_mail_that_is_taken_makes_a_challenge() {
    let (url, asked) = mail_service(200, "").await;
    let lambda = create_with(&url).await;
    let event = answered(&invoke(&lambda, CREATE, &event("create-first")).await);
    assert_eq!(asked.load(Ordering::Relaxed), 1);
    let response = &event["response"];
    assert_eq!(
        response["publicChallengeParameters"],
        json!({"type": "EMAIL_CODE", "destination": "j***@e***", "codeLength": "6", "resendAfter": "30"})
    );
    let code = response["privateChallengeParameters"]["answer"].as_str().unwrap();
    assert_eq!(code.len(), 6);
    let lines = log(&lambda).await;
    // Once, at the start: these functions have no table.
    assert_eq!(lines[0]["level"], "WARN");
    assert!(lines[0]["message"].as_str().unwrap().starts_with("ATTEMPTS_TABLE is not set"), "{}", lines[0]);
    for line in &lines[1..] {
        assert!(!line.to_string().contains(code), "{line}");
        assert_eq!(line["level"], "INFO");
        assert_eq!(line["trigger_source"], "CreateAuthChallenge_Authentication");
        assert_eq!(line["decision"], "asked");
    }
}

#[tokio::test]
async fn a_code_that_is_on_its_way_is_not_mailed_again() {
    let (url, asked) = mail_service(200, "").await;
    let lambda = create_with(&url).await;
    let mut next = event("create-first");
    let first = answered(&invoke(&lambda, CREATE, &next).await);
    let metadata = first["response"]["challengeMetadata"].clone();
    let mistyped = json!({"challengeName": "CUSTOM_CHALLENGE", "challengeResult": false, "challengeMetadata": metadata});
    next["request"]["session"].as_array_mut().unwrap().push(mistyped);
    let second = answered(&invoke(&lambda, CREATE, &next).await);
    assert_eq!(second["response"], first["response"]);
    assert_eq!(asked.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn two_sign_ins_have_two_codes() {
    let (url, _) = mail_service(200, "").await;
    let lambda = start(function(CREATE).env("AWS_ENDPOINT_URL_SESV2", url).env("CODE_LENGTH", "10")).await;
    let mut codes = std::collections::BTreeSet::new();
    for _ in 0..20 {
        let event = answered(&invoke(&lambda, CREATE, &event("create-first")).await);
        codes.insert(event["response"]["privateChallengeParameters"]["answer"].as_str().unwrap().to_owned());
    }
    assert_eq!(codes.len(), 20);
}

#[tokio::test]
async fn a_mail_that_is_refused_is_told_in_the_persons_language_and_explained_in_the_log() {
    for (status, code, advice) in [
        (400, "MessageRejected", "verify the sender"),
        (403, "AccessDeniedException", "the function's role"),
        (429, "TooManyRequestsException", "the sending quota"),
        (400, "AccountSuspendedException", "sending is paused"),
        (400, "BadRequestException", "API reference"),
    ] {
        let (url, _) = mail_service(status, code).await;
        let lambda = create_with(&url).await;
        let invocation = invoke(&lambda, CREATE, &event("create-first")).await;
        let text = "We could not send the e-mail with your code";
        assert_eq!(function_error(&invocation), ("MailFailed", text));
        let mut japanese = event("create-first");
        japanese["request"]["clientMetadata"] = json!({"locale": "ja"});
        let invocation = invoke(&lambda, CREATE, &japanese).await;
        assert!(function_error(&invocation).1.starts_with("確認コードのメールを送信できませんでした"));
        let lines = log(&lambda).await;
        let line = lines.iter().find(|line| line["ses_error"] == code).unwrap_or_else(|| panic!("{lines:?}"));
        assert!(line["advice"].as_str().unwrap().contains(advice), "{line}");
    }
}

#[tokio::test]
async fn a_mail_service_that_is_not_there_is_an_error_before_the_service_gives_up() {
    let lambda = start(function(CREATE)).await;
    let invocation = invoke(&lambda, CREATE, &event("create-first")).await;
    assert_eq!(function_error(&invocation).0, "MailFailed");
    let lines = log(&lambda).await;
    assert!(lines.iter().any(|line| line["ses_error"] == "NoAnswer"), "{lines:?}");
}

#[tokio::test]
async fn the_log_stays_silent_about_people_at_its_finest() {
    let (url, _) = mail_service(200, "").await;
    let lambda = start(function(CREATE).env("AWS_ENDPOINT_URL_SESV2", url).env("AWS_LAMBDA_LOG_LEVEL", "TRACE")).await;
    let event = answered(&invoke(&lambda, CREATE, &event("create-first")).await);
    let code = event["response"]["privateChallengeParameters"]["answer"].as_str().unwrap();
    for line in log(&lambda).await {
        assert!(!line.to_string().contains(code), "{line}");
    }
}
