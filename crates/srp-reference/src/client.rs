//! The client's side: what the real client is compared with.

use std::fmt;

use num_bigint::BigUint;

use crate::{
    Identity, Key, Refused, Value,
    formulas::{client_public, client_s, key, u, x},
    number::read_hex,
    server::public,
};

/// `a` with `A = g^a mod N`.
pub struct Client {
    /// `a`.
    pub a: BigUint,
    /// `A`.
    pub public: BigUint,
}

impl Client {
    /// Takes `a`, big-endian.
    #[must_use]
    pub fn begin(a: &[u8]) -> Self {
        let a = BigUint::from_bytes_be(a);
        Self { public: client_public(&a), a }
    }

    /// `SRP_A`: hex without zeros in front.
    #[must_use]
    pub fn srp_a(&self) -> String {
        self.public.to_str_radix(16)
    }

    /// `K`, of `SALT` and `SRP_B` as they came.
    ///
    /// # Errors
    /// Where one of them is no such number, or may not be used.
    pub fn key(&self, identity: &Identity<'_>, password: &str, salt: &str, srp_b: &str) -> Result<Key, Refused> {
        let salt = read_hex(Value::Salt, salt)?;
        if salt.bits() > 8 * 64 {
            return Err(Refused::TooLarge(Value::Salt));
        }
        let b = public(Value::B, srp_b)?;
        let u = u(&self.public, &b);
        if u == BigUint::ZERO {
            return Err(Refused::ScramblerZero);
        }
        key(&u, &client_s(&b, &x(&salt, identity, password), &self.a, &u))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Client(..)")
    }
}
