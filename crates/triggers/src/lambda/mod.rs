//! The Lambda functions: what is common to the binaries. They wire; what they answer is decided by the pure functions.
//!
//! A function reads its settings once, when it starts, and does not start with a wrong one: it says which variable is wrong in
//! its log and ends. Then it answers events until Lambda ends it. An event that cannot be read, or not be answered, becomes a
//! function error, which the service hands to the person as `<Trigger> failed with error <text>.`.
//!
//! # Source
//! AWS Lambda developer guide: "Building a custom runtime for AWS Lambda", "Define runtime environment variables".

mod clock;
mod create;
mod decision;
mod dynamodb;
mod environment;
mod https;
mod log;
mod opening;
mod serve;
mod ses;
mod start;
mod trust;
mod verify;

pub use clock::now_secs;
pub use create::create_and_mail;
pub use decision::Decision;
pub use dynamodb::DynamoDbTable;
pub use environment::{aws_config, guard};
pub use opening::open;
pub use serve::{FunctionError, serve};
pub use ses::{MailNotTaken, Mailer};
pub use start::{StartError, messages, start, variable};
pub use trust::TrustError;
pub use verify::verify;
