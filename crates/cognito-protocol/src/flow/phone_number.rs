//! Phone numbers as people type them, and as the service takes them: E.164, `+` and digits.

/// The number that was meant, if what was typed begins as one with a country code does: spaces, dashes and brackets are left out, and
/// full-width characters become ASCII. Anything else stays as it was typed.
pub(super) fn read(typed: &str) -> String {
    let typed = typed.trim();
    if !typed.starts_with(['+', '＋']) {
        return typed.to_owned();
    }
    let number = one_time_code::normalise(typed);
    let number = number.chars().filter(|char| !matches!(char, '(' | ')' | '（' | '）' | '.' | '/'));
    number.map(|char| if char == '＋' { '+' } else { char }).collect()
}

/// Whether it is one that the service takes.
pub(super) fn is_e164(number: &str) -> bool {
    let digits = number.strip_prefix('+').unwrap_or_default();
    (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_put_between_the_digits_is_left_out() {
        for typed in ["+81901234567", " +81 90-123-4567 ", "＋８１（９０）１２３４５６７", "+81.90.123.4567", "+81 (90) 123/4567"]
        {
            assert_eq!(read(typed), "+81901234567", "{typed}");
            assert!(is_e164(&read(typed)));
        }
    }

    #[test]
    fn what_has_no_country_code_stays_and_is_no_number() {
        for typed in ["090-1234-5678", "7d8ca528-4931-4254-9273-ea5ee853f271", "", "+", "+81 90 abc", "+1234567890123456"] {
            assert!(!is_e164(&read(typed)), "{typed}");
        }
        assert_eq!(read(" 090-1234-5678 "), "090-1234-5678");
    }
}
