//! Every text that a person sees. [`Texts`] are those of one language, by [`Key`]; a build step (`build/`) makes both of the files in
//! `texts/`, one a language, and refuses a language that is not complete.

mod en;
mod ja;
mod message;
mod notice;
#[allow(dead_code, reason = "the build step asks for the categories")]
mod plural;
mod texts;

use cognito_protocol::flow::Notice;

use crate::config::UsernameKind;

pub(crate) use message::Message;
pub use texts::{Key, LANGUAGES, Texts};

/// A language of the screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English
    #[default]
    English,
    /// 日本語
    Japanese,
}

impl Language {
    /// The language for a BCP 47 tag, such as `ja-JP`; English when there is no better one.
    #[must_use]
    pub fn nearest(tag: &str) -> Self {
        match tag.split(['-', '_']).next() {
            Some(primary) if primary.eq_ignore_ascii_case("ja") => Self::Japanese,
            _ => Self::English,
        }
    }

    /// The BCP 47 tag, for `lang` attributes.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Japanese => "ja",
        }
    }

    /// The words for a notice of the machine, where sign-in names are of this kind.
    #[must_use]
    pub fn notice(self, notice: &Notice, kind: UsernameKind) -> String {
        self.text(&Message::Notice(notice, kind))
    }

    pub(crate) fn text(self, message: &Message<'_>) -> String {
        match self {
            Self::English => en::text(message),
            Self::Japanese => ja::text(message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn the_nearest_language_is_found_by_the_primary_subtag() {
        assert_eq!(Language::nearest("ja"), Language::Japanese);
        assert_eq!(Language::nearest("JA-jp"), Language::Japanese);
        assert_eq!(Language::nearest("en-GB"), Language::English);
        assert_eq!(Language::nearest("jav"), Language::English);
    }
}
