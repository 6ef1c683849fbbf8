//! E-mail addresses: whether mail can go to one, and what strangers may see of it.

use email_address::{EmailAddress, Options};

/// Whether the text is one address and nothing else: no name beside it, no second one.
pub(crate) fn is_address(text: &str) -> bool {
    EmailAddress::parse_with_options(text, Options::default().without_display_text().without_domain_literal()).is_ok()
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
    use super::{is_address, mask_email};

    #[test]
    fn masks_like_the_service() {
        assert_eq!(mask_email("jane@example.com"), "j***@e***");
        assert_eq!(mask_email("\"a@b\"@example.com"), "\"***@e***");
        assert_eq!(mask_email("日本@例え.jp"), "日***@例***");
        assert_eq!(mask_email("@"), "***@***");
        assert_eq!(mask_email(""), "***");
    }

    #[test]
    fn one_address_and_nothing_else() {
        for address in ["jane@example.com", "jane+tag@sub.example.co.jp", "日本@例え.jp", "\"a b\"@example.com"] {
            assert!(is_address(address), "{address}");
        }
        for text in ["", "jane", "Jane <jane@example.com>", "a@example.com,b@example.com", "a@example.com\r\nBcc: b@example.com"]
        {
            assert!(!is_address(text), "{text}");
        }
    }
}
