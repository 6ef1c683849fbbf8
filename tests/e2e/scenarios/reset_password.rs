//! A forgotten password, and one that must be reset.

use local_pool::seed::PASSWORD;

use crate::{
    pages::{Kind, LoginPage, SignedInPage, Widget},
    stage::{Answer, Stage, run},
};

const CODE: &str = "493817";

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

#[test]
fn a_code_and_a_new_password_sign_in() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[]).await;
        let widget = login.widget;
        widget.fill("Email", "srp@example.com").await;
        widget.press("Forgot your password?").await;
        widget.find(Kind::Heading, "Reset your password").await;
        assert_eq!(widget.value("Email").await, "srp@example.com");
        answers(stage, "ForgotPassword", 200, DELIVERED);
        widget.press("Send code").await;
        widget.find(Kind::Heading, "Choose a new password").await;
        widget.focus_on("field Verification code").await;
        assert!(widget.has(Kind::Text, "If the account exists, we sent a verification code to s***@e***.").await);
        assert_eq!(widget.attribute("New password", "autocomplete").await.as_deref(), Some("new-password"));
        let saved_with = "return [...seen.nodes(element)].find((node) => node.name === 'username')?.value";
        assert_eq!(widget.script(saved_with).await, "srp@example.com");

        let refused = r#"{"__type":"InvalidPasswordException","message":"Password did not conform with policy: Password must have numeric characters"}"#;
        answers(stage, "ConfirmForgotPassword", 400, refused);
        saves(widget, CODE, "not yet a password").await;
        widget.alert("The password needs a number (0–9).").await;
        widget.focus_on("field New password").await;
        assert_eq!(widget.value("New password").await, "not yet a password");
        assert_eq!(widget.value("Verification code").await, CODE, "the code is still good");

        answers(stage, "ConfirmForgotPassword", 400, r#"{"__type":"CodeMismatchException","message":""}"#);
        saves(widget, CODE, PASSWORD).await;
        widget.alert("That code is not right. Check it and try again.").await;
        assert_eq!(widget.value("Verification code").await, "");
        assert_eq!(widget.value("New password").await, PASSWORD);

        answers(stage, "ForgotPassword", 200, DELIVERED);
        widget.press("Send a new code").await;
        widget.status("We sent a new code.").await;
        answers(stage, "ConfirmForgotPassword", 200, "{}");
        widget.fill("Verification code", CODE).await;
        widget.press("Save new password").await;
        SignedInPage::shown(widget).await;
    });
}

#[test]
fn a_second_factor_follows_the_new_password() {
    run(async |stage| {
        let widget = LoginPage::open(stage, &[]).await.widget;
        widget.script("return element.show('forgot-password')").await;
        widget.fill("Email", "totp@example.com").await;
        answers(stage, "ForgotPassword", 200, DELIVERED);
        widget.press("Send code").await;
        answers(stage, "ConfirmForgotPassword", 200, "{}");
        saves(widget, CODE, PASSWORD).await;
        widget.find(Kind::Heading, "Enter your authenticator code").await;
    });
}

#[test]
fn a_password_that_must_be_reset_leads_there_and_says_why() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[]).await;
        let required = r#"{"__type":"PasswordResetRequiredException","message":"Password reset required for the user"}"#;
        answers(stage, "RespondToAuthChallenge", 400, required);
        login.sign_in("srp@example.com", PASSWORD).await;
        let widget = login.widget;
        widget.find(Kind::Heading, "Reset your password").await;
        widget.status("The password of this account must be reset before you can sign in.").await;
        assert_eq!(widget.value("Email").await, "srp@example.com");
        answers(stage, "ForgotPassword", 200, DELIVERED);
        widget.press("Send code").await;
        answers(stage, "ConfirmForgotPassword", 200, "{}");
        saves(widget, CODE, PASSWORD).await;
        SignedInPage::shown(widget).await;
    });
}

#[test]
fn whoever_has_no_account_is_told_the_same() {
    run(async |stage| {
        let widget = LoginPage::open(stage, &[]).await.widget;
        widget.press("Forgot your password?").await;
        widget.fill("Email", "stranger@example.com").await;
        answers(stage, "ForgotPassword", 400, r#"{"__type":"UserNotFoundException","message":"User does not exist."}"#);
        widget.press("Send code").await;
        widget.find(Kind::Heading, "Choose a new password").await;
        assert!(widget.has(Kind::Text, "If the account exists, we sent a verification code to s***@e***.").await);
        widget.press("Back to sign in").await;
        assert_eq!(LoginPage::shown(widget).await.name().await, "stranger@example.com");
    });
}
