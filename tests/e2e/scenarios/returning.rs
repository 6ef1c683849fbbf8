//! A page that was frozen, or lay in the browser's cache of whole pages, and comes back: it goes by what is kept now.

use local_pool::seed::PASSWORD;
use serde_json::json;

use super::signed_in;
use crate::{
    pages::{LoginPage, SignedInPage, Widget},
    stage::{Page, Stage, run, until},
};

const USER: &str = "srp@example.com";
const REFRESH: &str = "GetTokensFromRefreshToken";
const LOCAL: [(&str, &str); 1] = [("storage", "local")];
const AN_HOUR: &str = "seen.clockAhead += 3600_000";
const TOKEN: &str = "return element.getTokens().then((tokens) => tokens.accessToken)";

/// Freezes the present tab's page, or lets it go on.
async fn set_lifecycle(stage: &Stage, state: &str) {
    stage.browser.devtools("Page.setWebLifecycleState", json!({ "state": state })).await;
}

/// Has the page note that it was frozen, and that it came out of the browser's cache.
async fn note_ways(stage: &Stage) {
    let note = "window.ways = [];
        document.addEventListener('freeze', () => ways.push('frozen'));
        document.addEventListener('resume', () => ways.push('resumed'));
        addEventListener('pageshow', (event) => ways.push(event.persisted ? 'cached' : 'loaded'));";
    stage.browser.script(note, &[]).await;
}

async fn came_back_by(stage: &Stage, way: &str) {
    until(format!("the page that is {way}"), async || {
        let ways = stage.browser.script("return window.ways ?? ['loaded anew']", &[]).await;
        ways.as_array().is_some_and(|ways| ways.contains(&json!(way))).then_some(())
    })
    .await;
}

#[test]
fn a_frozen_page_whose_session_went_meanwhile_shows_the_form() {
    run(async |stage| {
        let page = signed_in(stage, &[]).await;
        note_ways(stage).await;
        set_lifecycle(stage, "frozen").await;
        came_back_by(stage, "frozen").await;
        // As another library does, of which no event tells.
        stage.browser.devtools("Runtime.evaluate", json!({ "expression": "sessionStorage.clear()" })).await;
        set_lifecycle(stage, "active").await;
        came_back_by(stage, "resumed").await;
        assert_eq!(stage.browser.script("return ways", &[]).await, json!(["frozen", "resumed"]));
        LoginPage::shown(page.widget).await;
        assert_eq!(stage.event("signed-out").await, json!({ "reason": "elsewhere" }));
    });
}

#[test]
fn a_frozen_page_takes_the_tokens_that_another_tab_refreshed() {
    run(async |stage| {
        let page = signed_in(stage, &LOCAL).await;
        let before = page.widget.script(TOKEN).await;
        note_ways(stage).await;
        // For both tabs.
        stage.browser.script(AN_HOUR, &[]).await;
        set_lifecycle(stage, "frozen").await;
        stage.open_tab(&Page::login(&LOCAL)).await;
        let tabs = stage.browser.tabs().await;
        SignedInPage::shown(page.widget).await;
        let renewed = page.widget.script(&format!("{AN_HOUR}; {TOKEN}")).await;
        assert_ne!(renewed, before);
        assert_eq!(stage.pool.count(REFRESH), 1);

        stage.browser.switch_to(&tabs[0]).await;
        set_lifecycle(stage, "active").await;
        came_back_by(stage, "resumed").await;
        assert_eq!(page.widget.script(TOKEN).await, renewed);
        assert_eq!(stage.pool.count(REFRESH), 1);
    });
}

#[test]
fn a_page_out_of_the_browsers_cache_follows_a_sign_out_and_a_sign_in() {
    run(async |stage| {
        for page in [Page::login(&LOCAL), Page::login(&LOCAL).with_adapter()] {
            stage.open(&page).await;
            let login = LoginPage::shown(Widget::login(stage)).await;
            login.sign_in(USER, PASSWORD).await;
            let here = SignedInPage::shown(login.widget).await;
            note_ways(stage).await;
            stage.open(&page).await;
            let next = SignedInPage::shown(Widget::login(stage)).await;
            next.sign_out().await;
            LoginPage::shown(next.widget).await;
            stage.event("signed-out").await;
            stage.browser.back().await;
            came_back_by(stage, "cached").await;
            let login = LoginPage::shown(here.widget).await;
            assert_eq!(stage.event("signed-out").await, json!({ "reason": "elsewhere" }));

            note_ways(stage).await;
            stage.open(&page).await;
            let next = LoginPage::shown(Widget::login(stage)).await;
            next.sign_in(USER, PASSWORD).await;
            SignedInPage::shown(next.widget).await;
            stage.event("signed-in").await;
            stage.browser.back().await;
            came_back_by(stage, "cached").await;
            let here = SignedInPage::shown(login.widget).await;
            assert_eq!(stage.events_of("signed-in").await.len(), 2);
            here.sign_out().await;
            LoginPage::shown(here.widget).await;
        }
    });
}
