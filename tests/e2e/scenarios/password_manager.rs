//! The browser's own password manager: what it offers to save, for whom, and that it fills in what it has saved. Firefox alone lets a test
//! press "Save"; Chromium's is tested by what it counts, in `tests/gallery`.

use local_pool::seed::{NAMED_CLIENT, NAMED_POOL, PASSWORD};

use crate::{
    pages::{AccountPage, Kind, LoginPage, SignedInPage, Widget},
    stage::{Offer, Page, PasswordManager, Stage, run, until},
};

const USER: &str = "srp@example.com";
const NEW_PASSWORD: &str = "Tidewater 2026!";

/// It finds forms in shadow roots as well as outside.
const ROOTS: [&str; 2] = ["open", "none"];

fn save(name: &str, password: &str) -> Offer {
    Offer { button: "Save".to_owned(), name: name.to_owned(), password: password.to_owned() }
}

fn update(name: &str, password: &str) -> Offer {
    Offer { button: "Update".to_owned(), ..save(name, password) }
}

/// Waits until the form is filled in, and sends it off as it is.
async fn signs_in_with_what_is_filled_in(widget: Widget<'_>, name: &str, password: &str) {
    let login = LoginPage::shown(widget).await;
    let filled_in = async || (login.name().await == name && login.password().await == password).then_some(());
    until("the form to be filled in", filled_in).await;
    login.submit().await;
    SignedInPage::shown(widget).await;
}

/// Signs in with a password that it does not know yet, and has it saved.
async fn saved_at_sign_in<'a>(stage: &'a Stage, attributes: &[(&str, &str)]) -> (PasswordManager<'a>, SignedInPage<'a>) {
    let manager = PasswordManager::turn_on(&stage.browser).await;
    let login = LoginPage::open(stage, attributes).await;
    login.sign_in(USER, PASSWORD).await;
    assert_eq!(manager.offer().await, save(USER, PASSWORD));
    manager.accept(&[(USER, PASSWORD)]).await;
    (manager, SignedInPage::shown(login.widget).await)
}

#[test]
#[ignore = "in Firefox alone: `cargo xtask test e2e-firefox`"]
fn what_was_typed_is_saved_and_filled_in_at_the_next_sign_in() {
    run(async |stage| {
        for shadow in ROOTS {
            let (manager, page) = saved_at_sign_in(stage, &[("shadow", shadow)]).await;
            // The form that comes back on the page, and the one that is there before the WebAssembly.
            page.sign_out().await;
            signs_in_with_what_is_filled_in(page.widget, USER, PASSWORD).await;
            page.sign_out().await;
            LoginPage::shown(page.widget).await;
            stage.reload().await;
            signs_in_with_what_is_filled_in(page.widget, USER, PASSWORD).await;
            page.sign_out().await;
            LoginPage::shown(page.widget).await;
            manager.turn_off().await;
        }
    });
}

#[test]
#[ignore = "in Firefox alone: `cargo xtask test e2e-firefox`"]
fn a_password_that_is_changed_in_the_account_is_saved_in_the_place_of_the_old_one() {
    run(async |stage| {
        stage.is_secret(NEW_PASSWORD);
        for (shadow, from, to) in [("open", PASSWORD, NEW_PASSWORD), ("none", NEW_PASSWORD, PASSWORD)] {
            let attributes = [("shadow", shadow)];
            let manager = PasswordManager::turn_on(&stage.browser).await;
            stage.open(&Page::login(&attributes).with("cognito-account", &attributes)).await;
            let login = LoginPage::shown(Widget::login(stage)).await;
            login.sign_in(USER, from).await;
            assert_eq!(manager.offer().await, save(USER, from));
            manager.accept(&[(USER, from)]).await;

            let widget = AccountPage::shown(Widget::account(stage)).await.widget;
            widget.press("Change password").await;
            widget.find(Kind::Heading, "Change your password").await;
            widget.fill("Current password", from).await;
            widget.fill("New password", to).await;
            widget.press("Save new password").await;
            AccountPage::shown(widget).await.widget.status("Your password is changed.").await;
            assert_eq!(manager.offer().await, update(USER, to), "shadow {shadow}");
            manager.accept(&[(USER, to)]).await;

            SignedInPage::shown(login.widget).await.sign_out().await;
            signs_in_with_what_is_filled_in(login.widget, USER, to).await;
            SignedInPage::shown(login.widget).await.sign_out().await;
            LoginPage::shown(login.widget).await;
            manager.turn_off().await;
        }
    });
}

#[test]
#[ignore = "in Firefox alone: `cargo xtask test e2e-firefox`"]
fn a_temporary_password_is_replaced_by_the_one_that_was_chosen() {
    const INVITED: &str = "new-password@example.com";
    run(async |stage| {
        stage.is_secret(NEW_PASSWORD);
        let manager = PasswordManager::turn_on(&stage.browser).await;
        let login = LoginPage::open(stage, &[("user-pool-id", NAMED_POOL), ("client-id", NAMED_CLIENT)]).await;
        login.sign_in(INVITED, PASSWORD).await;
        assert_eq!(manager.offer().await, save(INVITED, PASSWORD));
        manager.accept(&[(INVITED, PASSWORD)]).await;
        let widget = login.widget;
        widget.find(Kind::Heading, "Choose a new password").await;
        widget.fill("New password", NEW_PASSWORD).await;
        widget.fill("Name", "Ann").await;
        widget.press("Save and sign in").await;
        SignedInPage::shown(widget).await;
        assert_eq!(manager.offer().await, update(INVITED, NEW_PASSWORD));
        manager.accept(&[(INVITED, NEW_PASSWORD)]).await;
        manager.turn_off().await;
    });
}

#[test]
#[ignore = "in Firefox alone: `cargo xtask test e2e-firefox`"]
fn a_password_that_was_reset_is_saved_for_the_one_who_forgot_it() {
    run(async |stage| {
        stage.is_secret(NEW_PASSWORD);
        let (manager, page) = saved_at_sign_in(stage, &[]).await;
        page.sign_out().await;
        let widget = LoginPage::shown(page.widget).await.widget;
        widget.press("Forgot your password?").await;
        widget.find(Kind::Heading, "Reset your password").await;
        widget.fill("Email", USER).await;
        widget.press("Send code").await;
        widget.find(Kind::Heading, "Choose a new password").await;
        widget.fill("Verification code", &stage.pool.mailed_code(USER).await).await;
        widget.fill("New password", NEW_PASSWORD).await;
        widget.press("Save new password").await;
        SignedInPage::shown(widget).await;
        assert_eq!(manager.offer().await, update(USER, NEW_PASSWORD));
        manager.accept(&[(USER, NEW_PASSWORD)]).await;
        manager.turn_off().await;
    });
}

#[test]
#[ignore = "in Firefox alone: `cargo xtask test e2e-firefox`"]
fn a_new_account_is_saved_when_it_is_made() {
    const NEW: &str = "new@example.com";
    run(async |stage| {
        stage.is_secret(NEW_PASSWORD);
        let manager = PasswordManager::turn_on(&stage.browser).await;
        let widget = LoginPage::open(stage, &[]).await.widget;
        widget.press("Create an account").await;
        widget.find(Kind::Heading, "Create your account").await;
        widget.fill("Email", NEW).await;
        widget.fill("Password", NEW_PASSWORD).await;
        widget.press("Create account").await;
        widget.find(Kind::Heading, "Confirm your account").await;
        assert_eq!(manager.offer().await, save(NEW, NEW_PASSWORD));
        manager.accept(&[(NEW, NEW_PASSWORD)]).await;
        manager.turn_off().await;
    });
}
