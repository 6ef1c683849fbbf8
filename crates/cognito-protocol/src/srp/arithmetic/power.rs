//! Powers with secret exponents, in slices: whoever computes one can let others have their turn between any two.
//!
//! A slice has as many products whatever is computed, so that neither their number nor the length of one tells of a secret.

use zeroize::Zeroize;

use super::{
    element::Element,
    exponent::Exponent,
    montgomery::Montgomery,
    number::{Number, mask_of_zero},
};

/// Products of a slice: less than a millisecond of a browser's main thread, and two when its code is new.
const SLICE_PRODUCTS: u32 = 48;

/// Bits of an exponent that a power takes at once, and how many numbers they can be.
const WINDOW_BITS: u32 = 4;
const WINDOW_VALUES: usize = 1 << WINDOW_BITS;

/// Bits of an exponent that a power of `g` takes at once: `g^3` is a shift by three bits, for which a number has room.
const GENERATOR_WINDOW_BITS: u32 = 2;

/// A power under way. All of it is overwritten when it is dropped, however far it has come.
pub(in crate::srp) struct Power {
    montgomery: Montgomery,
    exponent: Exponent,
    /// Windows of the exponent that are still to come.
    left: u32,
    /// None for `g`, which is multiplied by with shifts.
    powers: Option<Box<Powers>>,
    result: Element,
}

impl Power {
    /// `g ^ exponent`. It takes as many slices as the exponent's public bound says.
    pub(in crate::srp) fn of_generator(exponent: &Exponent) -> Box<Self> {
        Self::begin(exponent, GENERATOR_WINDOW_BITS)
    }

    /// `base ^ exponent`. It takes as many slices as the exponent's public bound says.
    pub(in crate::srp) fn of(base: &Element, exponent: &Exponent) -> Box<Self> {
        let mut power = Self::begin(exponent, WINDOW_BITS);
        power.powers = Some(Powers::of(base, &mut power.montgomery));
        power
    }

    /// On the heap before there is anything secret but the exponent: what is moved leaves a copy.
    fn begin(exponent: &Exponent, width: u32) -> Box<Self> {
        Box::new(Self {
            montgomery: Montgomery::new(),
            exponent: exponent.clone(),
            left: exponent.windows(width),
            powers: None,
            result: Element::one(),
        })
    }

    /// Computes one slice; whether that was the last.
    pub(in crate::srp) fn step(&mut self) -> bool {
        let products_of_a_window = if self.powers.is_some() { WINDOW_BITS + 1 } else { GENERATOR_WINDOW_BITS };
        self.advance(SLICE_PRODUCTS / products_of_a_window)
    }

    /// Takes so many windows of the exponent, or all that are left.
    pub(super) fn advance(&mut self, windows: u32) -> bool {
        let result = &mut self.result.0;
        for _ in 0..windows.min(self.left) {
            self.left -= 1;
            match &mut self.powers {
                Some(powers) => {
                    (0..WINDOW_BITS).for_each(|_| self.montgomery.square(result));
                    powers.select(self.exponent.window(self.left, WINDOW_BITS));
                    self.montgomery.multiply(result, &powers.selected);
                }
                None => {
                    (0..GENERATOR_WINDOW_BITS).for_each(|_| self.montgomery.square(result));
                    // g is 2, and what was below 2^3073 is below 2^3076.
                    result.shift(self.exponent.window(self.left, GENERATOR_WINDOW_BITS));
                }
            }
        }
        self.left == 0
    }

    /// What has come of it; of no use before the last slice.
    pub(in crate::srp) fn result(&self) -> &Element {
        &self.result
    }
}

/// The powers of a secret number, from the 0th; overwritten when dropped.
struct Powers {
    all: [Number; WINDOW_VALUES],
    selected: Number,
}

impl Powers {
    fn of(base: &Element, montgomery: &mut Montgomery) -> Box<Self> {
        let Element(one) = &Element::one();
        let mut powers = Box::new(Self { all: [*one; WINDOW_VALUES], selected: *one });
        let Self { all, selected } = &mut *powers;
        for power in all.iter_mut().skip(1) {
            montgomery.multiply(selected, &base.0);
            *power = *selected;
        }
        powers
    }

    /// Reads all of them, whichever is wanted.
    fn select(&mut self, wanted: u32) {
        self.selected = Number::ZERO;
        for (index, power) in (0..).zip(&self.all) {
            self.selected.or_masked(power, mask_of_zero(wanted ^ index));
        }
    }
}

impl Drop for Powers {
    fn drop(&mut self) {
        self.all.zeroize();
        self.selected.zeroize();
    }
}
