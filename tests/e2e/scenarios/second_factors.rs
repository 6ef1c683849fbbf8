//! Second factors beside the authenticator app and the text message: codes that the pool mails, and the choice among several.

use fantoccini::key::Key;
use local_pool::seed::{MFA_PICK_CLIENT, MFA_PICK_POOL, PASSWORD, TOTP_SECRET};

use crate::{
    pages::{
        AccountPage, Authenticator, CodePage, EMAIL_CODE, Kind, LoginPage, SMS_CODE, SignedInPage, TOTP_CODE, Widget, other_than,
    },
    stage::{Page, Stage, run},
};

/// Signs in with several factors on, up to the choice.
async fn asked_to_choose(stage: &Stage) -> Widget<'_> {
    let login = LoginPage::open(stage, &[]).await;
    login.sign_in("choose@example.com", PASSWORD).await;
    login.widget.find(Kind::Heading, "Choose how to verify").await;
    login.widget
}

async fn choose(widget: Widget<'_>, factor: &str) {
    widget.choose(factor).await;
    widget.press("Continue").await;
}

#[test]
fn a_code_that_the_pool_mails_signs_in() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[]).await;
        login.sign_in("email-otp@example.com", PASSWORD).await;
        let page = CodePage::shown(login.widget, EMAIL_CODE).await;
        page.widget.focus_on("field Verification code").await;
        let code = stage.pool.mailed_code("email-otp@example.com").await;
        assert_eq!(code.len(), 8);
        page.enter(&other_than(&code)).await;
        page.widget.alert("That code is not right. Check it and try again.").await;
        page.enter(&code).await;
        SignedInPage::shown(page.widget).await;
    });
}

#[test]
fn whoever_has_several_factors_chooses_one() {
    run(async |stage| {
        let widget = asked_to_choose(stage).await;
        // The first is chosen already, so Enter goes on.
        widget.focus_on("field Authenticator app").await;
        stage.browser.press_key(Key::Enter).await;
        let page = CodePage::shown(widget, TOTP_CODE).await;
        let app = Authenticator::of(&format!("otpauth://totp/Test:choose?secret={TOTP_SECRET}&issuer=Test"));
        page.enter(&app.code_at(stage.pool.now_secs())).await;
        SignedInPage::shown(page.widget).await;
    });
}

#[test]
fn each_factor_leads_to_its_code() {
    run(async |stage| {
        let widget = asked_to_choose(stage).await;
        choose(widget, "Text message").await;
        let page = CodePage::shown(widget, SMS_CODE).await;
        page.widget.press("Back to sign in").await;

        let widget = asked_to_choose(stage).await;
        choose(widget, "Email").await;
        let page = CodePage::shown(widget, EMAIL_CODE).await;
        page.enter(&stage.pool.mailed_code("choose@example.com").await).await;
        SignedInPage::shown(page.widget).await;
        assert_eq!(stage.pool.count("InitiateAuth"), 2);
    });
}

#[test]
fn codes_by_mail_are_set_up_while_signing_in() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[("user-pool-id", MFA_PICK_POOL), ("client-id", MFA_PICK_CLIENT)]).await;
        login.sign_in("mfa-pick@example.com", PASSWORD).await;
        login.widget.find(Kind::Heading, "Choose how to verify").await;
        assert!(!login.widget.has(Kind::Field, "Text message").await);
        choose(login.widget, "Email").await;
        login.widget.find(Kind::Heading, "Set up email codes").await;
        login.widget.focus_on("field Email").await;
        login.widget.fill("Email", "nobody").await;
        login.widget.press("Send code").await;
        login.widget.alert("That email address is not valid. Check it and try again.").await;
        assert_eq!(login.widget.value("Email").await, "nobody");
        login.widget.fill("Email", "mfa-pick@example.com").await;
        login.widget.press("Send code").await;
        let page = CodePage::shown(login.widget, EMAIL_CODE).await;
        page.enter(&stage.pool.mailed_code("mfa-pick@example.com").await).await;
        SignedInPage::shown(page.widget).await.sign_out().await;
        let login = LoginPage::shown(page.widget).await;
        login.sign_in("mfa-pick@example.com", PASSWORD).await;
        CodePage::shown(login.widget, EMAIL_CODE).await;
    });
}

#[test]
fn a_signed_in_person_says_which_codes_to_send() {
    run(async |stage| {
        stage.open(&Page::login(&[]).with("cognito-account", &[])).await;
        let login = LoginPage::shown(Widget::login(stage)).await;
        login.sign_in("choose@example.com", PASSWORD).await;
        // The form has a field of the same name.
        login.widget.find(Kind::Heading, "Choose how to verify").await;
        choose(login.widget, "Email").await;
        CodePage::shown(login.widget, EMAIL_CODE).await.enter(&stage.pool.mailed_code("choose@example.com").await).await;
        SignedInPage::shown(login.widget).await;

        let account = AccountPage::shown(Widget::account(stage)).await.widget;
        account.find(Kind::Text, "On. We send a code to +*******0124 when you sign in.").await;
        account.find(Kind::Heading, "Preferred second step").await;
        account.choose("Text message").await;
        account.status("Saved.").await;
        account.press("Turn off email codes").await;
        account.status("Email codes are turned off.").await;
        account.press("Turn on email codes").await;
        account.status("Email codes are turned on.").await;
        account.press("Turn off email codes").await;
        account.find(Kind::Button, "Turn on email codes").await;
        account.press("Turn off authenticator app").await;
        account.status("Your authenticator app is turned off.").await;
        account.gone(Kind::Heading, "Preferred second step").await;

        account.press("Sign out on all devices").await;
        account.find(Kind::Text, "You are not signed in.").await;
        let login = LoginPage::shown(Widget::login(stage)).await;
        assert_eq!(stage.event("signed-out").await["reason"], "elsewhere");
        stage.pool.wait_for("GlobalSignOut", 1).await;
        login.sign_in("choose@example.com", PASSWORD).await;
        CodePage::shown(login.widget, SMS_CODE).await;
    });
}
