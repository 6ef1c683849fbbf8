//! Name and password.

use std::collections::BTreeSet;

use local_pool::seed::{NAMED_CLIENT, NAMED_POOL, PASSWORD};
use serde_json::json;

use super::{member_names, signed_in};
use crate::{
    pages::{Kind, LoginPage, SignedInPage},
    stage::{Page, run, until},
};

const WRONG: &str = "Incorrect email or password.";

#[test]
fn the_right_password_signs_in_and_the_page_hears_who() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[]).await;
        // The form is there before the WebAssembly is.
        stage.event("ready").await;
        login.sign_in("srp@example.com", PASSWORD).await;
        let signed_in = SignedInPage::shown(login.widget).await;
        signed_in.widget.find(Kind::Text, "srp@example.com").await;

        let detail = stage.event("signed-in").await;
        assert_eq!(member_names(&detail), BTreeSet::from(["claims", "username"]));
        assert_eq!(detail["claims"]["email"], "srp@example.com");
        assert_eq!(detail["claims"]["cognito:username"], detail["username"]);
        assert_eq!(detail["claims"]["token_use"], "id");
        for kind in ["ready", "signed-in"] {
            assert_eq!(stage.events_of(kind).await.len(), 1, "{kind}");
        }
        let screens: Vec<_> = stage.events_of("screen").await;
        assert_eq!(screens.last(), Some(&json!({ "screen": "signed-in" })));
        // The password itself never leaves the browser.
        assert!(stage.pool.bodies().iter().all(|body| !body.contains(PASSWORD)));
        assert_eq!(stage.pool.operations(), ["InitiateAuth", "RespondToAuthChallenge"]);
    });
}

#[test]
fn a_wrong_password_says_so_and_keeps_what_was_typed() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[]).await;
        login.sign_in("srp@example.com", "not the password").await;
        login.widget.alert(WRONG).await;
        assert_eq!(login.name().await, "srp@example.com");
        assert_eq!(login.password().await, "not the password");
        assert_eq!(login.widget.attribute("Password", "aria-invalid").await.as_deref(), Some("true"));
        login.widget.focus_on("field Password").await;
        let service_code = "NotAuthorizedException";
        let error = json!({
            "code": "wrong_credentials", "message": WRONG, "screen": "sign-in", "retryable": true, "serviceCode": service_code,
        });
        assert_eq!(stage.event("error").await, error);

        // The form still works.
        login.sign_in("srp@example.com", PASSWORD).await;
        SignedInPage::shown(login.widget).await;
    });
}

#[test]
fn an_unknown_user_looks_like_a_wrong_password() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[]).await;
        login.sign_in("srp@example.com", "not the password").await;
        login.widget.alert(WRONG).await;
        let wrong_password = (stage.event("error").await, stage.pool.operations());

        stage.reload().await;
        let login = LoginPage::shown(login.widget).await;
        login.sign_in("nobody@example.com", "not the password").await;
        login.widget.alert(WRONG).await;
        let operations = stage.pool.operations()[wrong_password.1.len()..].to_vec();
        assert_eq!((stage.event("error").await, operations), wrong_password);
    });
}

#[test]
fn a_password_may_hold_any_characters() {
    let passwords = [
        (" leading and trailing spaces 1aA! ".to_owned(), "spaces@example.com"),
        ("パスワード１２３ですA1a!".to_owned(), "japanese@example.com"),
        ("🔑👩‍👩‍👧‍👦 1aA!".to_owned(), "emoji@example.com"),
        (format!("{}1aA!", "長い".repeat(126)), "long@example.com"),
    ];
    run(async |stage| {
        for (password, email) in &passwords {
            stage.pool.add_user(email, |user| user.password = password.as_str().into());
            let login = LoginPage::open(stage, &[("storage", "memory")]).await;
            login.widget.fill("Email", email).await;
            login.widget.click_into("Password").await;
            stage.browser.type_text(password).await;
            assert_eq!(login.password().await, *password);
            login.submit().await;
            SignedInPage::shown(login.widget).await;
        }
    });
}

#[test]
fn a_double_submit_sends_one_request() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[]).await;
        let hold = stage.pool.hold("InitiateAuth");
        login.sign_in("srp@example.com", PASSWORD).await;
        stage.pool.wait_for("InitiateAuth", 1).await;
        // Again with the button, and with Enter.
        login.submit().await;
        login.widget.type_into("Password", "\u{e007}").await;
        assert_eq!(login.widget.script("return seen.text().includes('Sign in')").await, true);
        drop(hold);
        SignedInPage::shown(login.widget).await;
        assert_eq!(stage.pool.operations(), ["InitiateAuth", "RespondToAuthChallenge"]);
        assert_eq!(stage.events_of("signed-in").await.len(), 1);
    });
}

#[test]
fn the_password_is_nowhere_in_the_document_once_sign_in_is_left() {
    run(async |stage| {
        let everything = "return seen.everything()";
        let login = LoginPage::open(stage, &[("auth-flow", "CUSTOM_AUTH")]).await;
        login.sign_in("email-code@example.com", PASSWORD).await;
        login.widget.find(Kind::Heading, "Check your email").await;
        let document = stage.browser.script(everything, &[]).await.as_str().unwrap().to_owned();
        assert!(document.contains("Check your email"));
        assert!(!document.contains(PASSWORD));

        // Nor is it there again when the form is.
        login.widget.press("Back to sign in").await;
        let login = LoginPage::shown(login.widget).await;
        assert_eq!((login.name().await.as_str(), login.password().await.as_str()), ("email-code@example.com", ""));
        let document = stage.browser.script(everything, &[]).await.as_str().unwrap().to_owned();
        assert!(!document.contains(PASSWORD));

        let signed_in = signed_in(stage, &[]).await;
        let document = signed_in.widget.script(everything).await.as_str().unwrap().to_owned();
        assert!(!document.contains(PASSWORD));
    });
}

#[test]
fn the_password_can_be_shown_and_is_hidden_again_with_the_next_screen() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[]).await;
        login.widget.fill("Password", "visible?").await;
        assert_eq!(login.widget.attribute("Password", "type").await.as_deref(), Some("password"));
        login.widget.press("Show password").await;
        assert_eq!(login.widget.attribute("Password", "type").await.as_deref(), Some("text"));
        assert_eq!(login.password().await, "visible?");
        login.sign_in("srp@example.com", PASSWORD).await;
        SignedInPage::shown(login.widget).await.sign_out().await;
        let login = LoginPage::shown(login.widget).await;
        assert_eq!(login.widget.attribute("Password", "type").await.as_deref(), Some("password"));
    });
}

#[test]
fn a_disabled_user_is_told() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[]).await;
        login.sign_in("disabled@example.com", PASSWORD).await;
        login.widget.alert("This account is disabled. Please contact support.").await;
        assert_eq!(login.name().await, "disabled@example.com");
    });
}

/// The pool takes a `TIMESTAMP` within five minutes of its own clock.
#[test]
fn a_computer_whose_clock_is_wrong_signs_in_all_the_same() {
    run(async |stage| {
        for wrong_by_secs in [-7200, 7200] {
            let page = Page::login(&[("storage", "memory")]).clock_ahead_secs(wrong_by_secs);
            stage.open(&page).await;
            let login = LoginPage::shown(crate::pages::Widget::login(stage)).await;
            login.sign_in("srp@example.com", PASSWORD).await;
            let signed_in = SignedInPage::shown(login.widget).await;
            // And the tokens are as fresh as they are.
            let left = signed_in
                .widget
                .script("return element.getTokens().then(({ expiresAt }) => expiresAt - window.Date.now())")
                .await;
            let left_secs = left.as_f64().unwrap() / 1000.0;
            assert!((3500.0..=3600.0).contains(&left_secs), "{left_secs}");
            assert_eq!(stage.pool.count("GetTokensFromRefreshToken"), 0);
        }
    });
}

#[test]
fn a_temporary_password_is_replaced_with_what_else_is_missing() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[("user-pool-id", NAMED_POOL), ("client-id", NAMED_CLIENT)]).await;
        login.sign_in("new-password@example.com", PASSWORD).await;
        let page = login.widget;
        page.find(Kind::Heading, "Choose a new password").await;
        page.focus_on("field New password").await;
        page.fill("New password", "short").await;
        page.fill("Name", "Ann").await;
        page.press("Save and sign in").await;
        until("the rule that is not kept", async || {
            page.script("return seen.text().includes('8')").await.as_bool().filter(|it| *it)
        })
        .await;
        assert_eq!((page.value("New password").await, page.value("Name").await), ("short".to_owned(), "Ann".to_owned()));
        page.fill("New password", "Another-pool-2!").await;
        stage.is_secret("Another-pool-2!");
        page.press("Save and sign in").await;
        SignedInPage::shown(page).await.sign_out().await;
        let login = LoginPage::shown(page).await;
        login.sign_in("new-password@example.com", "Another-pool-2!").await;
        SignedInPage::shown(login.widget).await;
    });
}
