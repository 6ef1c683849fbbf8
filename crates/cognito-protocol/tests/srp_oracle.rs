//! Every intermediate of thousands of exchanges agrees with `srp-reference`, which has another library and no line in common with this
//! crate: for random values, and for those at the ends of what is possible.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use std::ops::Range;

use cognito_protocol::{
    Secret,
    srp::{
        ClientEphemeral, EphemeralSecret, Identity, SrpError,
        formulas::{ServerPublic, derive_client_s, derive_k, derive_key, derive_u, derive_v, derive_x, pad_hex, parse_salt},
    },
};
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, TestRunner},
};
use srp_reference::{BigUint, Client, Key, Refused, ServerExchange, Value, Verifier, formulas, prime, to_hex};

const TIMESTAMP: &str = "Tue Sep 9 09:05:03 UTC 2025";
/// base64 of "secret block"
const SECRET_BLOCK: &str = "c2VjcmV0IGJsb2Nr";

/// What goes into an exchange.
#[derive(Clone, Debug)]
struct Case {
    pool_name: String,
    user_id_for_srp: String,
    password: String,
    salt: Vec<u8>,
    a: Vec<u8>,
    b: B,
}

/// Where `B` comes from.
#[derive(Clone, Debug)]
enum B {
    /// A pool that knows the verifier: both sides come to one key.
    Pool(Vec<u8>),
    /// Any number: nobody knows `b`, but the client's formula has a value.
    Number(BigUint),
}

impl Case {
    fn identity(&self) -> Identity<'_> {
        Identity { pool_name: &self.pool_name, user_id_for_srp: &self.user_id_for_srp }
    }

    fn reference_identity(&self) -> srp_reference::Identity<'_> {
        srp_reference::Identity { pool_name: &self.pool_name, user_id_for_srp: &self.user_id_for_srp }
    }

    /// All of it by formula, and once more `through_types`, which takes as long again.
    fn check(&self, through_types: bool) {
        let (identity, password) = (self.identity(), Secret::from(&*self.password));
        let (theirs, oracle) = (self.reference_identity(), Client::begin(&self.a));
        let client = ClientEphemeral::derive(self.secret()).expect("A");
        assert_eq!(client.public_hex(), oracle.srp_a(), "A");

        let verifier = Verifier::derive(&theirs, &self.password, &self.salt);
        let salt = parse_salt(&verifier.salt_hex()).expect("a salt");
        assert_eq!(to_hex(&pad_hex(&salt)), verifier.salt_hex(), "salt");
        let x = derive_x(&salt, &identity, &password);
        let oracle_x = formulas::x(&verifier.salt, &theirs, &self.password);
        assert_eq!(number(x.expose()), oracle_x, "x");
        assert_eq!(number(derive_v(&x).expose()), verifier.v, "v");

        let server = match &self.b {
            B::Pool(b) => Some(ServerExchange::begin(b, &verifier)),
            B::Number(_) => None,
        };
        let b = match (&server, &self.b) {
            (Some(server), _) => server.public.clone(),
            (None, B::Number(b)) => b.clone(),
            (None, B::Pool(_)) => unreachable!("a pool has its exchange"),
        };
        let srp_b = b.to_str_radix(16);
        let server_public = ServerPublic::from_hex(&srp_b).expect("B");
        let u = derive_u(&oracle.public.to_bytes_be(), &server_public).expect("u");
        let oracle_u = formulas::u(&oracle.public, &b);
        assert_eq!(number(u.as_bytes()), oracle_u, "u");
        let s = derive_client_s(&server_public, &x, &self.secret(), &u);
        let oracle_s = formulas::client_s(&b, &oracle_x, &oracle.a, &oracle_u);
        assert_eq!(number(s.expose()), oracle_s, "S");

        let key = derive_key(&u, &s);
        let oracle_key: Key = formulas::key(&oracle_u, &oracle_s).expect("a key");
        assert_eq!(key.expose(), oracle_key.as_bytes(), "K");
        let signature = key.sign(&identity, SECRET_BLOCK, TIMESTAMP).expect("a signature");
        assert_eq!(signature, oracle_key.sign(&theirs, b"secret block", TIMESTAMP), "signature");
        if let Some(server) = server {
            let server_key = server.key(&verifier, client.public_hex()).expect("a key");
            assert_eq!(key.expose(), server_key.as_bytes(), "the pool's K");
            assert!(server_key.verifies(&theirs, b"secret block", TIMESTAMP, &signature));
        }
        if through_types {
            let at_once = client.process_challenge(&identity, &password, &verifier.salt_hex(), &srp_b).expect("a key");
            assert_eq!(at_once.expose(), key.expose(), "K through the types");
        }
    }

    fn secret(&self) -> EphemeralSecret {
        EphemeralSecret::from_bytes(&self.a).expect("a usable ephemeral secret")
    }
}

fn number(bytes: &[u8]) -> BigUint {
    BigUint::from_bytes_be(bytes)
}

/// `a` or `b` of 1 to 1024 bits: with one bit, with all ones, with zeros in front, of any length; most of the usual one.
fn ephemeral() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        1 => Just(vec![1]),
        1 => Just(vec![0xff; 32]),
        1 => Just(vec![0xff; 128]),
        1 => (1..=128_usize).prop_map(|bytes| vec![0xff; bytes]),
        1 => (0..1024_u32).prop_map(|bit| (BigUint::from(1_u8) << bit).to_bytes_be()),
        1 => (1..=127_usize, 1..=255_u8).prop_map(|(zeros, last)| [vec![0; zeros], vec![last]].concat()),
        12 => vec(any::<u8>(), 32).prop_filter("zero", |bytes| bytes.iter().any(|byte| *byte != 0)),
        1 => vec(any::<u8>(), 1..=128).prop_filter("zero", |bytes| bytes.iter().any(|byte| *byte != 0)),
    ]
}

/// 0, 1, numbers with the top bit set, with zeros in front, of the usual length, of any.
fn salt() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        1 => Just(vec![]),
        1 => Just(vec![0; 16]),
        1 => Just(vec![1]),
        1 => Just(vec![0xff; 64]),
        2 => vec(any::<u8>(), 16).prop_map(|mut salt| { salt[0] |= 0x80; salt }),
        2 => vec(any::<u8>(), 14).prop_map(|salt| [vec![0; 2], salt].concat()),
        4 => vec(any::<u8>(), 16),
        1 => vec(any::<u8>(), 0..=64),
    ]
}

fn password() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => Just(String::new()),
        1 => Just("電池 🐴 e\u{301} \u{202e}:\u{0}".to_owned()),
        2 => "[ -~]{8,40}",
        2 => any::<String>(),
    ]
}

fn server_public() -> impl Strategy<Value = B> {
    prop_oneof![
        8 => ephemeral().prop_map(B::Pool),
        1 => Just(B::Number(BigUint::from(1_u8))),
        1 => Just(B::Number(prime() - 1_u8)),
        1 => (2..=u64::MAX).prop_map(|less| B::Number(prime() - less)),
        1 => vec(any::<u8>(), 1..=383).prop_filter("zero", |bytes| bytes.iter().any(|byte| *byte != 0))
            .prop_map(|bytes| B::Number(number(&bytes))),
    ]
}

fn case() -> impl Strategy<Value = Case> {
    ("[A-Za-z0-9]{1,9}", ".{1,40}", password(), salt(), ephemeral(), server_public())
        .prop_map(|(pool_name, user_id_for_srp, password, salt, a, b)| Case { pool_name, user_id_for_srp, password, salt, a, b })
}

/// Two tests take half of the cases each, since tests run beside each other.
fn random_exchanges() {
    TestRunner::new(Config::with_cases(1000))
        .run(&case(), |case| {
            case.check(false);
            Ok(())
        })
        .expect("agreement");
}

#[test]
fn random_exchanges_agree() {
    random_exchanges();
}

#[test]
fn more_random_exchanges_agree() {
    random_exchanges();
}

/// Every `a` with every `B`, salt and password at the ends.
#[test]
fn the_ends_of_everything_agree() {
    let n = prime();
    let ephemerals = [vec![1], vec![2], vec![0x80], vec![0xff; 32], [vec![0; 31], vec![1]].concat(), vec![0xff; 128]];
    let b = [
        B::Number(BigUint::from(1_u8)),
        B::Number(BigUint::from(2_u8)),
        B::Number(&n - 1_u8),
        B::Number(&n - 2_u8),
        B::Number(n >> 1),
        B::Pool(vec![1]),
        B::Pool(vec![0xff; 128]),
    ];
    let salts = [vec![], vec![1], vec![0x7f], vec![0x80], [vec![0x80], vec![0; 15]].concat(), vec![0xff; 64]];
    let passwords = ["", "Passw0rd!", "ｐａｓｓ e\u{301} 電池 🐴"];
    let mut checked = 0;
    for a in &ephemerals {
        for b in &b {
            for (index, salt) in salts.iter().enumerate() {
                let case = Case {
                    pool_name: "AbCdEfGhI".to_owned(),
                    user_id_for_srp: "0e9b5a9c".to_owned(),
                    password: passwords[index % passwords.len()].to_owned(),
                    salt: salt.clone(),
                    a: a.clone(),
                    b: b.clone(),
                };
                case.check(true);
                checked += 1;
            }
        }
    }
    assert_eq!(checked, 252);
}

/// `B = k·g^x`, which makes the base 0: `S` is 0 on both sides, and its hash that of one zero byte.
#[test]
fn a_base_of_zero_agrees() {
    let identity = srp_reference::Identity { pool_name: "AbCdEfGhI", user_id_for_srp: "alice" };
    let verifier = Verifier::derive(&identity, "Passw0rd!", &[7; 16]);
    let case = Case {
        pool_name: "AbCdEfGhI".to_owned(),
        user_id_for_srp: "alice".to_owned(),
        password: "Passw0rd!".to_owned(),
        salt: vec![7; 16],
        a: vec![0xff; 32],
        b: B::Number(formulas::k() * &verifier.v % prime()),
    };
    case.check(true);
}

#[test]
fn k_agrees() {
    assert_eq!(number(derive_k().as_slice()), formulas::k());
}

/// The same numbers are refused, and for the same reasons.
#[test]
fn what_is_refused_is_refused_by_both() {
    let client = ClientEphemeral::derive(EphemeralSecret::from_bytes(&[1; 32]).expect("a")).expect("A");
    let (ours, theirs) = (
        Identity { pool_name: "AbCdEfGhI", user_id_for_srp: "alice" },
        srp_reference::Identity { pool_name: "AbCdEfGhI", user_id_for_srp: "alice" },
    );
    let n = prime();
    let around = |offsets: Range<i8>| {
        let n = n.clone();
        offsets.map(move |offset| match u8::try_from(offset) {
            Ok(above) => (&n + above).to_str_radix(16),
            Err(_) => (&n - offset.unsigned_abs()).to_str_radix(16),
        })
    };
    let zeros = ["0".to_owned(), "0".repeat(768)];
    let others = ["", "-1", "xyz"].map(str::to_owned);
    let mut refused = 0;
    for srp_b in around(-100..100).chain(zeros).chain(others).chain([(prime() * 2_u8).to_str_radix(16)]) {
        let expected = match Client::begin(&[1; 32]).key(&theirs, "Passw0rd!", "07", &srp_b) {
            Ok(key) => Ok(*key.as_bytes()),
            Err(Refused::Zero(Value::B)) => Err(SrpError::ServerPublicZero),
            Err(Refused::TooLarge(Value::B)) => Err(SrpError::ServerPublicTooLarge),
            Err(Refused::NotHex(Value::B)) => Err(SrpError::ServerPublicNotHex),
            Err(other) => unreachable!("{other}"),
        };
        refused += usize::from(expected.is_err());
        let key = client.process_challenge(&ours, &Secret::from("Passw0rd!"), "07", &srp_b);
        assert_eq!(key.map(|key| *key.expose()), expected, "{srp_b}");
    }
    // N itself, the 99 above it, 2N, two zeros and three that are no numbers.
    assert_eq!(refused, 106);
}
