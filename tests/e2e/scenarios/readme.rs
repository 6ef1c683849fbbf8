//! What the README tells page authors to write.

use local_pool::seed::PASSWORD;
use serde_json::json;

use crate::{
    pages::{LoginPage, SignedInPage, Widget},
    stage::{Page, run},
};

#[test]
fn the_example_for_pages_signs_in_and_greets() {
    run(async |stage| {
        stage.open(&Page::of_readme()).await;
        let login = LoginPage::shown(Widget::login(stage)).await;
        login.widget.script("window.said = []; console.log = (...words) => said.push(words.join(' '))").await;
        login.sign_in("srp@example.com", PASSWORD).await;
        SignedInPage::shown(login.widget).await;
        assert_eq!(stage.browser.script("return said", &[]).await, json!(["Hello, srp@example.com"]));
    });
}
