//! Cognito's dialect of SRP-6a: the client's side of it, and what is signed with it.
//!
//! This module does no I/O and makes no randomness: `a` comes in as bytes from the platform's CSPRNG, the time comes in as a number,
//! and what goes out are the texts that stand in the members of the JSON API.
//!
//! ```text
//!  client                                                                         pool
//!  ClientEphemeral::derive(a)            ── SRP_A = A ──▶                         keeps the salt and v = g^x
//!                                        ◀── SALT, SRP_B = B, SECRET_BLOCK ──     makes b and B
//!  process_challenge(salt, B) = K                                                 computes K
//!  K.sign(SECRET_BLOCK, TIMESTAMP)       ── PASSWORD_CLAIM_SIGNATURE ──▶          signs too, and compares
//! ```
//!
//! The pool's side of this example, and of this module's tests, is the workspace's `srp-reference`: the same formulas by another library
//! of big numbers, which shares no code with this module.
//!
//! ```
//! use cognito_protocol::Secret;
//! use cognito_protocol::srp::{ClientEphemeral, EphemeralSecret, Identity, format_timestamp};
//!
//! # use srp_reference::{ServerExchange, Verifier};
//! # let theirs = srp_reference::Identity { pool_name: "AbCdEfGhI", user_id_for_srp: "alice" };
//! # let verifier = Verifier::derive(&theirs, "Passw0rd!", &[7; 16]);
//! # let server = ServerExchange::begin(&[2; 32], &verifier);
//! # let (salt, srp_b, secret_block) = (verifier.salt_hex(), server.srp_b(), "c2VjcmV0IGJsb2Nr");
//! // From the platform's CSPRNG.
//! # let random_a = [1; 32];
//! let client = ClientEphemeral::derive(EphemeralSecret::from_bytes(&random_a)?)?;
//! // Send client.public_hex() as SRP_A; the challenge comes back.
//! let identity = Identity { pool_name: "AbCdEfGhI", user_id_for_srp: "alice" };
//! let typed = Secret::from("Passw0rd!");
//! let timestamp = format_timestamp(1_757_408_703_000);
//! let signature = client
//!     .process_challenge(&identity, &typed, &salt, &srp_b)?
//!     .sign(&identity, secret_block, &timestamp)?;
//! # let key = server.key(&verifier, client.public_hex()).unwrap();
//! # assert!(key.verifies(&theirs, b"secret block", &timestamp, &signature));
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
//! amazon-cognito-identity-js and aws-amplify, and `tests/srp_oracle.rs` to `srp-reference` in thousands of exchanges.
//!
//! # What is constant-time, what is wiped
//!
//! Exponentiation takes the same time, in as many slices, for all secrets of one byte length. `a`, `x`, `S` and `K` are overwritten when they are dropped, and so is what the
//! arithmetic keeps from one slice to the next. Copies that it makes on the stack while it runs are not.

mod arithmetic;
mod client;
mod device;
mod encoding;
mod error;
#[doc(hidden)]
pub mod formulas;
mod hash;
mod key;
mod slices;
mod timestamp;

pub use client::ClientEphemeral;
pub use device::{DeviceVerifier, derive_device_verifier};
pub use error::{Party, SrpError};
pub use key::{AuthenticationKey, EphemeralSecret, Identity, derive_secret_hash};
pub use timestamp::format_timestamp;

pub(crate) use device::begin_device_verifier;
pub(crate) use formulas::Scrambler;
pub(crate) use hash::{hmac_sha1, sha256};
pub(crate) use slices::Slices;
