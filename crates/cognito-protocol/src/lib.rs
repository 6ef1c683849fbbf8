//! Amazon Cognito user pools, as a pure protocol.
//!
//! This crate does no I/O. It never names a browser, a socket, a clock, a random source or a store: time and randomness come in
//! as arguments, requests go out as data, and whoever embeds it carries them.
//!
//! ```text
//!  person, clock, replies ──▶ flow::step ──▶ screens to show, requests to send, jobs to run, tokens to store
//!                              │
//!                 srp (proofs) ┴ idp (wire types) ┴ totp (key URI, code windows)
//! ```
//!
//! - [`srp`]: Cognito's dialect of SRP-6a, both sides of it, and what is signed with it.
//! - [`idp`]: the members of the public JSON API, in AWS's names.
//! - [`totp`]: key URIs and code windows for authenticator apps.
//! - [`fault`]: what makes a configuration work for nobody, and how to mend it.
//! - [`flow`]: the sign-in machine.
//! - [`text`]: parts of short texts.

pub mod fault;
pub mod flow;
pub mod idp;
mod secret;
pub mod srp;
mod stack;
pub mod text;
pub mod totp;

pub use secret::Secret;
