//! A challenge that waits for the person, and a page that is loaded anew meanwhile.

use local_pool::seed::{CHOOSE_PHONE_NUMBER, NAMED_CLIENT, NAMED_POOL, PASSWORD, PHONE_NUMBER, TOTP_SECRET};

use super::email_code::{EMAIL, asked_for_code};
use crate::{
    pages::{Authenticator, CodePage, EMAIL_CODE, Kind, LoginPage, SMS_CODE, SignedInPage, TOTP_CODE, Widget, other_than},
    stage::{Page, Stage, run},
};

const WRONG: &str = "That code is not right. Check it and try again.";
const OVER: &str = "Your sign-in took too long. Please sign in again.";

/// What is kept of challenges, which is never a password or a code.
async fn kept(stage: &Stage, secrets: &[&str]) -> Vec<String> {
    assert_eq!(stage.storage("localStorage").await, []);
    let mut kept = Vec::new();
    for (key, value) in stage.storage("sessionStorage").await {
        let secret = secrets.iter().find(|secret| value.contains(**secret));
        assert_eq!(secret, None, "in {key}: {value}");
        kept.extend(key.starts_with("cognito-login.").then_some(value));
    }
    kept
}

/// Loads the page anew, at a code.
async fn reloaded<'a>(page: &CodePage<'a>, heading: &str, secrets: &[&str]) -> CodePage<'a> {
    let stage = page.widget.stage;
    assert_eq!(kept(stage, secrets).await.len(), 1);
    stage.reload().await;
    CodePage::shown(page.widget, heading).await
}

/// Enters the code and is signed in; nothing is kept of the challenge.
async fn signs_in(page: &CodePage<'_>, code: &str) {
    page.enter(code).await;
    SignedInPage::shown(page.widget).await;
    assert_eq!(kept(page.widget.stage, &[code, PASSWORD]).await, [""; 0]);
}

#[test]
fn a_code_by_e_mail_is_asked_for_again() {
    run(async |stage| {
        let (page, code) = asked_for_code(stage).await;
        let wrong = other_than(&code);
        let secrets = [PASSWORD, &code, &wrong];
        let page = reloaded(&page, EMAIL_CODE, &secrets).await;
        page.widget.find(Kind::Text, "We sent a verification code to e***@e***.").await;
        let told = stage.event("challenge").await;
        assert_eq!(told["parameters"]["destination"], "e***@e***", "the page is told again");
        page.enter(&wrong).await;
        page.widget.alert(WRONG).await;
        let page = reloaded(&page, EMAIL_CODE, &secrets).await;
        signs_in(&page, &code).await;
        assert_eq!(stage.event("signed-in").await["claims"]["email"], EMAIL);
        assert_eq!(stage.pool.count("InitiateAuth"), 1);
    });
}

#[test]
fn a_code_by_text_message_is_asked_for_again() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[]).await;
        login.sign_in("sms@example.com", PASSWORD).await;
        let page = CodePage::shown(login.widget, SMS_CODE).await;
        let code = stage.pool.mailed_code(PHONE_NUMBER).await;
        // The session stays open after a wrong code.
        page.enter(&other_than(&code)).await;
        page.widget.alert(WRONG).await;
        let page = reloaded(&page, SMS_CODE, &[PASSWORD, &code]).await;
        signs_in(&page, &code).await;
    });
}

#[test]
fn a_code_of_the_app_is_asked_for_again() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[("storage", "local")]).await;
        login.sign_in("totp@example.com", PASSWORD).await;
        let page = CodePage::shown(login.widget, TOTP_CODE).await;
        let page = reloaded(&page, TOTP_CODE, &[PASSWORD, TOTP_SECRET]).await;
        let app = Authenticator::of(&format!("otpauth://totp/Test:totp?secret={TOTP_SECRET}&issuer=Test"));
        page.enter(&app.code_at(stage.pool.now_secs())).await;
        SignedInPage::shown(page.widget).await;
        assert_eq!(stage.storage("sessionStorage").await, []);
    });
}

#[test]
fn a_choice_of_factors_is_offered_again() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[]).await;
        login.sign_in("choose@example.com", PASSWORD).await;
        login.widget.find(Kind::Heading, "Choose how to verify").await;
        assert_eq!(kept(stage, &[PASSWORD]).await.len(), 1);
        stage.reload().await;
        login.widget.find(Kind::Heading, "Choose how to verify").await;
        login.widget.choose("Text message").await;
        login.widget.press("Continue").await;
        let page = CodePage::shown(login.widget, SMS_CODE).await;
        let code = stage.pool.mailed_code(CHOOSE_PHONE_NUMBER).await;
        let page = reloaded(&page, SMS_CODE, &[PASSWORD, &code]).await;
        signs_in(&page, &code).await;
    });
}

#[test]
fn a_new_password_is_asked_for_again() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[("user-pool-id", NAMED_POOL), ("client-id", NAMED_CLIENT)]).await;
        login.sign_in("new-password@example.com", PASSWORD).await;
        let widget = login.widget;
        widget.find(Kind::Heading, "Choose a new password").await;
        widget.fill("New password", "Another-pool-2!").await;
        assert_eq!(kept(stage, &[PASSWORD, "Another-pool-2!"]).await.len(), 1);
        stage.reload().await;
        widget.find(Kind::Heading, "Choose a new password").await;
        assert_eq!(widget.value("New password").await, "");
        stage.is_secret("Another-pool-2!");
        widget.fill("New password", "Another-pool-2!").await;
        widget.fill("Name", "Ann").await;
        widget.press("Save and sign in").await;
        SignedInPage::shown(widget).await;
        assert_eq!(kept(stage, &[PASSWORD, "Another-pool-2!"]).await, [""; 0]);
    });
}

#[test]
fn a_new_code_takes_another_sign_in_with_the_name_kept() {
    run(async |stage| {
        let (page, code) = asked_for_code(stage).await;
        let page = reloaded(&page, EMAIL_CODE, &[PASSWORD, &code]).await;
        page.widget.press("Send a new code").await;
        let login = LoginPage::shown(page.widget).await;
        login.widget.status("To get a new code, sign in again.").await;
        assert_eq!(login.name().await, EMAIL);
        assert_eq!(kept(stage, &[]).await, [""; 0]);
        stage.reload().await;
        LoginPage::shown(page.widget).await;
    });
}

#[test]
fn whoever_goes_back_finds_the_form_after_a_reload() {
    run(async |stage| {
        let (page, code) = asked_for_code(stage).await;
        let page = reloaded(&page, EMAIL_CODE, &[PASSWORD, &code]).await;
        page.widget.press("Back to sign in").await;
        LoginPage::shown(page.widget).await;
        assert_eq!(kept(stage, &[]).await, [""; 0]);
        stage.reload().await;
        LoginPage::shown(page.widget).await;
    });
}

#[test]
fn an_answer_under_way_leaves_nothing_to_answer_again() {
    run(async |stage| {
        let (page, code) = asked_for_code(stage).await;
        let answered = stage.pool.count("RespondToAuthChallenge") + 1;
        let hold = stage.pool.hold("RespondToAuthChallenge");
        page.enter(&code).await;
        stage.pool.wait_for("RespondToAuthChallenge", answered).await;
        stage.reload().await;
        LoginPage::shown(page.widget).await;
        assert_eq!(kept(stage, &[PASSWORD, &code]).await, [""; 0]);
        drop(hold);
    });
}

#[test]
fn a_tab_with_a_copy_of_a_used_session_starts_again() {
    run(async |stage| {
        let page = Page::login(&[]);
        stage.open(&page).await;
        let widget = Widget::login(stage);
        LoginPage::shown(widget).await.sign_in("sms@example.com", PASSWORD).await;
        let here = CodePage::shown(widget, SMS_CODE).await;
        let code = stage.pool.mailed_code(PHONE_NUMBER).await;
        let copied = stage.storage("sessionStorage").await;
        stage.open_tab(&page).await;
        let tabs = stage.browser.tabs().await;
        LoginPage::shown(widget).await;
        // What a browser does when a tab is duplicated.
        for (key, value) in copied {
            stage.browser.script("sessionStorage.setItem(...arguments)", &[key.into(), value.into()]).await;
        }
        stage.reload().await;
        let copy = CodePage::shown(widget, SMS_CODE).await;
        stage.browser.switch_to(&tabs[0]).await;
        signs_in(&here, &code).await;
        stage.browser.switch_to(&tabs[1]).await;
        copy.enter(&code).await;
        let login = LoginPage::shown(widget).await;
        login.widget.alert(OVER).await;
        assert_eq!(login.name().await, "sms@example.com");
        assert_eq!(kept(stage, &[]).await, [""; 0]);
    });
}

#[test]
fn a_page_that_wants_nothing_stored_asks_for_the_password_again() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[("storage", "memory")]).await;
        login.sign_in("totp@example.com", PASSWORD).await;
        CodePage::shown(login.widget, TOTP_CODE).await;
        assert_eq!(stage.storage("sessionStorage").await, []);
        stage.reload().await;
        LoginPage::shown(login.widget).await;
    });
}
