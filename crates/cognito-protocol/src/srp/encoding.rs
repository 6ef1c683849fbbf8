//! Numbers and blocks as the service writes them: hex without a fixed length, minimal two's complement, forgiving base64.

use zeroize::Zeroizing;

/// Why a text is not the number it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HexError {
    NotHex,
    Negative,
    TooLong,
}

/// Text longer than this many times the hex digits of the largest number allowed is not even looked at.
const LEADING_ZERO_ALLOWANCE: usize = 2;

/// The magnitude of an unsigned number: leading zero bytes removed, so that 0 is empty.
pub(super) fn strip_zeros(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes;
    while let [0, tail @ ..] = rest {
        rest = tail;
    }
    rest
}

/// Reads hex of any length, odd or even, in upper or lower case, with or without zeros in front, as big-endian bytes without
/// zeros in front.
///
/// # Source
///
/// Not RFC 5054. Cognito writes numbers as `BigInteger` does, so an odd number of digits is usual and a sign is possible; vectors
/// `plain-ascii`, `salt-leading-zero-byte`, `salt-negative-legacy`.
pub(super) fn parse_hex(text: &str, max_bytes: usize) -> Result<Vec<u8>, HexError> {
    if text.len() > max_bytes * 2 * LEADING_ZERO_ALLOWANCE {
        return Err(HexError::TooLong);
    }
    let (digits, negative) = match text.as_bytes() {
        [b'-', digits @ ..] => (digits, true),
        digits => (digits, false),
    };
    if digits.is_empty() {
        return Err(HexError::NotHex);
    }
    let mut bytes = Vec::with_capacity(digits.len().div_ceil(2));
    // From the right, since an odd digit stands in front.
    for pair in digits.rchunks(2) {
        let mut byte = 0;
        for digit in pair {
            byte = (byte << 4) | hex_value(*digit).ok_or(HexError::NotHex)?;
        }
        bytes.push(byte);
    }
    if negative {
        return Err(HexError::Negative);
    }
    while bytes.last() == Some(&0) {
        bytes.pop();
    }
    if bytes.len() > max_bytes {
        return Err(HexError::TooLong);
    }
    bytes.reverse();
    Ok(bytes)
}

fn hex_value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

/// Lower-case hex, two digits to a byte.
pub(super) fn to_hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(hex_digit(byte >> 4));
        text.push(hex_digit(byte & 0xf));
    }
    text
}

fn hex_digit(value: u8) -> char {
    char::from(if value < 10 { b'0' + value } else { b'a' + (value - 10) })
}

/// Lower-case hex without zeros in front, so possibly with an odd number of digits.
pub(super) fn to_unpadded_hex(bytes: &[u8]) -> String {
    let text = to_hex(strip_zeros(bytes));
    match text.strip_prefix('0') {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

/// `padHex(n)`: the shortest two's complement form of an unsigned number, as Java's `BigInteger.toByteArray()` writes it.
///
/// Zero bytes in front go away, and one comes back where the top bit is set. The result is overwritten when dropped, because it
/// may be that of `S`.
///
/// # Source
///
/// Instead of PAD() of RFC 5054 section 2.5.3, which fills up to the length of `N`. All vectors, and the list `padhex`.
pub fn pad_hex(magnitude: &[u8]) -> Zeroizing<Vec<u8>> {
    let stripped = strip_zeros(magnitude);
    let mut bytes = Vec::with_capacity(stripped.len() + 1);
    if stripped.first().is_none_or(|first| *first >= 0x80) {
        bytes.push(0);
    }
    bytes.extend_from_slice(stripped);
    Zeroizing::new(bytes)
}

/// Decodes base64 as Amplify does: both alphabets, with or without `=` at the end, bits left over ignored.
pub(super) fn decode_base64_lenient(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=');
    if text.len() % 4 == 1 {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    let mut held: u32 = 0;
    let mut held_bits = 0;
    for symbol in text.bytes() {
        let value = match symbol {
            b'A'..=b'Z' => symbol - b'A',
            b'a'..=b'z' => symbol - b'a' + 26,
            b'0'..=b'9' => symbol - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        held = (held << 6) | u32::from(value);
        held_bits += 6;
        if held_bits >= 8 {
            held_bits -= 8;
            let [.., byte] = (held >> held_bits).to_be_bytes();
            bytes.push(byte);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{HexError, decode_base64_lenient, pad_hex, parse_hex, to_unpadded_hex};

    #[test]
    fn hex_is_a_number_not_a_byte_string() {
        let check = |text: &str, expected: Result<Vec<u8>, HexError>| {
            assert_eq!(parse_hex(text, 4), expected, "{text:?}");
        };
        check("0", Ok(vec![]));
        check("0000", Ok(vec![]));
        check("1", Ok(vec![1]));
        check("fFe", Ok(vec![0x0f, 0xfe]));
        check("00ffffffff", Ok(vec![0xff; 4]));
        check("1ffffffff", Err(HexError::TooLong));
        check("00000000000000001", Err(HexError::TooLong));
        check("-14", Err(HexError::Negative));
        for text in ["", "-", "--1", "+1", "0x1", " 1", "1 ", "g", "é", "１"] {
            check(text, Err(HexError::NotHex));
        }
    }

    #[test]
    fn unpadded_hex_starts_with_a_digit_that_counts() {
        assert_eq!(to_unpadded_hex(&[0, 0, 0x0a, 0x01]), "a01");
        assert_eq!(to_unpadded_hex(&[0x1a, 0x01]), "1a01");
    }

    #[test]
    fn pad_hex_is_twos_complement() {
        assert_eq!(*pad_hex(&[]), [0]);
        assert_eq!(*pad_hex(&[0, 0, 0x7f]), [0x7f]);
        assert_eq!(*pad_hex(&[0, 0x80]), [0, 0x80]);
    }

    #[test]
    fn base64_is_read_as_forgivingly_as_by_amplify() {
        for text in ["+/8=", "+/8", "-_8", "-_8=", "-/8", "+/9="] {
            assert_eq!(decode_base64_lenient(text).as_deref(), Some(&[0xfb, 0xff][..]), "{text:?}");
        }
        for text in ["A", "AAAAA", "A A=", "AA=A", "é"] {
            assert_eq!(decode_base64_lenient(text), None, "{text:?}");
        }
    }
}
