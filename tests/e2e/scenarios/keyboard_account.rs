//! The account without a mouse: whoever leaves a form goes on where they were.

use fantoccini::key::Key;
use local_pool::seed::PASSWORD;

use super::account_of;
use crate::{
    pages::{AccountPage, Authenticator, Kind, TotpSetupPage, Widget},
    stage::{Stage, run},
};

/// Signed in, with the focus on the account's first button.
async fn at_first_button(stage: &Stage) -> Widget<'_> {
    let account = account_of(stage, "srp@example.com", &[]).await.widget;
    Widget::login(stage).focus_on("heading You are signed in").await;
    account.tab_through(&["button Sign out", "button Change password"]).await;
    account
}

/// Presses the button that has the focus, and waits for a screen.
async fn go(widget: Widget<'_>, key: Key, heading: &str) {
    widget.stage.browser.press_key(key).await;
    widget.find(Kind::Heading, heading).await;
}

#[test]
fn a_form_that_is_cancelled_gives_the_focus_back() {
    run(async |stage| {
        let widget = at_first_button(stage).await;
        go(widget, Key::Enter, "Change your password").await;
        widget.focus_on("field Current password").await;
        stage.browser.press_keys(PASSWORD).await;
        let form = ["button Show password", "field New password", "button Show password", "button Save new password"];
        widget.tab_through(&form).await;
        widget.tab_through(&["button Cancel"]).await;
        go(widget, Key::Space, "Your account").await;
        widget.focus_on("button Change password").await;

        let buttons = ["button Set up authenticator app", "button Contact details", "button Turn on email codes"];
        widget.tab_through(&buttons).await;
        widget.tab_through(&["button Change email"]).await;
        go(widget, Key::Enter, "Your email address").await;
        widget.focus_on("field Email").await;
        widget.tab_through(&["button Save", "button Cancel"]).await;
        go(widget, Key::Enter, "Your account").await;
        widget.focus_on("button Change email").await;
    });
}

#[test]
fn an_account_is_deleted() {
    run(async |stage| {
        let widget = at_first_button(stage).await;
        let buttons = ["button Set up authenticator app", "button Contact details", "button Turn on email codes"];
        widget.tab_through(&buttons).await;
        widget.tab_through(&["button Change email", "button Add phone number", "button Sign out on all devices"]).await;
        widget.tab_through(&["button Delete account"]).await;
        go(widget, Key::Enter, "Delete your account?").await;
        widget.focus_on("heading Delete your account?").await;
        widget.tab_through(&["button Yes, delete my account", "button Cancel"]).await;
        go(widget, Key::Enter, "Your account").await;
        widget.focus_on("button Delete account").await;

        go(widget, Key::Enter, "Delete your account?").await;
        widget.focus_on("heading Delete your account?").await;
        widget.tab_through(&["button Yes, delete my account"]).await;
        stage.browser.press_key(Key::Enter).await;
        widget.status("Your account is deleted.").await;
        widget.focus_on("heading Your account").await;
    });
}

#[test]
fn an_authenticator_app_is_set_up() {
    run(async |stage| {
        stage.pool.begin_totp_step();
        let widget = at_first_button(stage).await;
        widget.tab_through(&["button Set up authenticator app"]).await;
        for (key, is_cancelled) in [(Key::Enter, true), (Key::Space, false)] {
            stage.browser.press_key(key).await;
            TotpSetupPage::shown(widget).await;
            widget.focus_on("heading Set up your authenticator app").await;
            let form = ["button Copy setup key", "field Verification code", "button Verify and turn on", "button Cancel"];
            widget.tab_through(&form).await;
            if is_cancelled {
                go(widget, Key::Enter, "Your account").await;
                widget.focus_on("button Set up authenticator app").await;
            }
        }
        widget.tab_back_through(&["button Verify and turn on", "field Verification code"]).await;
        let secret = TotpSetupPage { widget }.setup_key().await.replace(' ', "");
        stage.is_secret(&secret);
        let app = Authenticator::of(&format!("otpauth://totp/Test:srp?secret={secret}&issuer=Test"));
        stage.browser.press_keys(&app.code_at(stage.pool.now_secs())).await;
        stage.browser.press_key(Key::Enter).await;
        AccountPage::shown(widget).await;
        widget.focus_on("heading Your account").await;
    });
}
