//! The mails that the pool "sent".

use serde::Serialize;

use crate::clock;

/// So many are kept.
const KEPT: usize = 200;

/// A mail; what `/local/inbox` shows.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Message {
    pub to: String,
    pub subject: String,
    pub body: String,
    /// The code that the body holds.
    pub code: String,
    /// ISO 8601, by the pool's clock.
    pub sent_at: String,
    /// Why it was sent: `CUSTOM_CHALLENGE`, `SIGN_UP`, `RESEND_CODE`.
    pub kind: &'static str,
}

#[derive(Default)]
pub(crate) struct Inbox(Vec<Message>);

impl Inbox {
    pub fn send(&mut self, kind: &'static str, now_millis: i64, mail: triggers::Mail, code: &str) {
        if self.0.len() >= KEPT {
            self.0.remove(0);
        }
        let triggers::Mail { to, subject, text: body, html: _ } = mail;
        self.0.push(Message { to, subject, body, code: code.to_owned(), sent_at: clock::iso(now_millis), kind });
    }

    /// Newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &Message> {
        self.0.iter().rev()
    }
}
