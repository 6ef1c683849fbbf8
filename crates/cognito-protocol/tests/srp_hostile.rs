//! What a broken or hostile other side may send, and what must come of it: a typed error that says whose fault it is.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use cognito_protocol::{
    Secret,
    srp::{
        AuthenticationKey, ClientEphemeral, DeviceVerifier, EphemeralSecret, Identity, Party, ServerEphemeral, SrpError,
        Verifier, derive_device_verifier,
    },
};

const N: &str = "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74\
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
                 08E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF";

const IDENTITY: Identity<'_> = Identity { pool_name: "AbCdEfGhI", user_id_for_srp: "alice" };
const TIMESTAMP: &str = "Tue Sep 9 09:05:03 UTC 2025";

fn ephemeral(byte: u8) -> EphemeralSecret {
    EphemeralSecret::from_bytes(&[byte; 32]).expect("a usable ephemeral secret")
}

fn client() -> ClientEphemeral {
    ClientEphemeral::derive(ephemeral(1)).expect("A")
}

fn verifier() -> Verifier {
    Verifier::derive(&IDENTITY, &Secret::from("Passw0rd!"), &[7; 16])
}

fn challenge(salt: &str, srp_b: &str) -> Result<AuthenticationKey, SrpError> {
    client().process_challenge(&IDENTITY, &Secret::from("Passw0rd!"), salt, srp_b)
}

/// `N` with its last digit, an F, replaced, and more digits behind it.
fn n_ending_in(digits: &str) -> String {
    format!("{}{digits}", &N[..N.len() - 1])
}

#[track_caller]
fn check<T: core::fmt::Debug>(result: Result<T, SrpError>, expected: SrpError, party: Party) {
    let error = result.expect_err("refused");
    assert_eq!(error, expected);
    assert_eq!(error.party(), party);
}

#[test]
fn srp_b_that_is_0_mod_n() {
    for zero in ["0", "00", &"0".repeat(768), N, &N.to_ascii_lowercase(), &format!("00{N}")] {
        check(challenge("07", zero), SrpError::ServerPublicZero, Party::Server);
    }
}

#[test]
fn srp_b_that_is_no_number() {
    for text in ["", "-", "-1", "xyz", "0x12", "12 34", " 12", "12\n", "é", "\u{0}", "１２"] {
        check(challenge("07", text), SrpError::ServerPublicNotHex, Party::Server);
    }
}

#[test]
fn srp_b_that_is_longer_than_n() {
    let twice_n_and_more = n_ending_in("F0");
    for text in [&*twice_n_and_more, &"1".repeat(769), &"0".repeat(100_000), &"z".repeat(10_000_000)] {
        check(challenge("07", text), SrpError::ServerPublicTooLong, Party::Server);
    }
}

#[test]
fn srp_b_from_n_on_is_reduced_for_the_arithmetic_but_hashed_as_it_came() {
    // No pool sends 2^3072 - 1, but it is a number. Mod N it is every bit of N turned around.
    let reduced: String = N.chars().filter_map(|digit| char::from_digit(15 - digit.to_digit(16)?, 16)).collect();
    let above = challenge("07", &"F".repeat(768)).expect("a key");
    let below = challenge("07", &reduced).expect("a key");
    assert_ne!(above.expose(), below.expose());
}

#[test]
fn zeros_in_front_of_numbers_change_nothing() {
    let server = ServerEphemeral::derive(ephemeral(2), &verifier());
    let usual = challenge("0707", server.public_hex()).expect("a key");
    let padded = challenge("0000707", &format!("0000{}", server.public_hex())).expect("a key");
    assert_eq!(usual.expose(), padded.expose());
    let upper = challenge("0707", &server.public_hex().to_ascii_uppercase()).expect("a key");
    assert_eq!(usual.expose(), upper.expose());
}

#[test]
fn salt_that_is_no_salt() {
    for text in ["", "-", "g", "0x07", " 07", "é", "--7"] {
        check(challenge(text, "5"), SrpError::SaltNotHex, Party::Server);
    }
    for text in ["-7", "-0", "-ff00"] {
        check(challenge(text, "5"), SrpError::SaltNegative, Party::Server);
    }
    for text in ["1".repeat(129), "1".repeat(10_000_000), "-".repeat(10_000_000)] {
        check(challenge(&text, "5"), SrpError::SaltTooLong, Party::Server);
    }
    assert!(challenge(&"f".repeat(128), "5").is_ok());
    assert!(challenge("0", "5").is_ok());
}

#[test]
fn secret_block_that_is_no_base64() {
    let key = challenge("07", "5").expect("a key");
    for text in ["", "=", "====", "A", "AAAAA", "AA AA", "AA\nAA", "AA=A", "é", "****", &"A".repeat(20_000)] {
        check(key.sign(&IDENTITY, text, TIMESTAMP), SrpError::SecretBlockInvalid, Party::Server);
    }
}

#[test]
fn secret_block_in_every_spelling_amplify_reads() {
    let key = challenge("07", "5").expect("a key");
    let usual = key.sign(&IDENTITY, "+/+/+w==", TIMESTAMP).expect("a signature");
    for text in ["+/+/+w", "-_-_-w==", "-_-_-w", "+/+/+w="] {
        assert_eq!(key.sign(&IDENTITY, text, TIMESTAMP).as_ref(), Ok(&usual), "{text}");
    }
}

#[test]
fn srp_a_that_would_sign_in_without_a_password() {
    let verifier = verifier();
    let server = ServerEphemeral::derive(ephemeral(2), &verifier);
    for zero in ["0", "000", N, &format!("0{N}")] {
        check(server.process_public(&verifier, zero), SrpError::ClientPublicZero, Party::Client);
    }
    for text in ["", "-1", "hello", "0x1", "é"] {
        check(server.process_public(&verifier, text), SrpError::ClientPublicNotHex, Party::Client);
    }
    for text in [n_ending_in("F0"), "1".repeat(769), "q".repeat(10_000_000)] {
        check(server.process_public(&verifier, &text), SrpError::ClientPublicTooLong, Party::Client);
    }
}

#[test]
fn ephemeral_secrets_that_hide_nothing() {
    for bytes in [&[][..], &[0], &[0; 32], &[0; 128], &[1; 129]] {
        check(EphemeralSecret::from_bytes(bytes), SrpError::EphemeralUnusable, Party::Caller);
    }
    assert!(EphemeralSecret::from_bytes(&[0xff; 128]).is_ok());
}

#[test]
fn stored_verifiers_that_are_unusable() {
    let n = (0..N.len()).step_by(2).map(|at| u8::from_str_radix(&N[at..at + 2], 16).expect("hex")).collect::<Vec<u8>>();
    for (salt, v) in
        [(&[7; 16][..], &[][..]), (&[7; 16], &[0; 384]), (&[7; 16], &n), (&[7; 16], &[1; 385]), (&[7; 65], &[1; 384])]
    {
        check(Verifier::from_parts(salt, v), SrpError::VerifierUnusable, Party::Client);
    }
    assert!(Verifier::from_parts(&[0; 100], &[1]).is_ok());
}

#[test]
fn device_verifiers_whose_sign_byte_was_forgotten() {
    let good = derive_device_verifier("-group", "device", &Secret::from("text"), &[0x80; 16]);
    assert!(Verifier::from_device(&good).is_ok());
    // "gA==" is the byte 80, which reads as -128.
    for bad in ["", "gA==", "not base64", "A", &"A".repeat(100_000)] {
        let salt = DeviceVerifier { salt_base64: bad.to_owned(), ..good.clone() };
        check(Verifier::from_device(&salt), SrpError::VerifierUnusable, Party::Client);
        let v = DeviceVerifier { password_verifier_base64: bad.to_owned(), ..good.clone() };
        check(Verifier::from_device(&v), SrpError::VerifierUnusable, Party::Client);
    }
}

#[test]
fn nothing_but_the_signature_verifies() {
    let key = challenge("07", "5").expect("a key");
    let block = *b"secret block";
    let signature = key.sign(&IDENTITY, "c2VjcmV0IGJsb2Nr", TIMESTAMP).expect("a signature");
    assert!(key.verify(&IDENTITY, &block, TIMESTAMP, &signature));

    let mut others = vec![
        String::new(),
        "=".to_owned(),
        signature.trim_end_matches('=').to_owned(),
        format!("{signature}="),
        format!(" {signature}"),
        format!("{signature}{signature}"),
        signature.to_ascii_lowercase(),
        "é".repeat(22),
        "A".repeat(1_000_000),
    ];
    for at in 0..signature.len() {
        let mut bytes = signature.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        others.push(String::from_utf8(bytes).expect("ASCII"));
    }
    for other in others {
        assert!(!key.verify(&IDENTITY, &block, TIMESTAMP, &other), "{:?}", &other[..other.len().min(50)]);
    }

    assert!(!key.verify(&IDENTITY, &block, "Tue Sep 9 09:05:04 UTC 2025", &signature));
    assert!(!key.verify(&IDENTITY, b"another block", TIMESTAMP, &signature));
    for user_id_for_srp in ["bob", "Alice", "alice ", " alice"] {
        let other_user = Identity { user_id_for_srp, ..IDENTITY };
        assert!(!key.verify(&other_user, &block, TIMESTAMP, &signature), "{user_id_for_srp:?}");
    }
}

#[test]
fn debug_output_shows_nothing_of_the_content() {
    let verifier = verifier();
    let device = derive_device_verifier("-group", "device", &Secret::from("text"), &[7; 16]);
    for (shown, expected) in [
        (format!("{:?}", ephemeral(1)), "EphemeralSecret(..)"),
        (format!("{:?}", client()), "ClientEphemeral(..)"),
        (format!("{:?}", ServerEphemeral::derive(ephemeral(2), &verifier)), "ServerEphemeral(..)"),
        (format!("{verifier:?}"), "Verifier(..)"),
        (format!("{device:?}"), "DeviceVerifier(..)"),
        (format!("{:?}", challenge("07", "5")), "Ok(AuthenticationKey(..))"),
    ] {
        assert_eq!(shown, expected);
    }
}
