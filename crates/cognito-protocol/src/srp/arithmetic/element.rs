//! Integers modulo `N`.

use zeroize::{Zeroize, Zeroizing};

use super::{
    group::{MODULUS, MODULUS_BYTES},
    montgomery::Montgomery,
    number::{DIGITS, LIMB_MASK, Number},
};

/// An integer modulo `N`, overwritten when dropped.
///
/// The number times 2^3080, modulo `N` and below 2^3073: Montgomery's form.
#[derive(Clone)]
pub(in crate::srp) struct Element(pub(super) Number);

impl Element {
    /// Reads an unsigned number and reduces it modulo `N`; `None` if it is longer than `N`.
    pub(in crate::srp) fn from_be_bytes(bytes: &[u8]) -> Option<Self> {
        if bytes.len() > MODULUS_BYTES {
            return None;
        }
        Some(Self::reduce(bytes))
    }

    /// Reads a SHA-256 digest as an unsigned number.
    pub(in crate::srp) fn from_digest(digest: &[u8; 32]) -> Self {
        Self::reduce(digest)
    }

    fn reduce(bytes: &[u8]) -> Self {
        let mut montgomery = Montgomery::new();
        let mut element = Self(Number::from_be_bytes(bytes));
        let square_of_one = square_of_one(&mut montgomery);
        montgomery.multiply(&mut element.0, &square_of_one);
        element
    }

    /// The number from 0 to `N - 1`, big-endian, filled up with zeros in front.
    pub(in crate::srp) fn to_be_bytes(&self) -> [u8; MODULUS_BYTES] {
        self.number().to_be_bytes()
    }

    /// 1.
    pub(super) fn one() -> Self {
        Self(one())
    }

    pub(in crate::srp) fn is_zero(&self) -> bool {
        self.number().is_zero()
    }

    /// The number from 0 to `N - 1`.
    fn number(&self) -> Zeroizing<Number> {
        let (mut number, mut one) = (Zeroizing::new(self.0), Number::ZERO);
        one.0[0] = [1, 0];
        Montgomery::new().multiply(&mut number, &one);
        // At most N comes of that, and N of nothing but 0.
        number.replace_modulus_by_zero();
        number
    }

    pub(in crate::srp) fn sub(&self, other: &Self) -> Self {
        let mut difference = Self(self.0);
        difference.0.subtract(&other.0);
        // Once more below 2^3073.
        Montgomery::new().multiply(&mut difference.0, &one());
        difference
    }

    pub(in crate::srp) fn mul(&self, other: &Self) -> Self {
        let mut product = Self(self.0);
        Montgomery::new().multiply(&mut product.0, &other.0);
        product
    }
}

impl Drop for Element {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// 2^3072 - `N`, which is less than 2^3008.
fn complement() -> Number {
    let mut number = MODULUS;
    for limb in number.limbs_mut() {
        *limb ^= LIMB_MASK;
    }
    // The last limb of N is all ones, so that the one which makes the ones' complement the two's carries nothing.
    number.0[0][0] = 1;
    // Of the first limb N has 20 bits.
    number.0[DIGITS - 1][1] &= LIMB_MASK >> 8;
    number
}

/// 1 in Montgomery's form: 2^3080 mod `N`.
fn one() -> Number {
    let mut one = complement();
    one.shift(8);
    one
}

/// 2^3080 in Montgomery's form, by which a number comes into that form.
fn square_of_one(montgomery: &mut Montgomery) -> Number {
    // Shifted by 56 bits it is 2^48 in Montgomery's form.
    let mut number = complement();
    number.0.rotate_right(1);
    // 3080 is 48·2^6 + 2^3.
    for round in 0..6 {
        montgomery.square(&mut number);
        if round == 2 {
            number.shift(1);
        }
    }
    number
}
