//! Every operation agrees with num-bigint, for numbers at the ends of what is possible and for random ones.
//!
//! Overflow panics in these tests, so they also show that no sum of a column leaves its 64 bits.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use srp_reference::{BigUint, prime};

use super::{
    Element, Exponent, MAX_EPHEMERAL_BYTES, MODULUS_BYTES, modulus_bytes,
    montgomery::Montgomery,
    number::{DIGITS, LIMB_BITS, LIMB_MASK, Number},
};

const LIMBS: usize = 2 * DIGITS;
/// Bits of the largest number that a product takes.
const FACTOR_BITS: usize = 3076;
/// Bits of the largest number that comes of a product.
const PRODUCT_BITS: u64 = 3073;

/// Numbers below 2^3076 by their limbs: random, all zeros, all ones, one at the ends of a run of either.
fn limbs() -> impl Strategy<Value = Number> {
    prop_oneof![
        4 => vec(0..=LIMB_MASK, LIMBS),
        2 => vec(prop_oneof![Just(0), Just(1), Just(LIMB_MASK - 1), Just(LIMB_MASK)], LIMBS),
        1 => (0..=LIMBS).prop_map(|ones| (0..LIMBS).map(|limb| if limb < ones { LIMB_MASK } else { 0 }).collect()),
        1 => (0..=LIMBS).prop_map(|zeros| (0..LIMBS).map(|limb| if limb < zeros { 0 } else { LIMB_MASK }).collect()),
        1 => (0..FACTOR_BITS).prop_map(|bit| (0..LIMBS).map(|limb| one_bit(limb, bit)).collect()),
    ]
    .prop_map(|limbs: Vec<u32>| {
        let mut number = Number::ZERO;
        for (to, limb) in number.limbs_mut().zip(limbs) {
            *to = limb;
        }
        // The last limb has bits up to 3080.
        number.0[DIGITS - 1][1] &= LIMB_MASK >> (LIMBS * LIMB_BITS as usize - FACTOR_BITS);
        number
    })
}

fn one_bit(limb: usize, bit: usize) -> u32 {
    let bits = LIMB_BITS as usize;
    if bit / bits == limb { 1 << (bit % bits) } else { 0 }
}

/// Numbers of at most the length of `N`: about 0, `N` and 2^3072, about every power of two, of any length.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let one = || BigUint::from(1_u8);
    prop_oneof![
        1 => (0..4_u8).prop_map(|small| vec![small]),
        1 => (0..4_u8).prop_map(|below| (prime() - below).to_bytes_be()),
        1 => (0..4_u8).prop_map(|above| (prime() + above).to_bytes_be()),
        1 => (1..4_u8).prop_map(move |below| ((one() << 3072_u32) - below).to_bytes_be()),
        1 => (0..3072_u32).prop_map(move |bit| (one() << bit).to_bytes_be()),
        1 => (0..=3072_u32).prop_map(move |bit| ((one() << bit) - 1_u8).to_bytes_be()),
        1 => Just(vec![]),
        4 => vec(any::<u8>(), MODULUS_BYTES),
        1 => vec(any::<u8>(), 0..=MODULUS_BYTES),
    ]
}

/// Exponents of every length: no bit set, all, one, any.
fn exponent() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        1 => (0..=MAX_EPHEMERAL_BYTES).prop_map(|length| vec![0; length]),
        1 => (0..=MAX_EPHEMERAL_BYTES).prop_map(|length| vec![0xff; length]),
        1 => (0..256_u32).prop_map(|bit| (BigUint::from(1_u8) << bit).to_bytes_be()),
        3 => vec(any::<u8>(), 0..=40),
        1 => vec(any::<u8>(), 0..=MAX_EPHEMERAL_BYTES),
    ]
}

fn digest() -> impl Strategy<Value = [u8; 32]> {
    prop_oneof![1 => Just([0; 32]), 1 => Just([0xff; 32]), 4 => any::<[u8; 32]>()]
}

fn big(number: &Number) -> BigUint {
    number.limbs().collect::<Vec<_>>().into_iter().rev().fold(BigUint::ZERO, |value, limb| (value << LIMB_BITS) + *limb)
}

fn value(element: &Element) -> BigUint {
    BigUint::from_bytes_be(&element.to_be_bytes())
}

fn element(bytes: &[u8]) -> Element {
    Element::from_be_bytes(bytes).expect("short enough")
}

/// A product times R is the product of the factors, whatever was computed in the same place before.
fn check_products(montgomery: &mut Montgomery, [x, y]: [Number; 2]) {
    let r = BigUint::from(1_u8) << (LIMBS * LIMB_BITS as usize);
    let (mut product, mut square) = (x, x);
    montgomery.multiply(&mut product, &y);
    montgomery.square(&mut square);
    for (result, expected) in [(product, big(&x) * big(&y)), (square, big(&x) * big(&x))] {
        let result = big(&result);
        assert!(result.bits() <= PRODUCT_BITS, "{} bits", result.bits());
        assert_eq!(result * &r % prime(), expected % prime());
    }
}

fn check_elements([x, y]: [&[u8]; 2]) {
    let [big_x, big_y] = [x, y].map(|bytes| BigUint::from_bytes_be(bytes) % prime());
    let [x, y] = [x, y].map(element);
    assert_eq!(value(&x), big_x);
    assert_eq!(x.is_zero(), big_x == BigUint::ZERO);
    assert_eq!(value(&x.mul(&y)), &big_x * &big_y % prime());
    assert_eq!(value(&x.sub(&y)), (&big_x + prime() - &big_y) % prime());
    // A product less a product, and a difference as a factor.
    let square = x.mul(&x).sub(&y.mul(&y));
    assert_eq!(value(&square.sub(&x.sub(&y)).mul(&square)), {
        let big_square = (&big_x * &big_x + prime() * prime() - &big_y * &big_y) % prime();
        ((&big_square + prime() + &big_y - &big_x) * &big_square) % prime()
    });
}

fn check_powers(base: &[u8], exponent: &[u8], u: &[u8; 32], x: &[u8; 32]) {
    let big_base = BigUint::from_bytes_be(base);
    let [big_exponent, big_u, big_x] = [exponent, u, x].map(BigUint::from_bytes_be);
    let sum = &big_exponent + big_u * big_x;
    let exponent = Exponent::from_ephemeral(exponent);
    assert_eq!(value(&element(base).pow(&exponent)), big_base.modpow(&big_exponent, &prime()));
    assert_eq!(value(&Element::generator().pow(&exponent)), BigUint::from(2_u8).modpow(&big_exponent, &prime()));
    assert_eq!(value(&element(base).pow(&exponent.add_product(u, x))), big_base.modpow(&sum, &prime()));
}

/// The same cases in every run.
fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

fn products_agree(cases: u32) {
    let montgomery = std::cell::RefCell::new(Montgomery::new());
    let outcome = runner(cases).run(&[limbs(), limbs()], |factors| {
        check_products(&mut montgomery.borrow_mut(), factors);
        Ok(())
    });
    outcome.expect("agreement");
}

fn elements_agree(cases: u32) {
    let outcome = runner(cases).run(&(bytes(), bytes()), |(x, y)| {
        check_elements([&x, &y]);
        Ok(())
    });
    outcome.expect("agreement");
}

fn powers_agree(cases: u32) {
    let outcome = runner(cases).run(&(bytes(), exponent(), digest(), digest()), |(base, exponent, u, x)| {
        check_powers(&base, &exponent, &u, &x);
        Ok(())
    });
    outcome.expect("agreement");
}

#[test]
fn products_agree_with_another_library() {
    products_agree(1_000);
}

#[test]
fn elements_agree_with_another_library() {
    elements_agree(200);
}

#[test]
fn powers_agree_with_another_library() {
    powers_agree(40);
}

#[test]
fn exponents_of_every_length_agree_with_another_library() {
    for length in 0..=MAX_EPHEMERAL_BYTES {
        let base = BigUint::from(3_u8);
        for exponent in [vec![0; length], vec![0xff; length]] {
            let ours = element(&[3]).pow(&Exponent::from_ephemeral(&exponent));
            assert_eq!(value(&ours), base.modpow(&BigUint::from_bytes_be(&exponent), &prime()), "{length} bytes");
        }
    }
}

#[test]
fn the_prime_is_the_other_librarys() {
    assert_eq!(BigUint::from_bytes_be(&modulus_bytes()), prime());
}

#[test]
#[ignore = "three minutes; with `cargo test -p cognito-protocol --lib -- --ignored`"]
fn very_many_cases_agree_with_another_library() {
    products_agree(100_000);
    elements_agree(20_000);
    powers_agree(500);
}
