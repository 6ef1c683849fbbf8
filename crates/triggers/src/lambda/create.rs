//! `CreateAuthChallenge` with its mail.

use super::{DynamoDbTable, FunctionError, Mailer, now_secs};
use crate::{
    Cause, CreateAuthChallengeEvent, Created, Messages, RandomnessFailed, Settings, TriggerError, attempts::Guard,
    create_counted, locale::locale,
};

/// Makes the challenge, counts its mail and sends its mail. The answer waits until the mail service has taken the mail, so that nobody waits for
/// a code that is not on its way.
///
/// # Errors
/// [`FunctionError`] in the person's language: no challenge could be made, too much was mailed or tried, or the mail was not taken.
pub async fn create_and_mail(
    event: CreateAuthChallengeEvent,
    settings: &Settings,
    messages: &Messages,
    mailer: &Mailer,
    guard: Option<&Guard<DynamoDbTable>>,
) -> Result<CreateAuthChallengeEvent, FunctionError> {
    let mut fill_random = |bytes: &mut [u8]| getrandom::fill(bytes).map_err(|_| RandomnessFailed);
    let created = create_counted(event, settings, messages, guard, now_secs(), &mut fill_random).await;
    let Created { event, mail } = created?;
    if let Some(mail) = mail {
        mailer.send(&mail).await.map_err(|error| {
            tracing::error!(ses_error = error.code(), advice = error.advice(), "the mail was not taken");
            let locale = locale(&event.request.client_metadata, &event.request.user_attributes);
            TriggerError::new(Cause::MailFailed, messages, locale)
        })?;
    }
    Ok(event)
}
