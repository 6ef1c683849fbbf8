//! What people and scripts do.

mod at_terminal;
mod authenticator_app;
mod email_code;
mod faults;
mod options;
mod password;
mod readme;
mod user_auth;
