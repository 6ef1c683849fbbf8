//! The Runtime API by hand: the tests are the runtime of a process that does nothing.

use std::{sync::Arc, time::Duration};

use local_lambda::{Invocation, LocalLambda, Outcome};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::{
    fixture::{function_error, invoke, puppet, response, start, until},
    http::{Reply, exchange, get, post},
};

const NEXT: &str = "/2018-06-01/runtime/invocation/next";
const INIT_ERROR: &str = "/2018-06-01/runtime/init/error";

fn answer_path(id: &str) -> String {
    format!("/2018-06-01/runtime/invocation/{id}/response")
}

fn error_path(id: &str) -> String {
    format!("/2018-06-01/runtime/invocation/{id}/error")
}

struct Runtime {
    lambda: Arc<LocalLambda>,
    address: String,
    invocation: JoinHandle<Invocation>,
}

impl Runtime {
    /// A runtime whose process was started by an invocation and has not asked for it yet.
    async fn starting() -> Self {
        let lambda = Arc::new(start(puppet().timeout(Duration::from_secs(30))).await);
        let invocation = spawn_invocation(&lambda, json!({"number": 1}));
        let address = until("the address", || lambda.logs("puppet").pop()).await;
        Self { lambda, address, invocation }
    }

    /// A runtime that has fetched its first event, and the id.
    async fn running() -> (Self, String) {
        let runtime = Self::starting().await;
        let event = runtime.get(NEXT).await;
        assert_eq!((event.status, event.json()), (200, json!({"number": 1})));
        (runtime, id(&event))
    }

    async fn get(&self, path: &str) -> Reply {
        get(&self.address, path).await
    }

    async fn post(&self, path: &str, headers: &str, body: &[u8]) -> Reply {
        post(&self.address, path, headers, body).await
    }
}

fn spawn_invocation(lambda: &Arc<LocalLambda>, payload: Value) -> JoinHandle<Invocation> {
    let lambda = Arc::clone(lambda);
    tokio::spawn(async move { invoke(&lambda, "puppet", payload).await })
}

fn id(event: &Reply) -> String {
    event.header("lambda-runtime-aws-request-id").unwrap().to_owned()
}

#[track_caller]
fn assert_refused(reply: &Reply, status: u16, error_type: &str) {
    assert_eq!((reply.status, reply.json()["errorType"].as_str()), (status, Some(error_type)));
    assert!(reply.json()["errorMessage"].is_string());
}

#[tokio::test]
async fn an_event_and_its_answer() {
    let runtime = Runtime::starting().await;
    let event = runtime.get(NEXT).await;
    for (name, start) in [
        ("lambda-runtime-deadline-ms", "1"),
        ("lambda-runtime-invoked-function-arn", "arn:aws:lambda:us-east-1:123456789012:function:puppet"),
        ("lambda-runtime-trace-id", "Root=1-"),
        ("content-type", "application/json"),
    ] {
        assert!(event.header(name).is_some_and(|value| value.starts_with(start)), "{name}: {event:?}");
    }
    // Asked again before the answer: the same event.
    assert_eq!(id(&runtime.get(NEXT).await), id(&event));
    let accepted = runtime.post(&answer_path(&id(&event)), "", b"\"done\"").await;
    assert_eq!((accepted.status, accepted.json()), (202, json!({"status": "OK"})));
    let invocation = runtime.invocation.await.unwrap();
    assert_eq!(response(&invocation), "done");
    assert!(invocation.cold_start.is_some());
}

#[tokio::test]
async fn an_answer_of_another_id_or_a_second_one_is_refused() {
    let (runtime, first) = Runtime::running().await;
    let other = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";
    assert_refused(&runtime.post(&answer_path(other), "", b"0").await, 400, "InvalidRequestID");
    assert_refused(&runtime.post(&error_path(other), "", b"{}").await, 400, "InvalidRequestID");
    assert_eq!(runtime.post(&answer_path(&first), "", b"1").await.status, 202);
    assert_refused(&runtime.post(&answer_path(&first), "", b"2").await, 403, "InvalidStateTransition");
    assert_refused(&runtime.post(&error_path(&first), "", b"{}").await, 403, "InvalidStateTransition");
    assert_eq!(response(&runtime.invocation.await.unwrap()), 1);

    // An id of the past is none any more when the next invocation runs.
    let second = spawn_invocation(&runtime.lambda, json!(2));
    let event = get(&runtime.address, NEXT).await;
    assert_refused(&post(&runtime.address, &answer_path(&first), "", b"3").await, 400, "InvalidRequestID");
    assert_eq!(post(&runtime.address, &answer_path(&id(&event)), "", b"4").await.status, 202);
    let second = second.await.unwrap();
    assert_eq!((response(&second), second.cold_start), (json!(4), None));
}

#[tokio::test]
async fn an_answer_before_any_event_is_refused() {
    let runtime = Runtime::starting().await;
    assert_refused(&runtime.post(&answer_path("x"), "", b"0").await, 400, "InvalidRequestID");
    assert!(!runtime.invocation.is_finished());
}

#[tokio::test]
async fn errors_are_told_in_the_body_or_in_the_header() {
    for (headers, body, expected) in [
        ("", &br#"{"errorType":"T","errorMessage":"M","stackTrace":[]}"#[..], ("T", "M")),
        ("lambda-runtime-function-error-type: H\r\n", br#"{"errorMessage":"M"}"#, ("H", "M")),
        ("lambda-runtime-function-error-type: H\r\n", b"no JSON", ("H", "")),
        ("", b"", ("Runtime.Unknown", "")),
    ] {
        let (runtime, id) = Runtime::running().await;
        assert_eq!(runtime.post(&error_path(&id), headers, body).await.status, 202);
        let invocation = runtime.invocation.await.unwrap();
        assert_eq!(function_error(&invocation), expected);
        assert!(runtime.lambda.process_id("puppet").is_some());
    }
}

#[tokio::test]
async fn an_init_error_is_the_answer_and_ends_the_process() {
    let runtime = Runtime::starting().await;
    let body = br#"{"errorType":"Extension.Missing","errorMessage":"no such module"}"#;
    assert_eq!(runtime.post(INIT_ERROR, "", body).await.status, 202);
    let invocation = runtime.invocation.await.unwrap();
    assert_eq!(function_error(&invocation), ("Extension.Missing", "no such module"));
    assert_eq!(invocation.cold_start, None);
    assert_eq!(runtime.lambda.process_id("puppet"), None);
}

#[tokio::test]
async fn an_init_error_after_the_start_is_refused() {
    let (runtime, id) = Runtime::running().await;
    assert_refused(&runtime.post(INIT_ERROR, "", b"{}").await, 403, "InvalidStateTransition");
    assert_eq!(runtime.post(&answer_path(&id), "", b"1").await.status, 202);
    assert_refused(&runtime.post(INIT_ERROR, "", b"{}").await, 403, "InvalidStateTransition");
}

#[tokio::test]
async fn a_response_that_is_too_large_is_refused() {
    const LIMIT: usize = 6 * 1024 * 1024 + 100;
    let (runtime, id) = Runtime::running().await;
    assert_refused(&runtime.post(&answer_path(&id), "", &vec![b' '; LIMIT + 1]).await, 413, "RequestEntityTooLarge");
    let invocation = runtime.invocation.await.unwrap();
    assert_eq!(function_error(&invocation).0, "Function.ResponseSizeTooLarge");

    let (runtime, id) = Runtime::running().await;
    assert_eq!(runtime.post(&answer_path(&id), "", &vec![b' '; LIMIT]).await.status, 202);
    assert_eq!(runtime.invocation.await.unwrap().outcome, Outcome::Response(vec![b' '; LIMIT]));
}

#[tokio::test]
async fn a_streamed_response_is_collected_and_its_trailers_are_read() {
    let streamed = |id: &str, trailers: &str| {
        format!(
            "POST {} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\
             lambda-runtime-function-response-mode: streaming\r\n\
             trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n\r\n\
             3\r\n[1,\r\n2\r\n2]\r\n0\r\n{trailers}\r\n",
            answer_path(id)
        )
    };
    let (runtime, id) = Runtime::running().await;
    assert_eq!(exchange(&runtime.address, streamed(&id, "").as_bytes()).await.status, 202);
    assert_eq!(response(&runtime.invocation.await.unwrap()), json!([1, 2]));

    // {"errorMessage":"M"}
    let trailers =
        "Lambda-Runtime-Function-Error-Type: T\r\nLambda-Runtime-Function-Error-Body: eyJlcnJvck1lc3NhZ2UiOiJNIn0=\r\n";
    let (runtime, id) = Runtime::running().await;
    assert_eq!(exchange(&runtime.address, streamed(&id, trailers).as_bytes()).await.status, 202);
    assert_eq!(function_error(&runtime.invocation.await.unwrap()), ("T", "M"));

    let (runtime, id) = Runtime::running().await;
    let mode = "lambda-runtime-function-response-mode: other\r\n";
    assert_refused(&runtime.post(&answer_path(&id), mode, b"1").await, 400, "InvalidFunctionResponseMode");
    assert_eq!(function_error(&runtime.invocation.await.unwrap()).0, "Runtime.InvalidResponseModeHeader");
}

#[tokio::test]
async fn unknown_paths_and_methods() {
    let runtime = Runtime::starting().await;
    assert_refused(&runtime.get("/2018-06-01/runtime/restore/next").await, 404, "NotFound");
    assert_refused(&runtime.get("/").await, 404, "NotFound");
    assert_eq!(runtime.post(NEXT, "", b"").await.status, 405);
    assert_eq!(runtime.get(INIT_ERROR).await.status, 405);
}

#[tokio::test]
async fn a_runtime_that_waits_is_released() {
    let (runtime, id) = Runtime::running().await;
    assert_eq!(runtime.post(&answer_path(&id), "", b"1").await.status, 202);
    let waiting = {
        let address = runtime.address.clone();
        tokio::spawn(async move { get(&address, NEXT).await })
    };
    runtime.invocation.await.unwrap();
    runtime.lambda.stop("puppet").await;
    // Where the request had not arrived by then, there is nobody to connect to.
    if let Ok(released) = waiting.await {
        assert_refused(&released, 500, "InternalServerError");
    }
    let address = runtime.address;
    until("the listener is closed", || std::net::TcpStream::connect(&address).is_err().then_some(())).await;
}
