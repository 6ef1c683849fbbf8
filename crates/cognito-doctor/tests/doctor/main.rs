//! The doctor as people and scripts use it: the built program, and a local pool in this process that has the fault.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod configuration;
mod domain;
mod endpoint;
mod output;
mod stage;
