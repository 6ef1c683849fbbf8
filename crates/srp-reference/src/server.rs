//! The pool's side.

use std::fmt;

use base64ct::{Base64, Encoding};
use num_bigint::{BigInt, BigUint, Sign};

use crate::{
    Identity, Key, Refused, Value,
    formulas::{key, server_public, server_s, u, v, x},
    group::prime,
    number::{pad_hex, read_hex, to_hex},
};

/// What a pool keeps in place of a password.
#[derive(Clone, PartialEq, Eq)]
pub struct Verifier {
    /// The salt as a number.
    pub salt: BigUint,
    /// `v = g^x mod N`.
    pub v: BigUint,
}

impl Verifier {
    /// Of a password; `salt` is big-endian.
    #[must_use]
    pub fn derive(identity: &Identity<'_>, password: &str, salt: &[u8]) -> Self {
        let salt = BigUint::from_bytes_be(salt);
        Self { v: v(&x(&salt, identity, password)), salt }
    }

    /// Of `DeviceSecretVerifierConfig`: base64 of two's complement, which a pool refuses where it is negative
    /// (aws/aws-sdk-net-extensions-cognito#46).
    ///
    /// # Errors
    /// [`Refused::DeviceVerifier`].
    pub fn of_device(salt: &str, password_verifier: &str) -> Result<Self, Refused> {
        let positive = |base64: &str| {
            let bytes = Base64::decode_vec(base64).ok()?;
            match BigInt::from_signed_bytes_be(&bytes).into_parts() {
                (Sign::Plus, number) => Some(number),
                (Sign::Minus | Sign::NoSign, _) => None,
            }
        };
        let salt = positive(salt).filter(|salt| salt.bits() <= 8 * 64).ok_or(Refused::DeviceVerifier)?;
        let v = positive(password_verifier).filter(|v| *v < prime()).ok_or(Refused::DeviceVerifier)?;
        Ok(Self { salt, v })
    }

    /// What [`of_device`](Self::of_device) takes: `Salt` and `PasswordVerifier`.
    #[must_use]
    pub fn to_device_config(&self) -> [String; 2] {
        [&self.salt, &self.v].map(|number| Base64::encode_string(&pad_hex(number)))
    }

    /// `SALT`.
    #[must_use]
    pub fn salt_hex(&self) -> String {
        to_hex(&pad_hex(&self.salt))
    }
}

/// `b` with `B = k·v + g^b mod N`.
pub struct ServerExchange {
    /// `b`.
    pub b: BigUint,
    /// `B`.
    pub public: BigUint,
}

impl ServerExchange {
    /// Takes `b`, big-endian.
    #[must_use]
    pub fn begin(b: &[u8], verifier: &Verifier) -> Self {
        let b = BigUint::from_bytes_be(b);
        Self { public: server_public(&b, &verifier.v), b }
    }

    /// `SRP_B`: hex without zeros in front.
    #[must_use]
    pub fn srp_b(&self) -> String {
        self.public.to_str_radix(16)
    }

    /// `K`, of `SRP_A` as it came; `verifier` is the one that `B` was made with.
    ///
    /// # Errors
    /// Where `SRP_A` is no such number, or one with which any password would pass.
    pub fn key(&self, verifier: &Verifier, srp_a: &str) -> Result<Key, Refused> {
        let a = public(Value::A, srp_a)?;
        let u = u(&a, &self.public);
        if u == BigUint::ZERO {
            return Err(Refused::ScramblerZero);
        }
        key(&u, &server_s(&a, &verifier.v, &u, &self.b))
    }
}

/// `A` or `B` as the other side sent it: not 0 mod `N`, and no greater than `N`.
pub(crate) fn public(value: Value, text: &str) -> Result<BigUint, Refused> {
    let number = read_hex(value, text)?;
    if number > prime() {
        return Err(Refused::TooLarge(value));
    }
    if &number % prime() == BigUint::ZERO {
        return Err(Refused::Zero(value));
    }
    Ok(number)
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Verifier(..)")
    }
}

impl fmt::Debug for ServerExchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServerExchange(..)")
    }
}
