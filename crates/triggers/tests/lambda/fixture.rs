//! Functions to invoke.

use std::time::Duration;

use local_lambda::{Function, Invocation, LocalLambda, Outcome};
use serde_json::Value;

pub const DEFINE: &str = "define-auth-challenge";
pub const CREATE: &str = "create-auth-challenge";
pub const VERIFY: &str = "verify-auth-challenge-response";
pub const CUSTOM_MESSAGE: &str = "custom-message";

/// The function of that name with what it needs to start; nothing is there where it sends its mail.
pub fn function(name: &str) -> Function {
    let program = match name {
        DEFINE => env!("CARGO_BIN_EXE_define-auth-challenge"),
        CREATE => env!("CARGO_BIN_EXE_create-auth-challenge"),
        VERIFY => env!("CARGO_BIN_EXE_verify-auth-challenge-response"),
        CUSTOM_MESSAGE => env!("CARGO_BIN_EXE_custom-message"),
        other => panic!("there is no function {other}"),
    };
    Function::new(name, program)
        .env("EMAIL_SENDER", "no-reply@example.com")
        .env("AWS_ENDPOINT_URL_SESV2", "http://127.0.0.1:1")
        // Never what a machine happens to be configured with.
        .env("AWS_CONFIG_FILE", "/dev/null")
        .env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
        .timeout(Duration::from_secs(30))
}

pub async fn start(function: Function) -> LocalLambda {
    LocalLambda::start(vec![function]).await.unwrap()
}

pub async fn invoke(lambda: &LocalLambda, function: &str, event: &Value) -> Invocation {
    lambda.invoke(function, event.to_string().into_bytes()).await.unwrap()
}

/// The event that came back.
#[track_caller]
pub fn answered(invocation: &Invocation) -> Value {
    match &invocation.outcome {
        Outcome::Response(bytes) => serde_json::from_slice(bytes).unwrap(),
        error @ Outcome::FunctionError { .. } => panic!("{error:?}"),
    }
}

/// The type and the message of a function error.
#[track_caller]
pub fn function_error(invocation: &Invocation) -> (&str, &str) {
    match &invocation.outcome {
        Outcome::FunctionError { error_type, error_message } => (error_type, error_message),
        response @ Outcome::Response(_) => panic!("{response:?}"),
    }
}
