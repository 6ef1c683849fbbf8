//! The ways in, from the first key to the tokens: with Tab, Shift, Enter, Space and the arrows alone. The order of the focus is the order
//! of reading, and the focus is always seen.

use fantoccini::key::Key;
use local_pool::seed::{PASSWORD, TOTP_SECRET};

use crate::{
    pages::{Authenticator, CodePage, Kind, LoginPage, SMS_CODE, SignedInPage, TOTP_CODE, Widget},
    stage::{Stage, run},
};

const NEW_PASSWORD: &str = "Tidewater 2026!";

/// Signs in by the form, key by key.
async fn sign_in_by_keys<'a>(stage: &'a Stage, email: &str) -> Widget<'a> {
    stage.is_secret(PASSWORD);
    let widget = LoginPage::open(stage, &[]).await.widget;
    widget.tab_through(&["field Email"]).await;
    stage.browser.press_keys(email).await;
    widget.tab_through(&["field Password"]).await;
    stage.browser.press_keys(PASSWORD).await;
    stage.browser.press_key(Key::Enter).await;
    widget
}

#[test]
fn a_password_and_an_authenticator_code() {
    run(async |stage| {
        stage.pool.begin_totp_step();
        let widget = sign_in_by_keys(stage, "totp@example.com").await;
        CodePage::shown(widget, TOTP_CODE).await;
        widget.focus_on("field Verification code").await;
        widget.tab_through(&["button Verify", "button Back to sign in"]).await;
        widget.tab_back_through(&["button Verify", "field Verification code"]).await;
        let app = Authenticator::of(&format!("otpauth://totp/Test:totp?secret={TOTP_SECRET}&issuer=Test"));
        stage.browser.press_keys(&app.code_at(stage.pool.now_secs())).await;
        stage.browser.press_key(Key::Enter).await;
        SignedInPage::shown(widget).await;
        widget.focus_on("heading You are signed in").await;
        widget.tab_through(&["button Sign out"]).await;
    });
}

#[test]
fn a_new_account() {
    run(async |stage| {
        stage.is_secret(NEW_PASSWORD);
        let widget = LoginPage::open(stage, &[]).await.widget;
        let form = ["field Email", "field Password", "button Show password", "button Sign in", "button Create an account"];
        widget.tab_through(&form).await;
        stage.browser.press_key(Key::Space).await;
        widget.find(Kind::Heading, "Create your account").await;
        widget.focus_on("field Email").await;
        stage.browser.press_keys("new@example.com").await;
        widget.tab_through(&["field Password"]).await;
        stage.browser.press_keys(NEW_PASSWORD).await;
        widget.tab_through(&["button Show password", "button Create account", "button I already have an account"]).await;
        widget.tab_back_through(&["button Create account"]).await;
        stage.browser.press_key(Key::Enter).await;
        widget.find(Kind::Heading, "Confirm your account").await;
        widget.focus_on("field Verification code").await;
        widget.tab_through(&["button Confirm", "button Send a new code", "button Back to sign in"]).await;
        widget.tab_back_through(&["button Send a new code", "button Confirm", "field Verification code"]).await;
        stage.browser.press_keys(&stage.pool.mailed_code("new@example.com").await).await;
        stage.browser.press_key(Key::Enter).await;
        SignedInPage::shown(widget).await;
        widget.focus_on("heading You are signed in").await;
    });
}

#[test]
fn a_forgotten_password() {
    run(async |stage| {
        stage.is_secret(NEW_PASSWORD);
        let widget = LoginPage::open(stage, &[]).await.widget;
        let form = ["field Email", "field Password", "button Show password", "button Sign in", "button Create an account"];
        widget.tab_through(&form).await;
        widget.tab_through(&["button Forgot your password?"]).await;
        stage.browser.press_key(Key::Enter).await;
        widget.find(Kind::Heading, "Reset your password").await;
        widget.focus_on("field Email").await;
        stage.browser.press_keys("srp@example.com").await;
        widget.tab_through(&["button Send code", "button Back to sign in"]).await;
        widget.tab_back_through(&["button Send code"]).await;
        stage.browser.press_key(Key::Space).await;
        widget.find(Kind::Heading, "Choose a new password").await;
        widget.focus_on("field Verification code").await;
        stage.browser.press_keys(&stage.pool.mailed_code("srp@example.com").await).await;
        widget.tab_through(&["field New password"]).await;
        stage.browser.press_keys(NEW_PASSWORD).await;
        widget.tab_through(&["button Show password", "button Save new password", "button Send a new code"]).await;
        widget.tab_back_through(&["button Save new password"]).await;
        stage.browser.press_key(Key::Enter).await;
        SignedInPage::shown(widget).await;
        widget.focus_on("heading You are signed in").await;
    });
}

#[test]
fn a_choice_of_factors_with_the_arrows() {
    run(async |stage| {
        let widget = sign_in_by_keys(stage, "choose@example.com").await;
        widget.find(Kind::Heading, "Choose how to verify").await;
        widget.focus_on("field Authenticator app").await;
        for (key, factor) in [(Key::Down, "field Text message"), (Key::Down, "field Email"), (Key::Up, "field Text message")] {
            stage.browser.press_key(key).await;
            widget.focus_on(factor).await;
        }
        // The radio buttons are one stop, at the one that is chosen.
        widget.tab_through(&["button Continue", "button Back to sign in"]).await;
        widget.tab_back_through(&["button Continue", "field Text message"]).await;
        stage.browser.press_key(Key::Enter).await;
        CodePage::shown(widget, SMS_CODE).await;
        widget.focus_on("field Verification code").await;
    });
}
