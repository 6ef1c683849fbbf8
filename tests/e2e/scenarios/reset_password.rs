//! A forgotten password, and one that must be reset.

use local_pool::seed::{CLIENT, LEGACY_CLIENT, PASSWORD};

use crate::{
    pages::{Kind, LoginPage, SignedInPage, Widget, other_than},
    stage::{Answer, Stage, run},
};

const NEW_PASSWORD: &str = "Tidewater 2026!";

/// What the service answers in the pool's place.
pub(super) fn answers(stage: &Stage, operation: &'static str, status: u16, body: &'static str) {
    stage.pool.answer_next(operation, Answer { status, content_type: "application/x-amz-json-1.1", body });
}

pub(super) const DELIVERED: &str =
    r#"{"CodeDeliveryDetails":{"Destination":"s***@e***","DeliveryMedium":"EMAIL","AttributeName":"email"}}"#;

async fn saves(widget: Widget<'_>, code: &str, password: &str) {
    widget.stage.is_secret(password);
    widget.fill("Verification code", code).await;
    widget.fill("New password", password).await;
    widget.press("Save new password").await;
}

/// Asks for a code for this user, and waits for the screen that takes it.
async fn asks_for_code<'a>(stage: &'a Stage, email: &str) -> Widget<'a> {
    let widget = LoginPage::open(stage, &[]).await.widget;
    widget.fill("Email", email).await;
    widget.press("Forgot your password?").await;
    widget.find(Kind::Heading, "Reset your password").await;
    assert_eq!(widget.value("Email").await, email);
    widget.press("Send code").await;
    widget.find(Kind::Heading, "Choose a new password").await;
    widget
}

#[test]
fn a_code_and_a_new_password_sign_in() {
    run(async |stage| {
        let widget = asks_for_code(stage, "srp@example.com").await;
        widget.focus_on("field Verification code").await;
        widget.find(Kind::Text, "If the account exists, we sent a verification code to s***@e***.").await;
        assert_eq!(widget.attribute("New password", "autocomplete").await.as_deref(), Some("new-password"));
        let saved_with = "return [...seen.nodes(element)].find((node) => node.name === 'username')?.value";
        assert_eq!(widget.script(saved_with).await, "srp@example.com");

        let code = stage.pool.mailed_code("srp@example.com").await;
        saves(widget, &code, "not yet a password").await;
        widget.alert("The password needs an uppercase letter (A–Z).").await;
        widget.focus_on("field New password").await;
        assert_eq!(widget.value("New password").await, "not yet a password");
        assert_eq!(widget.value("Verification code").await, code, "the code is still good");

        saves(widget, &other_than(&code), NEW_PASSWORD).await;
        widget.alert("That code is not right. Check it and try again.").await;
        assert_eq!(widget.value("Verification code").await, "");
        assert_eq!(widget.value("New password").await, NEW_PASSWORD);

        widget.press("Send a new code").await;
        widget.status("We sent a new code.").await;
        widget.fill("Verification code", &stage.pool.mailed_code("srp@example.com").await).await;
        widget.press("Save new password").await;
        SignedInPage::shown(widget).await.sign_out().await;
        let login = LoginPage::shown(widget).await;
        login.sign_in("srp@example.com", PASSWORD).await;
        login.widget.alert("Incorrect email or password.").await;
        login.sign_in("srp@example.com", NEW_PASSWORD).await;
        SignedInPage::shown(widget).await;
    });
}

#[test]
fn a_second_factor_follows_the_new_password() {
    run(async |stage| {
        let widget = asks_for_code(stage, "totp@example.com").await;
        saves(widget, &stage.pool.mailed_code("totp@example.com").await, NEW_PASSWORD).await;
        widget.find(Kind::Heading, "Enter your authenticator code").await;
    });
}

#[test]
fn a_password_that_must_be_reset_leads_there_and_says_why() {
    run(async |stage| {
        stage.pool.add_user("reset-me@example.com", |user| user.must_reset_password = true);
        let login = LoginPage::open(stage, &[]).await;
        login.sign_in("reset-me@example.com", PASSWORD).await;
        let widget = login.widget;
        widget.find(Kind::Heading, "Reset your password").await;
        widget.status("The password of this account must be reset before you can sign in.").await;
        assert_eq!(widget.value("Email").await, "reset-me@example.com");
        widget.press("Send code").await;
        widget.find(Kind::Heading, "Choose a new password").await;
        saves(widget, &stage.pool.mailed_code("reset-me@example.com").await, NEW_PASSWORD).await;
        SignedInPage::shown(widget).await;
    });
}

#[test]
fn whoever_has_no_account_is_told_the_same() {
    run(async |stage| {
        // The second tells its clients who exists.
        for client in [CLIENT, LEGACY_CLIENT] {
            let widget = LoginPage::open(stage, &[("client-id", client)]).await.widget;
            widget.press("Forgot your password?").await;
            widget.fill("Email", "stranger@example.com").await;
            widget.press("Send code").await;
            widget.find(Kind::Heading, "Choose a new password").await;
            widget.find(Kind::Text, "If the account exists, we sent a verification code to s***@e***.").await;
            saves(widget, "493817", NEW_PASSWORD).await;
            widget.alert("That code is not right. Check it and try again.").await;
            widget.press("Back to sign in").await;
            assert_eq!(LoginPage::shown(widget).await.name().await, "stranger@example.com");
        }
    });
}
