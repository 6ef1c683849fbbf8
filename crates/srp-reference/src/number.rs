//! Numbers on the wire and in the hashes.

use num_bigint::{BigInt, BigUint};

use crate::refused::{Refused, Value};

/// A text that is longer than this is not read: twice the digits of `N`, for zeros in front.
const MAX_DIGITS: usize = 2 * 2 * 384;

/// `padHex`: the number as Java's `BigInteger.toByteArray()` writes it, in two's complement, as short as it goes.
#[must_use]
pub fn pad_hex(number: &BigUint) -> Vec<u8> {
    BigInt::from(number.clone()).to_signed_bytes_be()
}

/// Lower-case hex of bytes, two digits each.
#[must_use]
pub fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A number in hex, with any number of digits.
///
/// # Errors
/// For anything but hexadecimal digits, and for texts that are too long for any number here.
pub fn read_hex(value: Value, text: &str) -> Result<BigUint, Refused> {
    if text.len() > MAX_DIGITS {
        return Err(Refused::TooLarge(value));
    }
    // The library itself would take a sign and underscores.
    if !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(Refused::NotHex(value));
    }
    BigUint::parse_bytes(text.as_bytes(), 16).ok_or(Refused::NotHex(value))
}
