//! The Lambda function that makes a code and mails it.

use std::process::ExitCode;

use triggers::{
    Sender, Settings,
    lambda::{self, Mailer, variable},
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::start(async {
        let settings = Settings::from_variables(variable)?;
        let sender = Sender::from_variables(variable)?;
        let messages = lambda::messages()?;
        // Before the first event: Lambda gives more of the processor while a function starts.
        let config = lambda::aws_config().await?;
        let mailer = Mailer::new(&config, sender);
        let guard = lambda::guard(&settings, &config)?;
        let ready = lambda::open(Some(&mailer), guard.as_ref());
        lambda::serve(ready, |event| lambda::create_and_mail(event, &settings, &messages, &mailer, guard.as_ref())).await
    })
    .await
}
