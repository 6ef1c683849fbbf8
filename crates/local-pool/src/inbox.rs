//! The mails and text messages that the pool "sent", and the mails that came through SES.

use serde::Serialize;

use crate::{clock, html_text::text_of_html};

/// So many are kept.
const KEPT: usize = 200;

/// By which way a message goes to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum Medium {
    Email,
    Sms,
}

/// A message on its way into the inbox.
pub(crate) struct Delivery {
    pub medium: Medium,
    /// Why it was sent: `CUSTOM_CHALLENGE`, `SIGN_UP`, `RESEND_CODE`, `SMS_MFA`, `EMAIL_OTP`,
    /// `FORGOT_PASSWORD`, `UPDATE_USER_ATTRIBUTE`, `VERIFY_USER_ATTRIBUTE`; or `SES`, by which way it came.
    pub kind: &'static str,
    /// As the sender wrote it; the pool's own mails have none.
    pub from: Option<String>,
    /// An address, or a phone number.
    pub to: String,
    /// Text messages have none.
    pub subject: Option<String>,
    pub text: Option<String>,
    pub html: Option<String>,
    /// The code, where the pool knows it; else it is looked for in the text.
    pub code: Option<String>,
}

/// A message; what `/local/inbox` shows.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Message {
    /// Of this message alone, across resets as well.
    pub id: u64,
    pub medium: Medium,
    pub kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    pub to: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The plain text; of a mail that has none, the text of its HTML.
    pub body: String,
    pub html: Option<String>,
    /// The code that the body holds.
    pub code: Option<String>,
    /// ISO 8601, by the pool's clock.
    pub sent_at: String,
}

#[derive(Default)]
pub(crate) struct Inbox {
    messages: Vec<Message>,
    next_id: u64,
}

impl Inbox {
    pub fn deliver(&mut self, now_millis: i64, delivery: Delivery) {
        if self.messages.len() >= KEPT {
            self.messages.remove(0);
        }
        let Delivery { medium, kind, from, to, subject, text, html, code } = delivery;
        let body = text.or_else(|| html.as_deref().map(text_of_html)).unwrap_or_default();
        let code = code.or_else(|| code_in(&body));
        let sent_at = clock::iso(now_millis);
        self.messages.push(Message { id: self.next_id, medium, kind, from, to, subject, body, html, code, sent_at });
        self.next_id = self.next_id.saturating_add(1);
    }

    /// Newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &Message> {
        self.messages.iter().rev()
    }

    pub fn message(&self, id: u64) -> Option<&Message> {
        self.messages.iter().find(|message| message.id == id)
    }

    /// Ids go on, so that a page that is still open shows no other message in place of its own.
    pub fn clear(&mut self) {
        self.messages.clear();
    }
}

/// The first run of 4 to 10 digits that stands alone on its line; else the first one anywhere.
fn code_in(text: &str) -> Option<String> {
    let is_code = |run: &&str| (4..=10).contains(&run.len()) && run.bytes().all(|byte| byte.is_ascii_digit());
    let alone = text.lines().map(str::trim).find(is_code);
    let anywhere = || text.split(|char: char| !char.is_ascii_digit()).find(is_code);
    alone.or_else(anywhere).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::code_in;

    #[test]
    fn codes_in_texts_of_others() {
        for (text, code) in [
            ("In 2026 your code is\n\n  482913 \n\nCall 555 0100.", Some("482913")),
            ("Your code is 4829, Jane.", Some("4829")),
            ("コードは1234567890です", Some("1234567890")),
            ("Call 12345678901 or 123", None),
            ("", None),
        ] {
            assert_eq!(code_in(text).as_deref(), code, "{text}");
        }
    }
}
