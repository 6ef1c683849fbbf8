//! What this module must keep, whatever computes.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

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
