//! Remembered devices: asked for, taken in the place of a code, listed, forgotten, gone.

use std::time::Duration;

use local_pool::seed::{DEVICE_ALWAYS_CLIENT, DEVICE_ALWAYS_POOL, DEVICE_CLIENT, DEVICE_POOL, PASSWORD, TOTP_SECRET};
use serde_json::json;

use crate::{
    pages::{AccountPage, Authenticator, CodePage, Kind, LoginPage, SignedInPage, TOTP_CODE, Widget},
    stage::{Page, Stage, run, run_with},
};

const USER: &str = "device@example.com";
/// Whose password is enough.
const OTHER: &str = "device-password@example.com";
const QUESTION: &str = "Remember this device?";
const ASKING: [(&str, &str); 2] = [("user-pool-id", DEVICE_POOL), ("client-id", DEVICE_CLIENT)];
const ALWAYS: [(&str, &str); 2] = [("user-pool-id", DEVICE_ALWAYS_POOL), ("client-id", DEVICE_ALWAYS_CLIENT)];

/// Signs in by password and the app's next code.
async fn sign_in_with_code<'a>(login: LoginPage<'a>, email: &str) -> Widget<'a> {
    login.sign_in(email, PASSWORD).await;
    let page = CodePage::shown(login.widget, TOTP_CODE).await;
    let pool = &page.widget.stage.pool;
    pool.begin_totp_step();
    let app = Authenticator::of(&format!("otpauth://totp/Test:device?secret={TOTP_SECRET}&issuer=Test"));
    page.enter(&app.code_at(pool.now_secs())).await;
    page.widget
}

/// Signs in up to the question.
async fn asked<'a>(stage: &'a Stage, attributes: &[(&str, &str)]) -> Widget<'a> {
    let login = LoginPage::open(stage, attributes).await;
    let widget = sign_in_with_code(login, USER).await;
    widget.find(Kind::Heading, QUESTION).await;
    widget
}

/// Signs in by the password alone, and nothing else is asked.
async fn signs_in_without_code<'a>(login: LoginPage<'a>, email: &str) -> SignedInPage<'a> {
    login.sign_in(email, PASSWORD).await;
    SignedInPage::shown(login.widget).await
}

async fn leave(page: SignedInPage<'_>) -> LoginPage<'_> {
    page.sign_out().await;
    LoginPage::shown(page.widget).await
}

#[test]
fn a_remembered_device_asks_for_no_code() {
    run(async |stage| {
        let widget = asked(stage, &ASKING).await;
        widget.focus_on("heading Remember this device?").await;
        // The session is there, and the page hears of it after the answer.
        let stored = stage.storage("sessionStorage").await;
        assert!(stored.iter().any(|(key, _)| key.ends_with(".accessToken")), "{stored:?}");
        assert!(stage.events_of("signed-in").await.is_empty());
        widget.press("Remember this device").await;
        let page = SignedInPage::shown(widget).await;
        assert_eq!(stage.event("signed-in").await["claims"]["email"], USER);
        for (key, value) in stage.storage("localStorage").await {
            if key.ends_with(".randomPasswordKey") {
                stage.is_secret(&value);
            }
        }

        let page = signs_in_without_code(leave(page).await, USER).await;
        leave(page).await;
        // Nor in another tab, which has nothing of this one but what outlives it.
        stage.open_tab(&Page::login(&ASKING)).await;
        signs_in_without_code(LoginPage::shown(Widget::login(stage)).await, USER).await;
        assert_eq!(stage.pool.count("ConfirmDevice"), 1);
        assert_eq!(stage.pool.count("UpdateDeviceStatus"), 1);
    });
}

#[test]
fn not_now_is_asked_once_and_the_code_stays() {
    run(async |stage| {
        let widget = asked(stage, &ASKING).await;
        widget.press("Not now").await;
        let page = SignedInPage::shown(widget).await;
        assert_eq!(stage.pool.count("UpdateDeviceStatus"), 0);
        let widget = sign_in_with_code(leave(page).await, USER).await;
        SignedInPage::shown(widget).await;
        assert_eq!(stage.pool.count("ConfirmDevice"), 1);
    });
}

#[test]
fn a_reload_while_the_question_is_open_keeps_the_session_and_asks_no_more() {
    run(async |stage| {
        asked(stage, &ASKING).await;
        stage.reload().await;
        let page = SignedInPage::shown(Widget::login(stage)).await;
        assert_eq!(stage.event("signed-in").await["claims"]["email"], USER);
        leave(page).await;
    });
}

#[test]
fn a_device_that_is_forgotten_in_the_account_asks_for_the_code_again() {
    run(async |stage| {
        stage.open(&Page::login(&ASKING).with("cognito-account", &ASKING)).await;
        let widget = sign_in_with_code(LoginPage::shown(Widget::login(stage)).await, USER).await;
        widget.find(Kind::Heading, QUESTION).await;
        widget.press("Remember this device").await;
        let page = signs_in_without_code(leave(SignedInPage::shown(widget).await).await, USER).await;

        let account = AccountPage::shown(Widget::account(stage)).await.widget;
        account.find(Kind::Heading, "Remembered devices").await;
        let name = format!("{} on Linux", stage.browser.name());
        account.find(Kind::Text, &name).await;
        account.find(Kind::Text, "This device").await;
        account.press(&format!("Forget {name}")).await;
        account.status("This device is forgotten. Soon you will have to sign in again.").await;
        account.gone(Kind::Text, "This device").await;
        let stored = [stage.storage("localStorage").await, stage.storage("sessionStorage").await].concat();
        assert!(!stored.iter().any(|(key, _)| key.ends_with(".randomPasswordKey")), "{stored:?}");

        let widget = sign_in_with_code(leave(page).await, USER).await;
        // It is a new one.
        widget.find(Kind::Heading, QUESTION).await;
    });
}

#[test]
fn a_device_that_the_service_no_longer_knows_costs_the_person_nothing_but_the_code() {
    run(async |stage| {
        let widget = asked(stage, &ASKING).await;
        widget.press("Remember this device").await;
        let page = SignedInPage::shown(widget).await;
        let forget = "const entries = Object.entries(sessionStorage);
            const value = (name) => entries.find(([key]) => key.endsWith(name))[1];
            const headers = { 'content-type': 'application/x-amz-json-1.1',
                'x-amz-target': 'AWSCognitoIdentityProviderService.ForgetDevice' };
            const body = JSON.stringify({ AccessToken: value('.accessToken'), DeviceKey: value('.deviceKey') });
            return fetch(element.getAttribute('endpoint'), { method: 'POST', headers, body }).then((reply) => reply.status);";
        assert_eq!(page.widget.script(forget).await, 200);
        let login = leave(page).await;
        let begun = stage.pool.count("InitiateAuth");
        let widget = sign_in_with_code(login, USER).await;
        widget.find(Kind::Heading, QUESTION).await;
        assert_eq!(stage.pool.count("InitiateAuth"), begun + 2, "the sign-in begins again once, by itself");
        assert_eq!(stage.events_of("error").await, Vec::<serde_json::Value>::new());
    });
}

#[test]
fn a_refresh_names_the_device() {
    let short = |pool: local_pool::Builder| pool.with(|settings| settings.access_token_validity = Duration::from_secs(30));
    run_with(short, async |stage| {
        let widget = asked(stage, &ASKING).await;
        widget.press("Not now").await;
        let page = SignedInPage::shown(widget).await;
        for times in 1..=2 {
            let length = page.widget.script("return element.getTokens().then((tokens) => tokens.accessToken.length)").await;
            assert!(length.as_u64() > Some(100), "{length}");
            assert_eq!(stage.pool.count("GetTokensFromRefreshToken"), times);
        }
        stage.reload().await;
        SignedInPage::shown(page.widget).await;
    });
}

#[test]
fn what_the_pool_decides_nobody_is_asked() {
    run(async |stage| {
        let login = LoginPage::open(stage, &ALWAYS).await;
        let widget = sign_in_with_code(login, "device-always@example.com").await;
        let page = SignedInPage::shown(widget).await;
        signs_in_without_code(leave(page).await, "device-always@example.com").await;
    });
}

#[test]
fn what_the_page_decides_nobody_is_asked() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[ASKING.as_slice(), &[("remember-device", "always")]].concat()).await;
        let page = SignedInPage::shown(sign_in_with_code(login, USER).await).await;
        signs_in_without_code(leave(page).await, USER).await;
    });
}

#[test]
fn a_page_that_wants_no_device_remembered_has_none() {
    run(async |stage| {
        for attributes in [ASKING, ALWAYS] {
            let email = if attributes == ASKING { USER } else { "device-always@example.com" };
            let login = LoginPage::open(stage, &[attributes.as_slice(), &[("remember-device", "never")]].concat()).await;
            let page = SignedInPage::shown(sign_in_with_code(login, email).await).await;
            let page = SignedInPage::shown(sign_in_with_code(leave(page).await, email).await).await;
            leave(page).await;
        }
    });
}

#[test]
fn a_store_of_the_page_finds_the_device_after_another_person_signed_in() {
    run(async |stage| {
        let attributes = |flow| [ASKING.as_slice(), &[("auth-flow", flow), ("storage", "memory")]].concat();
        let open = async |flow| {
            stage.open(&Page::login(&attributes(flow)).with_adapter()).await;
            LoginPage::shown(Widget::login(stage)).await
        };
        let widget = sign_in_with_code(open("USER_SRP_AUTH").await, USER).await;
        widget.find(Kind::Heading, QUESTION).await;
        widget.press("Remember this device").await;
        leave(SignedInPage::shown(widget).await).await;
        assert_eq!(stage.storage("sessionStorage").await, [], "the page's store alone has anything");

        // Each time a page that knows nothing but what the store tells.
        for flow in ["USER_SRP_AUTH", "USER_PASSWORD_AUTH"] {
            let login = open(flow).await;
            login.sign_in(OTHER, PASSWORD).await;
            if flow == "USER_SRP_AUTH" {
                login.widget.find(Kind::Heading, QUESTION).await;
                login.widget.press("Not now").await;
            }
            leave(SignedInPage::shown(login.widget).await).await;
            leave(signs_in_without_code(open(flow).await, USER).await).await;
        }
    });
}

#[test]
fn every_way_to_sign_in_knows_the_device() {
    run(async |stage| {
        let widget = asked(stage, &ASKING).await;
        widget.press("Remember this device").await;
        leave(SignedInPage::shown(widget).await).await;
        for flow in ["USER_PASSWORD_AUTH", "CUSTOM_AUTH"] {
            let login = LoginPage::open(stage, &[ASKING.as_slice(), &[("auth-flow", flow)]].concat()).await;
            login.sign_in(USER, PASSWORD).await;
            stage.pool.wait_for("RespondToAuthChallenge", 1).await;
            if flow == "CUSTOM_AUTH" {
                // The pool's own code follows, and the app's does not come before it.
                login.widget.find(Kind::Heading, "Check your email").await;
            } else {
                leave(SignedInPage::shown(login.widget).await).await;
            }
        }
        let choice = [ASKING.as_slice(), &[("auth-flow", "USER_AUTH"), ("preferred-challenge", "EMAIL_OTP")]].concat();
        stage.open(&Page::login(&choice)).await;
        let widget = Widget::login(stage);
        widget.find(Kind::Field, "Email").await;
        widget.fill("Email", USER).await;
        widget.press("Continue").await;
        let page = CodePage::shown(widget, "Check your email").await;
        page.enter(&stage.pool.mailed_code(USER).await).await;
        SignedInPage::shown(page.widget).await;
        assert_eq!(stage.pool.count("ConfirmDevice"), 1, "{:?}", json!(stage.pool.operations()));
    });
}
