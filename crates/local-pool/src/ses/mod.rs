//! `SendEmail` of Amazon SES, API version 2: how a Lambda function mails to the pool's inbox.
//!
//! A function reaches it with `AWS_ENDPOINT_URL_SESV2` = the pool's address, and the credentials below. Requests are checked as
//! the API reference defines them, with what the service would refuse much later besides; what is right is in the inbox at once.
//!
//! What it does not have: content of the kinds `Raw` and `Template`, attachments, configuration sets, tenants, contact lists,
//! sending limits, the sandbox. Requests that ask for these are refused and say so.
//!
//! # Source
//! AWS, SES API v2 reference, `SendEmail`, and the service's model (botocore `sesv2`). Names and sentences of errors are the
//! service's where reports show them: `InvalidSignatureException` (aws/aws-sdk#307), `UnrecognizedClientException`
//! (django-ses#283), "Invalid email address" (aws-ses-v2-local#44), "Email address is not verified. …". Others are the pool's own.

mod address;
mod credentials;
mod error;
mod request;
mod signature;

pub use credentials::{ACCESS_KEY_ID, SECRET_ACCESS_KEY};
pub(crate) use error::SesError;
pub(crate) use signature::SignedRequest;

use crate::{
    inbox::{Delivery, Medium},
    random,
    shared::Shared,
};

/// Puts the mail into the inbox of each recipient, and gives the `MessageId`.
pub(crate) fn send_email(shared: &Shared, request: &SignedRequest<'_>) -> Result<String, SesError> {
    let region = signature::verify(request)?;
    request::check_content_type(request.headers)?;
    let email = request::read(request.body)?;
    address::check_verified(&email.senders, &shared.configuration().settings.ses_identities, &region)?;
    let uuid = random::uuid().map_err(|_| SesError::internal())?;
    let now_millis = shared.now_millis();
    let mut inbox = shared.inbox();
    for to in email.recipients {
        inbox.deliver(
            now_millis,
            Delivery {
                medium: Medium::Email,
                kind: "SES",
                from: Some(email.from.clone()),
                to,
                subject: Some(email.subject.clone()),
                text: email.text.clone(),
                html: email.html.clone(),
                code: None,
            },
        );
    }
    Ok(format!("{now_millis:016x}-{uuid}-000000"))
}
