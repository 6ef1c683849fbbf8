//! Arithmetic modulo `N`, and the only place that knows how it is done.
//!
//! Numbers go in and out as big-endian bytes. To replace the arithmetic, replace this module.
//!
//! | file | |
//! |---|---|
//! | `group` | `N` and `g` |
//! | `number` | a number of fixed width: bytes, shifts, comparisons |
//! | `montgomery` | products modulo `N`, which is where the time goes |
//! | `exponent` | secret exponents and their public bounds |
//! | `element` | what the formulas compute with |
//! | `power` | powers with secret exponents, in slices |
//!
//! No branch and no index depends on a number's value; loops run as often as widths and public bounds say.

mod element;
mod exponent;
mod group;
mod montgomery;
mod number;
#[cfg(test)]
mod oracle;
mod power;
#[cfg(test)]
mod tests;

pub(super) use element::Element;
pub(super) use exponent::{Exponent, MAX_EPHEMERAL_BYTES};
pub(super) use group::{MODULUS_BYTES, generator_bytes, modulus_bytes};
pub(super) use power::Power;
