//! The words for a notice of the machine.

use cognito_protocol::flow::{Detail, Notice, NoticeKind, UsernameKind};

use super::texts::{Key, Texts};

impl Texts {
    /// The words for a notice, where sign-in names are of this kind.
    #[must_use]
    pub fn notice(&self, notice: &Notice, kind: UsernameKind) -> String {
        match (notice.kind, &notice.detail) {
            (NoticeKind::ClockOff, Detail::Seconds(seconds)) => {
                let key = if *seconds > 0 { Key::NoticeClockOffAhead } else { Key::NoticeClockOffBehind };
                self.count(key, "seconds", seconds.saturating_abs())
            }
            (NoticeKind::InvalidPassword, Detail::Rule(rule)) => {
                self.variant(&["notice.invalid_password.", rule.as_str()].concat(), kind).to_owned()
            }
            (NoticeKind::ServiceText, Detail::Text(text)) => self.fill(Key::NoticeService, &[("text", text)]).unwrap_or_default(),
            // The page's author reads more.
            (kind_of_notice, _) if kind_of_notice.is_about_client_secret() => self.get(Key::NoticeUnexpected).to_owned(),
            (kind_of_notice, _) => self.variant(&["notice.", kind_of_notice.code()].concat(), kind).to_owned(),
        }
    }

    /// The text of a name, in its variant for sign-in names of this kind where it has one.
    pub(crate) fn variant(&self, name: &str, kind: UsernameKind) -> &str {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notice_has_words() {
        let texts = Texts::english();
        for kind in NoticeKind::ALL {
            let name = ["notice.", kind.code()].concat();
            let is_elsewhere = *kind == NoticeKind::ClockOff || kind.is_about_client_secret();
            let has_words = texts.by_name(&name).is_some() || is_elsewhere;
            assert!(has_words, "{name} is not in the language files");
        }
    }

    #[test]
    fn the_words_fit_the_kind_of_sign_in_names() {
        let words = |kind| Texts::english().notice(&NoticeKind::WrongCredentials.into(), kind);
        assert_eq!(words(UsernameKind::Email), "Incorrect email or password.");
        assert_eq!(words(UsernameKind::Phone), "Incorrect phone number or password.");
        assert_eq!(words(UsernameKind::Username), "Incorrect username or password.");
    }

    #[test]
    fn details_stand_in_the_words() {
        let notice = |kind: NoticeKind, detail| Texts::english().notice(&Notice { detail, ..kind.into() }, UsernameKind::Email);
        assert!(notice(NoticeKind::ClockOff, Detail::Seconds(-60)).contains("60 seconds (behind)"));
        assert!(notice(NoticeKind::ClockOff, Detail::Seconds(30)).contains("30 seconds (ahead)"));
        let refused = notice(NoticeKind::ServiceText, Detail::Text("Ask {name}.".to_owned()));
        assert_eq!(refused, "Something went wrong. Please try again. Ask {name}.");
    }
}
