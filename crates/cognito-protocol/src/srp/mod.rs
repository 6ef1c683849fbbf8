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
//! ```
//! use cognito_protocol::Secret;
//! use cognito_protocol::srp::{ClientEphemeral, EphemeralSecret, Identity, ServerEphemeral, Verifier, format_timestamp};
//!
//! // Both come from the platform's CSPRNG.
//! # let (random_a, random_b) = ([1; 32], [2; 32]);
//! let identity = Identity { pool_name: "AbCdEfGhI", user_id_for_srp: "alice" };
//! let verifier = Verifier::derive(&identity, &Secret::from("Passw0rd!"), &[7; 16]);
//!
//! let client = ClientEphemeral::derive(EphemeralSecret::from_bytes(&random_a)?)?;
//! let server = ServerEphemeral::derive(EphemeralSecret::from_bytes(&random_b)?, &verifier);
//!
//! let timestamp = format_timestamp(1_757_408_703_000);
//! let typed = Secret::from("Passw0rd!");
//! let signature = client
//!     .process_challenge(&identity, &typed, &verifier.salt_hex(), server.public_hex())?
//!     .sign(&identity, "c2VjcmV0IGJsb2Nr", &timestamp)?;
//!
//! let key = server.process_public(&verifier, client.public_hex())?;
//! assert!(key.verify(&identity, b"secret block", &timestamp, &signature));
//! # Ok::<(), cognito_protocol::srp::SrpError>(())
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
