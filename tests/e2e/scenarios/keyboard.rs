//! Without a mouse.

use fantoccini::key::Key;
use local_pool::seed::PASSWORD;

use crate::{
    pages::{CodePage, EMAIL_CODE, LoginPage, SignedInPage, other_than},
    stage::run,
};

#[test]
fn everything_works_from_the_keyboard_and_the_focus_is_where_the_person_goes_on() {
    run(async |stage| {
        let browser = &stage.browser;
        let login = LoginPage::open(stage, &[("auth-flow", "CUSTOM_AUTH")]).await;
        let widget = login.widget;
        assert_eq!(widget.focused().await, "body", "the element takes no focus by itself");
        browser.press_key(Key::Tab).await;
        widget.focus_on("field Email").await;
        // An empty form: Enter submits it, and the focus goes where something is missing.
        browser.press_key(Key::Enter).await;
        widget.alert("Enter your email address.").await;
        widget.focus_on("field Email").await;
        browser.type_text("email-code@example.com").await;
        browser.press_key(Key::Enter).await;
        widget.alert("Enter your password.").await;
        widget.focus_on("field Password").await;

        // From the name, one Tab leads to the password.
        widget.script("element.shadowRoot.querySelector('input').focus()").await;
        browser.press_key(Key::Tab).await;
        widget.focus_on("field Password").await;
        browser.type_text(PASSWORD).await;
        browser.press_key(Key::Tab).await;
        widget.focus_on("button Show password").await;
        browser.press_key(Key::Space).await;
        assert_eq!(widget.attribute("Password", "type").await.as_deref(), Some("text"));
        browser.press_key(Key::Tab).await;
        widget.focus_on("button Sign in").await;
        browser.press_key(Key::Enter).await;

        let page = CodePage::shown(widget, EMAIL_CODE).await;
        widget.focus_on("field Verification code").await;
        let code = stage.pool.mailed_code("email-code@example.com").await;
        browser.type_text(&other_than(&code)).await;
        browser.press_key(Key::Enter).await;
        widget.alert("That code is not right. Check it and try again.").await;
        widget.focus_on("field Verification code").await;
        assert_eq!(page.code().await, "");
        for button in ["Verify", "Send a new code", "Back to sign in"] {
            browser.press_key(Key::Tab).await;
            widget.focus_on(&format!("button {button}")).await;
        }
        browser.press_key(Key::Enter).await;
        LoginPage::shown(widget).await;
        widget.focus_on("field Password").await;

        browser.type_text(PASSWORD).await;
        browser.press_key(Key::Enter).await;
        CodePage::shown(widget, EMAIL_CODE).await;
        widget.focus_on("field Verification code").await;
        browser.type_text(&stage.pool.mailed_code("email-code@example.com").await).await;
        browser.press_key(Key::Enter).await;
        SignedInPage::shown(widget).await;
        widget.focus_on("heading You are signed in").await;
        browser.press_key(Key::Tab).await;
        widget.focus_on("button Sign out").await;
        browser.press_key(Key::Space).await;
        LoginPage::shown(widget).await;
        widget.focus_on("field Email").await;
    });
}

#[test]
fn enter_twice_sends_once() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[]).await;
        login.widget.fill("Email", "srp@example.com").await;
        login.widget.fill("Password", PASSWORD).await;
        for _ in 0..3 {
            stage.browser.press_key(Key::Enter).await;
        }
        SignedInPage::shown(login.widget).await;
        assert_eq!(stage.pool.count("InitiateAuth"), 1);
    });
}
