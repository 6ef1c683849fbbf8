//! Secret exponents.

use zeroize::Zeroizing;

/// Longest ephemeral secret in bytes. Amplify and amazon-cognito-identity-js use this much; 32 bytes are enough.
pub(in crate::srp) const MAX_EPHEMERAL_BYTES: usize = 128;

/// One width for all exponents: `a + u·x` of a 1024-bit `a` has 1025 bits.
const BYTES: usize = MAX_EPHEMERAL_BYTES + 1;

/// A secret exponent with a public bound of its size, overwritten when dropped.
#[derive(Clone)]
pub(in crate::srp) struct Exponent {
    /// Big-endian.
    number: Zeroizing<[u8; BYTES]>,
    /// No bit from here on is set. It comes from lengths alone, never from the number.
    pub(super) bound_bits: u32,
}

impl Exponent {
    /// Reads an ephemeral secret, which has at most [`MAX_EPHEMERAL_BYTES`]; bytes beyond the width would not count.
    pub(in crate::srp) fn from_ephemeral(secret: &[u8]) -> Self {
        Self::read(secret)
    }

    /// Reads a SHA-256 digest as an unsigned number.
    pub(in crate::srp) fn from_digest(digest: &[u8; 32]) -> Self {
        Self::read(digest)
    }

    fn read(bytes: &[u8]) -> Self {
        let mut number = Zeroizing::new([0; BYTES]);
        let mut bound_bits = 0;
        for (to, from) in number.iter_mut().rev().zip(bytes.iter().rev()) {
            *to = *from;
            bound_bits += u8::BITS;
        }
        Self { number, bound_bits }
    }

    /// `self + u·x` over the integers: of two 256-bit factors the sum has at most 1025 bits, which fit.
    pub(in crate::srp) fn add_product(&self, u: &[u8; 32], x: &[u8; 32]) -> Self {
        let mut sum = Self::read(&*multiply(u, x));
        let mut carry = 0;
        for (to, from) in sum.number.iter_mut().rev().zip(self.number.iter().rev()) {
            let total = u16::from(*to) + u16::from(*from) + carry;
            *to = total.to_be_bytes()[1];
            carry = total >> u8::BITS;
        }
        sum.bound_bits = sum.bound_bits.max(self.bound_bits) + 1;
        sum
    }

    /// How many windows of `width` bits the bound allows. `width` divides 8.
    pub(super) fn windows(&self, width: u32) -> u32 {
        self.bound_bits.div_ceil(width)
    }

    /// The window of `width` bits with so many windows below it, which is public.
    pub(super) fn window(&self, place: u32, width: u32) -> u32 {
        let of_a_byte = u8::BITS / width;
        let byte = self.number.iter().rev().nth((place / of_a_byte) as usize).copied().unwrap_or_default();
        (u32::from(byte) >> (place % of_a_byte * width)) & ((1 << width) - 1)
    }
}

/// `u·x`, all numbers big-endian. By the school method on bytes: it runs once in a sign-in.
fn multiply(u: &[u8; 32], x: &[u8; 32]) -> Zeroizing<[u8; 64]> {
    let mut product = Zeroizing::new([0; 64]);
    for (skipped, left) in u.iter().rev().enumerate() {
        let mut slots = product.iter_mut().rev().skip(skipped);
        let mut carry = 0;
        for (right, slot) in x.iter().rev().zip(slots.by_ref()) {
            let sum = u16::from(*left) * u16::from(*right) + u16::from(*slot) + carry;
            *slot = sum.to_be_bytes()[1];
            carry = sum >> u8::BITS;
        }
        if let Some(slot) = slots.next() {
            *slot = carry.to_be_bytes()[1];
        }
    }
    product
}
