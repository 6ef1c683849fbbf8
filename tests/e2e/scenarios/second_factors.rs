//! Second factors beside the authenticator app and the text message: codes that the pool mails, and the choice among several.

use fantoccini::key::Key;
use local_pool::seed::{PASSWORD, TOTP_SECRET};

use crate::{
    pages::{Authenticator, CodePage, EMAIL_CODE, Kind, LoginPage, SMS_CODE, SignedInPage, TOTP_CODE, Widget, other_than},
    stage::{Stage, run},
};

/// Signs in with several factors on, up to the choice.
async fn asked_to_choose(stage: &Stage) -> Widget<'_> {
    let login = LoginPage::open(stage, &[]).await;
    login.sign_in("choose@example.com", PASSWORD).await;
    login.widget.find(Kind::Heading, "Choose how to verify").await;
    login.widget
}

async fn choose(widget: Widget<'_>, factor: &str) {
    widget.find(Kind::Field, factor).await.click().await.unwrap();
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
