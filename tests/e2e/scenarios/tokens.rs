//! `getTokens()`: fresh tokens, refreshed once for everybody who asks.

use std::collections::BTreeSet;

use local_pool::seed::PASSWORD;
use serde_json::{Value, json};

use super::{member_names, signed_in};
use crate::{
    pages::{LoginPage, SignedInPage, Widget},
    stage::{Page, Stage, run, run_with},
};

const REFRESH: &str = "GetTokensFromRefreshToken";
/// The tokens of a default pool live an hour.
const ALMOST_AN_HOUR: &str = "seen.clockAhead = 1000 * (3600 - 30)";

async fn tokens(widget: Widget<'_>) -> Value {
    widget.script("return element.getTokens()").await
}

/// The claims of a JWT.
async fn claims(stage: &Stage, jwt: &Value) -> Value {
    let decode = "return JSON.parse(atob(arguments[0].split('.')[1].replace(/-/g, '+').replace(/_/g, '/')))";
    stage.browser.script(decode, std::slice::from_ref(jwt)).await
}

#[test]
fn tokens_are_for_apis_and_the_refresh_token_is_for_nobody() {
    run(async |stage| {
        let page = signed_in(stage, &[]).await;
        let tokens = tokens(page.widget).await;
        assert_eq!(member_names(&tokens), BTreeSet::from(["accessToken", "expiresAt", "idToken"]));
        let access = claims(stage, &tokens["accessToken"]).await;
        assert_eq!(access["token_use"], "access");
        assert_eq!(claims(stage, &tokens["idToken"]).await["token_use"], "id");
        let difference = tokens["expiresAt"].as_f64().unwrap() - 1000.0 * access["exp"].as_f64().unwrap();
        assert!(difference.abs() < 5000.0, "{difference}");
        assert_eq!(stage.pool.count(REFRESH), 0);
    });
}

#[test]
fn nobody_signed_in_means_no_tokens() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[]).await;
        let refused = login.widget.script("return element.getTokens().catch((error) => [error.code, error.message])").await;
        assert_eq!(refused, json!(["not_signed_in", "You are not signed in."]));
    });
}

#[test]
fn stale_tokens_are_refreshed_once_however_many_ask() {
    run(async |stage| {
        let page = signed_in(stage, &[]).await;
        let old = tokens(page.widget).await;
        page.widget.script(ALMOST_AN_HOUR).await;
        let new = page.widget.script("return Promise.all([1, 2, 3].map(() => element.getTokens()))").await;
        assert_eq!(stage.pool.count(REFRESH), 1);
        assert_ne!(new[0]["accessToken"], old["accessToken"]);
        assert_eq!((&new[1], &new[2]), (&new[0], &new[0]));
        assert_eq!(stage.event("tokens-refreshed").await, json!({}));
        // What was kept is new as well.
        let stored = stage.storage("sessionStorage").await;
        assert!(stored.iter().any(|(_, value)| *value == new[0]["accessToken"]));
        tokens(page.widget).await;
        assert_eq!(stage.pool.count(REFRESH), 1);
    });
}

#[test]
fn two_elements_of_a_page_refresh_once() {
    run(async |stage| {
        stage.open(&Page::login(&[("id", "one")]).with("cognito-login", &[("id", "two")])).await;
        let one = Widget::at(stage, "#one");
        LoginPage::shown(one).await.sign_in("srp@example.com", PASSWORD).await;
        SignedInPage::shown(one).await;
        SignedInPage::shown(Widget::at(stage, "#two")).await;
        let hold = stage.pool.hold(REFRESH);
        let ask = "seen.clockAhead = 1000 * (3600 - 30);
            seen.tokens = Promise.all(['one', 'two'].map((id) => document.getElementById(id).getTokens()));";
        stage.browser.script(ask, &[]).await;
        stage.pool.wait_for(REFRESH, 1).await;
        drop(hold);
        let tokens = stage.browser.script("return seen.tokens", &[]).await;
        assert_eq!(tokens[0], tokens[1]);
        assert_eq!(stage.pool.count(REFRESH), 1);
    });
}

/// Where refresh tokens rotate, the second to use one ends the session: tabs must not both refresh.
#[test]
fn two_tabs_refresh_once() {
    tabs_refresh_once(&Page::login(&[("storage", "local")]));
}

#[test]
fn two_tabs_refresh_once_without_web_locks() {
    tabs_refresh_once(&Page::login(&[("storage", "local")]).without_locks());
}

fn tabs_refresh_once(page: &Page) {
    let rotating =
        |pool: local_pool::Builder| pool.with_client(local_pool::seed::CLIENT, |client| client.refresh_token_rotation = true);
    run_with(rotating, async |stage| {
        stage.open(page).await;
        let widget = Widget::login(stage);
        LoginPage::shown(widget).await.sign_in("srp@example.com", PASSWORD).await;
        SignedInPage::shown(widget).await;
        stage.open_tab(page).await;
        SignedInPage::shown(widget).await;
        let tabs = stage.browser.tabs().await;

        let hold = stage.pool.hold(REFRESH);
        let ask = "seen.clockAhead = 1000 * (3600 - 30); seen.tokens = document.querySelector('cognito-login').getTokens();";
        for tab in &tabs {
            stage.browser.switch_to(tab).await;
            stage.browser.script(ask, &[]).await;
        }
        stage.pool.wait_for(REFRESH, 1).await;
        drop(hold);
        let mut tokens = Vec::new();
        for tab in &tabs {
            stage.browser.switch_to(tab).await;
            let mut got = stage.browser.script("return seen.tokens", &[]).await;
            // Each computes the time for itself.
            got.as_object_mut().unwrap().remove("expiresAt");
            tokens.push(got);
        }
        assert_eq!(tokens[0], tokens[1]);
        assert_eq!(stage.pool.count(REFRESH), 1);

        // And the session goes on: the rotated token works.
        stage.browser.script("seen.clockAhead += 3600_000", &[]).await;
        assert_ne!(
            widget.script("return element.getTokens().then((tokens) => tokens.accessToken)").await,
            tokens[1]["accessToken"]
        );
        assert_eq!(stage.pool.count(REFRESH), 2);
    });
}

#[test]
fn a_reload_with_stale_tokens_refreshes_before_anybody_is_told() {
    let short =
        |pool: local_pool::Builder| pool.with(|settings| settings.access_token_validity = std::time::Duration::from_secs(50));
    run_with(short, async |stage| {
        let page = signed_in(stage, &[]).await;
        stage.reload().await;
        SignedInPage::shown(page.widget).await;
        assert_eq!(stage.pool.count(REFRESH), 1);
        let kinds: Vec<String> = stage.events().await.into_iter().map(|event| event.kind).collect();
        let at = |kind: &str| kinds.iter().position(|seen| seen == kind).unwrap();
        assert!(at("cognito-login-tokens-refreshed") < at("cognito-login-signed-in"), "{kinds:?}");
    });
}
