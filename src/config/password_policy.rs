//! The pool's rules for passwords, as the page says them. The pool decides; this is what people are shown while they type.

use cognito_protocol::flow::PasswordRule;

use super::{ConfigError, error};

/// What a password needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordPolicy {
    /// So many characters.
    min_length: usize,
    /// The rules, in the order in which they are shown.
    rules: Vec<PasswordRule>,
}

/// The shortest and the longest minimum that a pool can have.
const MIN_LENGTHS: core::ops::RangeInclusive<usize> = 6..=99;

/// The symbols that count, and the space, which counts between other characters.
///
/// # Source
/// docs/cognito.md#limits
const SYMBOLS: &str = "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ";

const KINDS: [PasswordRule; 4] = [PasswordRule::Upper, PasswordRule::Lower, PasswordRule::Digit, PasswordRule::Symbol];

impl Default for PasswordPolicy {
    /// That of a pool that nobody changed.
    fn default() -> Self {
        Self { min_length: 8, rules: [&[PasswordRule::Length], &KINDS[..]].concat() }
    }
}

impl PasswordPolicy {
    /// The policy in words, such as `min=12 lower digit`. Without `min`, the shortest that a pool can ask for.
    ///
    /// # Errors
    /// [`ConfigError`] when a word is none of `min=6` to `min=99`, `upper`, `lower`, `digit` and `symbol`.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let mut policy = Self { min_length: *MIN_LENGTHS.start(), rules: vec![PasswordRule::Length] };
        for word in text.split_ascii_whitespace() {
            let min_length = word.strip_prefix("min=").and_then(|number| number.parse().ok());
            if let Some(min_length) = min_length.filter(|length| MIN_LENGTHS.contains(length)) {
                policy.min_length = min_length;
            } else if let Some(kind) = KINDS.iter().find(|kind| kind.as_str() == word) {
                if !policy.rules.contains(kind) {
                    policy.rules.push(*kind);
                }
            } else {
                let words = "\" is not one of min=6 to min=99, upper, lower, digit, symbol";
                return Err(error(&["password-policy: \"", word, words]));
            }
        }
        Ok(policy)
    }

    /// So many characters.
    #[must_use]
    pub fn min_length(&self) -> usize {
        self.min_length
    }

    /// The rules, in the order in which they are shown.
    #[must_use]
    pub fn rules(&self) -> &[PasswordRule] {
        &self.rules
    }

    /// Whether a password keeps a rule.
    #[must_use]
    pub fn is_kept(&self, rule: PasswordRule, password: &str) -> bool {
        match rule {
            PasswordRule::Length => password.chars().count() >= self.min_length,
            PasswordRule::Upper => password.contains(|char: char| char.is_ascii_uppercase()),
            PasswordRule::Lower => password.contains(|char: char| char.is_ascii_lowercase()),
            PasswordRule::Digit => password.contains(|char: char| char.is_ascii_digit()),
            PasswordRule::Symbol => password.trim_matches(' ').contains(|char| SYMBOLS.contains(char)),
            PasswordRule::Ends => password.trim_matches(' ').len() == password.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_that_of_the_contract() {
        assert_eq!(PasswordPolicy::parse("min=8 upper lower digit symbol").unwrap(), PasswordPolicy::default());
        assert_eq!(PasswordPolicy::parse("lower").unwrap().min_length(), 6);
    }

    #[test]
    fn each_rule_is_kept_by_what_the_service_counts() {
        let policy = PasswordPolicy::default();
        for (rule, kept, broken) in [
            (PasswordRule::Length, "12345678", "1234567"),
            (PasswordRule::Length, "潮騒潮騒潮騒潮騒", "潮騒潮騒潮騒潮"),
            (PasswordRule::Upper, "aBc", "äÖü"),
            (PasswordRule::Lower, "AbC", "ÄöÜ"),
            (PasswordRule::Digit, "a1", "１"),
            (PasswordRule::Symbol, "a`b", "a€b"),
            (PasswordRule::Symbol, "a b", " ab "),
            (PasswordRule::Ends, "a b", "ab "),
        ] {
            assert!(policy.is_kept(rule, kept), "{rule:?} {kept}");
            assert!(!policy.is_kept(rule, broken), "{rule:?} {broken}");
        }
    }
}
