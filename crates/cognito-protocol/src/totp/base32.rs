//! Base32 of RFC 4648 section 6 without padding. By hand, because the crates for it carry every other base along.

use zeroize::Zeroizing;

/// Reads upper or lower case; `None` if it is empty, holds another character, or has a length no number of bytes gives.
///
/// Bits left over at the end may be set, as authenticator apps do not look at them either.
pub(super) fn decode(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    // 1, 3 or 6 characters beyond whole groups of 8 hold no whole number of bytes.
    if text.is_empty() || matches!(text.len() % 8, 1 | 3 | 6) {
        return None;
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len() / 8 * 5 + 5));
    let mut held: u32 = 0;
    let mut held_bits = 0;
    for symbol in text.bytes() {
        let value = match symbol {
            b'A'..=b'Z' => symbol - b'A',
            b'a'..=b'z' => symbol - b'a',
            b'2'..=b'7' => symbol - b'2' + 26,
            _ => return None,
        };
        held = (held << 5) | u32::from(value);
        held_bits += 5;
        if held_bits >= 8 {
            held_bits -= 8;
            let [.., byte] = (held >> held_bits).to_be_bytes();
            bytes.push(byte);
        }
    }
    Some(bytes)
}

/// Writes upper case.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(5) * 8);
    let mut held: u32 = 0;
    let mut held_bits = 0;
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        held_bits += 8;
        while held_bits >= 5 {
            held_bits -= 5;
            text.push(symbol(held >> held_bits));
        }
    }
    if held_bits > 0 {
        text.push(symbol(held << (5 - held_bits)));
    }
    text
}

fn symbol(value: u32) -> char {
    let [.., low] = value.to_be_bytes();
    let low = low & 0x1f;
    char::from(if low < 26 { b'A' + low } else { b'2' + (low - 26) })
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn vectors_of_rfc_4648_section_10() {
        for (bytes, text) in
            [("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI")]
        {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text).as_deref().map(Vec::as_slice), Some(bytes.as_bytes()), "{text}");
            let lower = text.to_ascii_lowercase();
            assert_eq!(decode(&lower).as_deref().map(Vec::as_slice), Some(bytes.as_bytes()), "{lower}");
        }
        assert_eq!(encode(b""), "");
    }

    #[test]
    fn what_is_not_base32_is_refused() {
        for text in ["", "M", "MZX", "MZXW6Y", "MY======", "M0", "M1", "M8", "MZ W", "MÉ", "ＭＹ"] {
            assert!(decode(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn bits_left_over_do_not_count() {
        assert_eq!(decode("MZ").as_deref().map(Vec::as_slice), Some(&b"f"[..]));
    }
}
