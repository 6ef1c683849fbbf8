//! Asks a user pool whether a configuration of the login widget can work, and says which fault it has and how to mend it.
//!
//! All calls are harmless: a sign-in of somebody who cannot exist, up to its first challenge, which is never answered; a preflight of
//! CORS; the pool's public keys; the beginning of a sign-in by redirect, with each provider too, which is not followed. No mail and no text message goes out, no
//! person is locked out, and nobody's name is asked for. What the pool's own triggers do at the beginning of a sign-in, they do.
//!
//! | module | |
//! |---|---|
//! | [`arguments`] | the command line becomes a [`Question`](arguments::Question) |
//! | [`checks`] | one file a check; [`checks::examine`] runs them in their order |
//! | [`web`] | requests, and why there was no reply |
//! | [`report`] | what was found, in words, as JSON, and as an exit code |
//!
//! The faults and their words are those of [`cognito_protocol::fault`].

pub mod arguments;
pub mod checks;
pub mod report;
pub mod web;
