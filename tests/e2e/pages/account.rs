//! `account`, the first screen of `<cognito-account>`

use super::{Kind, Widget};

pub(crate) struct AccountPage<'a> {
    pub widget: Widget<'a>,
}

impl<'a> AccountPage<'a> {
    /// Waits for the screen, and until it has read what it shows.
    pub async fn shown(widget: Widget<'a>) -> Self {
        widget.find(Kind::Heading, "Your account").await;
        widget.idle().await;
        Self { widget }
    }

    pub async fn set_up_authenticator(&self) {
        self.widget.press("Set up authenticator app").await;
    }

    pub async fn replace_authenticator(&self) {
        self.widget.press("Replace authenticator app").await;
    }

    pub async fn turn_off_authenticator(&self) {
        self.widget.press("Turn off authenticator app").await;
    }
}
