//! `signed-in`

use super::{Kind, Widget};

pub(crate) struct SignedInPage<'a> {
    pub widget: Widget<'a>,
}

impl<'a> SignedInPage<'a> {
    /// Waits for the screen.
    pub async fn shown(widget: Widget<'a>) -> Self {
        widget.find(Kind::Heading, "You are signed in").await;
        Self { widget }
    }

    pub async fn sign_out(&self) {
        self.widget.press("Sign out").await;
    }
}
