//! What people and pages do.

mod account_tour;
mod amplify;
mod change_password;
mod client_secret;
mod contact_details;
mod delete_account;
mod deployed_triggers;
mod devices;
mod email_code;
mod embedding;
mod faults;
mod federation;
mod first_form;
mod full_store;
mod guards;
mod keyboard;
mod keyboard_account;
mod keyboard_flows;
mod languages;
mod memory;
mod page_faults;
mod passkey_tour;
mod passkeys;
mod password_manager;
mod phone_numbers;
mod readme;
mod refusals;
mod reload;
mod reset_password;
mod returning;
mod second_factors;
mod session;
mod sign_in;
mod sign_in_names;
mod sign_up;
mod sms_code;
mod tokens;
mod totp;
mod tour;
mod tour_words;
mod user_auth;

use std::collections::BTreeSet;

use local_pool::seed::PASSWORD;
use serde_json::Value;

use crate::{
    pages::{AccountPage, Kind, LoginPage, SignedInPage, Widget},
    stage::{Page, Stage},
};

/// Signs a seeded user in who needs a password alone.
async fn signed_in<'a>(stage: &'a Stage, attributes: &[(&str, &str)]) -> SignedInPage<'a> {
    let login = LoginPage::open(stage, attributes).await;
    login.sign_in("srp@example.com", PASSWORD).await;
    SignedInPage::shown(login.widget).await
}

/// The same, with both elements on the page, for a user with a password alone: the account.
async fn account_of<'a>(stage: &'a Stage, email: &str, attributes: &[(&str, &str)]) -> AccountPage<'a> {
    stage.open(&Page::login(attributes).with("cognito-account", attributes)).await;
    let login = LoginPage::shown(Widget::login(stage)).await;
    login.sign_in(email, PASSWORD).await;
    SignedInPage::shown(login.widget).await;
    let account = AccountPage::shown(Widget::account(stage)).await;
    account.widget.find(Kind::Button, "Change password").await;
    account
}

/// The names of an object's members, in no order: the one in which they stand is nobody's promise.
fn member_names(object: &Value) -> BTreeSet<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}
