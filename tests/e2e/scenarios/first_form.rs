//! What a person does before the WebAssembly is there.

use fantoccini::key::Key;
use local_pool::seed::PASSWORD;

use crate::{
    pages::{Kind, LoginPage, SignedInPage, Widget},
    stage::{Page, run},
};

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
