//! What a user pool may demand of a password.

/// A demand of a pool's password policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordRule {
    /// So many characters.
    Length,
    /// A letter from A to Z.
    Upper,
    /// A letter from a to z.
    Lower,
    /// A digit from 0 to 9.
    Digit,
    /// One of the symbols that count.
    Symbol,
    /// No space at the beginning or the end, in any pool.
    Ends,
}

impl PasswordRule {
    /// The word for it in attributes and texts.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::Upper => "upper",
            Self::Lower => "lower",
            Self::Digit => "digit",
            Self::Symbol => "symbol",
            Self::Ends => "ends",
        }
    }

    /// The rule that a password broke, of which the service names one at a time in English.
    ///
    /// # Source
    /// docs/cognito.md#what-only-the-message-tells
    pub(super) fn named_in(message: &str) -> Option<Self> {
        const SENTENCES: [(&str, PasswordRule); 7] = [
            ("not long enough", PasswordRule::Length),
            ("length greater than", PasswordRule::Length),
            ("uppercase", PasswordRule::Upper),
            ("lowercase", PasswordRule::Lower),
            ("numeric", PasswordRule::Digit),
            ("symbol", PasswordRule::Symbol),
            ("regular expression", PasswordRule::Ends),
        ];
        SENTENCES.iter().find(|(part, _)| message.contains(part)).map(|(_, rule)| *rule)
    }
}
