//! Looks for secrets in the time that SRP's arithmetic takes, as dudect does: Welch's t-test between a class of runs with one fixed
//! secret and a class with random ones, in random order. Printed, and not asserted: machines are noisy.
//!
//! `cargo xtask bench constant-time` does it natively, and in a browser with the WebAssembly compiled as what pages download. Whole
//! powers are timed, and the slices that the widget computes in their place. The last row, by a computation whose time does depend on
//! the secret, shows that the test can find one. What it proves is in SECURITY.md.

mod clock;
mod computation;
mod failure;
mod measurement;
mod numbers;
mod proof;
mod random;
mod welch;

pub use clock::Clock;
pub use computation::{CASES, Case};
pub use failure::Failure;
pub use measurement::{Measurement, TABLE_HEAD};

/// Pairs of runs, one of each class, of which a computation's row is made unless a number is named.
pub const PAIRS: u32 = 1_000;
