//! A store of the browser's that is full, truly: the session goes on in the page's memory, and the page is told.

use local_pool::seed::PASSWORD;
use serde_json::json;

use super::signed_in;
use crate::{
    pages::{LoginPage, SignedInPage, Widget},
    stage::{Page, Stage, run},
};

const USER: &str = "srp@example.com";
const UNAVAILABLE: &str = "storage_unavailable";

/// Fills a store of the browser's up to the last character.
async fn fill(stage: &Stage, store: &str) {
    let fill = "const store = window[arguments[0]];
        for (let size = 1 << 22, count = 0; size >= 1; ) {
          try {
            store.setItem(`filler${count}`, 'x'.repeat(size));
            count += 1;
          } catch (error) {
            if (error.name !== 'QuotaExceededError') throw error;
            size >>= 1;
          }
        }
        return Object.keys(store).length;";
    let fillers = stage.browser.script(fill, &[json!(store)]).await;
    assert!(fillers.as_u64() > Some(0), "{fillers}");
}

/// What the store has of the session.
async fn kept(stage: &Stage, store: &str) -> Vec<String> {
    let keys = stage.storage(store).await.into_iter().map(|(key, _)| key);
    keys.filter(|key| !key.starts_with("filler")).collect()
}

async fn codes(stage: &Stage) -> Vec<serde_json::Value> {
    stage.events_of("error").await.into_iter().map(|error| error["code"].clone()).collect()
}

#[test]
fn a_store_that_fills_up_before_the_sign_in_costs_the_reload_and_not_the_sign_in() {
    run(async |stage| {
        for (storage, store) in [("session", "sessionStorage"), ("local", "localStorage")] {
            let login = LoginPage::open(stage, &[("storage", storage)]).await;
            assert_eq!(codes(stage).await, [""; 0], "there was room");
            fill(stage, store).await;
            login.sign_in(USER, PASSWORD).await;
            let page = SignedInPage::shown(login.widget).await;
            assert_eq!(stage.event("signed-in").await["claims"]["email"], USER);
            assert_eq!(codes(stage).await, [UNAVAILABLE]);
            assert_eq!(kept(stage, store).await, [""; 0], "no half of a session");
            let refreshes = stage.pool.count("GetTokensFromRefreshToken");
            let refreshed = "seen.clockAhead += 3600_000; return element.getTokens().then(Object.keys)";
            assert_eq!(page.widget.script(refreshed).await, json!(["idToken", "accessToken", "expiresAt"]));
            assert_eq!(stage.pool.count("GetTokensFromRefreshToken"), refreshes + 1);

            // It ends as any other, and the next one finds room.
            page.sign_out().await;
            let login = LoginPage::shown(page.widget).await;
            stage.browser.script("window[arguments[0]].clear()", &[json!(store)]).await;
            login.sign_in(USER, PASSWORD).await;
            SignedInPage::shown(login.widget).await;
            assert_eq!(kept(stage, store).await.len(), 6);
            assert_eq!(codes(stage).await, [UNAVAILABLE], "told once");
            stage.reload().await;
            let page = SignedInPage::shown(Widget::login(stage)).await;
            page.sign_out().await;
            LoginPage::shown(page.widget).await;
        }
    });
}

#[test]
fn a_reload_after_a_full_store_asks_for_another_sign_in() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[("storage", "session")]).await;
        fill(stage, "sessionStorage").await;
        login.sign_in(USER, PASSWORD).await;
        SignedInPage::shown(login.widget).await;
        stage.reload().await;
        LoginPage::shown(Widget::login(stage)).await;
    });
}

#[test]
fn a_store_that_fills_up_during_the_session_keeps_it_through_a_refresh() {
    run(async |stage| {
        let page = signed_in(stage, &[("storage", "local")]).await;
        stage.open_tab(&Page::login(&[("storage", "local")])).await;
        SignedInPage::shown(page.widget).await;
        fill(stage, "localStorage").await;
        let token = "seen.clockAhead += 3600_000; return element.getTokens().then((tokens) => tokens.accessToken)";
        let renewed = page.widget.script(token).await;
        assert!(renewed.as_str().is_some_and(|token| token.len() > 100), "{renewed}");
        // In the store, or in the memory and told.
        let is_kept = kept(stage, "localStorage").await.iter().any(|key| key.ends_with(".accessToken"));
        assert_eq!(is_kept, codes(stage).await.is_empty());
        page.sign_out().await;
        LoginPage::shown(page.widget).await;
        assert_eq!(kept(stage, "localStorage").await, [""; 0]);
    });
}
