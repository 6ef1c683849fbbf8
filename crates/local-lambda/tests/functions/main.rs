//! Functions under the Runtime API: real processes, invoked in process and over HTTP.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod ends;
mod fixture;
mod http;
mod invoke_api;
mod invoking;
mod pages;
mod program;
mod runtime_api;
