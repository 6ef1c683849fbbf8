//! The words for a notice of the machine.

use cognito_protocol::flow::Notice;

use super::{Key, Texts};
use crate::config::UsernameKind;

impl Texts {
    /// The words for a notice, where sign-in names are of this kind.
    #[must_use]
    pub fn notice(&self, notice: &Notice, kind: UsernameKind) -> String {
        match notice {
            Notice::ClockOff { seconds } => {
                let key = if *seconds > 0 { Key::NoticeClockOffAhead } else { Key::NoticeClockOffBehind };
                self.count(key, "seconds", seconds.saturating_abs())
            }
            Notice::ServiceText(text) => self.fill(Key::NoticeService, &[("text", text)]).unwrap_or_default(),
            notice => self.variant(&["notice.", notice.code()].concat(), kind).to_owned(),
        }
    }

    /// The text of a name, in its variant for sign-in names of this kind where it has one.
    fn variant(&self, name: &str, kind: UsernameKind) -> &str {
        let suffix = match kind {
            UsernameKind::Email => "",
            UsernameKind::Phone => ".phone",
            UsernameKind::Username => ".username",
        };
        let text = self.by_name(&[name, suffix].concat()).or_else(|| self.by_name(name));
        // The tests see that every notice has one.
        text.unwrap_or_else(|| self.get(Key::NoticeUnexpected))
    }
}
