//! Numbers of a fixed width.

use core::hint::black_box;

use zeroize::Zeroize;

use super::group::{MODULUS, MODULUS_BYTES};

/// Bits of a limb. A column of products of such limbs fits 64 bits without a carry, and two limbs are seven bytes.
pub(super) const LIMB_BITS: u32 = 28;
pub(super) const LIMB_MASK: u32 = (1 << LIMB_BITS) - 1;
/// Bytes of a digit.
const DIGIT_BYTES: usize = 7;

/// Two limbs, the lower one first: what is multiplied at once.
pub(super) type Digit = [u32; 2];

/// Digits of a number: 3080 bits, eight more than `N` has.
pub(super) const DIGITS: usize = 55;

/// A number below 2^3080, in digits from the lowest.
#[derive(Clone, Copy)]
#[cfg_attr(test, derive(Debug))]
pub(super) struct Number(pub(super) [Digit; DIGITS]);

impl Number {
    pub(super) const ZERO: Self = Self([[0; 2]; DIGITS]);

    /// Reads an unsigned number of at most [`MODULUS_BYTES`]; bytes beyond the width would not count.
    pub(super) fn from_be_bytes(bytes: &[u8]) -> Self {
        let mut number = Self::ZERO;
        for (digit, chunk) in number.0.iter_mut().zip(bytes.rchunks(DIGIT_BYTES)) {
            *digit = split(chunk.iter().fold(0, |value, byte| (value << u8::BITS) | u64::from(*byte)));
        }
        number
    }

    /// The lower [`MODULUS_BYTES`] of the number.
    #[allow(clippy::wrong_self_convention, reason = "a copy would be one more to overwrite")]
    pub(super) fn to_be_bytes(&self) -> [u8; MODULUS_BYTES] {
        let mut bytes = [0; MODULUS_BYTES];
        for (chunk, [low, high]) in bytes.rchunks_mut(DIGIT_BYTES).zip(&self.0) {
            let value = u64::from(*low) | (u64::from(*high) << LIMB_BITS);
            for (byte, value) in chunk.iter_mut().rev().zip(value.to_le_bytes()) {
                *byte = value;
            }
        }
        bytes
    }

    pub(super) fn limbs(&self) -> impl Iterator<Item = &u32> {
        self.0.as_flattened().iter()
    }

    pub(super) fn limbs_mut(&mut self) -> impl Iterator<Item = &mut u32> {
        self.0.as_flattened_mut().iter_mut()
    }

    /// `self · 2^bits`, of which bits beyond the width are lost. `bits` may be secret, and is less than [`LIMB_BITS`].
    pub(super) fn shift(&mut self, bits: u32) {
        let mut carry = 0;
        for limb in self.limbs_mut() {
            let shifted = (u64::from(*limb) << bits) | carry;
            *limb = low_limb(shifted);
            carry = shifted >> LIMB_BITS;
        }
    }

    /// `self + 4·N - other`, for numbers of which neither this nor what comes of it leaves the width.
    pub(super) fn subtract(&mut self, other: &Self) {
        let mut carry = 0;
        for ((limb, other), modulus) in self.limbs_mut().zip(other.limbs()).zip(MODULUS.limbs()) {
            // Between -2^28 and 2^31: what is shifted in from the left is the sign.
            let sum = i64::from(*limb) + 4 * i64::from(*modulus) - i64::from(*other) + carry;
            *limb = low_limb(sum.cast_unsigned());
            carry = sum >> LIMB_BITS;
        }
    }

    /// Sets the bits of `other` that `mask` has.
    pub(super) fn or_masked(&mut self, other: &Self, mask: u32) {
        let (mut to, mut from) = (&mut self.0[..], &other.0[..]);
        while let ([[to_low, to_high], to_left @ ..], [[low, high], left @ ..]) = (to, from) {
            *to_low |= low & mask;
            *to_high |= high & mask;
            (to, from) = (to_left, left);
        }
    }

    /// `N` becomes 0, and everything else stays.
    pub(super) fn replace_modulus_by_zero(&mut self) {
        let difference = self.limbs().zip(MODULUS.limbs()).fold(0, |bits, (limb, modulus)| bits | (limb ^ modulus));
        let mask = !mask_of_zero(difference);
        for limb in self.limbs_mut() {
            *limb &= mask;
        }
    }

    pub(super) fn is_zero(&self) -> bool {
        self.limbs().fold(0, |bits, limb| bits | limb) == 0
    }
}

impl Zeroize for Number {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

/// All ones for 0, and 0 for every other number up to 2^31.
pub(super) fn mask_of_zero(number: u32) -> u32 {
    // The compiler must not learn that this is a mask, or it may make a branch of it.
    black_box(number.wrapping_sub(1).cast_signed() >> (u32::BITS - 1)).cast_unsigned()
}

/// The last limb of `value`.
pub(super) fn low_limb(value: u64) -> u32 {
    // Masked, so nothing is lost.
    #[allow(clippy::cast_possible_truncation, reason = "it is 28 bits after the mask")]
    {
        (value & u64::from(LIMB_MASK)) as u32
    }
}

fn split(value: u64) -> Digit {
    [low_limb(value), low_limb(value >> LIMB_BITS)]
}
