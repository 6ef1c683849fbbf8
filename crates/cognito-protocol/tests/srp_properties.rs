//! What holds for every user, password, secret and text.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use cognito_protocol::{
    Secret,
    srp::{
        ClientEphemeral, EphemeralSecret, Identity, SrpError, derive_device_verifier, derive_secret_hash, format_timestamp,
        formulas::pad_hex,
    },
};
use proptest::{collection::vec, prelude::*};
use srp_reference::{ServerExchange, Verifier};
use time::OffsetDateTime;

const IDENTITY: Identity<'_> = Identity { pool_name: "AbCdEfGhI", user_id_for_srp: "alice" };

/// Any text at all, and text that is nearly what it should be.
fn hostile_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "-?[0-9a-fA-F]{0,800}",
        "[A-Za-z0-9+/_=-]{0,80}",
        "[A-Z][a-z]{2} [A-Z][a-z]{2} [0-9]{1,2} [0-9]{2}:[0-9]{2}:[0-9]{2} UTC [0-9]{4}",
    ]
}

fn ephemeral() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 1..=128).prop_filter("zero", |bytes| bytes.iter().any(|byte| *byte != 0))
}

fn reference<'a>(identity: &Identity<'a>) -> srp_reference::Identity<'a> {
    srp_reference::Identity { pool_name: identity.pool_name, user_id_for_srp: identity.user_id_for_srp }
}

fn client(a: &[u8]) -> ClientEphemeral {
    let secret = EphemeralSecret::from_bytes(a).expect("a usable ephemeral secret");
    ClientEphemeral::derive(secret).expect("A")
}

proptest! {
    // Each case computes a dozen powers mod N.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_right_password_signs_in_and_a_wrong_one_never(
        user in ".{1,40}",
        password in any::<String>(),
        wrong in any::<String>(),
        salt in vec(any::<u8>(), 0..=20),
        a in ephemeral(),
        b in ephemeral(),
    ) {
        prop_assume!(password != wrong);
        let identity = Identity { pool_name: "AbCdEfGhI", user_id_for_srp: &user };
        let theirs = reference(&identity);
        let verifier = Verifier::derive(&theirs, &password, &salt);
        let server = ServerExchange::begin(&b, &verifier);
        let client = client(&a);
        let server_key = server.key(&verifier, client.public_hex()).expect("a key");
        let now = format_timestamp(1_757_408_703_000);
        let sign = |password: &str| {
            client
                .process_challenge(&identity, &Secret::from(password), &verifier.salt_hex(), &server.srp_b())
                .and_then(|key| key.sign(&identity, "c2VjcmV0IGJsb2Nr", &now))
                .expect("a signature")
        };
        prop_assert!(server_key.verifies(&theirs, b"secret block", &now, &sign(&password)));
        prop_assert!(!server_key.verifies(&theirs, b"secret block", &now, &sign(&wrong)));
        // Spaces at the ends are part of a password.
        let longer = format!("{password} ");
        prop_assert!(!server_key.verifies(&theirs, b"secret block", &now, &sign(&longer)));
    }

    #[test]
    fn a_device_signs_in_with_what_it_registered(password in any::<String>(), salt in vec(any::<u8>(), 16), a in ephemeral()) {
        let identity = Identity { pool_name: "-wt2ha1Zd", user_id_for_srp: "us-west-2_fec070d2" };
        let password = Secret::from(password);
        let device = derive_device_verifier(identity.pool_name, identity.user_id_for_srp, &password, &salt);
        let verifier = Verifier::of_device(&device.salt_base64, &device.password_verifier_base64).expect("a verifier");
        let server = ServerExchange::begin(&[9; 32], &verifier);
        let client = client(&a);
        let client_key = client
            .process_challenge(&identity, &password, &verifier.salt_hex(), &server.srp_b())
            .expect("a key");
        let server_key = server.key(&verifier, client.public_hex()).expect("a key");
        prop_assert_eq!(client_key.expose(), server_key.as_bytes());
    }

    #[test]
    fn no_challenge_panics(
        salt in hostile_text(),
        srp_b in hostile_text(),
        block in hostile_text(),
        timestamp in hostile_text(),
    ) {
        let client = client(&[1; 32]);
        let password = Secret::from("Passw0rd!");
        let _ = client.process_challenge(&IDENTITY, &password, &salt, "5");
        if let Ok(key) = client.process_challenge(&IDENTITY, &password, "07", &srp_b) {
            let _ = key.sign(&IDENTITY, &block, &timestamp);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn pad_hex_is_the_shortest_form_that_reads_as_positive(magnitude in vec(any::<u8>(), 0..=390)) {
        let padded = pad_hex(&magnitude);
        let (first, rest) = padded.split_first().expect("at least one byte");
        prop_assert!(*first < 0x80);
        prop_assert!(*first != 0 || rest.first().is_none_or(|next| *next >= 0x80));
        let strip = |bytes: &[u8]| bytes.iter().copied().skip_while(|byte| *byte == 0).collect::<Vec<u8>>();
        prop_assert_eq!(strip(&padded), strip(&magnitude));
    }

    #[test]
    fn every_time_is_written_as_another_calendar_has_it(unix_millis in 0..253_402_300_800_000_i64) {
        let at = OffsetDateTime::from_unix_timestamp(unix_millis / 1000).expect("a time");
        let (weekday, month) = (at.weekday().to_string(), at.month().to_string());
        let expected = format!(
            "{} {} {} {:02}:{:02}:{:02} UTC {}",
            &weekday[..3], &month[..3], at.day(), at.hour(), at.minute(), at.second(), at.year(),
        );
        prop_assert_eq!(format_timestamp(unix_millis), expected);
    }

    #[test]
    fn every_number_is_a_time(unix_millis in any::<i64>()) {
        prop_assert!(format_timestamp(unix_millis).contains(" UTC "));
    }

    #[test]
    fn secret_hashes_have_44_characters(secret in any::<String>(), user in any::<String>()) {
        prop_assert_eq!(derive_secret_hash(&Secret::from(secret), &user, "client").len(), 44);
    }

    #[test]
    fn ephemeral_secrets_are_refused_by_length_and_zero_alone(bytes in vec(any::<u8>(), 0..=140)) {
        let usable = bytes.len() <= 128 && bytes.iter().any(|byte| *byte != 0);
        let result = EphemeralSecret::from_bytes(&bytes).map(|_| ());
        prop_assert_eq!(result, if usable { Ok(()) } else { Err(SrpError::EphemeralUnusable) });
    }
}
