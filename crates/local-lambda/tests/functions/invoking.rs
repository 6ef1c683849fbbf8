//! Answers, cold starts, the queue, the environment and the logs.

use std::time::Duration;

use local_lambda::{ACCESS_KEY_ID, Function, InvokeError, LocalLambda, SECRET_ACCESS_KEY};
use serde_json::json;

use crate::fixture::{echo, function_error, invoke, response, start, until};

#[tokio::test]
async fn the_first_invocation_is_a_cold_start() {
    let lambda = start(echo()).await;
    assert_eq!(lambda.process_id("echo"), None);
    let first = invoke(&lambda, "echo", json!({"greeting": "こんにちは"})).await;
    assert_eq!(response(&first), json!({"greeting": "こんにちは"}));
    let cold_start = first.cold_start.expect("a cold start");
    assert!(cold_start > Duration::ZERO && cold_start <= first.duration, "{first:?}");
    let process_id = lambda.process_id("echo").expect("a process");

    let second = invoke(&lambda, "echo", json!([1])).await;
    assert_eq!((response(&second), second.cold_start), (json!([1]), None));
    assert_eq!(lambda.process_id("echo"), Some(process_id));

    lambda.stop("echo").await;
    assert_eq!(lambda.process_id("echo"), None);
    let third = invoke(&lambda, "echo", json!(null)).await;
    assert!(third.cold_start.is_some());
    assert_ne!(lambda.process_id("echo"), Some(process_id));
}

#[tokio::test]
async fn one_invocation_at_a_time() {
    let lambda = start(echo()).await;
    invoke(&lambda, "echo", json!({})).await;
    let slow = json!({"do": "sleep", "millis": 100});
    let started = std::time::Instant::now();
    // The process is warm: all three are in the queue before the first ends.
    let (first, second, third) = tokio::join!(
        invoke(&lambda, "echo", slow.clone()),
        invoke(&lambda, "echo", slow.clone()),
        invoke(&lambda, "echo", json!(3))
    );
    let elapsed = started.elapsed();
    assert!(elapsed >= Duration::from_millis(200));
    assert_eq!((response(&first), response(&second), response(&third)), (json!("slept"), json!("slept"), json!(3)));
    assert!([&first, &second, &third].iter().all(|invocation| invocation.cold_start.is_none()));
    // The wait is not part of the duration.
    assert!(third.duration + Duration::from_millis(200) <= elapsed, "{third:?}");
}

#[tokio::test]
async fn functions_do_not_wait_for_each_other() {
    let other = Function::new("other", crate::fixture::echo_program());
    let lambda = LocalLambda::start(vec![echo(), other]).await.unwrap();
    let slow = json!({"do": "sleep"});
    tokio::select! {
        invocation = invoke(&lambda, "echo", slow.clone()) => panic!("{invocation:?}"),
        invocation = invoke(&lambda, "other", json!(1)) => assert_eq!(response(&invocation), 1),
    }
}

#[tokio::test]
async fn the_environment_is_lambdas() {
    let lambda = start(echo().env("CODE_LENGTH", "6").env("LANG", "C")).await;
    let environment = response(&invoke(&lambda, "echo", json!({"do": "environment"})).await);
    for (name, value) in [
        ("AWS_LAMBDA_FUNCTION_NAME", "echo"),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128"),
        ("AWS_LAMBDA_LOG_FORMAT", "JSON"),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        ("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/echo"),
        ("AWS_REGION", "us-east-1"),
        ("AWS_ACCESS_KEY_ID", ACCESS_KEY_ID),
        ("AWS_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY),
        ("TZ", ":UTC"),
        ("CODE_LENGTH", "6"),
        ("LANG", "C"),
    ] {
        assert_eq!(environment[name], value, "{name}");
    }
    let task_root = crate::fixture::echo_program();
    assert_eq!(environment["LAMBDA_TASK_ROOT"], task_root.parent().unwrap().to_str().unwrap());
    // Nothing of this process: cargo sets it for every test.
    assert_eq!(environment["CARGO_MANIFEST_DIR"], json!(null));
    assert_eq!(environment["HOME"], json!(null));
}

#[tokio::test]
async fn the_context_is_lambdas() {
    let lambda = start(echo()).await;
    let context = response(&invoke(&lambda, "echo", json!({"do": "context"})).await);
    assert_eq!(context["functionArn"], "arn:aws:lambda:us-east-1:123456789012:function:echo");
    assert!(context["traceId"].as_str().unwrap().starts_with("Root=1-"), "{context}");
    assert_eq!(context["requestId"].as_str().unwrap().len(), 36);
    let now = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_millis();
    let left = u128::from(context["deadline"].as_u64().unwrap()) - now;
    assert!((1..=30_000).contains(&left), "{left}");
    assert_eq!(context["processId"], lambda.process_id("echo").unwrap());
}

#[tokio::test]
async fn logs_are_kept_line_by_line() {
    let lambda = start(echo()).await;
    assert_eq!(lambda.logs("echo"), [""; 0]);
    invoke(&lambda, "echo", json!({"do": "log", "text": "あ"})).await;
    until("both lines", || (lambda.logs("echo").len() == 2).then_some(())).await;
    invoke(&lambda, "echo", json!({"do": "log", "text": 2})).await;
    lambda.stop("echo").await;
    // After `stop` without waiting. The two pipes have no order between them.
    let mut logs = lambda.logs("echo");
    logs.sort();
    assert_eq!(logs, [r#"{"stderr":"あ"}"#, r#"{"stderr":2}"#, r#"{"stdout":"あ"}"#, r#"{"stdout":2}"#].map(str::to_owned));
}

#[tokio::test]
async fn what_never_reaches_a_function() {
    let lambda = start(echo()).await;
    let missing = lambda.invoke("ohce", b"{}".to_vec()).await.unwrap_err();
    assert_eq!(missing, InvokeError::ResourceNotFound("ohce".to_owned()));
    assert_eq!(missing.to_string(), "Function not found: arn:aws:lambda:us-east-1:123456789012:function:ohce");
    assert_eq!(lambda.invoke("echo", b"{".to_vec()).await, Err(InvokeError::InvalidRequestContent));
    assert_eq!(lambda.invoke("echo", vec![b' '; 6 * 1024 * 1024 + 1]).await, Err(InvokeError::RequestTooLarge));
    assert_eq!(lambda.process_id("echo"), None);
    // Of a function that is not there, there is nothing to see, and nothing to stop.
    assert_eq!((lambda.logs("ohce"), lambda.process_id("ohce")), (Vec::new(), None));
    lambda.stop("ohce").await;
}

#[tokio::test]
async fn an_empty_payload_is_an_empty_object() {
    let lambda = start(echo()).await;
    assert_eq!(response(&lambda.invoke("echo", Vec::new()).await.unwrap()), json!({}));
}

#[tokio::test]
async fn a_large_payload_passes_in_both_directions() {
    let lambda = start(echo()).await;
    let text = json!("x".repeat(6 * 1024 * 1024 - 2));
    assert_eq!(response(&invoke(&lambda, "echo", text.clone()).await), text);
}

#[tokio::test]
async fn an_error_of_the_function_leaves_the_process() {
    let lambda = start(echo()).await;
    let failed = invoke(&lambda, "echo", json!({"do": "fail"})).await;
    assert_eq!(function_error(&failed), ("EchoError", "asked to fail"));
    assert!(failed.cold_start.is_some());
    let panicked = invoke(&lambda, "echo", json!({"do": "panic"})).await;
    assert_eq!(function_error(&panicked).1, "Lambda panicked: asked to panic");
    assert_eq!(invoke(&lambda, "echo", json!({})).await.cold_start, None);
}

#[tokio::test]
async fn names_are_checked() {
    for name in ["", "a b", "a/b", &"x".repeat(65)] {
        let error = LocalLambda::start(vec![Function::new(name, "x")]).await.expect_err(name);
        assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
    }
    let error = LocalLambda::start(vec![echo(), echo()]).await.unwrap_err();
    assert_eq!(error.to_string(), "two functions are named \"echo\"");
}

#[test]
fn a_variable_s_value_is_not_shown() {
    let shown = format!("{:?}", Function::new("f", "p").env("CODE_KEY", "s3cret"));
    assert!(shown.contains("CODE_KEY") && !shown.contains("s3cret"), "{shown}");
}

#[tokio::test]
async fn lines_show_what_stands_in_them() {
    let script = r"printf '\033[31mred\302\205 \342\200\256drowssap\342\200\250\tend\r\n'; exit 1";
    let lambda = start(Function::new("f", "/bin/sh").arg("-c").arg(script)).await;
    invoke(&lambda, "f", json!({})).await;
    assert_eq!(lambda.logs("f"), ["\u{fffd}[31mred\u{fffd} \u{fffd}drowssap\u{fffd}\tend"]);
}
