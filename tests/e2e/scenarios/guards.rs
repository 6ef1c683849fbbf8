//! What every test looks for at its end is found when it is there.

use super::signed_in;
use crate::{pages::LoginPage, stage::run};

#[test]
#[should_panic(expected = "problems on the page")]
fn a_violation_of_the_policy_is_found() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[]).await;
        login.widget.script("element.setAttribute('style', 'color: red')").await;
    });
}

#[test]
#[should_panic(expected = "in the console")]
fn an_error_in_the_console_is_found() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[]).await;
        login.widget.script("console.error('a test')").await;
    });
}

// By chance a refresh token may look like one with claims, which is told in other words.
#[test]
#[should_panic(expected = "in cognito-login-error")]
fn a_token_in_an_event_is_found() {
    run(async |stage| {
        let page = signed_in(stage, &[]).await;
        let tell = "const [, token] = Object.entries(sessionStorage).find(([key]) => key.endsWith('.refreshToken'));
            element.dispatchEvent(new CustomEvent('cognito-login-error', { bubbles: true, detail: { message: `no ${token}` } }));";
        page.widget.script(tell).await;
    });
}
