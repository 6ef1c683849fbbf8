//! An authenticator with the browser around it, made by hand so that it can lie. Its signatures are of another crate than those that
//! check them.

use aws_lc_rs::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    rsa::KeySize,
    signature::{
        ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256,
        RsaKeyPair,
    },
};
use base64ct::{Base64UrlUnpadded, Encoding};
use serde_json::{Value, json};

pub fn base64url(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

pub fn bytes_of(text: &Value) -> Vec<u8> {
    Base64UrlUnpadded::decode_vec(text.as_str().unwrap()).unwrap()
}

pub enum Key {
    Es256(EcdsaKeyPair),
    Es384(EcdsaKeyPair),
    Rs256(RsaKeyPair),
    EdDsa(Ed25519KeyPair),
}

impl Key {
    pub fn es256() -> Self {
        Self::Es256(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap())
    }

    pub fn es384() -> Self {
        Self::Es384(EcdsaKeyPair::generate(&ECDSA_P384_SHA384_ASN1_SIGNING).unwrap())
    }

    pub fn rs256() -> Self {
        Self::Rs256(RsaKeyPair::generate(KeySize::Rsa2048).unwrap())
    }

    pub fn ed_dsa() -> Self {
        Self::EdDsa(Ed25519KeyPair::generate().unwrap())
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match self {
            Self::Es256(key) | Self::Es384(key) => key.sign(&random, message).unwrap().as_ref().to_vec(),
            Self::Rs256(key) => {
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).unwrap();
                signature
            }
            Self::EdDsa(key) => key.sign(message).as_ref().to_vec(),
        }
    }

    /// A `COSE_Key`.
    fn cose(&self) -> Vec<u8> {
        // The numbers of a curve fit in one byte each; -1 is 0x20, -2 is 0x21, and so on.
        let on_curve = |algorithm: &[u8], curve: u8, point: &[u8]| {
            let (x, y) = point[1..].split_at((point.len() - 1) / 2);
            [&[0xa5, 1, 2, 3], algorithm, &[0x20, curve, 0x21], &byte_string(x), &[0x22], &byte_string(y)].concat()
        };
        match self {
            Self::Es256(key) => on_curve(&[0x26], 1, key.public_key().as_ref()),
            Self::Es384(key) => on_curve(&[0x38, 34], 2, key.public_key().as_ref()),
            Self::Rs256(key) => {
                let public = key.public_key();
                let n = byte_string(public.modulus().big_endian_without_leading_zero());
                let e = byte_string(public.exponent().big_endian_without_leading_zero());
                [&[0xa4, 1, 3, 3, 0x39, 1, 0, 0x20][..], &n, &[0x21], &e].concat()
            }
            Self::EdDsa(key) => [&[0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21], &byte_string(key.public_key().as_ref())[..]].concat(),
        }
    }
}

/// A byte string of CBOR.
pub fn byte_string(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap();
    let head = match u8::try_from(length) {
        Ok(short @ 0..24) => vec![0x40 | short],
        Ok(byte) => vec![0x58, byte],
        Err(_) => [&[0x59][..], &length.to_be_bytes()].concat(),
    };
    [head, bytes.to_vec()].concat()
}

/// One passkey with its authenticator and browser. What is public can be made to lie.
pub struct Authenticator {
    pub key: Key,
    pub id: Vec<u8>,
    /// The user handle that it tells, where it tells one.
    pub user: Option<Vec<u8>>,
    pub origin: String,
    /// In place of the relying party that was asked for.
    pub relying_party: Option<String>,
    pub cross_origin: bool,
    pub is_present: bool,
    pub verifies_user: bool,
    /// The one of the last signature.
    pub counter: u32,
    /// Many do not.
    pub counts: bool,
    pub attachment: Option<&'static str>,
}

impl Authenticator {
    pub fn new(key: Key) -> Self {
        let mut id = vec![0; 32];
        getrandom::fill(&mut id).unwrap();
        Self {
            key,
            id,
            user: None,
            origin: "http://localhost:8080".to_owned(),
            relying_party: None,
            cross_origin: false,
            is_present: true,
            verifies_user: true,
            counter: 0,
            counts: true,
            attachment: Some("platform"),
        }
    }

    fn client_data(&self, kind: &str, challenge: &Value) -> Vec<u8> {
        let data = json!({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": self.cross_origin});
        data.to_string().into_bytes()
    }

    /// Without the key.
    fn authenticator_data(&self, relying_party: &str, flags: u8) -> Vec<u8> {
        let relying_party = self.relying_party.as_deref().unwrap_or(relying_party);
        let flags = flags | u8::from(self.is_present) | u8::from(self.verifies_user) << 2;
        [digest(&SHA256, relying_party.as_bytes()).as_ref(), &[flags], &self.counter.to_be_bytes()].concat()
    }

    /// Authenticator data with the key, in an attestation object without a statement.
    fn attestation_object(&self, relying_party: &str) -> Vec<u8> {
        let length = u16::try_from(self.id.len()).unwrap().to_be_bytes();
        let data = self.authenticator_data(relying_party, 0x40);
        let data = [&data[..], &[0; 16], &length, &self.id, &self.key.cose()].concat();
        [&b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData"[..], &byte_string(&data)].concat()
    }

    /// `navigator.credentials.create()`: a `RegistrationResponseJSON`.
    pub fn create(&mut self, options: &Value) -> Value {
        self.user = Some(bytes_of(&options["user"]["id"]));
        self.counter += u32::from(self.counts);
        let id = base64url(&self.id);
        json!({
            "id": id,
            "rawId": id,
            "type": "public-key",
            "authenticatorAttachment": self.attachment,
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": base64url(&self.client_data("webauthn.create", &options["challenge"])),
                "attestationObject": base64url(&self.attestation_object(options["rp"]["id"].as_str().unwrap())),
                "transports": ["internal", "hybrid"],
            },
        })
    }

    /// `navigator.credentials.get()`: an `AuthenticationResponseJSON`.
    pub fn get(&mut self, options: &Value) -> Value {
        self.counter += u32::from(self.counts);
        let client_data = self.client_data("webauthn.get", &options["challenge"]);
        self.sign(&client_data, options)
    }

    /// The same with client data of one's own.
    pub fn sign(&mut self, client_data: &[u8], options: &Value) -> Value {
        let data = self.authenticator_data(options["rpId"].as_str().unwrap(), 0);
        let signed = [&data[..], digest(&SHA256, client_data).as_ref()].concat();
        let id = base64url(&self.id);
        let mut response = json!({
            "clientDataJSON": base64url(client_data),
            "authenticatorData": base64url(&data),
            "signature": base64url(&self.key.sign(&signed)),
        });
        if let Some(user) = &self.user {
            response["userHandle"] = json!(base64url(user));
        }
        json!({"id": id, "rawId": id, "type": "public-key", "clientExtensionResults": {}, "response": response})
    }
}
