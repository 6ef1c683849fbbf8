//! Montgomery's product: `x·y / R mod N` with `R = 2^3080`.
//!
//! The products of a column are added up without a carry, which comes once at its end: they have 56 bits, and the 220 of a column fit 64.
//! Columns go in pairs, by digits of two limbs, so that a product of digits takes three multiplications in place of four (Karatsuba's
//! way). Since the last 64 bits of `N` are ones, the quotient's digits are simply the last digits of what is divided: adding `q·N` is
//! dropping those digits and adding `q·(N + 1)`, which ends in a digit of 0, so that no digit of the quotient waits for itself.
//!
//! One factor of a sum of products lies in memory from its highest digit, so that both are read in one direction: a fifth of the time.
//!
//! Numbers need not be less than `N`: of two below 2^3076 the product is below 2^3073.

use zeroize::Zeroize;

use super::{
    group::modulus_and_one_reversed,
    number::{DIGITS, Digit, LIMB_BITS, Number, low_limb},
};

/// What a product needs beside its factors, overwritten when dropped.
pub(super) struct Montgomery {
    /// The product before it is reduced: the sums of its columns, two for a digit.
    columns: [[u64; 2]; 2 * DIGITS],
    /// The digits of `N + 1` from the highest.
    modulus_and_one: [Digit; DIGITS],
    /// The digits of a factor from the highest.
    reversed: [Digit; DIGITS],
    /// The digits of the quotient, and then those of the result.
    digits: [Digit; 2 * DIGITS],
}

impl Montgomery {
    #[inline(never)]
    pub(super) fn new() -> Self {
        Self {
            columns: [[0; 2]; 2 * DIGITS],
            modulus_and_one: modulus_and_one_reversed(),
            reversed: [[0; 2]; DIGITS],
            digits: [[0; 2]; 2 * DIGITS],
        }
    }

    /// `x·y / R`
    #[inline(never)]
    pub(super) fn multiply(&mut self, x: &mut Number, y: &Number) {
        self.reverse(y);
        let mut spilled = 0;
        for (place, column) in self.columns.iter_mut().enumerate() {
            let [low, middle, high] = products(diagonal(&x.0, place), reversed_from(&self.reversed, place));
            *column = [spilled + low, middle];
            spilled = high;
        }
        self.reduce(x);
    }

    /// `x·x / R`
    #[inline(never)]
    pub(super) fn square(&mut self, x: &mut Number) {
        self.reverse(x);
        let mut spilled = 0;
        for (place, column) in self.columns.iter_mut().enumerate() {
            let both = diagonal(&x.0, place);
            let (lower, upper) = both.split_at(both.len() / 2);
            // Each product of two digits comes twice, and with an odd number of digits the one in the middle is squared.
            let [mut low, mut middle, mut high] = products(lower, reversed_from(&self.reversed, place));
            (low, middle, high) = (2 * low, 2 * middle, 2 * high);
            if let (1, Some([a, b])) = (both.len() % 2, upper.first()) {
                let (a, b) = (u64::from(*a), u64::from(*b));
                low += a * a;
                middle += 2 * a * b;
                high += b * b;
            }
            *column = [spilled + low, middle];
            spilled = high;
        }
        self.reduce(x);
    }

    #[inline(never)]
    fn reverse(&mut self, y: &Number) {
        self.reversed = y.0;
        self.reversed.reverse();
    }

    #[inline(never)]
    fn reduce(&mut self, to: &mut Number) {
        let (mut spilled, mut carry) = (0, 0);
        for (place, column) in self.columns.iter().enumerate() {
            let [low, middle, high] = products(diagonal(&self.digits, place), reversed_from(&self.modulus_and_one, place));
            let first = column[0] + spilled + low + carry;
            let second = column[1] + middle + (first >> LIMB_BITS);
            if let Some(digit) = self.digits.get_mut(place) {
                *digit = [low_limb(first), low_limb(second)];
            }
            spilled = high;
            carry = second >> LIMB_BITS;
        }
        for (to, digit) in to.0.iter_mut().zip(self.digits.iter().skip(DIGITS)) {
            *to = *digit;
        }
    }
}

impl Drop for Montgomery {
    fn drop(&mut self) {
        self.columns.zeroize();
        self.reversed.zeroize();
        self.digits.zeroize();
    }
}

/// The digits of one factor that take part in the product's digit `place`.
#[inline(always)]
fn diagonal(digits: &[Digit], place: usize) -> &[Digit] {
    let last = DIGITS - 1;
    digits.get(place.saturating_sub(last)..=place.min(last)).unwrap_or_default()
}

/// The digits of the other factor, which lies reversed, from the one that meets the first of the diagonal.
#[inline(always)]
fn reversed_from(digits: &[Digit], place: usize) -> &[Digit] {
    digits.get((DIGITS - 1).saturating_sub(place)..).unwrap_or_default()
}

/// The sum of the products of the digits that stand at one place of both: its three columns.
#[inline(never)]
fn products(mut x: &[Digit], y: &[Digit]) -> [u64; 3] {
    let (mut low, mut mixed, mut high) = (0, 0, 0);
    let Some(mut y) = y.get(..x.len()) else { return [0; 3] };
    // Slices, since a zip of iterators is a call for each step where the compiler is told to save bytes.
    while let ([[x0, x1], x_left @ ..], [[y0, y1], y_left @ ..]) = (x, y) {
        low += u64::from(*x0) * u64::from(*y0);
        high += u64::from(*x1) * u64::from(*y1);
        mixed += u64::from(x0 + x1) * u64::from(y0 + y1);
        (x, y) = (x_left, y_left);
    }
    [low, mixed - low - high, high]
}
