//! Values that take powers to derive, in slices.

use core::ops::ControlFlow;

use super::arithmetic::{Element, Power};

/// A value under way: between two slices whoever waits for it can let others have their turn.
///
/// Dropped, it leaves nothing behind: what it has come to lies on the heap, in types that are overwritten. How many slices there are
/// depends on the lengths of exponents alone.
pub struct Slices<T> {
    power: Box<Power>,
    then: Then<T>,
}

/// What is done with a power. What it captures must be public or lie on the heap, since it is moved when it is called.
type Then<T> = Box<dyn FnOnce(&Element) -> ControlFlow<T, Slices<T>>>;

impl<T> Slices<T> {
    pub(super) fn new(power: Box<Power>, then: impl FnOnce(&Element) -> ControlFlow<T, Self> + 'static) -> Self {
        Self { power, then: Box::new(then) }
    }

    /// What `then` makes of the value, in place of it. What it captures is moved, and must be public or lie on the heap.
    #[must_use]
    pub fn map<U>(self, then: impl FnOnce(T) -> U + 'static) -> Slices<U>
    where
        T: 'static,
    {
        let before = self.then;
        Slices::new(self.power, |power| match before(power) {
            ControlFlow::Break(value) => ControlFlow::Break(then(value)),
            ControlFlow::Continue(left) => ControlFlow::Continue(left.map(then)),
        })
    }

    /// Computes one slice: some milliseconds of a slow telephone. `Break` has the value, and `Continue` what is left to do.
    #[must_use]
    pub fn step(mut self) -> ControlFlow<T, Self> {
        if self.power.step() { (self.then)(self.power.result()) } else { ControlFlow::Continue(self) }
    }

    /// Computes all that is left.
    #[must_use]
    pub fn whole(mut self) -> T {
        loop {
            match self.step() {
                ControlFlow::Break(value) => return value,
                ControlFlow::Continue(left) => self = left,
            }
        }
    }
}

impl<T> core::fmt::Debug for Slices<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Slices(..)")
    }
}
