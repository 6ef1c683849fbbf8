//! One function to a formula, as docs/cognito.md#srp has them. All numbers are integers; nothing is reduced but where it says `mod N`.

use hkdf::Hkdf;
use num_bigint::BigUint;
use sha2::{Digest, Sha256};

use crate::{Identity, Key, Refused, generator, pad_hex, prime};

/// `k = H(padHex(N) ‖ padHex(g))`
#[must_use]
pub fn k() -> BigUint {
    hash_of(&[&pad_hex(&prime()), &pad_hex(&generator())])
}

/// `x = H(padHex(salt) ‖ H(poolName ‖ userIdForSrp ‖ ":" ‖ password))`
#[must_use]
pub fn x(salt: &BigUint, identity: &Identity<'_>, password: &str) -> BigUint {
    let Identity { pool_name, user_id_for_srp } = identity;
    let inner = Sha256::digest(format!("{pool_name}{user_id_for_srp}:{password}"));
    hash_of(&[&pad_hex(salt), &inner])
}

/// `v = g^x mod N`
#[must_use]
pub fn v(x: &BigUint) -> BigUint {
    generator().modpow(x, &prime())
}

/// `A = g^a mod N`
#[must_use]
pub fn client_public(a: &BigUint) -> BigUint {
    generator().modpow(a, &prime())
}

/// `B = (k·v + g^b) mod N`
#[must_use]
pub fn server_public(b: &BigUint, v: &BigUint) -> BigUint {
    (k() * v + generator().modpow(b, &prime())) % prime()
}

/// `u = H(padHex(A) ‖ padHex(B))`
#[must_use]
pub fn u(client_public: &BigUint, server_public: &BigUint) -> BigUint {
    hash_of(&[&pad_hex(client_public), &pad_hex(server_public)])
}

/// `S = (B − k·g^x)^(a + u·x) mod N`, the client's way
#[must_use]
pub fn client_s(server_public: &BigUint, x: &BigUint, a: &BigUint, u: &BigUint) -> BigUint {
    let n = prime();
    // No number here is below 0: N is added before the difference is taken.
    let base = (server_public % &n + &n - k() * v(x) % &n) % &n;
    base.modpow(&(a + u * x), &n)
}

/// `S = (A·v^u)^b mod N`, the pool's way
#[must_use]
pub fn server_s(client_public: &BigUint, v: &BigUint, u: &BigUint, b: &BigUint) -> BigUint {
    let n = prime();
    (client_public * v.modpow(u, &n) % &n).modpow(b, &n)
}

/// `K = HKDF-SHA256(salt = padHex(u), ikm = padHex(S), info = "Caldera Derived Key", 16 bytes)`
///
/// # Errors
/// [`Refused::NoKey`], which 16 bytes never come to.
pub fn key(u: &BigUint, s: &BigUint) -> Result<Key, Refused> {
    let mut key = [0; 16];
    Hkdf::<Sha256>::new(Some(&pad_hex(u)), &pad_hex(s)).expand(b"Caldera Derived Key", &mut key).map_err(|_| Refused::NoKey)?;
    Ok(Key(key))
}

/// A SHA-256 hash as a number.
fn hash_of(parts: &[&[u8]]) -> BigUint {
    BigUint::from_bytes_be(&Sha256::digest(parts.concat()))
}
