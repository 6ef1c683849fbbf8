//! An app client with a secret, which the page's own back end has. The test's page plays that back end.

use local_pool::seed::{PASSWORD, SECRET_CLIENT, TOTP_SECRET};

use crate::{
    pages::{Authenticator, CodePage, Kind, LoginPage, SignedInPage, TOTP_CODE, Widget},
    stage::{Page, Stage, run},
};

const NEW_PASSWORD: &str = "Tidewater 2026!";

async fn at_sign_in(stage: &Stage) -> LoginPage<'_> {
    stage.open(&Page::login(&[("client-id", SECRET_CLIENT)]).with_client_secret()).await;
    LoginPage::shown(Widget::login(stage)).await
}

/// The names that the back end was asked for.
async fn hashed_names(stage: &Stage) -> serde_json::Value {
    stage.browser.script("return seen.hashedNames", &[]).await
}

#[test]
fn a_sign_in_with_two_factors_a_refresh_and_a_sign_out() {
    run(async |stage| {
        let login = at_sign_in(stage).await;
        login.sign_in("totp@example.com", PASSWORD).await;
        let page = CodePage::shown(login.widget, TOTP_CODE).await;
        let app = Authenticator::of(&format!("otpauth://totp/Test:totp?secret={TOTP_SECRET}&issuer=Test"));
        page.enter(&app.code_at(stage.pool.now_secs())).await;
        let page = SignedInPage::shown(page.widget).await;
        let username = stage.event("signed-in").await["username"].clone();

        page.widget.script("seen.clockAhead = 1000 * (3600 - 30)").await;
        let renewed = page.widget.script("return element.getTokens().then((tokens) => typeof tokens.accessToken)").await;
        assert_eq!(renewed, "string");
        stage.event("tokens-refreshed").await;
        assert_eq!((stage.pool.count("InitiateAuth"), stage.pool.count("GetTokensFromRefreshToken")), (2, 0));
        let names = hashed_names(stage).await;
        assert_eq!(names, serde_json::json!(["totp@example.com", username, username, username]));

        page.sign_out().await;
        LoginPage::shown(page.widget).await;
        assert_eq!(stage.event("signed-out").await["reason"], "requested");
        assert_eq!(stage.storage("sessionStorage").await, []);
        assert_eq!(stage.pool.count("RevokeToken"), 0, "a browser cannot");
    });
}

#[test]
fn a_forgotten_password_is_reset() {
    run(async |stage| {
        let widget = at_sign_in(stage).await.widget;
        widget.fill("Email", "srp@example.com").await;
        widget.press("Forgot your password?").await;
        widget.find(Kind::Heading, "Reset your password").await;
        widget.press("Send code").await;
        widget.find(Kind::Heading, "Choose a new password").await;
        stage.is_secret(NEW_PASSWORD);
        widget.fill("Verification code", &stage.pool.mailed_code("srp@example.com").await).await;
        widget.fill("New password", NEW_PASSWORD).await;
        widget.press("Save new password").await;
        SignedInPage::shown(widget).await;
    });
}
