//! `email-code`, `sms-code` and `totp-code`

use super::{Kind, Widget};

/// The heading of the screen `email-code`.
pub(crate) const EMAIL_CODE: &str = "Check your email";
/// The heading of the screen `sms-code`.
pub(crate) const SMS_CODE: &str = "Check your phone";
/// The heading of the screen `totp-code`.
pub(crate) const TOTP_CODE: &str = "Enter your authenticator code";

pub(crate) struct CodePage<'a> {
    pub widget: Widget<'a>,
}

impl<'a> CodePage<'a> {
    /// Waits for the screen with this heading.
    pub async fn shown(widget: Widget<'a>, heading: &str) -> Self {
        widget.find(Kind::Heading, heading).await;
        widget.find(Kind::Field, "Verification code").await;
        Self { widget }
    }

    /// Types a code and presses the button.
    pub async fn enter(&self, code: &str) {
        self.widget.fill("Verification code", code).await;
        self.widget.press("Verify").await;
    }

    /// What is typed.
    pub async fn code(&self) -> String {
        self.widget.value("Verification code").await
    }
}

/// A code of the same length that is not this one.
pub(crate) fn other_than(code: &str) -> String {
    let first = if code.starts_with('0') { "1" } else { "0" };
    format!("{first}{}", &code[1..])
}
