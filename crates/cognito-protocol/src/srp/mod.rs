//! Cognito's dialect of SRP-6a: both sides of it, and what is signed with it.
//!
//! This module does no I/O and makes no randomness: `a` and `b` come in as bytes from the platform's CSPRNG, the time comes in as
//! a number, and what goes out are the texts that stand in the members of the JSON API.
//!
//! ```text
//!  client                                                                         pool
//!  ClientEphemeral::derive(a)            ── SRP_A = A ──▶                         Verifier (salt, v = g^x), kept
//!                                        ◀── SALT, SRP_B = B, SECRET_BLOCK ──     ServerEphemeral::derive(b, verifier)
//!  process_challenge(salt, B) = K                                                 process_public(verifier, A) = K
//!  K.sign(SECRET_BLOCK, TIMESTAMP)       ── PASSWORD_CLAIM_SIGNATURE ──▶          K.verify(..)
//! ```
//!
//! | symbol | meaning |
//! |---|---|
//! | `N`, `g` | the 3072-bit prime of RFC 5054 appendix A, and **2** (the RFC pairs that prime with 5) |
//! | `k` | the multiplier `H(padHex(N) ‖ padHex(g))` |
//! | `a`, `A`; `b`, `B` | the ephemeral secrets and public values of client and pool |
//! | `x`, `v` | the private key made of salt, identity and password; the verifier `g^x` |
//! | `u` | the scrambling parameter `H(padHex(A) ‖ padHex(B))` |
//! | `S`, `K` | the premaster secret; the 16-byte key that signs |
//!
//! # Where this is not RFC 5054
//!
//! - Every number is hashed in its minimal two's complement form (`padHex`), not filled up to the length of `N`.
//! - `g` is 2, and `H` is SHA-256.
//! - `K` is HKDF-SHA256 of `S` with `u` as the salt, and the proof is an HMAC over a secret block and a time, not `M1`.
//! - There is no proof by the pool (`M2`): what tells the client that it talked to the right pool is TLS.
//!
//! RFC 5054's own vectors can therefore not show this module right; `tests/srp_vectors.rs` holds it to vectors checked against
//! amazon-cognito-identity-js and aws-amplify.
//!
//! # What is constant-time, what is wiped
//!
//! Exponentiation takes the same time for all secrets of one byte length, and signatures are compared in constant time. `a`, `b`,
//! `x`, `S` and `K` are overwritten when they are dropped. Copies that the arithmetic makes on the stack while it runs are not.

mod arithmetic;
mod client;
mod device;
mod encoding;
mod error;
#[doc(hidden)]
pub mod formulas;
mod hash;
mod key;
mod server;
mod timestamp;

pub use client::ClientEphemeral;
pub use device::{DeviceVerifier, derive_device_verifier};
pub use error::{Party, SrpError};
pub use key::{AuthenticationKey, EphemeralSecret, Identity, derive_secret_hash};
pub use server::{ServerEphemeral, Verifier};
pub use timestamp::{format_timestamp, parse_timestamp};

pub(crate) use hash::hmac_sha1;
