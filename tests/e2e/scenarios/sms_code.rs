//! A code by text message after the password.

use local_pool::seed::{PASSWORD, PHONE_NUMBER};

use crate::{
    pages::{CodePage, Kind, LoginPage, SMS_CODE, SignedInPage, other_than},
    stage::run,
};

#[test]
fn a_code_by_text_message_signs_in() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[]).await;
        login.sign_in("sms@example.com", PASSWORD).await;
        let page = CodePage::shown(login.widget, SMS_CODE).await;
        page.widget.find(Kind::Text, "We sent a verification code to +*******0123.").await;
        page.widget.focus_on("field Verification code").await;
        let code = stage.pool.mailed_code(PHONE_NUMBER).await;
        page.enter(&other_than(&code)).await;
        page.widget.alert("That code is not right. Check it and try again.").await;
        assert_eq!(page.code().await, "");
        page.enter(&code).await;
        SignedInPage::shown(page.widget).await;
    });
}

#[test]
fn a_new_code_makes_the_first_one_worthless() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[]).await;
        login.sign_in("sms@example.com", PASSWORD).await;
        let page = CodePage::shown(login.widget, SMS_CODE).await;
        let first = stage.pool.mailed_code(PHONE_NUMBER).await;
        page.widget.press("Send a new code").await;
        page.widget.status("We sent a new code.").await;
        let second = stage.pool.mailed_code(PHONE_NUMBER).await;
        if first != second {
            page.enter(&first).await;
            page.widget.alert("That code is not right. Check it and try again.").await;
        }
        page.enter(&second).await;
        SignedInPage::shown(page.widget).await;
    });
}
