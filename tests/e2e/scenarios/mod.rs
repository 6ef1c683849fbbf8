//! What people and pages do.

mod deployed_triggers;
mod email_code;
mod embedding;
mod faults;
mod guards;
mod keyboard;
mod languages;
mod memory;
mod phone_numbers;
mod readme;
mod reset_password;
mod second_factors;
mod session;
mod sign_in;
mod sign_up;
mod sms_code;
mod tokens;
mod totp;
mod tour;
mod user_auth;

use local_pool::seed::PASSWORD;

use crate::{
    pages::{LoginPage, SignedInPage},
    stage::Stage,
};

/// Signs a seeded user in who needs a password alone.
async fn signed_in<'a>(stage: &'a Stage, attributes: &[(&str, &str)]) -> SignedInPage<'a> {
    let login = LoginPage::open(stage, attributes).await;
    login.sign_in("srp@example.com", PASSWORD).await;
    SignedInPage::shown(login.widget).await
}
