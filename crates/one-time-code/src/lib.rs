//! One-time codes as people type them.
//!
//! A code is shown in one place and typed or pasted in another. On the way it gets spaces between groups, dashes, invisible
//! characters of the mail that it was copied from, or the full-width digits of a Japanese keyboard. [`normalise`] gives the code
//! that was meant. Whoever asks for a code and whoever checks it must read it alike, so both use this.
//!
//! It does not judge: length and alphabet are the business of whoever made the code.
//!
//! ```
//! assert_eq!(one_time_code::normalise("１２３ー４５６"), "123456");
//! ```

#![no_std]

extern crate alloc;

use alloc::string::String;

/// The code that was meant: what people, input methods and mail programs put between its characters is left out.
///
/// | typed | becomes |
/// |---|---|
/// | white space, the ideographic space and line ends among it | nothing |
/// | hyphens, dashes and minus signs of every kind; the long vowel mark, which the dash key of a Japanese keyboard types | nothing |
/// | soft hyphens, zero-width characters and marks of direction | nothing |
/// | full-width digits | ASCII digits |
/// | all else | itself, since a code may have letters |
///
/// The result is never longer than `typed`, and its memory is taken once, so that no copy of a code is left behind by growing.
#[must_use]
pub fn normalise(typed: &str) -> String {
    let mut code = String::with_capacity(typed.len());
    code.extend(typed.chars().filter(|character| !is_separator(*character)).map(narrowed));
    code
}

/// Whether a character carries nothing of the code.
fn is_separator(character: char) -> bool {
    match character {
        // ASCII, hyphens and dashes, minus, small and full-width forms; then the long vowel mark, full and half width.
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' | '\u{30fc}' | '\u{ff70}' => true,
        // Soft hyphen, zero-width and direction marks, which come along from mails.
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => true,
        other => other.is_whitespace(),
    }
}

/// A full-width digit as ASCII; any other character as it is.
fn narrowed(character: char) -> char {
    match character {
        '０'..='９' => {
            // U+FF10 to U+FF19: the last digit of the code point is the value.
            let [.., low] = u32::from(character).to_be_bytes();
            char::from(b'0' + (low & 0xf))
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use proptest::prelude::*;

    use super::normalise;

    #[test]
    fn typed_codes_are_read_as_meant() {
        for typed in [
            "123456",
            " 123 456\t\r\n",
            "123-456",
            "12\u{2010}34\u{2011}5\u{2012}6",
            "12\u{2013}3\u{2014}4\u{2015}5\u{2212}6",
            "12\u{fe58}3\u{fe63}456",
            "１２３４５６",
            "１２３　４５６",
            "１２３－４５６",
            "１２３ー４５６",
            "123\u{ff70}456",
            "\u{feff}\u{200b}123\u{a0}456\u{200e}",
            "12\u{ad}34\u{2060}56",
            "\u{202a}123\u{202c}\u{2066}456\u{2069}",
        ] {
            assert_eq!(normalise(typed), "123456", "{typed:?}");
        }
    }

    #[test]
    fn every_full_width_digit_has_its_value() {
        assert_eq!(normalise("０１２３４５６７８９"), "0123456789");
    }

    #[test]
    fn what_may_belong_to_a_code_stays() {
        for (typed, expected) in [("ab-C1", "abC1"), ("12.34", "12.34"), ("12345o", "12345o"), ("１2三4", "12三4"), ("", "")] {
            assert_eq!(normalise(typed), expected, "{typed:?}");
        }
    }

    proptest! {
        #[test]
        fn a_plain_code_stays_as_it_is(code in "[0-9A-Za-z]{0,12}") {
            prop_assert_eq!(normalise(&code), code);
        }

        #[test]
        fn separators_and_width_do_not_count(
            digits in proptest::collection::vec((0..10_u32, any::<bool>(), "[ \t\u{3000}\u{2010}-\u{2015}\u{200b}ー－-]{0,2}"), 0..12),
        ) {
            let (mut typed, mut meant) = (String::new(), String::new());
            for (value, is_wide, separators) in digits {
                let digit = char::from_digit(value, 10).unwrap();
                meant.push(digit);
                typed.push(if is_wide { char::from_u32(0xff10 + value).unwrap() } else { digit });
                typed.push_str(&separators);
            }
            prop_assert_eq!(normalise(&typed), meant);
        }

        #[test]
        fn no_text_panics_grows_or_changes_twice(typed in any::<String>()) {
            let code = normalise(&typed);
            prop_assert!(code.len() <= typed.len());
            prop_assert_eq!(normalise(&code), code);
        }
    }
}
