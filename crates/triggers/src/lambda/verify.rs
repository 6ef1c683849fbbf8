//! `VerifyAuthChallengeResponse`, counted.

use super::{DynamoDbTable, FunctionError, now_secs};
use crate::{Messages, VerifyAuthChallengeResponseEvent, attempts::Guard, verify_counted};

/// Compares the answer, unless too many were wrong.
///
/// # Errors
/// [`FunctionError`] in the person's language: the answer was not compared.
pub async fn verify(
    event: VerifyAuthChallengeResponseEvent,
    messages: &Messages,
    guard: Option<&Guard<DynamoDbTable>>,
) -> Result<VerifyAuthChallengeResponseEvent, FunctionError> {
    Ok(verify_counted(event, messages, guard, now_secs()).await?)
}
