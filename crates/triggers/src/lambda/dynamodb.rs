//! The table of attempts in DynamoDB: `sub`, `version`, `record` as JSON, and `expires_at` for DynamoDB to forget it.

use std::{collections::HashMap, time::Duration};

use aws_config::{SdkConfig, retry::RetryConfig, timeout::TimeoutConfig};
use aws_sdk_dynamodb::{
    Client, Config,
    config::Builder,
    error::{ProvideErrorMetadata, SdkError},
    types::AttributeValue,
};

use super::opening::Opener;
use crate::attempts::{AttemptsTable, Record, Unreachable};

/// Names of the attributes.
const SUB: &str = "sub";
const VERSION: &str = "version";
const RECORD: &str = "record";
const EXPIRES_AT: &str = "expires_at";

/// A table with the key `sub`, a text.
#[derive(Debug)]
pub struct DynamoDbTable {
    client: Client,
    name: String,
    opener: Option<Opener>,
}

impl DynamoDbTable {
    /// The table of that name.
    #[must_use]
    pub fn new(config: &SdkConfig, name: String) -> Self {
        let opener = config.http_client().map(Opener);
        // The service waits five seconds for a trigger, and then calls it anew. A table that is dead costs one call, and then the
        // mail must still fit in where that is allowed; a right answer makes three calls.
        let timeouts = TimeoutConfig::builder()
            .operation_attempt_timeout(Duration::from_secs(1))
            .operation_timeout(Duration::from_millis(1200))
            .build();
        let config =
            Builder::from(config).timeout_config(timeouts).retry_config(RetryConfig::standard().with_max_attempts(2)).build();
        Self { client: Client::from_conf(config), name, opener }
    }

    /// Opens a connection to the table's service, and reads nothing.
    pub(super) async fn open(&self) {
        let Some(opener) = self.opener.clone() else { return };
        let once = Config::builder().http_client(opener).retry_config(RetryConfig::disabled());
        let get = self.client.get_item().table_name(&self.name).key(SUB, text("")).customize().config_override(once);
        // An error in any case: what came is no answer to what the SDK would have asked.
        let _ = Box::pin(get.send()).await;
    }
}

impl AttemptsTable for DynamoDbTable {
    async fn read(&self, sub: &str) -> Result<Record, Unreachable> {
        let get = self.client.get_item().table_name(&self.name).key(SUB, text(sub)).consistent_read(true);
        // On the heap, as below: the types of the SDK nest so deep that the compiler would give up.
        let got = Box::pin(get.send()).await.map_err(|error| unreachable(&error))?;
        match got.item {
            None => Ok(Record::default()),
            Some(item) => record(&item).ok_or_else(|| Unreachable::new("UnreadableRecord")),
        }
    }

    async fn write(&self, sub: &str, record: &Record, now_secs: i64) -> Result<bool, Unreachable> {
        let json = serde_json::to_string(record).map_err(|_| Unreachable::new("UnwritableRecord"))?;
        let put = self
            .client
            .put_item()
            .table_name(&self.name)
            .item(SUB, text(sub))
            .item(VERSION, AttributeValue::N(record.version.saturating_add(1).to_string()))
            .item(RECORD, AttributeValue::S(json))
            .item(EXPIRES_AT, AttributeValue::N(Record::expires_at(now_secs).to_string()));
        let put = match record.version {
            0 => put.condition_expression("attribute_not_exists(#key)").expression_attribute_names("#key", SUB),
            read => put
                .condition_expression("#version = :read")
                .expression_attribute_names("#version", VERSION)
                .expression_attribute_values(":read", AttributeValue::N(read.to_string())),
        };
        match Box::pin(put.send()).await {
            Ok(_) => Ok(true),
            Err(error) if error.as_service_error().is_some_and(|error| error.is_conditional_check_failed_exception()) => {
                Ok(false)
            }
            Err(error) => Err(unreachable(&error)),
        }
    }
}

fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

fn record(item: &HashMap<String, AttributeValue>) -> Option<Record> {
    let record: Record = serde_json::from_str(item.get(RECORD)?.as_s().ok()?).ok()?;
    Some(Record { version: item.get(VERSION)?.as_n().ok()?.parse().ok()?, ..record })
}

/// The name of the error in the API reference, or what became of the call. Its own message is not kept: it may hold the key.
fn unreachable<Error: ProvideErrorMetadata, Response>(error: &SdkError<Error, Response>) -> Unreachable {
    Unreachable::new(match error {
        SdkError::TimeoutError(_) => "NoAnswerInTime",
        SdkError::DispatchFailure(_) => "NoConnection",
        SdkError::ConstructionFailure(_) => "NoRequest",
        SdkError::ResponseError(_) => "UnreadableAnswer",
        SdkError::ServiceError(error) => error.err().code().unwrap_or("UnknownError"),
        _ => "UnknownError",
    })
}
