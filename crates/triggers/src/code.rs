//! Codes: how long they are, how they are made, how typed ones are read.

use crate::error::{RandomnessFailed, TriggerError};

/// How many digits a code has: 4 to 12, by default 6.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeLength(u8);

impl CodeLength {
    /// The bounds: fewer digits can be guessed in three tries too often, more cannot be typed.
    pub const BOUNDS: std::ops::RangeInclusive<u8> = 4..=12;

    /// The length as a number.
    ///
    /// # Errors
    /// [`TriggerError::CodeLength`] outside of [`Self::BOUNDS`].
    pub fn new(digits: u8) -> Result<Self, TriggerError> {
        if Self::BOUNDS.contains(&digits) { Ok(Self(digits)) } else { Err(TriggerError::CodeLength(digits.to_string())) }
    }

    /// The value of the environment variable `CODE_LENGTH`; the default when there is none.
    ///
    /// # Errors
    /// [`TriggerError::CodeLength`] when it is no number, or outside of [`Self::BOUNDS`].
    pub fn parse(setting: Option<&str>) -> Result<Self, TriggerError> {
        match setting {
            None => Ok(Self::default()),
            Some(text) => {
                text.trim().parse().ok().and_then(|digits| Self::new(digits).ok()).ok_or_else(|| {
                    // Enough to recognise it, whatever it is.
                    TriggerError::CodeLength(text.chars().take(20).collect())
                })
            }
        }
    }

    /// The number of digits.
    #[must_use]
    pub fn digits(self) -> usize {
        usize::from(self.0)
    }
}

impl Default for CodeLength {
    fn default() -> Self {
        Self(6)
    }
}

/// As many digits as asked for, each equally likely: a byte of 250 or more is thrown away, since 256 is no multiple of 10.
pub(crate) fn make(
    length: CodeLength,
    fill_random: &mut dyn FnMut(&mut [u8]) -> Result<(), RandomnessFailed>,
) -> Result<String, RandomnessFailed> {
    let mut code = String::with_capacity(length.digits());
    let mut bytes = [0_u8; 32];
    // One byte in 43 is thrown away; a source that fails this often is broken, and must not hang the sign-in.
    for _ in 0..16 {
        fill_random(&mut bytes)?;
        for byte in bytes.iter().filter(|byte| **byte < 250) {
            code.push(char::from(b'0' + byte % 10));
            if code.len() == length.digits() {
                return Ok(code);
            }
        }
    }
    Err(RandomnessFailed)
}

/// Whether `text` can be a code of ours.
pub(crate) fn is_code(text: &str) -> bool {
    u8::try_from(text.len()).is_ok_and(|digits| CodeLength::BOUNDS.contains(&digits))
        && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What a person meant: spaces and dashes left out, full-width digits (as Japanese keyboards type them) made plain.
pub(crate) fn normalised(answer: &str) -> String {
    answer
        .chars()
        .filter(|char| !char.is_whitespace() && !is_dash(*char))
        .map(|char| match char {
            '０'..='９' => char::from_u32(u32::from(char) - u32::from('０') + u32::from('0')).unwrap_or(char),
            other => other,
        })
        .collect()
}

fn is_dash(char: char) -> bool {
    // Hyphens, dashes and the minus sign; the long vowel mark and the full-width hyphen come from Japanese keyboards.
    matches!(char, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' | '\u{ff0d}' | '\u{ff70}')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_would_favour_low_digits_are_thrown_away() {
        let mut sequence = [255, 250, 249, 0, 19, 28, 251, 37, 46].into_iter().cycle();
        let code = make(CodeLength::default(), &mut |bytes| {
            bytes.fill_with(|| sequence.next().unwrap_or_default());
            Ok(())
        });
        assert_eq!(code.unwrap(), "909876");
    }

    #[test]
    fn every_digit_comes_from_as_many_bytes() {
        let mut counts = [0; 10];
        for byte in 0..250_u8 {
            counts[usize::from(byte % 10)] += 1;
        }
        assert_eq!(counts, [25; 10]);
    }

    #[test]
    fn a_broken_source_is_an_error_not_a_hang() {
        let stuck = make(CodeLength::default(), &mut |bytes| {
            bytes.fill(255);
            Ok(())
        });
        assert_eq!(stuck, Err(RandomnessFailed));
        assert_eq!(make(CodeLength::default(), &mut |_| Err(RandomnessFailed)), Err(RandomnessFailed));
    }

    #[test]
    fn the_length_has_bounds_and_says_so() {
        assert_eq!(CodeLength::parse(None).unwrap().digits(), 6);
        assert_eq!(CodeLength::parse(Some(" 8 ")).unwrap().digits(), 8);
        assert_eq!(CodeLength::new(4).unwrap().digits(), 4);
        assert_eq!(CodeLength::new(12).unwrap().digits(), 12);
        for bad in ["", "3", "13", "six", "-6", "6.0", "1000000000000000000000000000"] {
            let error = CodeLength::parse(Some(bad)).unwrap_err();
            assert!(error.to_string().starts_with("CODE_LENGTH must be a whole number from 4 to 12"), "{error}");
        }
    }

    #[test]
    fn typed_codes_are_read_as_meant() {
        for typed in ["123456", " 123 456\n", "123-456", "１２３４５６", "１２３－４５６", "123\u{2013}456", "12\u{3000}3456"]
        {
            assert_eq!(normalised(typed), "123456", "{typed:?}");
        }
        assert_eq!(normalised("12345o"), "12345o");
    }
}
