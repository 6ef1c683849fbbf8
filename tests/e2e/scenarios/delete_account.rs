//! The end of an account.

use local_pool::seed::PASSWORD;

use super::account_of;
use crate::{
    pages::{AccountPage, Kind, LoginPage, Widget},
    stage::run,
};

#[test]
fn a_deleted_account_is_gone_here_in_the_other_element_and_in_the_store() {
    run(async |stage| {
        let widget = account_of(stage, "srp@example.com", &[("storage", "local")]).await.widget;
        widget.press("Delete account").await;
        widget.find(Kind::Heading, "Delete your account?").await;
        widget.focus_on("heading Delete your account?").await;
        widget.find(Kind::Text, "srp@example.com").await;
        widget.press("Cancel").await;
        AccountPage::shown(widget).await;
        assert_eq!(stage.pool.count("DeleteUser"), 0);

        widget.press("Delete account").await;
        widget.press("Yes, delete my account").await;
        AccountPage::shown(widget).await.widget.status("Your account is deleted.").await;
        widget.find(Kind::Text, "You are not signed in.").await;
        let login = LoginPage::shown(Widget::login(stage)).await;
        let mut reasons: Vec<_> = stage.events_of("signed-out").await.iter().map(|detail| detail["reason"].clone()).collect();
        reasons.sort_by_key(|reason| reason.to_string());
        assert_eq!(reasons, ["deleted", "elsewhere"]);
        let stored = stage.storage("localStorage").await;
        assert!(!stored.iter().any(|(_, value)| value.contains("eyJ")), "{stored:?}");
        login.sign_in("srp@example.com", PASSWORD).await;
        login.widget.alert("Incorrect email or password.").await;
    });
}

#[test]
fn whoever_finds_a_session_open_signs_in_again_before_the_question() {
    run(async |stage| {
        let account = account_of(stage, "srp@example.com", &[]).await;
        stage.pool.advance_secs(660);
        stage.reload().await;
        let widget = AccountPage::shown(account.widget).await.widget;
        widget.press("Delete account").await;
        let again = LoginPage::shown(widget).await;
        again.widget.status("To change this, sign in again.").await;
        again.sign_in("srp@example.com", PASSWORD).await;
        widget.find(Kind::Heading, "Delete your account?").await;
        assert_eq!(stage.pool.count("DeleteUser"), 0);
    });
}
