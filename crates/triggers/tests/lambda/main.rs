//! The binaries that are deployed, as processes under a Lambda Runtime API.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod connections;
mod events;
mod fixture;
mod hostile;
mod mails;
mod messages;
mod samples;
mod start;
