//! The Lambda function that compares the answer with the code.

use std::process::ExitCode;

use triggers::{
    Settings,
    lambda::{self, variable},
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::start(async {
        let settings = Settings::from_variables(variable)?;
        let messages = lambda::messages()?;
        // Before the first event: Lambda gives more of the processor while a function starts.
        let config = lambda::aws_config().await?;
        let guard = lambda::guard(&settings, &config)?;
        let ready = lambda::open(None, guard.as_ref());
        lambda::serve(ready, |event| lambda::verify(event, &messages, guard.as_ref())).await
    })
    .await
}
