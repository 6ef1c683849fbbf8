//! The triggers that count: [`create_auth_challenge`] and [`verify_auth_challenge_response`] with a [`Guard`] in front.

use crate::{
    attempts::{AttemptsTable, Guard, Refused},
    code::Code,
    create::{Created, create_auth_challenge},
    error::{Cause, RandomnessFailed, TriggerError},
    event::{CreateAuthChallengeEvent, Texts, VerifyAuthChallengeResponseEvent},
    locale::locale,
    messages::Messages,
    settings::Settings,
    verify::verify_auth_challenge_response,
};

/// [`create_auth_challenge`], with its mail counted before it goes out: the caller may send it. A challenge without a mail counts
/// as none.
///
/// Without a guard nothing is counted.
///
/// # Errors
/// [`TriggerError`] as there; and [`Cause::Locked`] or [`Cause::NotCounted`], where nothing may be mailed.
pub async fn create_counted<Table: AttemptsTable>(
    event: CreateAuthChallengeEvent,
    settings: &Settings,
    messages: &Messages,
    guard: Option<&Guard<Table>>,
    now_secs: i64,
    fill_random: &mut dyn FnMut(&mut [u8]) -> Result<(), RandomnessFailed>,
) -> Result<Created, TriggerError> {
    let created = create_auth_challenge(event, settings, messages, now_secs, fill_random)?;
    if let (Some(guard), Some(_)) = (guard, &created.mail) {
        let request = &created.event.request;
        let counted = async { guard.mail(sub(&request.user_attributes)?, now_secs).await };
        counted.await.map_err(|refused| told(refused, messages, &request.client_metadata, &request.user_attributes))?;
    }
    Ok(created)
}

/// [`verify_auth_challenge_response`], with the answer counted before it is compared. What cannot be right, because there is no
/// code, the code is too old or nobody has this name, is not counted: nothing is learnt from it.
///
/// Without a guard nothing is counted.
///
/// # Errors
/// [`TriggerError`] with [`Cause::Locked`] or [`Cause::NotCounted`]: the answer was not compared.
pub async fn verify_counted<Table: AttemptsTable>(
    event: VerifyAuthChallengeResponseEvent,
    messages: &Messages,
    guard: Option<&Guard<Table>>,
    now_secs: i64,
) -> Result<VerifyAuthChallengeResponseEvent, TriggerError> {
    let request = &event.request;
    let code = Code::from_private_parameters(&request.private_challenge_parameters);
    let code = code.filter(|code| !code.is_expired(now_secs) && !request.user_not_found);
    let (Some(guard), Some(code)) = (guard, code) else {
        return Ok(verify_auth_challenge_response(event, now_secs));
    };
    let told = |refused| told(refused, messages, &request.client_metadata, &request.user_attributes);
    let sub = sub(&request.user_attributes).map_err(told)?.to_owned();
    let Some(counted) = guard.answer(&sub, code.mark(), now_secs).await.map_err(told)? else {
        return Ok(VerifyAuthChallengeResponseEvent { response: Default::default(), ..event });
    };
    let event = verify_auth_challenge_response(event, now_secs);
    if event.response.answer_correct {
        guard.right(&sub, counted, now_secs).await;
    } else {
        guard.wrong(counted);
    }
    Ok(event)
}

/// Whom it is counted for: a UUID that the service makes. Without one nothing can be counted.
fn sub(user_attributes: &Texts) -> Result<&str, Refused> {
    user_attributes.get("sub").map(String::as_str).filter(|sub| !sub.is_empty()).ok_or(Refused::NotCounted)
}

fn told(refused: Refused, messages: &Messages, client_metadata: &Texts, user_attributes: &Texts) -> TriggerError {
    let cause = match refused {
        Refused::Locked(wait) => Cause::Locked { minutes: wait.minutes() },
        Refused::NotCounted => Cause::NotCounted,
    };
    TriggerError::new(cause, messages, locale(client_metadata, user_attributes))
}
