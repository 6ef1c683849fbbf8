//! One function to a formula, so that each can be held to its vectors by its symbol.
//!
//! Public for the tests of this crate and hidden from its documentation: use the types of [`crate::srp`].

use core::fmt;

use zeroize::Zeroizing;

pub use super::encoding::pad_hex;
use super::{
    AuthenticationKey, EphemeralSecret, Identity, Slices, SrpError,
    arithmetic::{Element, Exponent, MODULUS_BYTES, Power, generator_bytes, modulus_bytes},
    encoding::{HexError, parse_hex},
    hash::{hmac_sha256, sha256},
};
use crate::Secret;

/// Longest salt in bytes. Cognito's have 16.
const MAX_SALT_BYTES: usize = 64;

/// `B`, checked: not 0 mod `N`, and not greater than `N`.
///
/// It keeps the number as it came, because that is what `u` is made of.
pub struct ServerPublic {
    magnitude: Vec<u8>,
    element: Element,
}

/// `u`, not 0.
#[derive(Debug)]
pub struct Scrambler([u8; 32]);

/// `x`, overwritten when dropped.
pub struct PrivateKey(Zeroizing<[u8; 32]>);

/// `v`, or `S`: a secret number from 0 to `N - 1`, overwritten when dropped.
pub struct SecretNumber(Zeroizing<[u8; MODULUS_BYTES]>);

impl ServerPublic {
    /// Reads `SRP_B`.
    ///
    /// # Errors
    ///
    /// If it is not hex, greater than `N`, or 0 mod `N`.
    pub fn from_hex(srp_b: &str) -> Result<Self, SrpError> {
        let magnitude = parse_hex(srp_b, MODULUS_BYTES).map_err(|error| match error {
            HexError::NotHex | HexError::Negative => SrpError::ServerPublicNotHex,
            HexError::TooLong => SrpError::ServerPublicTooLarge,
        })?;
        // Of two numbers of one length the greater one comes later in the order of bytes.
        if magnitude.len() == MODULUS_BYTES && magnitude.as_slice() > modulus_bytes().as_slice() {
            return Err(SrpError::ServerPublicTooLarge);
        }
        let element = Element::from_be_bytes(&magnitude).ok_or(SrpError::ServerPublicTooLarge)?;
        if element.is_zero() {
            return Err(SrpError::ServerPublicZero);
        }
        Ok(Self { magnitude, element })
    }
}

impl Scrambler {
    /// The digest itself.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl PrivateKey {
    /// The digest itself.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl SecretNumber {
    /// The number, big-endian, filled up to the length of `N`.
    #[must_use]
    pub fn expose(&self) -> &[u8; MODULUS_BYTES] {
        &self.0
    }

    pub(super) fn of(element: &Element) -> Self {
        Self(Zeroizing::new(element.to_be_bytes()))
    }
}

/// Reads `SALT` as the bytes of an unsigned number without zeros in front.
///
/// # Errors
///
/// If it is not hex, negative, or longer than 64 bytes.
pub fn parse_salt(salt: &str) -> Result<Vec<u8>, SrpError> {
    parse_hex(salt, MAX_SALT_BYTES).map_err(|error| match error {
        HexError::NotHex => SrpError::SaltNotHex,
        HexError::Negative => SrpError::SaltNegative,
        HexError::TooLong => SrpError::SaltTooLong,
    })
}

/// `k = H(padHex(N) ‖ padHex(g))`
///
/// # Source
///
/// RFC 5054 section 2.5.3, but with one byte for `g` and a zero byte before `N`. Member `group.k` of the vectors.
#[must_use]
pub fn derive_k() -> Zeroizing<[u8; 32]> {
    sha256(&[&pad_hex(&modulus_bytes()), &pad_hex(&generator_bytes())])
}

/// `A = g^a mod N`, big-endian, filled up to the length of `N`
///
/// # Source
///
/// RFC 5054 section 2.5.4. Vectors `A-leading-zero-byte`, `A-odd-hex-length`.
#[must_use]
pub fn derive_client_public(a: &EphemeralSecret) -> [u8; MODULUS_BYTES] {
    begin_client_public(a).whole().result().to_be_bytes()
}

/// The same in slices.
pub(super) fn begin_client_public(a: &EphemeralSecret) -> Slices {
    Slices::new(Power::of_generator(&a.exponent()), None)
}

/// `u = H(padHex(A) ‖ padHex(B))`
///
/// # Errors
///
/// [`SrpError::ScramblerZero`], in theory.
///
/// # Source
///
/// RFC 5054 section 2.5.3, but with padHex. Vectors `A-and-B-high-bit`, `A-and-B-no-high-bit`, `B-leading-zero-byte`.
pub fn derive_u(client_public: &[u8], server_public: &ServerPublic) -> Result<Scrambler, SrpError> {
    let u = sha256(&[&pad_hex(client_public), &pad_hex(&server_public.magnitude)]);
    if *u == [0; 32] {
        return Err(SrpError::ScramblerZero);
    }
    Ok(Scrambler(*u))
}

/// `H(utf8(poolName ‖ userIdForSrp ‖ ":" ‖ password))`, the inner hash of `x`
///
/// The password's bytes are taken as they are: nothing is folded, normalised or trimmed.
///
/// # Source
///
/// RFC 2945 section 3 has the user name alone before the colon. Vectors `nfd-password-not-normalised`, `outer-spaces-password`.
#[must_use]
pub fn derive_inner_hash(identity: &Identity<'_>, password: &Secret) -> Zeroizing<[u8; 32]> {
    sha256(&[identity.pool_name.as_bytes(), identity.user_id_for_srp.as_bytes(), b":", password.expose().as_bytes()])
}

/// `x = H(padHex(salt) ‖ H(utf8(poolName ‖ userIdForSrp ‖ ":" ‖ password)))`
///
/// # Source
///
/// RFC 5054 section 2.4, but the salt goes in through padHex. Vectors `salt-*`.
#[must_use]
pub fn derive_x(salt: &[u8], identity: &Identity<'_>, password: &Secret) -> PrivateKey {
    let inner_hash = derive_inner_hash(identity, password);
    PrivateKey(sha256(&[&pad_hex(salt), inner_hash.as_slice()]))
}

/// `v = g^x mod N`
///
/// # Source
///
/// RFC 5054 section 2.4. Member `server_v`, and `verifier` of the device vectors.
#[must_use]
pub fn derive_v(x: &PrivateKey) -> SecretNumber {
    SecretNumber::of(begin_v(x).whole().result())
}

/// The same in slices.
pub(super) fn begin_v(x: &PrivateKey) -> Slices {
    Slices::new(Power::of_generator(&Exponent::from_digest(&x.0)), None)
}

/// `S = (B - k·g^x)^(a + u·x) mod N`
///
/// # Source
///
/// RFC 5054 section 2.6. The base is below 0 nearly always before it is reduced. Vector `S-leading-zero-byte`.
#[must_use]
pub fn derive_client_s(server_public: &ServerPublic, x: &PrivateKey, a: &EphemeralSecret, u: &Scrambler) -> SecretNumber {
    SecretNumber::of(begin_client_s(server_public, x, a, u).whole().result())
}

/// The same in slices: `g^x` first.
pub(super) fn begin_client_s(server_public: &ServerPublic, x: &PrivateKey, a: &EphemeralSecret, u: &Scrambler) -> Slices {
    let exponent = a.exponent().add_product(&u.0, &x.0);
    let second = BlindedPower { server_public: server_public.element.clone(), exponent };
    Slices::new(Power::of_generator(&Exponent::from_digest(&x.0)), Some(Box::new(second)))
}

/// What makes `S` of `g^x`.
pub(super) struct BlindedPower {
    server_public: Element,
    exponent: Exponent,
}

impl BlindedPower {
    /// `(B - k·v)^exponent`
    pub(super) fn begin(&self, v: &Element) -> Box<Power> {
        let base = self.server_public.sub(&Element::from_digest(&derive_k()).mul(v));
        Power::of(&base, &self.exponent)
    }
}

/// `K = HKDF-SHA256(salt = padHex(u), ikm = padHex(S), info = "Caldera Derived Key", 16 bytes)`
///
/// # Source
///
/// RFC 5869 section 2; instead of RFC 5054's use of `S` as it is. Vectors `u-leading-zero-byte`, `u-high-bit`,
/// `S-leading-zero-byte`.
#[must_use]
pub fn derive_key(u: &Scrambler, s: &SecretNumber) -> AuthenticationKey {
    let extracted = hmac_sha256(&pad_hex(&u.0), &[&pad_hex(s.expose())]);
    let expanded = hmac_sha256(extracted.as_slice(), &[b"Caldera Derived Key", &[1]]);
    AuthenticationKey::from_first_half(&expanded)
}

impl fmt::Debug for ServerPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServerPublic(..)")
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey(..)")
    }
}

impl fmt::Debug for SecretNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretNumber(..)")
    }
}
