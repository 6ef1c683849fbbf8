//! Random things, all from the operating system.

use base64ct::{Base64, Base64UrlUnpadded, Encoding};

use crate::error::ApiError;

/// So many random bytes.
pub(crate) fn bytes<const N: usize>() -> Result<[u8; N], ApiError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// An opaque text for sessions and refresh tokens: 128 characters of base64url.
pub(crate) fn opaque() -> Result<String, ApiError> {
    Ok(Base64UrlUnpadded::encode_string(&bytes::<96>()?))
}

/// A `SECRET_BLOCK`: standard base64.
pub(crate) fn secret_block() -> Result<String, ApiError> {
    Ok(Base64::encode_string(&bytes::<192>()?))
}

/// A `DeviceGroupKey`, such as `-wt2ha1Zd`.
pub(crate) fn device_group_key() -> Result<String, ApiError> {
    let text = Base64UrlUnpadded::encode_string(&bytes::<6>()?);
    Ok(["-", &text.replace(['-', '_'], "0")].concat())
}

/// A random UUID.
pub(crate) fn uuid() -> Result<String, ApiError> {
    Ok(uuid_of(bytes()?))
}

/// Sixteen bytes in the form of a version 4 UUID.
pub(crate) fn uuid_of(mut bytes: [u8; 16]) -> String {
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

/// Six digits, each equally likely.
pub(crate) fn six_digits() -> Result<String, ApiError> {
    digits(6)
}

/// So many digits, each equally likely.
pub(crate) fn digits(count: u8) -> Result<String, ApiError> {
    (0..count).map(|_| Ok(char::from_digit(below(10)?, 10).unwrap_or('0'))).collect()
}

/// So many lower case letters and digits, each equally likely.
pub(crate) fn lower_case(count: u8) -> Result<String, ApiError> {
    (0..count).map(|_| Ok(char::from_digit(below(36)?, 36).unwrap_or('0'))).collect()
}

/// A number below another, each equally likely.
fn below(bound: u32) -> Result<u32, ApiError> {
    // The largest multiple of the bound that fits: what lies above it would favour low numbers.
    let limit = u32::MAX - u32::MAX % bound;
    loop {
        let number = u32::from_be_bytes(bytes()?);
        if number < limit {
            return Ok(number % bound);
        }
    }
}
