//! What is mailed.

use std::fmt;

use crate::event::Texts;

/// A mail that the caller sends.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// The address.
    pub to: String,
    /// The subject; without the code, because subjects show on locked screens.
    pub subject: String,
    /// Plain text with the code.
    pub body: String,
}

/// Shows the subject alone.
impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail").field("subject", &self.subject).finish_non_exhaustive()
    }
}

impl Mail {
    pub(crate) fn with_code(to: &str, code: &str, language: Language) -> Self {
        // The code is asked for after the password: who gets this mail out of the blue has lost the password.
        let (subject, body) = match language {
            Language::English => (
                "Your verification code",
                format!(
                    "Your verification code is {code}\n\n\
                     Enter it on the page where you are signing in.\n\
                     If you are not signing in right now, somebody else knows your password: change it.\n"
                ),
            ),
            Language::Japanese => (
                "確認コード",
                format!(
                    "確認コードは {code} です。\n\n\
                     サインイン中の画面に入力してください。\n\
                     お心当たりがない場合は、パスワードが他人に知られています。パスワードを変更してください。\n"
                ),
            ),
        };
        Self { to: to.to_owned(), subject: subject.to_owned(), body }
    }
}

/// The language of a mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Where nothing else is known.
    #[default]
    English,
    /// For locales that begin with `ja`.
    Japanese,
}

impl Language {
    /// From `locale` of the client's metadata (the page that the person looks at), else of the user's attributes.
    #[must_use]
    pub fn of(client_metadata: Option<&Texts>, user_attributes: &Texts) -> Self {
        let locale = client_metadata.and_then(|metadata| metadata.get("locale")).or_else(|| user_attributes.get("locale"));
        match locale.map(|locale| locale.split(['-', '_']).next().unwrap_or_default()) {
            Some(language) if language.eq_ignore_ascii_case("ja") => Self::Japanese,
            _ => Self::English,
        }
    }
}

/// `jane@example.com` → `j***@e***`, as the service masks destinations.
#[must_use]
pub fn mask_email(email: &str) -> String {
    let first = |part: &str| part.chars().next().map(String::from).unwrap_or_default();
    match email.rsplit_once('@') {
        Some((local, domain)) => format!("{}***@{}***", first(local), first(domain)),
        None => format!("{}***", first(email)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_like_the_service() {
        assert_eq!(mask_email("jane@example.com"), "j***@e***");
        assert_eq!(mask_email("\"a@b\"@example.com"), "\"***@e***");
        assert_eq!(mask_email("日本@例え.jp"), "日***@例***");
        assert_eq!(mask_email("@"), "***@***");
        assert_eq!(mask_email(""), "***");
    }

    #[test]
    fn the_page_decides_the_language_before_the_user_does() {
        let texts = |locale: &str| Texts::from([("locale".to_owned(), locale.to_owned())]);
        assert_eq!(Language::of(None, &Texts::new()), Language::English);
        assert_eq!(Language::of(None, &texts("ja_JP")), Language::Japanese);
        assert_eq!(Language::of(None, &texts("JA-jp")), Language::Japanese);
        assert_eq!(Language::of(None, &texts("jam")), Language::English);
        assert_eq!(Language::of(Some(&texts("en-GB")), &texts("ja")), Language::English);
        assert_eq!(Language::of(Some(&texts("ja")), &texts("en")), Language::Japanese);
    }
}
