//! What a pool wants of passwords.

/// `PasswordPolicy` of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordPolicy {
    /// `MinimumLength`: 6 to 99 characters.
    pub minimum_length: u8,
    /// `RequireUppercase`
    pub require_uppercase: bool,
    /// `RequireLowercase`
    pub require_lowercase: bool,
    /// `RequireNumbers`
    pub require_numbers: bool,
    /// `RequireSymbols`
    pub require_symbols: bool,
}

impl Default for PasswordPolicy {
    /// That of a new pool.
    fn default() -> Self {
        Self { minimum_length: 8, require_uppercase: true, require_lowercase: true, require_numbers: true, require_symbols: true }
    }
}

impl PasswordPolicy {
    /// Why it refuses a password: one reason at a time, in the service's words.
    pub(crate) fn refusal(&self, password: &str) -> Option<&'static str> {
        const SYMBOLS: &str = "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ";
        let lacks = |of: fn(&char) -> bool| !password.chars().any(|char| of(&char));
        let rules = [
            (password.chars().count() < usize::from(self.minimum_length), "Password not long enough"),
            (self.require_uppercase && lacks(char::is_ascii_uppercase), "Password must have uppercase characters"),
            (self.require_lowercase && lacks(char::is_ascii_lowercase), "Password must have lowercase characters"),
            (self.require_numbers && lacks(char::is_ascii_digit), "Password must have numeric characters"),
            (self.require_symbols && lacks(|char| SYMBOLS.contains(*char)), "Password must have symbol characters"),
        ];
        rules.into_iter().find(|(is_broken, _)| *is_broken).map(|(_, reason)| reason)
    }

    /// As the widget's attribute `password-policy` takes it: `min=8 upper lower digit symbol`.
    pub(crate) fn for_attribute(&self) -> String {
        let words = [
            (self.require_uppercase, " upper"),
            (self.require_lowercase, " lower"),
            (self.require_numbers, " digit"),
            (self.require_symbols, " symbol"),
        ];
        let words: String = words.iter().filter(|(is_required, _)| *is_required).map(|(_, word)| *word).collect();
        format!("min={}{words}", self.minimum_length)
    }
}

#[cfg(test)]
mod tests {
    use super::PasswordPolicy;

    #[test]
    fn one_reason_at_a_time() {
        let policy = PasswordPolicy::default();
        for (password, reason) in [
            ("", Some("Password not long enough")),
            ("Abcde1!", Some("Password not long enough")),
            ("abcdefg1!", Some("Password must have uppercase characters")),
            ("ABCDEFG1!", Some("Password must have lowercase characters")),
            ("Abcdefgh!", Some("Password must have numeric characters")),
            ("Abcdefgh1", Some("Password must have symbol characters")),
            ("Abcdefg1!", None),
            ("Abcd efg1", None),
        ] {
            assert_eq!(policy.refusal(password), reason, "{password}");
        }
    }

    #[test]
    fn what_is_not_required_is_not_asked_for() {
        let policy = PasswordPolicy {
            minimum_length: 6,
            require_uppercase: false,
            require_lowercase: false,
            require_numbers: false,
            require_symbols: false,
        };
        assert_eq!(policy.refusal("      "), None);
        assert_eq!(policy.refusal("12345"), Some("Password not long enough"));
        assert_eq!(policy.for_attribute(), "min=6");
        assert_eq!(PasswordPolicy::default().for_attribute(), "min=8 upper lower digit symbol");
    }
}
