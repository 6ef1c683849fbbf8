//! The function binaries with a table of attempts, in moto's DynamoDB: `cargo xtask test dynamodb`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod attempts;
#[path = "../lambda/events.rs"]
#[allow(dead_code)]
mod events;
mod failures;
#[path = "../lambda/fixture.rs"]
#[allow(dead_code)]
mod fixture;
mod mail_service;
mod table;
