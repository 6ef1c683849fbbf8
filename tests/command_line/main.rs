//! The command-line sign-in, `examples/sign_in`, as people and scripts use it: the built program, the local pool in this process,
//! and pipes or a real terminal between them.
//!
//! Every test has a user of its own. The pool's clock stands still, more than a year from the local one, so no code runs out in the
//! midst of a test, and whoever signs in has gone by the service's clock.
#![cfg(all(unix, not(target_arch = "wasm32")))]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod scenarios;
mod stage;
