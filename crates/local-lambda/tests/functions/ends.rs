//! How processes end: by themselves, by their timeout, before they started, and with the `LocalLambda`.

use std::time::Duration;

use local_lambda::{Function, LocalLambda};
use serde_json::json;

use crate::fixture::{echo, function_error, invoke, puppet, response, runs, start, until};

/// Checks the message behind the request id.
#[track_caller]
fn assert_reason(message: &str, expected: &str) {
    let (id, reason) = message.strip_prefix("RequestId: ").and_then(|rest| rest.split_once(" Error: ")).expect(message);
    assert_eq!((id.len(), reason), (36, expected));
}

#[tokio::test]
async fn an_exit_is_an_error_and_the_next_invocation_a_cold_start() {
    let lambda = start(echo()).await;
    for (code, reason) in [(1, "Runtime exited with error: exit status 1"), (0, "Runtime exited without providing a reason")] {
        let exited = invoke(&lambda, "echo", json!({"do": "exit", "code": code})).await;
        let (error_type, message) = function_error(&exited);
        assert_eq!((error_type, exited.cold_start), ("Runtime.ExitError", None));
        assert_reason(message, reason);
        assert_eq!(lambda.process_id("echo"), None);
    }
    assert!(invoke(&lambda, "echo", json!({})).await.cold_start.is_some());
}

#[tokio::test]
async fn a_process_that_ends_between_invocations_is_replaced() {
    let lambda = start(echo()).await;
    invoke(&lambda, "echo", json!({})).await;
    let process_id = lambda.process_id("echo").unwrap();
    std::process::Command::new("kill").args(["-9", &process_id.to_string()]).status().unwrap();
    until("the end is noticed", || lambda.process_id("echo").is_none().then_some(())).await;
    let next = invoke(&lambda, "echo", json!(1)).await;
    assert_eq!(response(&next), 1);
    assert!(next.cold_start.is_some());
}

#[tokio::test]
async fn a_timeout_kills_the_process() {
    let lambda = start(echo().timeout(Duration::from_millis(300))).await;
    invoke(&lambda, "echo", json!({})).await;
    let process_id = lambda.process_id("echo").unwrap();
    let timed_out = invoke(&lambda, "echo", json!({"do": "sleep"})).await;
    let (error_type, message) = function_error(&timed_out);
    assert_eq!(error_type, "Sandbox.Timedout");
    assert_reason(message, "Task timed out after 0.30 seconds");
    assert!(timed_out.duration >= Duration::from_millis(300));
    assert!(!runs(process_id));
    let next = invoke(&lambda, "echo", json!(1)).await;
    assert_eq!(response(&next), 1);
    assert!(next.cold_start.is_some());
}

#[tokio::test]
async fn a_program_that_exits_at_once() {
    let lambda = start(Function::new("f", "/bin/sh").arg("-c").arg("echo cannot >&2; exit 3")).await;
    for attempt in 1..=2 {
        let failed = invoke(&lambda, "f", json!({})).await;
        let (error_type, message) = function_error(&failed);
        assert_eq!(error_type, "Runtime.ExitError");
        assert_reason(message, "Runtime exited with error: exit status 3");
        // Without waiting: after an exit the log is complete.
        assert_eq!(lambda.logs("f"), vec!["cannot"; attempt]);
    }
}

#[tokio::test]
async fn a_program_that_does_not_exist() {
    let lambda = start(Function::new("f", "/nowhere/bootstrap")).await;
    let failed = invoke(&lambda, "f", json!({})).await;
    let (error_type, message) = function_error(&failed);
    assert_eq!(error_type, "Runtime.InvalidEntrypoint");
    assert!(message.contains("cannot start /nowhere/bootstrap: No such file"), "{message}");
    assert_eq!(lambda.process_id("f"), None);
}

#[tokio::test]
async fn a_program_without_a_path_is_looked_up() {
    let lambda = start(Function::new("f", "sh").arg("-c").arg("exit 4")).await;
    let failed = invoke(&lambda, "f", json!({})).await;
    assert_reason(function_error(&failed).1, "Runtime exited with error: exit status 4");
}

#[tokio::test]
async fn no_process_outlives_the_drop() {
    let lambda = start(echo()).await;
    invoke(&lambda, "echo", json!({})).await;
    let idle = lambda.process_id("echo").unwrap();
    assert!(runs(idle));
    drop(lambda);
    until("the idle process is gone", || (!runs(idle)).then_some(())).await;

    // In the middle of an invocation, too: its future is dropped first, and the work goes on without it.
    let lambda = start(puppet()).await;
    let busy = tokio::select! {
        invocation = invoke(&lambda, "puppet", json!({})) => panic!("{invocation:?}"),
        process_id = until("a process", || lambda.process_id("puppet")) => process_id,
    };
    drop(lambda);
    until("the busy process is gone", || (!runs(busy)).then_some(())).await;
}

#[test]
fn no_process_outlives_the_runtime() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let process_id = runtime.block_on(async {
        let lambda: &'static LocalLambda = Box::leak(Box::new(start(echo()).await));
        invoke(lambda, "echo", json!({})).await;
        lambda.process_id("echo").unwrap()
    });
    assert!(runs(process_id));
    drop(runtime);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(until("the process is gone", || (!runs(process_id)).then_some(())));
}
