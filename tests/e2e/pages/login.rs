//! `sign-in`

use super::{Kind, Widget};
use crate::stage::{Page, Stage};

pub(crate) struct LoginPage<'a> {
    pub widget: Widget<'a>,
}

impl<'a> LoginPage<'a> {
    /// Opens a page with one `<cognito-login>` and waits for its form.
    pub async fn open(stage: &'a Stage, attributes: &[(&str, &str)]) -> Self {
        stage.open(&Page::login(attributes)).await;
        Self::shown(Widget::login(stage)).await
    }

    /// Waits for the form.
    pub async fn shown(widget: Widget<'a>) -> Self {
        widget.find(Kind::Heading, "Sign in").await;
        widget.find(Kind::Field, "Email").await;
        Self { widget }
    }

    /// Types both, in the place of what was there, and presses the button.
    pub async fn sign_in(&self, name: &str, password: &str) {
        self.widget.stage.is_secret(password);
        self.widget.fill("Email", name).await;
        self.widget.fill("Password", password).await;
        self.submit().await;
    }

    pub async fn submit(&self) {
        self.widget.press("Sign in").await;
    }

    pub async fn name(&self) -> String {
        self.widget.value("Email").await
    }

    pub async fn password(&self) -> String {
        self.widget.value("Password").await
    }
}
