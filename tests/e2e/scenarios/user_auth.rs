//! `USER_AUTH`: the person chooses what to sign in by.

use fantoccini::key::Key;
use local_pool::seed::{CHOICE_CLIENT, CHOICE_POOL, CHOOSE_FACTOR_PHONE_NUMBER, PASSWORD};
use serde_json::json;

use crate::{
    pages::{CodePage, EMAIL_CODE, Kind, LoginPage, SMS_CODE, SignedInPage, Widget, other_than},
    stage::{Stage, run},
};

const NAME: &str = "choose-factor@example.com";
const CHOICE: &str = "Choose how to sign in";

async fn open<'a>(stage: &'a Stage, attributes: &[(&str, &str)]) -> Widget<'a> {
    let mut all = vec![("auth-flow", "USER_AUTH"), ("user-pool-id", CHOICE_POOL), ("client-id", CHOICE_CLIENT)];
    all.extend_from_slice(attributes);
    LoginPage::open(stage, &all).await.widget
}

/// From the name to the choice.
async fn at_choice(widget: Widget<'_>) {
    widget.fill("Email", NAME).await;
    widget.press("Continue").await;
    widget.find(Kind::Heading, CHOICE).await;
}

/// The buttons of the choice, in their order.
async fn offered(widget: Widget<'_>) -> serde_json::Value {
    widget.script("return [...seen.nodes(element)].filter((node) => node.localName === 'button').map((node) => node.textContent.trim());").await
}

#[test]
fn the_name_alone_leads_to_the_choice_and_the_last_one_is_offered_first() {
    run(async |stage| {
        let widget = open(stage, &[]).await;
        assert!(!widget.has(Kind::Button, "Sign in").await && !widget.has(Kind::Button, "Show password").await);
        widget.press("Continue").await;
        widget.alert("Enter your email address.").await;
        widget.focus_on("field Email").await;
        widget.fill("Email", NAME).await;
        stage.browser.press_key(Key::Enter).await;
        widget.focus_on(&format!("heading {CHOICE}")).await;
        assert_eq!(offered(widget).await, json!(["Password", "Email code", "Text message code", "Back to sign in"]));

        widget.press("Email code").await;
        let page = CodePage::shown(widget, EMAIL_CODE).await;
        page.widget.focus_on("field Verification code").await;
        let code = stage.pool.mailed_code(NAME).await;
        assert_eq!(code.len(), 8);
        page.enter(&other_than(&code)).await;
        page.widget.alert("That code is not right. Check it and try again.").await;
        page.enter(&code).await;
        SignedInPage::shown(page.widget).await.sign_out().await;

        at_choice(widget).await;
        assert_eq!(offered(widget).await, json!(["Email code", "Password", "Text message code", "Back to sign in"]));
        widget.press("Back to sign in").await;
        widget.find(Kind::Button, "Continue").await;
        assert_eq!(widget.value("Email").await, NAME);
    });
}

#[test]
fn a_new_text_message_needs_no_password() {
    run(async |stage| {
        let widget = open(stage, &[]).await;
        at_choice(widget).await;
        widget.press("Text message code").await;
        let page = CodePage::shown(widget, SMS_CODE).await;
        let first = stage.pool.mailed_code(CHOOSE_FACTOR_PHONE_NUMBER).await;
        widget.press("Send a new code").await;
        widget.status("We sent a new code.").await;
        page.enter(&first).await;
        widget.alert("That code is not right. Check it and try again.").await;
        page.enter(&stage.pool.mailed_code(CHOOSE_FACTOR_PHONE_NUMBER).await).await;
        SignedInPage::shown(page.widget).await;
    });
}

#[test]
fn the_password_is_asked_for_when_it_is_chosen_and_never_sent() {
    run(async |stage| {
        let widget = open(stage, &[]).await;
        at_choice(widget).await;
        widget.press("Password").await;
        let login = LoginPage::shown(widget).await;
        widget.focus_on("field Password").await;
        assert_eq!(login.name().await, NAME);
        login.sign_in(NAME, "Not-the-password-1!").await;
        widget.alert("Incorrect email or password.").await;
        widget.press("Other ways to sign in").await;
        widget.find(Kind::Heading, CHOICE).await;
        widget.press("Password").await;
        LoginPage::shown(widget).await.sign_in(NAME, PASSWORD).await;
        SignedInPage::shown(widget).await;
        let bodies = stage.pool.bodies();
        assert!(!bodies.is_empty() && bodies.iter().all(|body| !body.contains(PASSWORD)));
    });
}

#[test]
fn whoever_has_the_password_alone_is_asked_for_it() {
    run(async |stage| {
        let widget = open(stage, &[("username", "password-only@example.com")]).await;
        widget.press("Continue").await;
        widget.find(Kind::Field, "Password").await;
        LoginPage::shown(widget).await.sign_in("password-only@example.com", PASSWORD).await;
        SignedInPage::shown(widget).await;
    });
}

#[test]
fn a_pool_that_takes_nothing_but_the_password_itself_gets_it() {
    run(async |stage| {
        stage.pool.change_replies("InitiateAuth", |reply| {
            if reply["ChallengeName"] == "SELECT_CHALLENGE" {
                reply["AvailableChallenges"] = json!(["PASSWORD"]);
            }
        });
        let widget = open(stage, &[]).await;
        widget.fill("Email", NAME).await;
        widget.press("Continue").await;
        widget.find(Kind::Field, "Password").await;
        LoginPage::shown(widget).await.sign_in(NAME, PASSWORD).await;
        SignedInPage::shown(widget).await;
        let with_password: Vec<String> = stage.pool.bodies().into_iter().filter(|body| body.contains(PASSWORD)).collect();
        assert_eq!(with_password.len(), 1);
        assert!(with_password[0].contains(r#""PREFERRED_CHALLENGE":"PASSWORD""#));
    });
}

#[test]
fn what_the_page_prefers_comes_first() {
    run(async |stage| {
        let widget = open(stage, &[("preferred-challenge", "EMAIL_OTP")]).await;
        widget.fill("Email", NAME).await;
        widget.press("Continue").await;
        CodePage::shown(widget, EMAIL_CODE).await.enter(&stage.pool.mailed_code(NAME).await).await;
        SignedInPage::shown(widget).await.sign_out().await;

        let widget = open(stage, &[("preferred-challenge", "PASSWORD_SRP")]).await;
        widget.find(Kind::Field, "Password").await;
        widget.fill("Email", NAME).await;
        widget.press("Other ways to sign in").await;
        widget.find(Kind::Heading, CHOICE).await;
    });
}

#[test]
fn a_user_that_does_not_exist_looks_like_one() {
    run(async |stage| {
        let widget = open(stage, &[("preferred-challenge", "EMAIL_OTP")]).await;
        widget.fill("Email", "nobody@example.com").await;
        widget.press("Continue").await;
        let page = CodePage::shown(widget, EMAIL_CODE).await;
        page.enter("12345678").await;
        widget.alert("That code is not right. Check it and try again.").await;
    });
}

#[test]
fn a_form_that_a_password_manager_fills_in_as_a_whole_signs_in() {
    run(async |stage| {
        stage.is_secret(PASSWORD);
        let widget = open(stage, &[]).await;
        let fill = format!(
            "const inputs = [...seen.nodes(element)].filter((node) => node.localName === 'input');
             const [name, password] = ['username', 'current-password'].map((token) => inputs.find((input) => input.autocomplete === token));
             const {{ tabIndex }} = password;
             for (const [input, text] of [[name, {NAME:?}], [password, {PASSWORD:?}]]) {{
               input.value = text;
               input.dispatchEvent(new Event('input', {{ bubbles: true, composed: true }}));
             }}
             return [name.form === password.form, tabIndex];"
        );
        assert_eq!(widget.script(&fill).await, json!([true, -1]));
        widget.find(Kind::Field, "Password").await;
        widget.find(Kind::Button, "Show password").await;
        widget.press("Sign in").await;
        SignedInPage::shown(widget).await;
        stage.pool.wait_for("InitiateAuth", 1).await;
    });
}
