//! Time-based one-time passwords for authenticator apps: key URIs, codes and their windows.
//!
//! Cognito's are the defaults of RFC 6238: HMAC-SHA1, 6 digits, steps of 30 seconds. The pool accepts the code of the step before
//! and after as well, and each code once.

mod base32;

use core::fmt;

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::{Secret, srp::hmac_sha1};

/// Seconds a code is shown for.
pub const STEP_SECS: i64 = 30;
/// Digits of a code.
pub const CODE_DIGITS: usize = 6;
/// Most steps [`window_of`] looks away from the present one: five minutes to either side.
pub const MAX_REACH: i64 = 10;

/// Why a code cannot be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TotpError {
    /// The secret is empty, or is not base32 without padding.
    SecretNotBase32,
}

impl fmt::Display for TotpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SecretNotBase32 => f.write_str("the secret is not base32"),
        }
    }
}

impl core::error::Error for TotpError {}

/// The key URI for a QR code: `otpauth://totp/<issuer>:<account>?secret=<secret>&issuer=<issuer>`.
///
/// `secret_base32` is `SecretCode` of `AssociateSoftwareToken` and goes in unchanged. Issuer and account are percent-encoded as
/// `encodeURIComponent` does it, and lose their colons, since a colon parts the two. An issuer without any character is left out.
/// Algorithm, digits and period are the defaults, and some apps refuse URIs that name them.
///
/// The result holds the secret: show it, and do not keep or log it.
///
/// # Source
///
/// Google Authenticator's "Key Uri Format". Amplify does not encode, so that its codes fail to scan
/// (aws-amplify/amplify-ui#1837).
#[must_use]
pub fn key_uri(secret_base32: &str, issuer: &str, account: &str) -> String {
    // Room for every byte percent-encoded: growing would leave copies of the secret behind.
    let mut uri = String::with_capacity(64 + 3 * (secret_base32.len() + 2 * issuer.len() + account.len()));
    uri.push_str("otpauth://totp/");
    let has_issuer = issuer.bytes().any(|byte| byte != b':');
    if has_issuer {
        push_component(&mut uri, issuer);
        uri.push(':');
    }
    push_component(&mut uri, account);
    uri.push_str("?secret=");
    push_component(&mut uri, secret_base32);
    if has_issuer {
        uri.push_str("&issuer=");
        push_component(&mut uri, issuer);
    }
    uri
}

/// Appends `encodeURIComponent(text)` without the colons in it.
fn push_component(uri: &mut String, text: &str) {
    for byte in text.bytes() {
        match byte {
            b':' => {}
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => uri.push(char::from(byte)),
            b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'\'' | b'(' | b')' => uri.push(char::from(byte)),
            _ => {
                uri.push('%');
                uri.push(upper_hex_digit(byte >> 4));
                uri.push(upper_hex_digit(byte & 0xf));
            }
        }
    }
}

fn upper_hex_digit(value: u8) -> char {
    char::from(if value < 10 { b'0' + value } else { b'A' + (value - 10) })
}

/// The six digits an authenticator app shows at a time, in seconds since 1970.
///
/// # Errors
///
/// [`TotpError::SecretNotBase32`].
///
/// # Source
///
/// RFC 6238 section 4 with its defaults; its appendix B in `tests/totp.rs`.
pub fn code_at(secret_base32: &Secret, unix_secs: i64) -> Result<String, TotpError> {
    let key = decode(secret_base32)?;
    let digits = code_of_step(&key, step_at(unix_secs));
    Ok(digits.iter().map(|digit| char::from(*digit)).collect())
}

/// How many steps away from the present one a code belongs; `None` if it belongs to none within reach.
///
/// 0 is the present step, -1 the one before. Of several that match, the nearest to 0 counts, and of two as near the earlier one.
/// Cognito's `reach` is 1; more than [`MAX_REACH`] counts as that. `code` is compared as it is: normalise what was typed before. To
/// accept each code once, keep `step_at(unix_secs) + offset`.
///
/// # Errors
///
/// [`TotpError::SecretNotBase32`].
///
/// # Source
///
/// RFC 6238 section 5.2.
pub fn window_of(secret_base32: &Secret, code: &str, unix_secs: i64, reach: i64) -> Result<Option<i64>, TotpError> {
    let key = decode(secret_base32)?;
    let now = step_at(unix_secs);
    let matches = |offset: i64| {
        let expected = code_of_step(&key, now.wrapping_add(offset));
        bool::from(expected.ct_eq(code.as_bytes()))
    };
    for distance in 0..=reach.clamp(0, MAX_REACH) {
        for offset in [-distance, distance] {
            if matches(offset) {
                return Ok(Some(offset));
            }
        }
    }
    Ok(None)
}

/// The number of the step a time, in seconds since 1970, lies in.
#[must_use]
pub fn step_at(unix_secs: i64) -> i64 {
    unix_secs.div_euclid(STEP_SECS)
}

fn decode(secret_base32: &Secret) -> Result<Zeroizing<Vec<u8>>, TotpError> {
    base32::decode(secret_base32.expose()).ok_or(TotpError::SecretNotBase32)
}

/// `Truncate(HMAC-SHA1(K, C))` as decimal digits (RFC 4226 section 5.3).
fn code_of_step(key: &[u8], step: i64) -> [u8; CODE_DIGITS] {
    let hash = hmac_sha1(key, &step.to_be_bytes());
    let [.., last] = *hash;
    let offset = usize::from(last & 0xf);
    let mut number = hash.iter().skip(offset).take(4).fold(0_u32, |number, byte| (number << 8) | u32::from(*byte)) & 0x7fff_ffff;
    let mut digits = [b'0'; CODE_DIGITS];
    for digit in digits.iter_mut().rev() {
        let [.., value] = (number % 10).to_be_bytes();
        *digit += value;
        number /= 10;
    }
    digits
}

/// A secret in the form people copy by hand: upper case, in groups of four with a space between.
#[must_use]
pub fn grouped_secret(secret_base32: &str) -> String {
    let mut grouped = String::with_capacity(secret_base32.len() * 2);
    for (index, character) in secret_base32.chars().enumerate() {
        if index > 0 && index % 4 == 0 {
            grouped.push(' ');
        }
        grouped.push(character.to_ascii_uppercase());
    }
    grouped
}

/// Base32 without padding of the bytes of a new secret, as a pool hands it out.
///
/// Cognito's have 52 characters, which is 32 bytes.
///
/// # Source
///
/// RFC 4648 section 6.
#[must_use]
pub fn encode_secret(bytes: &[u8]) -> Secret {
    Secret::from(base32::encode(bytes))
}
