//! What a broken or hostile other side may send, and what must come of it: a typed error that says whose fault it is.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use cognito_protocol::{
    Secret,
    srp::{AuthenticationKey, ClientEphemeral, EphemeralSecret, Identity, Party, SrpError, derive_device_verifier},
};
use srp_reference::{ServerExchange, Verifier};

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

/// `SRP_B` of a pool.
fn srp_b() -> String {
    let identity = srp_reference::Identity { pool_name: IDENTITY.pool_name, user_id_for_srp: IDENTITY.user_id_for_srp };
    ServerExchange::begin(&[2; 32], &Verifier::derive(&identity, "Passw0rd!", &[7; 16])).srp_b()
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
fn srp_b_that_is_greater_than_n() {
    let largest = "F".repeat(768);
    let one_more = format!("{}B0000000000000000", &N[..N.len() - 17]);
    let one_less = format!("{}9{}", &N[..N.len() - 17], &N[N.len() - 16..]);
    let (longer, long) = (n_ending_in("F0"), "1".repeat(769));
    for text in [&*largest, &one_more, &longer, &long, &"0".repeat(100_000), &"z".repeat(10_000_000)] {
        check(challenge("07", text), SrpError::ServerPublicTooLarge, Party::Server);
    }
    assert!(challenge("07", &one_less).is_ok());
    assert!(challenge("07", &n_ending_in("E")).is_ok());
}

#[test]
fn zeros_in_front_of_numbers_change_nothing() {
    let srp_b = srp_b();
    let usual = challenge("0707", &srp_b).expect("a key");
    let padded = challenge("0000707", &format!("0000{srp_b}")).expect("a key");
    assert_eq!(usual.expose(), padded.expose());
    let upper = challenge("0707", &srp_b.to_ascii_uppercase()).expect("a key");
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
fn ephemeral_secrets_that_hide_nothing() {
    for bytes in [&[][..], &[0], &[0; 32], &[0; 128], &[1; 129]] {
        check(EphemeralSecret::from_bytes(bytes), SrpError::EphemeralUnusable, Party::Caller);
    }
    assert!(EphemeralSecret::from_bytes(&[0xff; 128]).is_ok());
}

#[test]
fn debug_output_shows_nothing_of_the_content() {
    let device = derive_device_verifier("-group", "device", &Secret::from("text"), &[7; 16]);
    for (shown, expected) in [
        (format!("{:?}", ephemeral(1)), "EphemeralSecret(..)"),
        (format!("{:?}", client()), "ClientEphemeral(..)"),
        (format!("{device:?}"), "DeviceVerifier(..)"),
        (format!("{:?}", challenge("07", "5")), "Ok(AuthenticationKey(..))"),
    ] {
        assert_eq!(shown, expected);
    }
}
