//! The Lambda function that decides what comes next in a sign-in.

use std::{future::ready, process::ExitCode};

use triggers::{
    Settings, define_auth_challenge,
    lambda::{self, variable},
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::start(async {
        let settings = Settings::from_variables(variable)?;
        lambda::serve(ready(()), |event| {
            let answered = define_auth_challenge(event, &settings);
            async { Ok(answered) }
        })
        .await
    })
    .await
}
