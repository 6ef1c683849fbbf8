//! What is kept of a sign-in, and how it ends.

use local_pool::seed::{CLIENT, PASSWORD};
use serde_json::json;

use super::signed_in;
use crate::{
    pages::{Kind, LoginPage, SignedInPage, Widget},
    stage::{Page, run, until},
};

const REVOKE: &str = "RevokeToken";

#[test]
fn a_reload_keeps_the_session_where_the_page_wants_it_kept() {
    run(async |stage| {
        for storage in ["session", "local"] {
            let page = signed_in(stage, &[("storage", storage)]).await;
            let requests = stage.pool.operations().len();
            stage.reload().await;
            let page = SignedInPage::shown(page.widget).await;
            page.widget.find(Kind::Text, "srp@example.com").await;
            assert_eq!(stage.event("signed-in").await["claims"]["email"], "srp@example.com");
            assert_eq!(stage.pool.operations().len(), requests, "fresh tokens need no request");
            page.sign_out().await;
            LoginPage::shown(page.widget).await;
        }
        let page = signed_in(stage, &[("storage", "memory")]).await;
        assert_eq!(stage.storage("sessionStorage").await, []);
        assert_eq!(stage.storage("localStorage").await, []);
        stage.reload().await;
        LoginPage::shown(page.widget).await;
    });
}

#[test]
fn the_store_has_amplifys_layout_and_nothing_else() {
    run(async |stage| {
        for (attribute, used, unused) in
            [("session", "sessionStorage", "localStorage"), ("local", "localStorage", "sessionStorage")]
        {
            let page = signed_in(stage, &[("storage", attribute)]).await;
            let username = stage.event("signed-in").await["username"].as_str().unwrap().to_owned();
            let entries = stage.storage(used).await;
            let prefix = format!("CognitoIdentityServiceProvider.{CLIENT}");
            let mut expected = vec![format!("{prefix}.LastAuthUser")];
            for name in ["accessToken", "clockDrift", "idToken", "refreshToken", "signInDetails"] {
                expected.push(format!("{prefix}.{username}.{name}"));
            }
            expected.sort();
            assert_eq!(entries.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>(), expected);
            let value = |name: &str| &entries.iter().find(|(key, _)| key.ends_with(name)).unwrap().1;
            assert_eq!(*value("LastAuthUser"), username);
            for token in ["accessToken", "idToken"] {
                assert_eq!(value(token).split('.').count(), 3, "{token} is a JWT");
            }
            let drift: i64 = value("clockDrift").parse().unwrap();
            assert!(drift.abs() < 60_000, "{drift}");
            let details: serde_json::Value = serde_json::from_str(value("signInDetails")).unwrap();
            assert_eq!(details["loginId"], "srp@example.com");
            assert!(entries.iter().all(|(_, value)| !value.contains(PASSWORD)));
            assert_eq!(stage.storage(unused).await, []);

            page.sign_out().await;
            LoginPage::shown(page.widget).await;
            assert_eq!(stage.storage(used).await, [], "nothing is left");
        }
    });
}

#[test]
fn the_button_signs_out_and_revokes() {
    run(async |stage| {
        let page = signed_in(stage, &[]).await;
        let (_, refresh_token) =
            stage.storage("sessionStorage").await.into_iter().find(|(key, _)| key.ends_with(".refreshToken")).unwrap();
        page.sign_out().await;
        let login = LoginPage::shown(page.widget).await;
        assert_eq!(stage.event("signed-out").await, json!({ "reason": "requested" }));
        stage.pool.wait_for(REVOKE, 1).await;
        assert!(stage.pool.bodies().last().unwrap().contains(&refresh_token));
        // The next person starts with an empty form.
        assert_eq!((login.name().await.as_str(), login.password().await.as_str()), ("", ""));
        login.widget.focus_on("field Email").await;
    });
}

#[test]
fn the_page_signs_out_on_this_device_or_on_all() {
    run(async |stage| {
        let page = signed_in(stage, &[]).await;
        assert_eq!(page.widget.script("return element.signOut().then(() => 'done')").await, "done");
        LoginPage::shown(page.widget).await;
        assert_eq!(stage.event("signed-out").await, json!({ "reason": "requested" }));
        stage.pool.wait_for(REVOKE, 1).await;
        assert_eq!(stage.pool.count("GlobalSignOut"), 0);

        let page = signed_in(stage, &[]).await;
        assert_eq!(page.widget.script("return element.signOut({ global: true }).then(() => 'done')").await, "done");
        LoginPage::shown(page.widget).await;
        assert_eq!(stage.event("signed-out").await, json!({ "reason": "requested" }));
        assert_eq!(stage.pool.count("GlobalSignOut"), 1);
        assert_eq!(stage.storage("sessionStorage").await, []);
    });
}

#[test]
fn other_tabs_follow_a_sign_in_and_a_sign_out() {
    run(async |stage| {
        let page = Page::login(&[("storage", "local")]);
        stage.open(&page).await;
        LoginPage::shown(Widget::login(stage)).await;
        stage.open_tab(&page).await;
        let tabs = stage.browser.tabs().await;
        let login = LoginPage::shown(Widget::login(stage)).await;
        login.sign_in("srp@example.com", PASSWORD).await;
        SignedInPage::shown(login.widget).await;

        stage.browser.switch_to(&tabs[0]).await;
        let here = SignedInPage::shown(login.widget).await;
        assert_eq!(stage.event("signed-in").await["claims"]["email"], "srp@example.com");
        here.sign_out().await;
        LoginPage::shown(here.widget).await;

        stage.browser.switch_to(&tabs[1]).await;
        LoginPage::shown(here.widget).await;
        assert_eq!(stage.event("signed-out").await, json!({ "reason": "elsewhere" }));
        stage.pool.wait_for(REVOKE, 1).await;
        assert_eq!(stage.pool.count(REVOKE), 1, "one of them revokes");
    });
}

#[test]
fn a_service_that_hangs_leaves_nobody_signed_in() {
    run(async |stage| {
        let page = Page::login(&[("storage", "local")]);
        stage.open(&page).await;
        let login = LoginPage::shown(Widget::login(stage)).await;
        login.sign_in("srp@example.com", PASSWORD).await;
        let here = SignedInPage::shown(login.widget).await;
        stage.open_tab(&page).await;
        let tabs = stage.browser.tabs().await;
        SignedInPage::shown(login.widget).await;

        stage.browser.switch_to(&tabs[0]).await;
        let hold = stage.pool.hold(REVOKE);
        here.sign_out().await;
        LoginPage::shown(here.widget).await;
        stage.pool.wait_for(REVOKE, 1).await;
        assert_eq!(stage.storage("localStorage").await, []);
        // This tab, one that is open, and one that comes.
        stage.reload().await;
        LoginPage::shown(here.widget).await;
        stage.browser.switch_to(&tabs[1]).await;
        LoginPage::shown(here.widget).await;
        assert_eq!(stage.event("signed-out").await, json!({ "reason": "elsewhere" }));
        stage.open_tab(&page).await;
        LoginPage::shown(here.widget).await;
        drop(hold);
    });
}

#[test]
fn a_sign_out_reaches_the_service_although_the_page_is_left_at_once() {
    run(async |stage| {
        let page = signed_in(stage, &[]).await;
        let (_, refresh_token) =
            stage.storage("sessionStorage").await.into_iter().find(|(key, _)| key.ends_with(".refreshToken")).unwrap();
        let leave = "document.addEventListener('cognito-login-signed-out', () => location.replace('about:blank'))";
        stage.browser.script(leave, &[]).await;
        page.sign_out().await;
        stage.pool.wait_for(REVOKE, 1).await;
        assert!(stage.pool.bodies().last().unwrap().contains(&refresh_token));
    });
}

#[test]
fn a_session_that_cannot_be_refreshed_ends_with_the_name_kept() {
    run(async |stage| {
        let page = signed_in(stage, &[]).await;
        // Thirty days later.
        let days = 31 * 24 * 3600;
        stage.pool.advance_secs(days);
        stage.browser.script("seen.clockAhead = 1000 * arguments[0]", &[json!(days)]).await;
        let refused = page.widget.script("return element.getTokens().catch((error) => error.code)").await;
        assert_eq!(refused, "session_ended");
        let login = LoginPage::shown(page.widget).await;
        login.widget.alert("Your session has ended. Please sign in again.").await;
        assert_eq!(login.name().await, "srp@example.com");
        assert_eq!(stage.event("signed-out").await, json!({ "reason": "expired" }));
        assert_eq!(stage.storage("sessionStorage").await, []);
    });
}

#[test]
fn a_browser_that_stores_nothing_signs_in_for_as_long_as_the_page_is_open() {
    run(async |stage| {
        for storage in ["session", "local"] {
            stage.open(&Page::login(&[("storage", storage)]).without_storage()).await;
            let login = LoginPage::shown(Widget::login(stage)).await;
            login.sign_in("srp@example.com", PASSWORD).await;
            let page = SignedInPage::shown(login.widget).await;
            let tokens = page.widget.script("return element.getTokens().then(Object.keys)").await;
            assert_eq!(tokens, json!(["idToken", "accessToken", "expiresAt"]));
            let told = stage.events_of("error").await;
            assert_eq!((told.len(), &told[0]["code"], &told[0]["retryable"]), (1, &json!("storage_unavailable"), &json!(false)));
            stage.reload().await;
            LoginPage::shown(page.widget).await;
        }
    });
}

#[test]
fn an_element_that_comes_back_finds_its_session() {
    run(async |stage| {
        let page = signed_in(stage, &[("storage", "memory")]).await;
        page.widget.script("window.kept = element; element.remove()").await;
        until("an empty element", async || {
            let empty = "return kept.shadowRoot.querySelectorAll('h2').length === 0";
            stage.browser.script(empty, &[]).await.as_bool().filter(|is_empty| *is_empty)
        })
        .await;
        stage.browser.script("document.body.append(kept)", &[]).await;
        SignedInPage::shown(page.widget).await;
    });
}
