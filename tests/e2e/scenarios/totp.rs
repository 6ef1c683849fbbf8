//! The authenticator app: set up while signing in, set up when signed in, used, turned off.

use cognito_protocol::totp::grouped_secret;
use fantoccini::key::Key;
use local_pool::seed::{MFA_ON_CLIENT, MFA_ON_POOL, PASSWORD, TOTP_SECRET};
use serde_json::json;

use crate::{
    pages::{AccountPage, Authenticator, CodePage, Kind, LoginPage, SignedInPage, TOTP_CODE, TotpSetupPage, Widget, other_than},
    stage::{Page, Stage, run},
};

const WRONG: &str = "That code is not right. Check it and try again.";
const USED: &str = "That code was used already. Wait for the next one.";
const MFA_ON: &[(&str, &str)] =
    &[("user-pool-id", MFA_ON_POOL), ("client-id", MFA_ON_CLIENT), ("totp-issuer", "Tidewater & Co.")];

/// The secret in a key URI, taken apart by hand.
fn secret_in(uri: &str) -> &str {
    uri.split_once("secret=").unwrap().1.split('&').next().unwrap()
}

/// Signs in with an authenticator app that is set up, up to the code.
async fn asked_for_code<'a>(login: &LoginPage<'a>, email: &str) -> CodePage<'a> {
    login.sign_in(email, PASSWORD).await;
    CodePage::shown(login.widget, TOTP_CODE).await
}

#[test]
fn a_pool_that_demands_an_authenticator_app_gets_one_set_up() {
    run(async |stage| {
        stage.pool.begin_totp_step();
        let login = LoginPage::open(stage, MFA_ON).await;
        login.sign_in("totp-setup@example.com", PASSWORD).await;
        let setup = TotpSetupPage::shown(login.widget).await;
        setup.widget.focus_on("heading Set up your authenticator app").await;
        let app = setup.scan().await;
        assert_eq!(app.issuer(), Some("Tidewater & Co."));
        assert_eq!(app.account(), "totp-setup@example.com");
        assert!(app.uri.starts_with("otpauth://totp/Tidewater%20%26%20Co.:totp-setup%40example.com?secret="), "{}", app.uri);
        assert_eq!(setup.setup_key().await, grouped_secret(secret_in(&app.uri)));

        let now = stage.pool.now_secs();
        let code = app.code_at(now);
        stage.is_secret(&code);
        setup.enter(&other_than(&code)).await;
        setup.widget.alert(WRONG).await;
        setup.widget.focus_on("field Verification code").await;
        // A phone whose clock is two and a half minutes ahead; nothing is sent for that.
        setup.enter(&app.code_at(now + 150)).await;
        let clock_off = "That code is from another time: your device's clock is off by about 150 seconds (ahead). Set its clock \
                         automatically, then try the next code.";
        setup.widget.alert(clock_off).await;
        assert_eq!(stage.event("error").await["code"], "clock_off");
        assert_eq!(stage.pool.count("VerifySoftwareToken"), 0);
        setup.enter(&code).await;
        let signed_in = SignedInPage::shown(setup.widget).await;
        assert_eq!(stage.pool.count("VerifySoftwareToken"), 1);

        // From now on the app is asked for, and takes no code twice.
        signed_in.sign_out().await;
        let login = LoginPage::shown(signed_in.widget).await;
        let page = asked_for_code(&login, "totp-setup@example.com").await;
        page.widget.focus_on("field Verification code").await;
        page.enter(&code).await;
        page.widget.alert(USED).await;
        page.enter(&other_than(&app.code_at(stage.pool.now_secs() + 30))).await;
        page.widget.alert(WRONG).await;
        stage.pool.advance_secs(30);
        page.enter(&app.code_at(stage.pool.now_secs())).await;
        SignedInPage::shown(page.widget).await;
        assert_eq!(stage.events_of("signed-in").await.len(), 2);
    });
}

#[test]
fn a_seeded_authenticator_app_signs_in() {
    run(async |stage| {
        let app = Authenticator::of(&format!("otpauth://totp/Test:totp?secret={TOTP_SECRET}&issuer=Test"));
        let login = LoginPage::open(stage, &[]).await;
        let page = asked_for_code(&login, "totp@example.com").await;
        // What cannot be a code of an app is not sent.
        page.enter("12345").await;
        page.widget.alert(WRONG).await;
        assert_eq!(stage.pool.count("RespondToAuthChallenge"), 1);
        page.enter(&app.code_at(stage.pool.now_secs())).await;
        SignedInPage::shown(page.widget).await;
    });
}

#[test]
fn a_session_that_is_over_ends_the_set_up() {
    run(async |stage| {
        let login = LoginPage::open(stage, MFA_ON).await;
        login.sign_in("totp-setup@example.com", PASSWORD).await;
        let setup = TotpSetupPage::shown(login.widget).await;
        let app = setup.scan().await;
        stage.pool.advance_secs(181);
        // The widget does not know yet that the pool's clock went on: what it takes for a code of another time it sends when
        // the person insists.
        let code = app.code_at(stage.pool.now_secs());
        setup.enter(&code).await;
        setup.widget.find(Kind::Button, "Verify and turn on").await;
        setup.enter(&code).await;
        let login = LoginPage::shown(setup.widget).await;
        login.widget.alert("Your sign-in took too long. Please sign in again.").await;
        assert_eq!(login.name().await, "totp-setup@example.com");
    });
}

#[test]
fn the_setup_key_can_be_copied() {
    run(async |stage| {
        let login = LoginPage::open(stage, MFA_ON).await;
        login.sign_in("totp-setup@example.com", PASSWORD).await;
        let setup = TotpSetupPage::shown(login.widget).await;
        setup.widget.press("Copy setup key").await;
        setup.widget.status("Setup key copied.").await;
        setup.widget.click_into("Verification code").await;
        stage.browser.press_chord(Key::Control, 'v').await;
        assert_eq!(setup.widget.value("Verification code").await, secret_in(&setup.scan().await.uri));
    });
}

/// Cameras want dark squares on white.
#[test]
fn the_qr_code_is_read_in_colours_that_the_person_chose() {
    run(async |stage| {
        let login = LoginPage::open(stage, MFA_ON).await;
        login.sign_in("totp-setup@example.com", PASSWORD).await;
        let setup = TotpSetupPage::shown(login.widget).await;
        let uri = setup.scan().await.uri;
        for (feature, value) in [("prefers-color-scheme", "dark"), ("forced-colors", "active")] {
            stage.browser.prefer(feature, value).await;
            let query = json!(format!("({feature}: {value})"));
            let holds = stage.browser.script("return matchMedia(arguments[0]).matches", &[query]).await;
            assert_eq!(holds, true, "{feature}");
            assert_eq!(setup.scan().await.uri, uri, "{feature}");
        }
    });
}

/// A page with both elements.
fn both() -> Page {
    Page::login(&[]).with("cognito-account", &[("totp-label", "My account"), ("totp-issuer", "Tidewater")])
}

async fn account_of(stage: &Stage) -> AccountPage<'_> {
    stage.open(&both()).await;
    let login = LoginPage::shown(Widget::login(stage)).await;
    login.sign_in("srp@example.com", PASSWORD).await;
    SignedInPage::shown(login.widget).await;
    AccountPage::shown(Widget::account(stage)).await
}

#[test]
fn a_signed_in_person_sets_an_authenticator_app_up_replaces_it_and_turns_it_off() {
    run(async |stage| {
        stage.pool.begin_totp_step();
        let account = account_of(stage).await;
        account.set_up_authenticator().await;
        let setup = TotpSetupPage::shown(account.widget).await;
        let app = setup.scan().await;
        assert_eq!((app.issuer(), app.account()), (Some("Tidewater"), "My account"));
        let now = stage.pool.now_secs();
        setup.enter(&other_than(&app.code_at(now))).await;
        setup.widget.alert(WRONG).await;
        setup.enter(&app.code_at(now)).await;
        let account = AccountPage::shown(setup.widget).await;
        account.widget.status("Your authenticator app is set up.").await;
        account.widget.focus_on("heading Your account").await;
        account.widget.find(Kind::Button, "Replace authenticator app").await;
        account.widget.gone(Kind::Button, "Set up authenticator app").await;

        // Another app: the first one is worth nothing any more.
        account.replace_authenticator().await;
        let setup = TotpSetupPage::shown(account.widget).await;
        let other = setup.scan().await;
        assert_ne!(app.uri, other.uri);
        setup.enter(&other.code_at(stage.pool.now_secs())).await;
        let account = AccountPage::shown(setup.widget).await;
        account.widget.status("Your authenticator app is set up.").await;

        stage.pool.advance_secs(60);
        SignedInPage::shown(Widget::login(stage)).await.sign_out().await;
        account.widget.find(Kind::Text, "You are not signed in.").await;
        let page = asked_for_code(&LoginPage::shown(Widget::login(stage)).await, "srp@example.com").await;
        page.enter(&app.code_at(stage.pool.now_secs())).await;
        page.widget.alert(WRONG).await;
        page.enter(&other.code_at(stage.pool.now_secs())).await;
        SignedInPage::shown(page.widget).await;

        let account = AccountPage::shown(Widget::account(stage)).await;
        account.turn_off_authenticator().await;
        account.widget.status("Your authenticator app is turned off.").await;
        account.widget.find(Kind::Button, "Set up authenticator app").await;
        SignedInPage::shown(Widget::login(stage)).await.sign_out().await;
        let login = LoginPage::shown(Widget::login(stage)).await;
        login.sign_in("srp@example.com", PASSWORD).await;
        SignedInPage::shown(login.widget).await;
    });
}

#[test]
fn a_set_up_can_be_left_and_changes_nothing() {
    run(async |stage| {
        let account = account_of(stage).await;
        account.set_up_authenticator().await;
        let setup = TotpSetupPage::shown(account.widget).await;
        setup.widget.press("Cancel").await;
        let account = AccountPage::shown(setup.widget).await;
        account.widget.find(Kind::Button, "Set up authenticator app").await;
        assert_eq!(stage.pool.count("SetUserMFAPreference"), 0);
    });
}

#[test]
fn an_account_element_without_anybody_brings_the_sign_in_into_view() {
    run(async |stage| {
        stage.open(&both()).await;
        let account = AccountPage::shown(Widget::account(stage)).await;
        account.widget.find(Kind::Text, "You are not signed in.").await;
        // Each element is drawn when it is ready, and the focus has nowhere to go before that.
        LoginPage::shown(Widget::login(stage)).await;
        account.widget.press("Sign in").await;
        account.widget.focus_on("field Email").await;
        assert!(!account.widget.has(Kind::Field, "Email").await, "the form is the other element's");
    });
}

#[test]
fn an_account_element_alone_signs_in_by_itself() {
    run(async |stage| {
        stage.open(&Page::new().with("cognito-account", &[])).await;
        let account = AccountPage::shown(Widget::account(stage)).await;
        account.widget.press("Sign in").await;
        let login = LoginPage::shown(account.widget).await;
        login.sign_in("srp@example.com", PASSWORD).await;
        AccountPage::shown(account.widget).await.widget.find(Kind::Button, "Set up authenticator app").await;
    });
}

#[test]
fn a_pool_that_demands_a_second_factor_keeps_it() {
    run(async |stage| {
        stage.pool.begin_totp_step();
        let page = Page::login(MFA_ON).with("cognito-account", MFA_ON);
        stage.open(&page).await;
        let login = LoginPage::shown(Widget::login(stage)).await;
        login.sign_in("totp-setup@example.com", PASSWORD).await;
        let setup = TotpSetupPage::shown(login.widget).await;
        let app = setup.scan().await;
        setup.enter(&app.code_at(stage.pool.now_secs())).await;
        SignedInPage::shown(setup.widget).await;
        let account = AccountPage::shown(Widget::account(stage)).await;
        account.turn_off_authenticator().await;
        account.widget.alert("This account needs an authenticator app, so it cannot be turned off.").await;
        account.widget.find(Kind::Button, "Turn off authenticator app").await;
    });
}

#[test]
fn whoever_finds_a_session_open_cannot_turn_the_app_off() {
    run(async |stage| {
        stage.pool.begin_totp_step();
        let app = Authenticator::of(&format!("otpauth://totp/Test:totp?secret={TOTP_SECRET}&issuer=Test"));
        stage.open(&both()).await;
        let page = asked_for_code(&LoginPage::shown(Widget::login(stage)).await, "totp@example.com").await;
        page.enter(&app.code_at(stage.pool.now_secs())).await;
        SignedInPage::shown(page.widget).await;
        stage.pool.advance_secs(660);
        stage.reload().await;

        let account = AccountPage::shown(Widget::account(stage)).await;
        account.turn_off_authenticator().await;
        let again = LoginPage::shown(account.widget).await;
        again.widget.status("To change this, sign in again.").await;
        again.widget.focus_on("field Password").await;
        assert_eq!(again.name().await, "totp@example.com");
        assert_eq!(stage.pool.count("SetUserMFAPreference"), 0);
        // The session goes on, for the other element and for this one.
        SignedInPage::shown(Widget::login(stage)).await;
        again.widget.press("Cancel").await;
        let account = AccountPage::shown(again.widget).await;
        account.turn_off_authenticator().await;
        let page = asked_for_code(&LoginPage::shown(account.widget).await, "totp@example.com").await;
        page.enter(&app.code_at(stage.pool.now_secs())).await;
        let account = AccountPage::shown(page.widget).await;
        account.widget.status("Your authenticator app is turned off.").await;
        // What was stored before is of no use to whoever copied it.
        stage.pool.wait_for("RevokeToken", 1).await;
        assert!(stage.events_of("signed-out").await.is_empty());
    });
}
