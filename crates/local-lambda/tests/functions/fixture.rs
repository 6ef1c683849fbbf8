//! Functions to run, and waiting for what happens beside an answer.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
    time::Duration,
};

use local_lambda::{Function, Invocation, LocalLambda, Outcome};
use serde_json::Value;

/// The program of `examples/echo.rs`.
pub fn echo_program() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let program = test.parent().unwrap().parent().unwrap().join("examples/echo").with_extension(std::env::consts::EXE_EXTENSION);
    assert!(
        program.exists(),
        "{} is missing: build it with `cargo build -p local-lambda --example echo`, or run all tests of the package",
        program.display()
    );
    program
}

pub fn echo() -> Function {
    Function::new("echo", echo_program()).timeout(Duration::from_secs(30))
}

/// A program that never calls the Runtime API. It logs the address; the test calls in its place.
pub fn puppet() -> Function {
    Function::new("puppet", "/bin/sh").arg("-c").arg("echo $AWS_LAMBDA_RUNTIME_API; exec sleep 60")
}

pub async fn start(function: Function) -> LocalLambda {
    LocalLambda::start(vec![function]).await.unwrap()
}

/// Invokes a function that is there with JSON.
pub async fn invoke(lambda: &LocalLambda, function: &str, payload: Value) -> Invocation {
    lambda.invoke(function, payload.to_string().into_bytes()).await.unwrap()
}

#[track_caller]
pub fn response(invocation: &Invocation) -> Value {
    match &invocation.outcome {
        Outcome::Response(bytes) => serde_json::from_slice(bytes).unwrap(),
        error @ Outcome::FunctionError { .. } => panic!("{error:?}"),
    }
}

/// The type and the message.
#[track_caller]
pub fn function_error(invocation: &Invocation) -> (&str, &str) {
    match &invocation.outcome {
        Outcome::FunctionError { error_type, error_message } => (error_type, error_message),
        response @ Outcome::Response(_) => panic!("{response:?}"),
    }
}

/// Waits until there is something, and fails the test where nothing comes of it.
pub async fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let waiting = async {
        loop {
            if let Some(found) = look() {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waiting).await.unwrap_or_else(|_| panic!("waited in vain: {what}"))
}

/// Whether a process runs. One that is dead and that nobody has waited for does not: who waits for the processes of a program that
/// ended may take seconds, or for ever in a container.
pub fn runs(process_id: u32) -> bool {
    let zombie = std::fs::read_to_string(format!("/proc/{process_id}/stat")).is_ok_and(|stat| stat.contains(") Z "));
    let kill = Command::new("kill").args(["-0", &process_id.to_string()]).stderr(Stdio::null()).status();
    !zombie && kill.unwrap().success()
}
