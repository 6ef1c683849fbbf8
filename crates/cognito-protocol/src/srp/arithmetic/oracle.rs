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

/// A maker of factors below 2^3076, half of them at ends of limbs. Of its own, since millions are wanted.
struct Factors(u64);

impl Factors {
    /// `SplitMix64`, the same in every run.
    fn random(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.random() % bound as u64) as usize
    }

    /// Random limbs four times of eight; ends of limbs alone; all ones up to a limb, or from one; one bit.
    fn next(&mut self) -> Number {
        let kind = self.below(8);
        let (limb, bit) = (self.below(LIMBS + 1), self.below(FACTOR_BITS));
        let mut number = Number::ZERO;
        for (place, to) in number.limbs_mut().enumerate() {
            *to = match kind {
                0..4 => self.random() as u32 & LIMB_MASK,
                4 => [0, 1, LIMB_MASK - 1, LIMB_MASK][self.below(4)],
                5 => LIMB_MASK * u32::from(place < limb),
                6 => LIMB_MASK * u32::from(place >= limb),
                _ => one_bit(place, bit),
            };
        }
        // The last limb has bits up to 3080.
        number.0[DIGITS - 1][1] &= LIMB_MASK >> (LIMBS * LIMB_BITS as usize - FACTOR_BITS);
        number
    }
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

/// Packed into words by shifts, which for millions has to be quick.
fn big(number: &Number) -> BigUint {
    let mut words = Vec::with_capacity(LIMBS);
    let (mut held, mut bits) = (0_u64, 0);
    for limb in number.limbs() {
        held |= u64::from(*limb) << bits;
        bits += LIMB_BITS;
        if bits >= u32::BITS {
            words.push(held as u32);
            held >>= u32::BITS;
            bits -= u32::BITS;
        }
    }
    words.push(held as u32);
    BigUint::new(words)
}

fn value(element: &Element) -> BigUint {
    BigUint::from_bytes_be(&element.to_be_bytes())
}

fn element(bytes: &[u8]) -> Element {
    Element::from_be_bytes(bytes).expect("short enough")
}

/// Each product times R is the product of its factors, whatever was computed in the same place before. Of `pairs` pairs there are as many
/// products, and as many squares.
fn products_agree(pairs: u32, seed: u64) {
    let prime = prime();
    let mut montgomery = Montgomery::new();
    let mut factors = Factors(seed);
    for _ in 0..pairs {
        let (x, y) = (factors.next(), factors.next());
        let (mut product, mut square) = (x, x);
        montgomery.multiply(&mut product, &y);
        montgomery.square(&mut square);
        let (big_x, big_y) = (big(&x), big(&y));
        for (result, expected) in [(product, &big_x * &big_y), (square, &big_x * &big_x)] {
            let result = big(&result);
            assert!(result.bits() <= PRODUCT_BITS, "{} bits of {x:?} and {y:?}", result.bits());
            assert!(congruent(result << (LIMBS * LIMB_BITS as usize), expected, &prime), "{x:?} and {y:?}");
        }
    }
}

/// Whether two numbers differ by a multiple of the prime: one division for both.
fn congruent(one: BigUint, other: BigUint, prime: &BigUint) -> bool {
    let difference = if one > other { one - other } else { other - one };
    difference % prime == BigUint::ZERO
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
    products_agree(50_000, 0);
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

/// Beside the fifty thousand pairs above, with others: two million products and squares.
#[test]
#[ignore = "a minute; with `cargo xtask test oracle`"]
fn millions_of_products_agree_with_another_library() {
    std::thread::scope(|scope| {
        for seed in 1..=4 {
            scope.spawn(move || products_agree(250_000, seed << 32));
        }
    });
}

#[test]
#[ignore = "with `cargo xtask test oracle`"]
fn very_many_cases_agree_with_another_library() {
    elements_agree(20_000);
    powers_agree(500);
}
