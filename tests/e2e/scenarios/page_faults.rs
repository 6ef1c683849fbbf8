//! What a page does wrong, or cannot get, by the codes of the error event and of rejected promises.

use local_pool::seed::PASSWORD;
use serde_json::{Value, json};

use crate::{
    pages::{Kind, LoginPage, SignedInPage, Widget},
    stage::{Page, Stage, run, until},
};

/// The console has this much about it, which the end of the test looks for no more.
async fn console_says(stage: &Stage, text: &str) {
    let logged = stage.browser.log().await;
    assert!(logged.iter().any(|entry| entry["message"].as_str().is_some_and(|message| message.contains(text))), "{logged:#?}");
}

#[test]
fn a_program_that_is_not_where_the_page_says_is_told() {
    run(async |stage| {
        stage.open(&Page::login(&[("wasm-url", "/nowhere.wasm")])).await;
        let error = stage.error(1).await;
        assert_eq!((&error["code"], &error["retryable"]), (&json!("load_failed"), &json!(true)));
        console_says(stage, "wasm-url").await;
        let login = LoginPage::open(stage, &[("wasm-url", "/cognito-login_bg.wasm")]).await;
        login.sign_in("srp@example.com", PASSWORD).await;
        SignedInPage::shown(login.widget).await;
    });
}

#[test]
fn a_language_that_does_not_come_leaves_english() {
    run(async |stage| {
        stage.browser.devtools("Network.enable", json!({})).await;
        stage.browser.devtools("Network.setBlockedURLs", json!({ "urls": ["*/lang/*"] })).await;
        stage.open(&Page::login(&[]).lang("ja")).await;
        LoginPage::shown(Widget::login(stage)).await;
        assert_eq!(stage.error(1).await["code"], "language_failed");
        console_says(stage, "lang/ja").await;
        stage.browser.devtools("Network.setBlockedURLs", json!({ "urls": [] })).await;
        stage.browser.devtools("Network.disable", json!({})).await;
        stage.reload().await;
        Widget::login(stage).find(Kind::Heading, "サインイン").await;
    });
}

#[test]
fn endpoints_that_the_page_cannot_mean_are_told_before_anybody_waits() {
    run(async |stage| {
        stage.open(&Page::login(&[("endpoint", "https://cognito-idp.eu-central-1.amazonaws.com/")])).await;
        assert_eq!(stage.error(1).await["code"], "region_mismatch");
        stage.console_tells_faults(&["region_mismatch"]).await;

        // The page's policy allows the pool alone.
        let login = LoginPage::open(stage, &[("endpoint", "http://127.0.0.1:10/")]).await;
        login.sign_in("srp@example.com", PASSWORD).await;
        login.widget.alert("We could not reach the sign-in service. Check your connection and try again.").await;
        assert_eq!(stage.error(1).await["code"], "csp_blocked");
        console_says(stage, "csp_blocked").await;
        let noted = stage.browser.script("return seen.problems.splice(0)", &[]).await;
        let noted = noted.as_array().unwrap();
        assert!(!noted.is_empty() && noted.iter().all(|noted| noted.as_str().unwrap().contains("connect-src")), "{noted:?}");
        assert_eq!(stage.pool.operations(), [""; 0]);
    });
}

#[test]
fn functions_of_the_page_that_fail_are_told() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[]).await;
        login.widget.script("element.secretHash = () => { throw new Error('down'); }").await;
        login.sign_in("srp@example.com", PASSWORD).await;
        assert_eq!(stage.error(1).await["code"], "secret_hash_failed");
        stage.console_tells_faults(&["secret_hash_failed"]).await;
        assert_eq!(stage.pool.operations(), [""; 0]);

        let login = LoginPage::open(stage, &[]).await;
        let broken = "element.storageAdapter = { getItem() { throw new Error('full'); }, setItem() {}, removeItem() {} }";
        login.widget.script(broken).await;
        assert_eq!(stage.error(1).await["code"], "storage_adapter_failed");
        console_says(stage, "storageAdapter").await;
        LoginPage::shown(login.widget).await.sign_in("srp@example.com", PASSWORD).await;
        SignedInPage::shown(login.widget).await;
    });
}

/// What a promise that waits for the sign-in is rejected with, after `act`.
async fn rejected(widget: Widget<'_>, act: &str) -> Value {
    let body = format!(
        "const shown = element.show('signed-in').then(() => 'shown', (error) => error.code);
         return new Promise((resolve) => setTimeout(resolve)).then(() => {{ {act} }}).then(() => shown);"
    );
    widget.script(&body).await
}

#[test]
fn promises_that_cannot_be_kept_are_rejected_with_a_reason() {
    run(async |stage| {
        let hold = stage.pool.hold("InitiateAuth");
        let login = LoginPage::open(stage, &[]).await;
        assert_eq!(login.widget.script("return element.show('nonsense').catch((error) => error.code)").await, "screen_unknown");
        login.sign_in("srp@example.com", PASSWORD).await;
        stage.pool.wait_for("InitiateAuth", 1).await;
        assert_eq!(rejected(login.widget, "element.clientId = 'anotherclient'").await, "restarted");
        LoginPage::shown(login.widget).await.sign_in("srp@example.com", PASSWORD).await;
        stage.pool.wait_for("InitiateAuth", 2).await;
        assert_eq!(rejected(login.widget, "element.remove()").await, "not_on_page");
        drop(hold);
    });
}

#[test]
fn what_the_page_says_in_properties_reaches_person_and_pool() {
    run(async |stage| {
        stage.open(&Page::login(&[])).await;
        let widget = Widget::login(stage);
        widget.find(Kind::Heading, "Sign in").await;
        widget.script("element.messages = { 'sign-in.heading': 'Welcome' }").await;
        widget.find(Kind::Heading, "Welcome").await;
        widget.script("element.clientMetadata = { campaign: 'spring' }").await;
        stage.is_secret(PASSWORD);
        widget.fill("Email", "srp@example.com").await;
        widget.fill("Password", PASSWORD).await;
        widget.press("Sign in").await;
        SignedInPage::shown(widget).await;
        assert!(stage.pool.bodies().iter().any(|body| body.contains(r#""campaign":"spring""#)));
    });
}

#[test]
fn what_the_page_says_in_attributes_is_seen() {
    run(async |stage| {
        // The timer of the challenge is the app client's validity.
        let login = LoginPage::open(stage, &[("auth-flow", "CUSTOM_AUTH"), ("session-minutes", "7")]).await;
        let hears_timers = "window.delays = []; const { setTimeout } = window;
            window.setTimeout = (callback, millis, ...more) => { delays.push(millis); return setTimeout(callback, millis, ...more); }";
        stage.browser.script(hears_timers, &[]).await;
        login.sign_in("email-code@example.com", PASSWORD).await;
        login.widget.find(Kind::Heading, "Check your email").await;
        let seven_minutes =
            async || stage.browser.script("return delays.includes(7 * 60_000)", &[]).await.as_bool().filter(|is| *is);
        until("a timer of 7 minutes", seven_minutes).await;

        stage.open(&Page::login(&[("screen", "sign-up"), ("password-policy", "min=12 digit")])).await;
        let widget = Widget::login(stage);
        widget.find(Kind::Heading, "Create your account").await;
        let rules = "return [...seen.nodes(element)].filter((node) => node.localName === 'li').length";
        assert_eq!(widget.script(rules).await, 2);

        // One colour is enough to tell the two apart.
        let colour = "const card = [...seen.nodes(element)].find((node) => node.part?.contains('card')); return getComputedStyle(card).color";
        let mut colours = Vec::new();
        for theme in ["light", "dark"] {
            let login = LoginPage::open(stage, &[("theme", theme)]).await;
            colours.push(login.widget.script(colour).await);
        }
        assert_ne!(colours[0], colours[1]);
    });
}
