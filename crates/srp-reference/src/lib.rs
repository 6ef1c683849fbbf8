//! Amazon Cognito's dialect of SRP-6a once more: the local pool's side of a sign-in, and the oracle of the tests.
//!
//! `cognito-protocol` has the client's side, constant-time and small. This crate has both sides, written down as the formulas stand
//! in docs/cognito.md#srp and RFC 5054, with `num-bigint` and the crates `sha2`, `hmac` and `hkdf`. It shares no line with
//! `cognito-protocol`, so that a fault of the one is not also a fault of the other: a client that agrees with this pool, or with this
//! oracle, agrees with something.
//!
//! It is not for anything that ships. The arithmetic takes a time that depends on the numbers, and no number is overwritten. Only
//! signatures are compared in constant time.
//!
//! ```
//! use srp_reference::{Client, Identity, ServerExchange, Verifier};
//!
//! let identity = Identity { pool_name: "AbCdEfGhI", user_id_for_srp: "alice" };
//! let verifier = Verifier::derive(&identity, "Passw0rd!", &[7; 16]);
//! let server = ServerExchange::begin(&[2; 32], &verifier);
//! let client = Client::begin(&[1; 32]);
//!
//! let key = client.key(&identity, "Passw0rd!", &verifier.salt_hex(), &server.srp_b())?;
//! let signature = key.sign(&identity, b"secret block", "Tue Sep 9 09:05:03 UTC 2025");
//! assert!(server.key(&verifier, &client.srp_a())?.verifies(&identity, b"secret block", "Tue Sep 9 09:05:03 UTC 2025", &signature));
//! # Ok::<(), srp_reference::Refused>(())
//! ```

mod client;
pub mod formulas;
mod group;
mod number;
mod proof;
mod refused;
mod server;

pub use client::Client;
pub use group::{generator, prime};
pub use num_bigint::BigUint;
pub use number::{pad_hex, read_hex, to_hex};
pub use proof::Key;
pub use refused::{Refused, Value};
pub use server::{ServerExchange, Verifier};

/// Whose password is proved: a user's in a pool, or a remembered device's in its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity<'a> {
    /// The part of the user pool id after the first `_`; for devices the `DeviceGroupKey`.
    pub pool_name: &'a str,
    /// `USER_ID_FOR_SRP`; for devices the `DeviceKey`.
    pub user_id_for_srp: &'a str,
}
