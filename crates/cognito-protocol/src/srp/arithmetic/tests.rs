//! What this module must keep, whatever computes.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use super::{Element, Exponent, MODULUS_BYTES, Power, modulus_bytes};

/// `g`, for tests, which compute powers as a whole.
pub(super) struct Generator;

impl Generator {
    pub(super) fn pow(&self, exponent: &Exponent) -> Element {
        Power::of_generator(exponent).whole()
    }
}

impl Power {
    fn whole(mut self: Box<Self>) -> Element {
        while !self.step() {}
        self.result().clone()
    }
}

impl Element {
    pub(super) fn generator() -> Generator {
        Generator
    }

    pub(super) fn pow(&self, exponent: &Exponent) -> Element {
        Power::of(self, exponent).whole()
    }
}

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

/// The slices of a power, of which each but the last says that there are more.
fn slices(mut power: Box<Power>) -> usize {
    1 + core::iter::from_fn(|| (!power.step()).then_some(())).count()
}

#[test]
fn a_power_comes_out_the_same_however_it_is_sliced() {
    let (base, exponent) = (small(&[0xfe; MODULUS_BYTES]), exponent(&[0xa7; 32]));
    for begin in [|_: &Element, exponent: &Exponent| Power::of_generator(exponent), Power::of] {
        let whole = begin(&base, &exponent).whole().to_be_bytes();
        for windows in [1, 2, 3, 7, 63, 64, 127, 128, 129, 1000] {
            let mut power = begin(&base, &exponent);
            while !power.advance(windows) {}
            assert_eq!(power.result().to_be_bytes(), whole, "{windows} windows at a time");
            assert!(power.step(), "nothing is left");
            assert_eq!(power.result().to_be_bytes(), whole, "{windows} windows at a time, and once more");
        }
    }
}

#[test]
fn slices_are_counted_by_the_bound_alone() {
    let base = small(&[3]);
    for byte in [0, 1, 0x80, 0xff] {
        let a = exponent(&[byte; 32]);
        assert_eq!(slices(Power::of_generator(&a)), 6);
        assert_eq!(slices(Power::of(&base, &a)), 8);
        assert_eq!(slices(Power::of(&base, &a.add_product(&[byte; 32], &[byte; 32]))), 15);
        assert_eq!(slices(Power::of(&base, &exponent(&[byte; 128]).add_product(&[byte; 32], &[byte; 32]))), 29);
    }
    assert_eq!(slices(Power::of(&base, &exponent(&[]))), 1);
}

#[test]
fn too_long_numbers_are_refused() {
    assert!(Element::from_be_bytes(&[0; MODULUS_BYTES + 1]).is_none());
}

fn exponent(bytes: &[u8]) -> Exponent {
    Exponent::from_ephemeral(bytes)
}
