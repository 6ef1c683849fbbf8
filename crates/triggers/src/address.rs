//! E-mail addresses as strangers may see them.

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
    use super::mask_email;

    #[test]
    fn masks_like_the_service() {
        assert_eq!(mask_email("jane@example.com"), "j***@e***");
        assert_eq!(mask_email("\"a@b\"@example.com"), "\"***@e***");
        assert_eq!(mask_email("日本@例え.jp"), "日***@例***");
        assert_eq!(mask_email("@"), "***@***");
        assert_eq!(mask_email(""), "***");
    }
}
