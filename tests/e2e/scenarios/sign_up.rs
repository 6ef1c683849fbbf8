//! A new account, from the first screen to tokens; and an account that was never confirmed.

use local_pool::seed::PASSWORD;
use serde_json::json;

use crate::{
    pages::{Kind, LoginPage, SignedInPage, Widget, other_than},
    stage::{Answer, Page, Stage, run},
};

const NEW: &str = "new@example.com";
const NEW_PASSWORD: &str = "Tidewater 2026!";

/// A page's sign-up screen, by the button of the form.
async fn at_sign_up<'a>(stage: &'a Stage, attributes: &[(&str, &str)]) -> Widget<'a> {
    stage.is_secret(NEW_PASSWORD);
    let login = LoginPage::open(stage, attributes).await;
    login.widget.press("Create an account").await;
    login.widget.find(Kind::Heading, "Create your account").await;
    login.widget
}

async fn confirms(widget: Widget<'_>, code: &str) {
    widget.fill("Verification code", code).await;
    widget.press("Confirm").await;
}

/// The rules that are marked as kept.
async fn kept_rules(widget: Widget<'_>) -> u64 {
    widget.script("return [...seen.nodes(element)].filter((node) => node.matches?.('li.kept')).length").await.as_u64().unwrap()
}

#[test]
fn a_new_account_is_confirmed_by_a_code_and_signed_in() {
    run(async |stage| {
        let widget = at_sign_up(stage, &[("sign-up-attributes", "name phone_number")]).await;
        widget.focus_on("field Email").await;
        assert_eq!(widget.attribute("Email", "autocomplete").await.as_deref(), Some("username"));
        assert_eq!(widget.attribute("Password", "autocomplete").await.as_deref(), Some("new-password"));
        assert_eq!(widget.attribute("Name", "autocomplete").await.as_deref(), Some("name"));
        assert_eq!(widget.attribute("Phone number", "type").await.as_deref(), Some("tel"));
        widget.fill("Email", NEW).await;
        widget.fill("Password", "tide").await;
        assert_eq!(kept_rules(widget).await, 1);
        widget.fill("Password", NEW_PASSWORD).await;
        assert_eq!(kept_rules(widget).await, 5);
        widget.fill("Name", "Ann").await;
        widget.fill("Phone number", "020 79").await;
        widget.press("Create account").await;
        widget.alert("Check the phone number and its country. It can also begin with the country code, such as +44.").await;
        widget.focus_on("field Phone number").await;
        assert_eq!(widget.value("Password").await, NEW_PASSWORD);
        widget.fill("Phone number", "+44 20 7946-0018").await;
        widget.press("Create account").await;
        widget.find(Kind::Heading, "Confirm your account").await;
        widget.focus_on("field Verification code").await;
        widget.find(Kind::Text, "We sent a verification code to n***@e***.").await;
        let sign_up = stage.pool.bodies().into_iter().find(|body| body.contains("UserAttributes")).unwrap();
        assert!(sign_up.contains("+442079460018"), "{sign_up}");

        let code = stage.pool.mailed_code(NEW).await;
        confirms(widget, &other_than(&code)).await;
        widget.alert("That code is not right. Check it and try again.").await;
        assert_eq!(widget.value("Verification code").await, "");
        confirms(widget, &code).await;
        SignedInPage::shown(widget).await;
        let claims = stage.event("signed-in").await["claims"].clone();
        assert_eq!((&claims["email"], &claims["name"]), (&json!(NEW), &json!("Ann")));
    });
}

#[test]
fn nothing_typed_is_lost_when_the_pool_refuses() {
    run(async |stage| {
        let widget = at_sign_up(stage, &[("sign-up-attributes", "nickname")]).await;
        widget.fill("Email", "srp@example.com").await;
        widget.fill("Password", NEW_PASSWORD).await;
        widget.fill("Nickname", "annie").await;
        widget.press("Create account").await;
        let taken = "There is already an account with this email address. Sign in instead, or reset your password.";
        widget.alert(taken).await;
        for (label, typed) in [("Email", "srp@example.com"), ("Password", NEW_PASSWORD), ("Nickname", "annie")] {
            assert_eq!(widget.value(label).await, typed);
        }
        widget.fill("Password", "tidewater 2026!").await;
        widget.fill("Email", NEW).await;
        widget.press("Create account").await;
        widget.alert("The password needs an uppercase letter (A–Z).").await;
        widget.focus_on("field Password").await;
        stage.pool.answer_next(
            "SignUp",
            Answer {
                status: 400,
                content_type: "application/x-amz-json-1.1",
                body: r#"{"__type":"UserLambdaValidationException","message":"PreSignUp failed with error Only colleagues may join."}"#,
            },
        );
        widget.press("Create account").await;
        widget.alert("Something went wrong. Please try again. Only colleagues may join.").await;
        widget.press("I already have an account").await;
        assert_eq!(LoginPage::shown(widget).await.name().await, NEW);
    });
}

#[test]
fn whoever_never_confirmed_gets_a_code_at_sign_in() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[]).await;
        login.sign_in("unconfirmed@example.com", PASSWORD).await;
        let widget = login.widget;
        widget.find(Kind::Heading, "Confirm your account").await;
        widget.status("Confirm your account to sign in: enter the code that we send you.").await;
        let first = stage.pool.mailed_code("unconfirmed@example.com").await;
        widget.find(Kind::Text, "We sent a verification code to u***@e***.").await;
        assert_eq!(stage.pool.count("ResendConfirmationCode"), 1);
        confirms(widget, &first).await;
        SignedInPage::shown(widget).await;
    });
}

#[test]
fn a_page_may_begin_with_the_sign_up_or_have_none() {
    run(async |stage| {
        stage.open(&Page::login(&[("screen", "sign-up")])).await;
        let widget = Widget::login(stage);
        widget.find(Kind::Heading, "Create your account").await;
        widget.script("return element.show('forgot-password')").await;
        widget.find(Kind::Heading, "Reset your password").await;
        let login = LoginPage::open(stage, &[("sign-up", "off")]).await;
        assert!(!login.widget.has(Kind::Button, "Create an account").await);
        let refused = "return element.show('sign-up').then(() => 'shown', (error) => error.code)";
        assert_eq!(login.widget.script(refused).await, "screen_unavailable");
    });
}
