//! Starting: settings are checked before the first event, and what is wrong is said.

use std::process::{Command, Output};

use local_lambda::Function;
use serde_json::Value;

use crate::{
    events::define_after_right_code,
    fixture::{CREATE, CUSTOM_MESSAGE, DEFINE, VERIFY, answered, function, function_error, invoke, start},
};

/// Starts a function that must fail; the invocation's error and the log.
async fn fails(function: Function, name: &str) -> String {
    let lambda = start(function).await;
    let invocation = invoke(&lambda, name, &define_after_right_code()).await;
    assert_eq!(function_error(&invocation).0, "Runtime.ExitError");
    lambda.stop(name).await;
    lambda.logs(name).join("\n")
}

#[tokio::test]
async fn a_wrong_setting_keeps_a_function_from_starting_and_is_named() {
    for (name, variable, value, wanted) in [
        (CREATE, "CODE_LENGTH", "11", "CODE_LENGTH must be a whole number from 4 to 10, not \\\"11\\\""),
        (CREATE, "CODE_TTL_SECONDS", "soon", "CODE_TTL_SECONDS must be a whole number from 1 to 3600"),
        (CREATE, "RESEND_AFTER_SECONDS", "-1", "RESEND_AFTER_SECONDS must be a whole number from 0 to 900"),
        (CREATE, "EMAIL_SENDER", "", "EMAIL_SENDER must be an address such as"),
        (CREATE, "EMAIL_SENDER", "nobody", "EMAIL_SENDER must be an address such as"),
        (CREATE, "TEMPLATE_DIR", "/nowhere/at/all", "TEMPLATE_DIR: the folder cannot be read"),
        (DEFINE, "MAX_ATTEMPTS", "0", "MAX_ATTEMPTS must be a whole number from 1 to 10"),
        (CREATE, "ATTEMPTS_UNREACHABLE", "allow", "ATTEMPTS_UNREACHABLE must be REFUSE or ALLOW, not \\\"allow\\\""),
        (VERIFY, "ATTEMPTS_UNREACHABLE", "IGNORE", "ATTEMPTS_UNREACHABLE must be REFUSE or ALLOW"),
        (CREATE, "AWS_CA_BUNDLE", "/nowhere/at/all", "AWS_CA_BUNDLE: the file cannot be read"),
        (VERIFY, "TEMPLATE_DIR", "/nowhere/at/all", "TEMPLATE_DIR: the folder cannot be read"),
        (CUSTOM_MESSAGE, "PRODUCT_NAME", "{####}", "PRODUCT_NAME must be at most 64 characters"),
    ] {
        let log = fails(function(name).env(variable, value), name).await;
        assert!(log.contains(wanted), "{name} {variable}={value}: {log}");
        let line: Value = serde_json::from_str(log.lines().next().unwrap()).unwrap();
        assert_eq!((line["level"].as_str(), line["message"].as_str()), (Some("ERROR"), Some("the function cannot start")));
    }
}

#[tokio::test]
async fn no_function_starts_where_one_mail_lets_guess_too_often() {
    for name in [DEFINE, CREATE, VERIFY] {
        let log = fails(function(name).env("CODE_LENGTH", "4").env("MAX_ATTEMPTS", "10"), name).await;
        assert!(
            log.contains("CODE_LENGTH and MAX_ATTEMPTS must be such that one mail gives no better chance than 1 in 2000"),
            "{log}"
        );
    }
}

#[tokio::test]
async fn max_attempts_reaches_the_definition() {
    let lambda = start(function(DEFINE).env("MAX_ATTEMPTS", "1")).await;
    let mut event = define_after_right_code();
    event["request"]["session"][2]["challengeResult"] = false.into();
    assert_eq!(answered(&invoke(&lambda, DEFINE, &event).await)["response"]["failAuthentication"], true);
}

fn run_outside_of_lambda(program: &str) -> Output {
    Command::new(program).env_clear().env("EMAIL_SENDER", "no-reply@example.com").output().unwrap()
}

#[test]
fn outside_of_lambda_the_program_says_where_it_belongs() {
    for program in [
        env!("CARGO_BIN_EXE_define-auth-challenge"),
        env!("CARGO_BIN_EXE_create-auth-challenge"),
        env!("CARGO_BIN_EXE_verify-auth-challenge-response"),
        env!("CARGO_BIN_EXE_custom-message"),
    ] {
        let output = run_outside_of_lambda(program);
        let log = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{log}");
        assert!(log.contains("AWS_LAMBDA_RUNTIME_API is not set: this program is a Lambda function"), "{log}");
    }
}

#[tokio::test]
async fn a_cold_start_is_measured() {
    for name in [DEFINE, CREATE, VERIFY, CUSTOM_MESSAGE] {
        let lambda = start(function(name)).await;
        let cold = invoke(&lambda, name, &define_after_right_code()).await;
        let warm = invoke(&lambda, name, &define_after_right_code()).await;
        let cold_start = cold.cold_start.expect("the first invocation starts the process");
        assert_eq!(warm.cold_start, None);
        println!("{name}: cold start {:.1} ms, then {:.2} ms", millis(cold_start), millis(warm.duration));
    }
}

fn millis(duration: std::time::Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
