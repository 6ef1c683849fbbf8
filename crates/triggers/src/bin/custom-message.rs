//! The Lambda function that words the mails and text messages of the service itself.

use std::{future::ready, process::ExitCode};

use triggers::{
    Settings, custom_message,
    lambda::{self, variable},
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::start(async {
        let settings = Settings::from_variables(variable)?;
        let messages = lambda::messages()?;
        lambda::serve(ready(()), |event| {
            let answered = custom_message(event, &settings, &messages);
            async { Ok(answered) }
        })
        .await
    })
    .await
}
