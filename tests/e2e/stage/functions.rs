//! The Lambda functions that are deployed, as processes on this machine.

use std::path::PathBuf;

use local_lambda::{Function, LocalLambda};

pub(super) const NAMES: [&str; 4] =
    ["define-auth-challenge", "create-auth-challenge", "verify-auth-challenge-response", "custom-message"];

/// All four, which mail to the pool at that address.
pub(super) async fn start(pool_url: &str, variables: &[(&str, &str)]) -> LocalLambda {
    let functions = NAMES.map(|name| {
        let function = Function::new(name, program(name))
            .env("EMAIL_SENDER", "no-reply@example.com")
            .env("AWS_ENDPOINT_URL_SESV2", pool_url)
            // Never what a machine happens to be configured with.
            .env("AWS_CONFIG_FILE", "/dev/null")
            .env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
        variables.iter().fold(function, |function, (name, value)| function.env(name, value))
    });
    LocalLambda::start(functions.into()).await.unwrap()
}

/// Cargo puts it beside the tests of its package.
fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let program = test.parent().unwrap().parent().unwrap().join(name);
    assert!(program.exists(), "{} is missing: run `cargo build -p triggers` first", program.display());
    program
}
