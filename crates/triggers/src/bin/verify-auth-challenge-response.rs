//! The Lambda function that compares the answer with the code.

use std::process::ExitCode;

use triggers::{lambda, verify_auth_challenge_response};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::start(lambda::serve(|event| {
        let answered = verify_auth_challenge_response(event, lambda::now_secs());
        async { Ok(answered) }
    }))
    .await
}
