//! `CreateAuthChallenge` with its mail.

use super::{FunctionError, Mailer, now_secs};
use crate::{
    Cause, CreateAuthChallengeEvent, Created, Messages, RandomnessFailed, Settings, TriggerError, create_auth_challenge,
    locale::locale,
};

/// Makes the challenge and sends its mail. The answer waits until the mail service has taken the mail, so that nobody waits for
/// a code that is not on its way.
///
/// # Errors
/// [`FunctionError`] in the person's language: no challenge could be made, or the mail was not taken.
pub async fn create_and_mail(
    event: CreateAuthChallengeEvent,
    settings: &Settings,
    messages: &Messages,
    mailer: &Mailer,
) -> Result<CreateAuthChallengeEvent, FunctionError> {
    let mut fill_random = |bytes: &mut [u8]| getrandom::fill(bytes).map_err(|_| RandomnessFailed);
    let Created { event, mail } = create_auth_challenge(event, settings, messages, now_secs(), &mut fill_random)?;
    if let Some(mail) = mail {
        mailer.send(&mail).await.map_err(|error| {
            tracing::error!(ses_error = error.code(), advice = error.advice(), "the mail was not taken");
            let locale = locale(&event.request.client_metadata, &event.request.user_attributes);
            TriggerError::new(Cause::MailFailed, messages, locale)
        })?;
    }
    Ok(event)
}
