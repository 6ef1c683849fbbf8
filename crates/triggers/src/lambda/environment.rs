//! What the environment says about AWS and the table of attempts.

use aws_config::{BehaviorVersion, SdkConfig};

use super::{DynamoDbTable, StartError, https, variable};
use crate::{
    Settings, SettingsError,
    attempts::{Guard, Limits, WhenUnreachable},
};

/// The credentials, the Region and the endpoints of the environment, as AWS SDKs read them, with one HTTP client for all services.
///
/// # Errors
/// [`StartError::Trust`]: a file of certificates cannot be used. The deployer is to blame.
pub async fn aws_config() -> Result<SdkConfig, StartError> {
    let http_client = https::client(variable)?;
    Ok(aws_config::defaults(BehaviorVersion::latest()).http_client(http_client).load().await)
}

/// Counts in the table `ATTEMPTS_TABLE`, and does as `ATTEMPTS_UNREACHABLE` says when it cannot be reached. Without the first
/// nothing is counted, which the log says once.
///
/// # Errors
/// [`SettingsError`]: `ATTEMPTS_UNREACHABLE` is neither `REFUSE` nor `ALLOW`. The deployer is to blame.
pub fn guard(settings: &Settings, config: &SdkConfig) -> Result<Option<Guard<DynamoDbTable>>, SettingsError> {
    let when_unreachable = WhenUnreachable::from_variables(variable)?;
    let Some(name) = variable("ATTEMPTS_TABLE").map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()) else {
        tracing::warn!("ATTEMPTS_TABLE is not set: guesses over many sign-ins are not counted, nor are mails");
        return Ok(None);
    };
    let table = DynamoDbTable::new(config, name);
    Ok(Some(Guard::new(table, Limits::of(settings), when_unreachable)))
}
