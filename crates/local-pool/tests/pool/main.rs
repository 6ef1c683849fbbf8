//! The pool without a socket: what a client sends and what comes back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod account;
mod attributes;
mod client;
mod config_file;
mod custom_auth;
mod custom_message;
mod email_otp;
mod existence;
mod forgot_password;
mod functions;
mod guessing;
mod hanging;
mod http;
mod lambda;
mod local;
mod lock_out;
mod mfa_setup;
mod new_password;
mod parallel_answers;
mod password_alone;
mod refresh;
mod select_mfa_type;
mod ses;
mod sessions;
mod settings;
mod sign_out;
mod sign_up;
mod slow_clients;
mod sms_mfa;
mod srp;
mod tokens;
mod totp;
mod totp_setup;
