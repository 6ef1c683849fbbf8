//! What a person does before the WebAssembly is there.

use fantoccini::key::Key;
use local_pool::seed::PASSWORD;

use super::email_code::{EMAIL, FLOW};
use crate::{
    pages::{CodePage, EMAIL_CODE, Kind, LoginPage, SignedInPage, Widget},
    stage::{Page, Stage, run, until},
};

/// Loads the page anew, and counts what can be filled in before the WebAssembly is there, which then comes.
async fn fields_at_first(stage: &Stage) -> i64 {
    stage.reload().await;
    fields_before_wasm(stage).await
}

/// Counts what can be filled in before the WebAssembly is there, which then comes.
pub(super) async fn fields_before_wasm(stage: &Stage) -> i64 {
    let widget = Widget::login(stage);
    until("the WebAssembly to be asked for", async || {
        widget.script("return window.seen.wasmWaits").await.as_bool().filter(|waits| *waits)
    })
    .await;
    let fields = widget.script("return element.shadowRoot.querySelectorAll('input').length").await;
    widget.script("window.seen.letWasmGo()").await;
    fields.as_i64().unwrap()
}

#[test]
fn whoever_is_faster_than_the_webassembly_is_signed_in_once() {
    run(async |stage| {
        stage.is_secret(PASSWORD);
        stage.open(&Page::login(&[]).with_late_wasm()).await;
        let browser = &stage.browser;
        let login = LoginPage::shown(Widget::login(stage)).await;
        browser.press_key(Key::Tab).await;
        browser.type_text("srp@example.com").await;
        browser.press_key(Key::Tab).await;
        browser.type_text(PASSWORD).await;
        browser.press_key(Key::Enter).await;
        browser.press_key(Key::Enter).await;
        let busy = login.widget.script("return element.shadowRoot.querySelectorAll('[aria-busy=true]').length").await;
        assert_eq!(busy, 2, "the screen and its button are seen to wait");
        assert_eq!(stage.pool.operations(), Vec::<String>::new());
        login.widget.script("window.seen.letWasmGo()").await;
        SignedInPage::shown(login.widget).await;
        login.widget.gone(Kind::Field, "Email").await;
        assert_eq!(stage.pool.operations(), ["InitiateAuth", "RespondToAuthChallenge"]);
    });
}

#[test]
fn whoever_is_signed_in_sees_no_form_first() {
    run(async |stage| {
        for storage in ["session", "local", "memory"] {
            stage.open(&Page::login(&[("storage", storage)]).with_late_wasm()).await;
            let widget = Widget::login(stage);
            widget.script("window.seen.letWasmGo()").await;
            LoginPage::shown(widget).await.sign_in("srp@example.com", PASSWORD).await;
            SignedInPage::shown(widget).await;
            let fields = fields_at_first(stage).await;
            if storage == "memory" {
                assert_eq!(fields, 2, "nothing was kept");
                LoginPage::shown(widget).await;
            } else {
                assert_eq!(fields, 0, "with the session in {storage}");
                SignedInPage::shown(widget).await.sign_out().await;
                LoginPage::shown(widget).await;
                assert_eq!(fields_at_first(stage).await, 2, "signed out");
            }
        }
    });
}

#[test]
fn whoever_is_asked_for_a_code_sees_no_form_first() {
    run(async |stage| {
        stage.open(&Page::login(FLOW).with_late_wasm()).await;
        let widget = Widget::login(stage);
        widget.script("window.seen.letWasmGo()").await;
        LoginPage::shown(widget).await.sign_in(EMAIL, PASSWORD).await;
        let page = CodePage::shown(widget, EMAIL_CODE).await;
        let code = stage.pool.mailed_code(EMAIL).await;
        stage.is_secret(&code);
        assert_eq!(fields_at_first(stage).await, 0);
        let page = CodePage::shown(page.widget, EMAIL_CODE).await;
        page.enter(&code).await;
        SignedInPage::shown(page.widget).await;
    });
}
