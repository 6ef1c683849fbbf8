//! Every vector, every intermediate of both sides, by its symbol.
//!
//! The vectors are those of `cognito-protocol`; two independent implementations made them, and two clients agree with them.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use base64ct::{Base64, Encoding};
use serde_json::Value as Json;
use srp_reference::{
    BigUint, Client, Identity, Refused, ServerExchange, Value, Verifier,
    formulas::{client_s, k, key, server_s, u, v, x},
    generator, pad_hex, prime, read_hex, to_hex,
};

/// No pool sends a negative salt to a user who exists.
const NEGATIVE_SALT: &str = "salt-negative-legacy";

struct Vector(Json);

impl Vector {
    fn get(&self, symbol: &str) -> &str {
        self.0[symbol].as_str().unwrap_or_else(|| panic!("{}: no member {symbol}", self.0["id"]))
    }

    fn number(&self, symbol: &str) -> BigUint {
        BigUint::parse_bytes(self.get(symbol).as_bytes(), 16).expect("a number")
    }

    #[track_caller]
    fn check(&self, symbol: &str, actual: &BigUint) {
        assert_eq!(*actual, self.number(symbol), "{}: {symbol}", self.0["id"]);
    }

    #[track_caller]
    fn check_text(&self, symbol: &str, actual: &str) {
        assert_eq!(actual, self.get(symbol), "{}: {symbol}", self.0["id"]);
    }
}

fn file() -> Json {
    serde_json::from_str(include_str!("../../cognito-protocol/tests/data/srp-vectors.json")).expect("JSON")
}

fn vectors(list: &str) -> Vec<Vector> {
    file()[list].as_array().expect("a list").iter().cloned().map(Vector).collect()
}

fn bytes(hex: &str) -> Vec<u8> {
    BigUint::parse_bytes(hex.as_bytes(), 16).expect("hex").to_bytes_be()
}

fn check(vector: &Vector, identity: &Identity<'_>, password: &str, salt: &[u8]) {
    let verifier = Verifier::derive(identity, password, salt);
    vector.check_text("salt_padhex", &verifier.salt_hex());
    let x = x(&verifier.salt, identity, password);
    vector.check("x", &x);
    assert_eq!(v(&x), verifier.v);

    let client = Client::begin(&bytes(vector.get("a")));
    vector.check_text("SRP_A", &client.srp_a());
    let server = ServerExchange::begin(&bytes(vector.get("server_b")), &verifier);
    vector.check_text("SRP_B", &server.srp_b());

    let u = u(&client.public, &server.public);
    vector.check("u", &u);
    let s = server_s(&client.public, &verifier.v, &u, &server.b);
    vector.check("S", &s);
    vector.check("S", &client_s(&server.public, &x, &client.a, &u));
    vector.check_text("key", &to_hex(key(&u, &s).expect("a key").as_bytes()));

    let block = Base64::decode_vec(vector.get("SECRET_BLOCK")).expect("base64");
    let key = server.key(&verifier, vector.get("SRP_A")).expect("a key");
    let signature = key.sign(identity, &block, vector.get("TIMESTAMP"));
    vector.check_text("PASSWORD_CLAIM_SIGNATURE", &signature);
    assert_eq!(client.key(identity, password, vector.get("SALT"), vector.get("SRP_B")), Ok(key));
}

#[test]
fn the_group() {
    let group = Vector(file()["group"].clone());
    group.check("N", &prime());
    group.check("k", &k());
    group.check_text("k_input_hex", &(to_hex(&pad_hex(&prime())) + &to_hex(&pad_hex(&generator()))));
}

#[test]
fn padded_numbers() {
    for entry in vectors("padhex") {
        if let Some(number) = BigUint::parse_bytes(entry.get("dec").as_bytes(), 10) {
            assert_eq!(to_hex(&pad_hex(&number)), entry.get("padhex"), "{number}");
        }
    }
}

#[test]
fn users() {
    let vectors = vectors("user_vectors");
    assert_eq!(vectors.len(), 23);
    for vector in vectors.iter().filter(|vector| vector.get("id") != NEGATIVE_SALT) {
        let identity = Identity { pool_name: vector.get("pool_name"), user_id_for_srp: vector.get("USER_ID_FOR_SRP") };
        check(vector, &identity, vector.get("password"), &bytes(vector.get("SALT")));
        let verifier = Verifier::derive(&identity, vector.get("password"), &bytes(vector.get("SALT")));
        vector.check("server_v", &verifier.v);
    }
}

#[test]
fn devices() {
    let vectors = vectors("device_vectors");
    assert_eq!(vectors.len(), 7);
    for vector in &vectors {
        let identity = Identity { pool_name: vector.get("DeviceGroupKey"), user_id_for_srp: vector.get("DeviceKey") };
        let salt = bytes(vector.get("salt_random16_hex"));
        check(vector, &identity, vector.get("device_password"), &salt);
        let registered = Verifier::of_device(vector.get("ConfirmDevice_Salt"), vector.get("ConfirmDevice_PasswordVerifier"));
        assert_eq!(registered, Ok(Verifier::derive(&identity, vector.get("device_password"), &salt)));
    }
}

/// "gA==" is the byte 80, which reads as -128.
#[test]
fn device_verifiers_whose_sign_byte_was_forgotten_are_refused() {
    let good = Base64::encode_string(&[5]);
    assert!(Verifier::of_device(&good, &good).is_ok());
    let n = Base64::encode_string(&pad_hex(&prime()));
    for bad in ["", "gA==", "not base64", "A", "AA==", &n] {
        assert_eq!(Verifier::of_device(&good, bad), Err(Refused::DeviceVerifier), "{bad}");
    }
    for bad in ["", "gA==", "not base64", "A", &n] {
        assert_eq!(Verifier::of_device(bad, &good), Err(Refused::DeviceVerifier), "{bad}");
    }
}

#[test]
fn numbers_that_would_sign_in_without_a_password_are_refused() {
    let identity = Identity { pool_name: "AbCdEfGhI", user_id_for_srp: "alice" };
    let verifier = Verifier::derive(&identity, "Passw0rd!", &[7; 16]);
    let (server, client) = (ServerExchange::begin(&[2; 32], &verifier), Client::begin(&[1; 32]));
    let n = prime().to_str_radix(16);
    let above = (prime() + 1_u8).to_str_radix(16);
    for (text, a, b) in [
        ("0", Refused::Zero(Value::A), Refused::Zero(Value::B)),
        ("000", Refused::Zero(Value::A), Refused::Zero(Value::B)),
        (&n, Refused::Zero(Value::A), Refused::Zero(Value::B)),
        (&above, Refused::TooLarge(Value::A), Refused::TooLarge(Value::B)),
        (&"f".repeat(768), Refused::TooLarge(Value::A), Refused::TooLarge(Value::B)),
        (&"0".repeat(100_000), Refused::TooLarge(Value::A), Refused::TooLarge(Value::B)),
        ("", Refused::NotHex(Value::A), Refused::NotHex(Value::B)),
        ("-1", Refused::NotHex(Value::A), Refused::NotHex(Value::B)),
        ("+1", Refused::NotHex(Value::A), Refused::NotHex(Value::B)),
        ("1_0", Refused::NotHex(Value::A), Refused::NotHex(Value::B)),
        ("0x1", Refused::NotHex(Value::A), Refused::NotHex(Value::B)),
        ("é", Refused::NotHex(Value::A), Refused::NotHex(Value::B)),
    ] {
        assert_eq!(server.key(&verifier, text), Err(a), "{text:.50}");
        assert_eq!(client.key(&identity, "Passw0rd!", "07", text), Err(b), "{text:.50}");
    }
    assert_eq!(read_hex(Value::Salt, "0aF"), Ok(BigUint::from(0xaf_u8)));
    assert_eq!(client.key(&identity, "Passw0rd!", &"1".repeat(129), "5"), Err(Refused::TooLarge(Value::Salt)));
}

#[test]
fn nothing_of_the_content_is_shown() {
    let identity = Identity { pool_name: "AbCdEfGhI", user_id_for_srp: "alice" };
    let verifier = Verifier::derive(&identity, "Passw0rd!", &[7; 16]);
    let (server, client) = (ServerExchange::begin(&[2; 32], &verifier), Client::begin(&[1; 32]));
    let shown = format!("{verifier:?} {server:?} {client:?} {:?}", server.key(&verifier, "5"));
    assert_eq!(shown, "Verifier(..) ServerExchange(..) Client(..) Ok(Key(..))");
}
