//! What an e-mail address and a phone number look like.

pub(crate) fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        let has_dot = domain.trim_matches('.').len() == domain.len() && domain.contains('.');
        let is_clean = !text.contains(['<', '>', ',', ';', '"']) && !text.contains(|char: char| char.is_whitespace());
        !local.is_empty() && has_dot && !domain.contains('@') && is_clean
    })
}

/// E.164: `+` and up to 15 digits.
pub(crate) fn is_phone_number(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (1..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0')
    })
}

#[cfg(test)]
mod tests {
    use super::{is_email, is_phone_number};

    #[test]
    fn addresses_and_numbers() {
        for address in ["jane@example.com", "日本@例え.jp"] {
            assert!(is_email(address), "{address}");
        }
        for text in ["", "jane", "a@b", "@example.com", "a@b@example.com", "a b@example.com", "Jane <jane@example.com>"] {
            assert!(!is_email(text), "{text}");
        }
        for number in ["+15550100123", "+819012345678"] {
            assert!(is_phone_number(number), "{number}");
        }
        for text in ["", "+", "15550100123", "+1 555 0100", "+0155501001", "+1234567890123456"] {
            assert!(!is_phone_number(text), "{text}");
        }
    }
}
