//! Every vector, every intermediate of the client's side, by its symbol. The pool's side is held to them in `srp-reference`.
//!
//! `data/srp-vectors.json` was made by two independent implementations and a simulated pool, and agrees with
//! amazon-cognito-identity-js 6.3.21 and @aws-amplify/auth 6.21.1 run for real.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use cognito_protocol::{
    Secret,
    srp::{
        ClientEphemeral, EphemeralSecret, Identity, Party, SrpError, derive_device_verifier, derive_secret_hash,
        formulas::{
            ServerPublic, derive_client_public, derive_client_s, derive_inner_hash, derive_k, derive_key, derive_u, derive_v,
            derive_x, pad_hex, parse_salt,
        },
    },
};
use serde_json::Value;

/// The one whose salt is negative: no pool sends such a salt to a user who exists.
const NEGATIVE_SALT: &str = "salt-negative-legacy";

struct Vector(Value);

impl Vector {
    fn get(&self, symbol: &str) -> &str {
        self.0[symbol].as_str().unwrap_or_else(|| panic!("{}: no member {symbol}", self.0["id"]))
    }

    #[track_caller]
    fn check(&self, symbol: &str, actual: impl AsRef<str>) {
        assert_eq!(actual.as_ref(), self.get(symbol), "{}: {symbol}", self.get("id"));
    }

    fn user_identity(&self) -> Identity<'_> {
        Identity { pool_name: self.get("pool_name"), user_id_for_srp: self.get("USER_ID_FOR_SRP") }
    }

    fn device_identity(&self) -> Identity<'_> {
        Identity { pool_name: self.get("DeviceGroupKey"), user_id_for_srp: self.get("DeviceKey") }
    }

    fn secret(&self, symbol: &str) -> EphemeralSecret {
        EphemeralSecret::from_bytes(&bytes(self.get(symbol))).expect("a usable ephemeral secret")
    }
}

fn vectors(list: &str) -> Vec<Vector> {
    let file: Value = serde_json::from_str(include_str!("data/srp-vectors.json")).expect("JSON");
    file[list].as_array().expect("a list").iter().cloned().map(Vector).collect()
}

fn group() -> Vector {
    let file: Value = serde_json::from_str(include_str!("data/srp-vectors.json")).expect("JSON");
    Vector(file["group"].clone())
}

/// Even hex to bytes; the numbers of the file that may be odd get a zero in front.
fn bytes(hex: &str) -> Vec<u8> {
    let hex = if hex.len() % 2 == 1 { format!("0{hex}") } else { hex.to_owned() };
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hex")).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Hex as the file writes numbers: without zeros in front.
fn number(bytes: &[u8]) -> String {
    hex(bytes).trim_start_matches('0').to_owned()
}

/// The exchange after `salt`, shared by users and devices.
fn check_exchange(vector: &Vector, identity: &Identity<'_>, password: &Secret) {
    let srp_b = vector.get("SRP_B");
    let a = vector.secret("a");
    let salt = parse_salt(vector.get("SALT")).expect("a salt");
    vector.check("salt_padhex", hex(&pad_hex(&salt)));

    let x = derive_x(&salt, identity, password);
    vector.check("x", hex(x.expose()));
    vector.check("SRP_A", number(&derive_client_public(&a)));
    let server_public = ServerPublic::from_hex(srp_b).expect("B");
    let u = derive_u(&derive_client_public(&a), &server_public).expect("u");
    vector.check("u", hex(u.as_bytes()));
    let s = derive_client_s(&server_public, &x, &a, &u);
    vector.check("S", number(s.expose()));
    vector.check("key", hex(derive_key(&u, &s).expose()));

    // Now the same through the types.
    let timestamp = vector.get("TIMESTAMP");
    let secret_block = vector.get("SECRET_BLOCK");
    let client = ClientEphemeral::derive(a).expect("A");
    vector.check("SRP_A", client.public_hex());
    let key = client.process_challenge(identity, password, vector.get("SALT"), srp_b).expect("a key");
    vector.check("key", hex(key.expose()));
    let signature = key.sign(identity, secret_block, timestamp).expect("a signature");
    vector.check("PASSWORD_CLAIM_SIGNATURE", &signature);
}

fn base64(text: &str) -> Vec<u8> {
    <base64ct::Base64 as base64ct::Encoding>::decode_vec(text).expect("base64")
}

#[test]
fn group_and_k() {
    let group = group();
    group.check("k", hex(derive_k().as_slice()));
    let n = bytes(group.get("N"));
    group.check("k_input_hex", hex(&pad_hex(&n)) + &hex(&pad_hex(&[2])));
}

#[test]
fn pad_hex_of_every_listed_number() {
    let list = vectors("padhex");
    let mut negative = 0;
    for entry in &list {
        let decimal: i64 = entry.get("dec").parse().expect("a number");
        if let Ok(magnitude) = u64::try_from(decimal) {
            assert_eq!(hex(&pad_hex(&magnitude.to_be_bytes())), entry.get("padhex"), "padhex {decimal}");
        } else {
            // This crate has no negative numbers: the only one the service ever sent is a salt that cannot succeed.
            let text = format!("-{:x}", decimal.unsigned_abs());
            assert_eq!(parse_salt(&text), Err(SrpError::SaltNegative), "padhex {decimal}");
            negative += 1;
        }
    }
    assert_eq!((list.len(), negative), (22, 8));
}

#[test]
fn users() {
    let vectors = vectors("user_vectors");
    assert_eq!(vectors.len(), 23);
    for vector in &vectors {
        let identity = vector.user_identity();
        let password = Secret::from(vector.get("password"));
        vector.check("password_utf8_hex", hex(password.expose().as_bytes()));
        vector.check("inner_hash", hex(derive_inner_hash(&identity, &password).as_slice()));
        if vector.get("id") == NEGATIVE_SALT {
            continue;
        }
        vector.check("A", vector.get("SRP_A"));
        vector.check("A_padhex", hex(&pad_hex(&bytes(vector.get("SRP_A")))));
        vector.check("B_padhex", hex(&pad_hex(&bytes(vector.get("SRP_B")))));
        vector.check("u_padhex", hex(&pad_hex(&bytes(vector.get("u")))));
        vector.check("S_padhex", hex(&pad_hex(&bytes(vector.get("S")))));
        vector.check(
            "message_hex",
            hex(&[
                identity.pool_name.as_bytes(),
                identity.user_id_for_srp.as_bytes(),
                &base64(vector.get("SECRET_BLOCK")),
                vector.get("TIMESTAMP").as_bytes(),
            ]
            .concat()),
        );
        let x = derive_x(&parse_salt(vector.get("SALT")).expect("a salt"), &identity, &password);
        vector.check("server_v", number(derive_v(&x).expose()));
        check_exchange(vector, &identity, &password);
    }
}

#[test]
fn secret_hashes() {
    for vector in vectors("user_vectors") {
        let client_secret = Secret::from(vector.get("client_secret"));
        let client_id = vector.get("client_id");
        for (symbol, name) in
            [("SECRET_HASH_initiate", vector.get("username")), ("SECRET_HASH_respond", vector.get("USER_ID_FOR_SRP"))]
        {
            vector.check(symbol, derive_secret_hash(&client_secret, name, client_id));
        }
    }
}

/// Amplify goes on with the two's complement of such a salt; the proof is refused all the same, so this stops before it.
#[test]
fn a_negative_salt_is_a_typed_error() {
    let vector = vectors("user_vectors").into_iter().find(|vector| vector.get("id") == NEGATIVE_SALT).expect("the vector");
    let client = ClientEphemeral::derive(vector.secret("a")).expect("A");
    vector.check("SRP_A", client.public_hex());
    let error = client
        .process_challenge(
            &vector.user_identity(),
            &Secret::from(vector.get("password")),
            vector.get("SALT"),
            vector.get("SRP_B"),
        )
        .expect_err("no key");
    assert_eq!(error, SrpError::SaltNegative);
    assert_eq!(error.party(), Party::Server);
}

#[test]
fn devices() {
    let vectors = vectors("device_vectors");
    assert_eq!(vectors.len(), 7);
    for vector in &vectors {
        let identity = vector.device_identity();
        let password = Secret::from(vector.get("device_password"));
        let salt = bytes(vector.get("salt_random16_hex"));
        let device = derive_device_verifier(identity.pool_name, identity.user_id_for_srp, &password, &salt);
        vector.check("ConfirmDevice_Salt", &device.salt_base64);
        vector.check("ConfirmDevice_PasswordVerifier", &device.password_verifier_base64);

        let v = derive_v(&derive_x(&salt, &identity, &password));
        vector.check("verifier", number(v.expose()));
        vector.check("verifier_padhex", hex(&pad_hex(v.expose())));
        check_exchange(vector, &identity, &password);
    }
}
