//! Arithmetic modulo `N`, and the only place that knows which library does it.
//!
//! Numbers go in and out as big-endian bytes. To replace the library, replace this file.

use core::mem::size_of;

use crypto_bigint::{Limb, U3072, Uint, Word, const_monty_params, modular::ConstMontyForm, modular::ConstMontyParams, nlimbs};
use zeroize::{Zeroize, Zeroizing};

/// Length of `N`, and of every residue, in bytes.
pub(super) const MODULUS_BYTES: usize = 384;
/// Longest ephemeral secret in bytes. Amplify and amazon-cognito-identity-js use this much; 32 bytes are enough.
pub(super) const MAX_EPHEMERAL_BYTES: usize = 128;

const_monty_params!(
    Modulus,
    U3072,
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74\
     020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437\
     4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED\
     EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF05\
     98DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB\
     9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B\
     E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718\
     3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33\
     A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7\
     ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864\
     D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E2\
     08E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
    "The prime `N` of RFC 5054 appendix A with 3072 bits, which is group 15 of RFC 3526."
);

/// Cognito's generator; RFC 5054 pairs the same prime with 5.
const GENERATOR: u8 = 2;

/// One width for all exponents, so that exponentiation is compiled once: `a + u·x` of a 1024-bit `a` has 1025 bits.
type Wide = Uint<{ nlimbs(1088) }>;
type Residue = ConstMontyForm<Modulus, { U3072::LIMBS }>;

/// `N`, big-endian.
pub(super) fn modulus_bytes() -> [u8; MODULUS_BYTES] {
    let mut bytes = [0; MODULUS_BYTES];
    write_limbs(Modulus::PARAMS.modulus().as_limbs(), &mut bytes);
    bytes
}

/// `g`, big-endian.
pub(super) fn generator_bytes() -> [u8; 1] {
    [GENERATOR]
}

/// An integer modulo `N`, overwritten when dropped.
pub(super) struct Element(Residue);

impl Element {
    /// Reads an unsigned number and reduces it modulo `N`; `None` if it is longer than `N`.
    pub(super) fn from_be_bytes(bytes: &[u8]) -> Option<Self> {
        if bytes.len() > MODULUS_BYTES {
            return None;
        }
        Some(Self::reduce(bytes))
    }

    /// Reads a SHA-256 digest as an unsigned number.
    pub(super) fn from_digest(digest: &[u8; 32]) -> Self {
        Self::reduce(digest)
    }

    fn reduce(bytes: &[u8]) -> Self {
        let mut number = U3072::ZERO;
        read_limbs(bytes, number.as_mut_limbs());
        // The Montgomery product reduces any number of this width, also those from N to 2^3072.
        let element = Self(Residue::new(&number));
        number.zeroize();
        element
    }

    /// `g`.
    pub(super) fn generator() -> Self {
        Self(Residue::new(&U3072::from_u8(GENERATOR)))
    }

    /// The number from 0 to `N - 1`, big-endian, filled up with zeros in front.
    pub(super) fn to_be_bytes(&self) -> [u8; MODULUS_BYTES] {
        let mut number = self.0.retrieve();
        let mut bytes = [0; MODULUS_BYTES];
        write_limbs(number.as_limbs(), &mut bytes);
        number.zeroize();
        bytes
    }

    pub(super) fn is_zero(&self) -> bool {
        bool::from(self.0.as_montgomery().is_zero())
    }

    pub(super) fn sub(&self, other: &Self) -> Self {
        Self(self.0.sub(&other.0))
    }

    pub(super) fn mul(&self, other: &Self) -> Self {
        Self(self.0.mul(&other.0))
    }

    /// `self ^ exponent`, in a time that depends only on the exponent's public bound.
    // Not inlined: this is by far the largest function of the module, and there must be one copy of it.
    #[inline(never)]
    pub(super) fn pow(&self, exponent: &Exponent) -> Self {
        Self(self.0.pow_bounded_exp(&exponent.number, exponent.bound_bits))
    }
}

impl Drop for Element {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// A secret exponent with a public bound of its size, overwritten when dropped.
pub(super) struct Exponent {
    number: Wide,
    /// No bit from here on is set. It comes from lengths alone, never from the number.
    bound_bits: u32,
}

impl Exponent {
    /// Reads an ephemeral secret, which has at most [`MAX_EPHEMERAL_BYTES`]; bytes beyond the width would not count.
    pub(super) fn from_ephemeral(secret: &[u8]) -> Self {
        Self::read(secret)
    }

    /// Reads a SHA-256 digest as an unsigned number.
    pub(super) fn from_digest(digest: &[u8; 32]) -> Self {
        Self::read(digest)
    }

    fn read(bytes: &[u8]) -> Self {
        let mut number = Wide::ZERO;
        read_limbs(bytes, number.as_mut_limbs());
        let bound_bits = bytes.iter().fold(0, |bits, _| bits + u8::BITS);
        Self { number, bound_bits }
    }

    /// `self + u·x` over the integers: of two 256-bit factors the sum has at most 1025 bits, which fit.
    pub(super) fn add_product(&self, u: &[u8; 32], x: &[u8; 32]) -> Self {
        let product = Self::read(&*multiply(u, x));
        let bound_bits = self.bound_bits.max(product.bound_bits) + 1;
        Self { number: self.number.wrapping_add(&product.number), bound_bits }
    }
}

impl Drop for Exponent {
    fn drop(&mut self) {
        self.number.zeroize();
    }
}

/// `u·x`, all numbers big-endian. By the school method on bytes: it runs once in a sign-in, and the library's multiplication for any
/// width would add 20 kB to what a page downloads.
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

/// Fills little-endian limbs from big-endian bytes; what does not fit is the caller's to refuse.
fn read_limbs(bytes: &[u8], limbs: &mut [Limb]) {
    for (limb, chunk) in limbs.iter_mut().zip(bytes.rchunks(size_of::<Word>())) {
        limb.0 = chunk.iter().fold(0, |word, byte| (word << u8::BITS) | Word::from(*byte));
    }
}

/// Writes little-endian limbs as big-endian bytes.
fn write_limbs(limbs: &[Limb], bytes: &mut [u8]) {
    for (chunk, limb) in bytes.rchunks_mut(size_of::<Word>()).zip(limbs) {
        for (byte, value) in chunk.iter_mut().zip(limb.0.to_be_bytes()) {
            *byte = value;
        }
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test fails by panicking")]
mod tests {
    use super::{Element, Exponent, MODULUS_BYTES, modulus_bytes};

    fn small(bytes: &[u8]) -> Element {
        Element::from_be_bytes(bytes).expect("short enough")
    }

    fn value(element: &Element) -> u64 {
        let bytes = element.to_be_bytes();
        assert!(bytes[..MODULUS_BYTES - 8].iter().all(|byte| *byte == 0));
        u64::from_be_bytes(bytes[MODULUS_BYTES - 8..].try_into().expect("8 bytes"))
    }

    #[test]
    fn numbers_from_n_on_are_reduced() {
        let mut bytes = modulus_bytes();
        assert!(small(&bytes).is_zero());
        *bytes.last_mut().expect("bytes") -= 1;
        assert_eq!(value(&small(&[7]).sub(&small(&bytes))), 8);
        // 2^3072 - 1 = (N - 1) + (2^3072 - N); compare with the square of 2^1536 less one.
        let ones = small(&[0xff; MODULUS_BYTES]);
        let root = Element::generator().pow(&exponent(&[0x06, 0x00]));
        assert_eq!(ones.to_be_bytes(), root.mul(&root).sub(&small(&[1])).to_be_bytes());
    }

    #[test]
    fn a_difference_below_zero_wraps_around_n() {
        let below = small(&[5]).sub(&small(&[7]));
        let mut expected = modulus_bytes();
        *expected.last_mut().expect("bytes") -= 2;
        assert_eq!(below.to_be_bytes(), expected);
    }

    #[test]
    fn exponents_of_every_length_agree_with_repeated_multiplication() {
        let base = small(&[3]);
        assert_eq!(value(&base.pow(&exponent(&[0]))), 1);
        assert_eq!(value(&base.pow(&exponent(&[13]))), 1_594_323);
        assert_eq!(value(&base.pow(&exponent(&[0, 0, 0, 0, 0, 0, 0, 0, 13]))), 1_594_323);
    }

    #[test]
    fn the_largest_sum_of_exponents_loses_nothing() {
        // g^(a + u·x) = g^a · (g^u)^x, with everything at its maximum.
        let largest = exponent(&[0xff; 128]);
        let digest = [0xff; 32];
        let g = Element::generator();
        let at_once = g.pow(&largest.add_product(&digest, &digest));
        let in_steps = g.pow(&largest).mul(&g.pow(&Exponent::from_digest(&digest)).pow(&Exponent::from_digest(&digest)));
        assert_eq!(at_once.to_be_bytes(), in_steps.to_be_bytes());
    }

    #[test]
    fn the_bound_comes_from_lengths_alone() {
        assert_eq!(exponent(&[0; 32]).bound_bits, 256);
        assert_eq!(exponent(&[0; 32]).add_product(&[0; 32], &[0; 32]).bound_bits, 513);
        assert_eq!(exponent(&[0; 128]).add_product(&[0; 32], &[0; 32]).bound_bits, 1025);
    }

    #[test]
    fn too_long_numbers_are_refused() {
        assert!(Element::from_be_bytes(&[0; MODULUS_BYTES + 1]).is_none());
    }

    fn exponent(bytes: &[u8]) -> Exponent {
        Exponent::from_ephemeral(bytes)
    }
}
