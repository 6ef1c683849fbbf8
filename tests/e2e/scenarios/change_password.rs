//! Another password, in the account.

use local_pool::seed::PASSWORD;

use super::{account_of, reset_password::answers};
use crate::{
    pages::{AccountPage, Kind, LoginPage, SignedInPage, Widget},
    stage::{Stage, run},
};

const NEW_PASSWORD: &str = "Tidewater 2026!";

async fn asked(stage: &Stage) -> Widget<'_> {
    stage.is_secret(NEW_PASSWORD);
    let widget = account_of(stage, "srp@example.com", &[]).await.widget;
    widget.press("Change password").await;
    widget.find(Kind::Heading, "Change your password").await;
    widget
}

#[test]
fn a_password_is_changed_and_the_new_one_signs_in() {
    run(async |stage| {
        let widget = asked(stage).await;
        widget.focus_on("field Current password").await;
        assert_eq!(widget.attribute("Current password", "autocomplete").await.as_deref(), Some("current-password"));
        assert_eq!(widget.attribute("New password", "autocomplete").await.as_deref(), Some("new-password"));
        let saved_with = "return [...seen.nodes(element)].find((node) => node.name === 'username')?.value";
        assert_eq!(widget.script(saved_with).await, "srp@example.com");

        widget.press("Save new password").await;
        widget.alert("Enter your password.").await;
        widget.fill("Current password", "not the password").await;
        widget.fill("New password", "not yet a password").await;
        widget.find(Kind::Text, "Done: At least 8 characters").await;
        widget.press("Save new password").await;
        widget.alert("Your current password is not right. Check it and try again.").await;
        widget.focus_on("field Current password").await;
        assert_eq!(widget.value("New password").await, "not yet a password");

        widget.fill("Current password", PASSWORD).await;
        widget.press("Save new password").await;
        widget.alert("The password needs an uppercase letter (A–Z).").await;
        widget.focus_on("field New password").await;
        assert_eq!(widget.value("Current password").await, PASSWORD);
        widget.fill("New password", NEW_PASSWORD).await;
        widget.press("Save new password").await;
        AccountPage::shown(widget).await.widget.status("Your password is changed.").await;
        widget.focus_on("heading Your account").await;

        SignedInPage::shown(Widget::login(stage)).await.sign_out().await;
        let login = LoginPage::shown(Widget::login(stage)).await;
        login.sign_in("srp@example.com", PASSWORD).await;
        login.widget.alert("Incorrect email or password.").await;
        login.sign_in("srp@example.com", NEW_PASSWORD).await;
        SignedInPage::shown(login.widget).await;
    });
}

#[test]
fn a_service_that_refuses_is_heard_in_words() {
    run(async |stage| {
        let widget = asked(stage).await;
        widget.fill("Current password", PASSWORD).await;
        widget.fill("New password", NEW_PASSWORD).await;
        for (body, told) in [
            (r#"{"__type":"LimitExceededException","message":""}"#, "Too many attempts. Please wait and try again."),
            (
                r#"{"__type":"PasswordHistoryPolicyViolationException","message":""}"#,
                "You have used that password before. Choose another one.",
            ),
        ] {
            answers(stage, "ChangePassword", 400, body);
            widget.press("Save new password").await;
            widget.alert(told).await;
        }
        widget.press("Cancel").await;
        AccountPage::shown(widget).await;
        widget.press("Change password").await;
        widget.find(Kind::Heading, "Change your password").await;
        assert_eq!(widget.value("Current password").await, "");
        assert_eq!(widget.value("New password").await, "");
    });
}

#[test]
fn whoever_finds_a_session_open_signs_in_again_and_comes_to_the_form() {
    run(async |stage| {
        let account = account_of(stage, "srp@example.com", &[]).await;
        stage.pool.advance_secs(660);
        stage.reload().await;
        let widget = AccountPage::shown(account.widget).await.widget;
        widget.press("Change password").await;
        let again = LoginPage::shown(widget).await;
        again.widget.status("To change this, sign in again.").await;
        again.sign_in("srp@example.com", PASSWORD).await;
        widget.find(Kind::Heading, "Change your password").await;
        assert_eq!(stage.pool.count("ChangePassword"), 0);
    });
}

#[test]
fn passwords_are_gone_when_they_are_changed() {
    run(async |stage| {
        stage.watch_memory();
        let widget = asked(stage).await;
        widget.fill("Current password", PASSWORD).await;
        widget.fill("New password", "not yet a password").await;
        widget.press("Save new password").await;
        widget.alert("The password needs an uppercase letter (A–Z).").await;
        let memory = stage.memory().await;
        for password in [PASSWORD, "not yet a password"] {
            assert_eq!(memory.count(password), 0, "refused");
        }
        widget.fill("New password", NEW_PASSWORD).await;
        widget.press("Save new password").await;
        AccountPage::shown(widget).await.widget.status("Your password is changed.").await;
        let memory = stage.memory().await;
        for password in [PASSWORD, NEW_PASSWORD] {
            assert_eq!(memory.count(password), 0, "changed");
        }
    });
}
