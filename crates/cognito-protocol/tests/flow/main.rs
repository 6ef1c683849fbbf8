//! Transcripts of the sign-in machine: events in, exactly these effects out.
//!
//! Every effect of every step must be named by the test, in order; [`machine::Machine`] fails the next event otherwise. It also
//! looks through the `Debug` text of all that passes, which must not show a password, code, token, session or TOTP secret.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod account;
mod account_passkeys;
mod change_password;
mod client_secret;
mod confirm_sign_up;
mod contact_details;
mod custom_auth;
mod delete_account;
mod device_sign_in;
mod devices;
mod faults;
mod federation;
mod hostile;
mod kept;
mod machine;
mod new_code;
mod new_password;
mod others;
mod passkeys;
mod preferences;
mod random_events;
mod refused_refresh;
mod reload;
mod reset_password;
mod screens;
mod second_factors;
mod service;
mod sign_in;
mod sign_in_again;
mod sign_out;
mod sign_up;
mod sms_code;
mod tokens;
mod totp_setup;
mod totp_sign_in;
mod user_auth;
