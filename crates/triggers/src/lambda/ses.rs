//! Mail through Amazon SES.

use std::{fmt, time::Duration};

use aws_config::{SdkConfig, retry::RetryConfig, timeout::TimeoutConfig};
use aws_sdk_sesv2::{
    Client, Config,
    config::Builder,
    error::{BuildError, ProvideErrorMetadata},
    types::{Body, Content, Destination, EmailContent, Message},
};

use super::opening::Opener;
use crate::{Mail, Sender};

/// Sends mails as one sender.
#[derive(Debug)]
pub struct Mailer {
    client: Client,
    sender: Sender,
    opener: Option<Opener>,
}

/// SES did not take a mail, or could not be reached. Its own message is not kept: it names addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailNotTaken {
    code: String,
}

impl MailNotTaken {
    /// The name of the error in the API reference of SES, such as `MessageRejected`; `NoAnswer` where there was none.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What the deployer should look at.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        match self.code.as_str() {
            "MessageRejected" | "MailFromDomainNotVerifiedException" => {
                "verify the sender in SES in this Region; in the sandbox, the recipient too"
            }
            "AccessDeniedException" | "AccessDenied" => "the function's role must allow ses:SendEmail on the sender's identity",
            "TooManyRequestsException" | "LimitExceededException" => "the sending quota of SES is used up",
            "AccountSuspendedException" | "SendingPausedException" => "sending is paused for this account or configuration set",
            "NoAnswer" => "SES could not be reached in time: is the function in a VPC without a way out?",
            _ => "look the code up in the API reference of SES, SendEmail",
        }
    }
}

impl fmt::Display for MailNotTaken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.advice())
    }
}

impl std::error::Error for MailNotTaken {}

impl Mailer {
    /// With the credentials, the Region and the endpoint of the environment, as AWS SDKs read them.
    #[must_use]
    pub fn new(config: &SdkConfig, sender: Sender) -> Self {
        let opener = config.http_client().map(Opener);
        // The service waits five seconds for a trigger, and then calls it anew: one try and a second must fit in, after a table that
        // did not answer.
        let timeouts = TimeoutConfig::builder()
            .operation_attempt_timeout(Duration::from_millis(1600))
            .operation_timeout(Duration::from_millis(3200))
            .build();
        let config =
            Builder::from(config).timeout_config(timeouts).retry_config(RetryConfig::standard().with_max_attempts(2)).build();
        Self { client: Client::from_conf(config), sender, opener }
    }

    /// Opens a connection to the mail service, and sends nothing.
    pub(super) async fn open(&self) {
        let Some(opener) = self.opener.clone() else { return };
        let once = Config::builder().http_client(opener).retry_config(RetryConfig::disabled());
        // An error in any case: what came is no answer to what the SDK would have asked.
        let _ = self.client.send_email().customize().config_override(once).send().await;
    }

    /// Sends a mail with a text and an HTML part, both in UTF-8.
    ///
    /// # Errors
    /// [`MailNotTaken`] when SES refuses the mail or does not answer in time.
    pub async fn send(&self, mail: &Mail) -> Result<(), MailNotTaken> {
        let message = message(mail).map_err(|_| MailNotTaken { code: "IncompleteMail".to_owned() })?;
        let sent = self
            .client
            .send_email()
            .from_email_address(self.sender.as_str())
            .destination(Destination::builder().to_addresses(&mail.to).build())
            .content(EmailContent::builder().simple(message).build())
            .send()
            .await;
        match sent {
            Ok(_) => Ok(()),
            Err(error) => Err(MailNotTaken { code: error.code().unwrap_or("NoAnswer").to_owned() }),
        }
    }
}

fn message(mail: &Mail) -> Result<Message, BuildError> {
    let content = |text: &str| Content::builder().data(text).charset("UTF-8").build();
    let body = Body::builder().text(content(&mail.text)?).html(content(&mail.html)?).build();
    Ok(Message::builder().subject(content(&mail.subject)?).body(body).build())
}
