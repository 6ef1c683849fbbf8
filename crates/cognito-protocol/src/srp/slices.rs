//! The powers of an exchange, in slices.

use super::{
    arithmetic::{Element, Power},
    formulas::BlindedPower,
};

/// A power under way, or two of which the second is made of the first: between two slices, whoever waits lets others have their turn.
///
/// Dropped, it leaves nothing behind: whatever it has come to lies on the heap, in types that are overwritten. How many slices there are
/// depends on the lengths of exponents alone.
pub(crate) struct Slices {
    power: Box<Power>,
    second: Option<Box<BlindedPower>>,
}

impl Slices {
    pub(super) fn new(power: Box<Power>, second: Option<Box<BlindedPower>>) -> Self {
        Self { power, second }
    }

    /// Computes one slice, some milliseconds of a slow telephone; whether that was the last.
    pub(crate) fn step(&mut self) -> bool {
        let is_over = self.power.step();
        if is_over && let Some(second) = self.second.take() {
            self.power = second.begin(self.power.result());
            return false;
        }
        is_over
    }

    /// The last power, once there is nothing left to compute.
    pub(super) fn result(&self) -> &Element {
        self.power.result()
    }

    /// Computes all slices.
    pub(super) fn whole(mut self) -> Self {
        while !self.step() {}
        self
    }
}
