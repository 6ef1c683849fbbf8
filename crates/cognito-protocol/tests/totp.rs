//! Codes, their windows, and what is shown of a secret.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use cognito_protocol::{
    Secret,
    totp::{MAX_REACH, STEP_SECS, TotpError, code_at, encode_secret, grouped_secret, key_uri, step_at, window_of},
};
use proptest::{collection::vec, prelude::*};

/// `12345678901234567890`, the seed of RFC 6238 appendix B for SHA-1.
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const NOW: i64 = 1_757_408_703;

fn secret() -> Secret {
    Secret::from(SECRET)
}

fn code(unix_secs: i64) -> String {
    code_at(&secret(), unix_secs).expect("a code")
}

/// RFC 6238 appendix B, SHA-1; its codes have 8 digits, of which these are the last 6.
#[test]
fn codes_of_rfc_6238() {
    for (unix_secs, expected) in [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ] {
        assert_eq!(code(unix_secs), expected, "{unix_secs}");
    }
}

/// RFC 4226 appendix D: the codes of the first ten steps.
#[test]
fn codes_of_rfc_4226() {
    let expected = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"];
    for (step, expected) in (0..).zip(expected) {
        assert_eq!(code(step * STEP_SECS), expected, "{step}");
        assert_eq!(code(step * STEP_SECS + 29), expected, "{step}");
    }
}

#[test]
fn the_seed_is_what_it_says() {
    assert_eq!(encode_secret(b"12345678901234567890").expose(), SECRET);
    assert_eq!(encode_secret(&[0xff; 32]).expose().len(), 52);
}

#[test]
fn case_of_the_secret_does_not_count() {
    let lower = Secret::from(SECRET.to_ascii_lowercase());
    assert_eq!(code_at(&lower, 59).as_deref(), Ok("287082"));
}

#[test]
fn a_secret_that_is_not_base32_is_a_typed_error() {
    for text in ["", "1", "GEZDGNB!", "GEZD GNBV", "GEZDGNBVGY3TQOJQ=", "é"] {
        let secret = Secret::from(text);
        assert_eq!(code_at(&secret, NOW), Err(TotpError::SecretNotBase32), "{text:?}");
        assert_eq!(window_of(&secret, "000000", NOW, 1), Err(TotpError::SecretNotBase32), "{text:?}");
    }
}

#[test]
fn codes_of_the_steps_beside_are_found_and_no_others() {
    for offset in -3..=3 {
        let found = window_of(&secret(), &code(NOW + offset * STEP_SECS), NOW, 1);
        assert_eq!(found, Ok((-1..=1).contains(&offset).then_some(offset)), "{offset}");
    }
}

#[test]
fn of_two_steps_as_near_the_earlier_one_is_found() {
    let now = 1_526_911_020;
    assert_eq!(code(now - STEP_SECS), code(now + STEP_SECS), "a pair found by search");
    assert_eq!(window_of(&secret(), &code(now + STEP_SECS), now, 1), Ok(Some(-1)));
}

#[test]
fn a_reach_of_0_or_less_is_the_present_step_alone() {
    for reach in [0, -1, i64::MIN] {
        assert_eq!(window_of(&secret(), &code(NOW), NOW, reach), Ok(Some(0)));
        assert_eq!(window_of(&secret(), &code(NOW - STEP_SECS), NOW, reach), Ok(None));
    }
}

#[test]
fn no_reach_makes_a_code_last_for_ever() {
    let at_the_end = code(NOW + MAX_REACH * STEP_SECS);
    assert_eq!(window_of(&secret(), &at_the_end, NOW, i64::MAX), Ok(Some(MAX_REACH)));
    let beyond = code(NOW + (MAX_REACH + 1) * STEP_SECS);
    assert_eq!(window_of(&secret(), &beyond, NOW, i64::MAX), Ok(None));
}

#[test]
fn times_at_the_ends_of_the_numbers_have_codes() {
    for unix_secs in [i64::MIN, -1, 0, i64::MAX] {
        assert_eq!(window_of(&secret(), &code(unix_secs), unix_secs, 1), Ok(Some(0)));
    }
    assert_eq!((step_at(-1), step_at(0), step_at(59)), (-1, 0, 1));
}

#[test]
fn what_is_no_code_is_in_no_window() {
    let now = code(NOW);
    for text in ["", "1", &now[..5], &format!("{now}0"), &format!(" {now}"), "abcdef", "１２３４５６", "éé"] {
        assert_eq!(window_of(&secret(), text, NOW, 1), Ok(None), "{text:?}");
    }
}

#[test]
fn key_uris() {
    let check = |issuer: &str, account: &str, expected: &str| {
        assert_eq!(key_uri("ABCD2345", issuer, account), expected);
    };
    check("Acme", "me@x.jp", "otpauth://totp/Acme:me%40x.jp?secret=ABCD2345&issuer=Acme");
    check("Acme Co", "a+b@x.jp", "otpauth://totp/Acme%20Co:a%2Bb%40x.jp?secret=ABCD2345&issuer=Acme%20Co");
    check("localhost:8080", "a:b", "otpauth://totp/localhost8080:ab?secret=ABCD2345&issuer=localhost8080");
    check("東京", "山田", "otpauth://totp/%E6%9D%B1%E4%BA%AC:%E5%B1%B1%E7%94%B0?secret=ABCD2345&issuer=%E6%9D%B1%E4%BA%AC");
    check(
        "A&B=C?#/%\"",
        "-_.!~*'()",
        "otpauth://totp/A%26B%3DC%3F%23%2F%25%22:-_.!~*'()?secret=ABCD2345&issuer=A%26B%3DC%3F%23%2F%25%22",
    );
    check("", "me", "otpauth://totp/me?secret=ABCD2345");
    check("::", "me", "otpauth://totp/me?secret=ABCD2345");
}

#[test]
fn a_secret_cannot_add_parameters() {
    assert_eq!(key_uri("A&issuer=B", "C", "D"), "otpauth://totp/C:D?secret=A%26issuer%3DB&issuer=C");
}

#[test]
fn grouped_secrets() {
    assert_eq!(grouped_secret("abcd2345efgh"), "ABCD 2345 EFGH");
    assert_eq!(grouped_secret("ABCDE"), "ABCD E");
    assert_eq!(grouped_secret(""), "");
}

proptest! {
    #[test]
    fn a_code_is_found_where_it_was_made(
        key in vec(any::<u8>(), 1..=80),
        unix_secs in 0..10_000_000_000_i64,
        offset in -2..=2_i64,
    ) {
        let secret = encode_secret(&key);
        let code = code_at(&secret, unix_secs + offset * STEP_SECS).expect("a code");
        let found = window_of(&secret, &code, unix_secs, 2).expect("a secret").expect("a window");
        // Two steps may by chance have the same code; then the nearer one is found.
        prop_assert!(found.abs() <= offset.abs());
        prop_assert_eq!(code_at(&secret, unix_secs + found * STEP_SECS), Ok(code));
    }

    #[test]
    fn no_text_panics(text in any::<String>(), other in any::<String>(), unix_secs in any::<i64>(), reach in any::<i64>()) {
        let _ = window_of(&Secret::from(&*text), &other, unix_secs, reach);
        let _ = window_of(&secret(), &other, unix_secs, reach);
        let uri = key_uri(&text, &other, &text);
        prop_assert!(uri.is_ascii() && !uri.contains(' '));
        let _ = grouped_secret(&text);
    }
}
