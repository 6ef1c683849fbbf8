//! Sign-in names that are phone numbers, or of the person's own choice: from the sign-up to a new password.

use local_pool::Format;

use crate::{
    pages::{Kind, SignedInPage, Widget},
    stage::{Page, Stage, run_with},
};

const PASSWORD: &str = "Correct-horse-1!";
const ANOTHER: &str = "Correct-horse-2!";

/// A pool with these names, and its client.
const POOLS: &str = r#"
    [pools.eu-west-1_Phones]
    usernameAttributes = ["phone_number"]
    [pools.eu-west-1_Phones.clients.phones]

    [pools.eu-west-1_Names]
    usernameAttributes = []
    autoVerifiedAttributes = ["email"]
    [pools.eu-west-1_Names.clients.names]
"#;

/// What differs by kind.
struct Names {
    attributes: &'static [(&'static str, &'static str)],
    label: &'static str,
    typed: &'static str,
    name: &'static str,
    wrong: &'static str,
    /// What the sign-up asks for besides.
    asked: &'static [(&'static str, &'static str)],
    /// Where codes go.
    to: &'static str,
}

#[test]
fn people_sign_up_and_in_and_reset_by_phone_number() {
    signs_up_and_in_and_resets(&Names {
        attributes: &[("username-kind", "phone"), ("user-pool-id", "eu-west-1_Phones"), ("client-id", "phones")],
        label: "Phone number",
        typed: "+81 90-1234-5678",
        name: "+819012345678",
        wrong: "Incorrect phone number or password.",
        asked: &[],
        to: "+819012345678",
    });
}

#[test]
fn people_sign_up_and_in_and_reset_by_username() {
    signs_up_and_in_and_resets(&Names {
        attributes: &[
            ("username-kind", "username"),
            ("user-pool-id", "eu-west-1_Names"),
            ("client-id", "names"),
            ("sign-up-attributes", "email"),
        ],
        label: "Username",
        typed: "花子",
        name: "花子",
        wrong: "Incorrect username or password.",
        asked: &[("Email", "hanako@example.com")],
        to: "hanako@example.com",
    });
}

fn signs_up_and_in_and_resets(names: &Names) {
    run_with(
        |builder| builder.with_config(POOLS, Format::Toml).unwrap(),
        async |stage| {
            stage.is_secret(PASSWORD);
            stage.is_secret(ANOTHER);
            stage.open(&Page::login(names.attributes)).await;
            let widget = Widget::login(stage);
            widget.press("Create an account").await;
            widget.find(Kind::Heading, "Create your account").await;
            widget.fill(names.label, names.typed).await;
            widget.fill("Password", PASSWORD).await;
            for (label, value) in names.asked {
                widget.fill(label, value).await;
            }
            widget.press("Create account").await;
            widget.find(Kind::Heading, "Confirm your account").await;
            widget.fill("Verification code", &code(stage, names).await).await;
            widget.press("Confirm").await;
            SignedInPage::shown(widget).await.sign_out().await;

            sign_in(widget, names, ANOTHER).await;
            widget.alert(names.wrong).await;
            assert_eq!(widget.value(names.label).await, names.typed);
            widget.press("Forgot your password?").await;
            widget.find(Kind::Heading, "Reset your password").await;
            assert_eq!(widget.value(names.label).await, names.name, "the name is kept");
            widget.press("Send code").await;
            widget.find(Kind::Heading, "Choose a new password").await;
            widget.fill("Verification code", &code(stage, names).await).await;
            widget.fill("New password", ANOTHER).await;
            widget.press("Save new password").await;
            SignedInPage::shown(widget).await.sign_out().await;
            sign_in(widget, names, ANOTHER).await;
            SignedInPage::shown(widget).await;
        },
    );
}

async fn sign_in(widget: Widget<'_>, names: &Names, password: &str) {
    widget.find(Kind::Button, "Sign in").await;
    widget.fill(names.label, names.typed).await;
    widget.fill("Password", password).await;
    widget.press("Sign in").await;
}

async fn code(stage: &Stage, names: &Names) -> String {
    stage.pool.mailed_code(names.to).await
}
