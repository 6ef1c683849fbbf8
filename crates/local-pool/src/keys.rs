//! The RSA keys that sign tokens: two for each user pool, one for id tokens and one for access tokens, as the service has them.
//!
//! They are made when first needed and live as long as the process, because making one takes a good part of a second. A file of state
//! keeps them longer: tokens of before a restart are good after it.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

use aws_lc_rs::{
    digest,
    encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der},
    rand::SystemRandom,
    rsa::KeySize,
    signature::{KeyPair, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey},
};
use base64ct::{Base64, Base64UrlUnpadded, Encoding};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::error::ApiError;

/// The keys of one user pool.
pub(crate) struct PoolKeys {
    pub id: SigningKey,
    pub access: SigningKey,
}

/// Where the keys of the pools are found.
#[derive(Default)]
pub(crate) struct Keyring {
    /// Those of a file, in the place of the process's own.
    kept: HashMap<String, Arc<PoolKeys>>,
}

impl Keyring {
    /// Takes the keys of a file.
    pub fn keep(&mut self, user_pool_id: &str, keys: &KeptKeys) -> Result<(), &'static str> {
        let key = |text: &str| SigningKey::restored(text).ok_or("a key is none");
        let keys = PoolKeys { id: key(&keys.id)?, access: key(&keys.access)? };
        self.kept.insert(user_pool_id.to_owned(), Arc::new(keys));
        Ok(())
    }

    /// The keys of a pool, made now if this process has none for it yet.
    pub fn of(&self, user_pool_id: &str) -> Result<Arc<PoolKeys>, ApiError> {
        match self.kept.get(user_pool_id) {
            Some(keys) => Ok(Arc::clone(keys)),
            None => PoolKeys::of(user_pool_id),
        }
    }

    /// The keys of a pool for a file, if there are any yet.
    pub fn kept(&self, user_pool_id: &str) -> Option<KeptKeys> {
        let made = || made().get(user_pool_id).cloned();
        let keys = self.kept.get(user_pool_id).cloned().or_else(made)?;
        Some(KeptKeys { id: keys.id.kept()?, access: keys.access.kept()? })
    }
}

/// The keys of a user pool in a file: PKCS #8 in base64.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeptKeys {
    id: String,
    access: String,
}

/// The keys of this process.
fn made() -> MutexGuard<'static, HashMap<String, Arc<PoolKeys>>> {
    static KEYS: OnceLock<Mutex<HashMap<String, Arc<PoolKeys>>>> = OnceLock::new();
    KEYS.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner)
}

impl PoolKeys {
    fn of(user_pool_id: &str) -> Result<Arc<Self>, ApiError> {
        let mut keys = made();
        if let Some(keys) = keys.get(user_pool_id) {
            return Ok(Arc::clone(keys));
        }
        let made = Arc::new(Self { id: SigningKey::make()?, access: SigningKey::make()? });
        keys.insert(user_pool_id.to_owned(), Arc::clone(&made));
        Ok(made)
    }

    /// The body of `/<user pool id>/.well-known/jwks.json`.
    pub fn jwks(&self) -> Value {
        json!({"keys": [self.id.jwk(), self.access.jwk()]})
    }
}

/// One RSA key with its id.
pub(crate) struct SigningKey {
    pub kid: String,
    pair: RsaKeyPair,
}

impl SigningKey {
    fn make() -> Result<Self, ApiError> {
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).map_err(|_| ApiError::internal())?;
        Self::of(pair).ok_or_else(ApiError::internal)
    }

    fn of(pair: RsaKeyPair) -> Option<Self> {
        let public: PublicKeyX509Der<'_> = pair.public_key().as_der().ok()?;
        // 44 characters of base64, as the service's key ids look.
        let kid = Base64::encode_string(digest::digest(&digest::SHA256, public.as_ref()).as_ref());
        Some(Self { kid, pair })
    }

    fn kept(&self) -> Option<String> {
        let pkcs8: Pkcs8V1Der<'_> = self.pair.as_der().ok()?;
        Some(Base64::encode_string(pkcs8.as_ref()))
    }

    fn restored(text: &str) -> Option<Self> {
        Self::of(RsaKeyPair::from_pkcs8(&Base64::decode_vec(text).ok()?).ok()?)
    }

    /// RS256
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, ApiError> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature).map_err(|_| ApiError::internal())?;
        Ok(signature)
    }

    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, self.pair.public_key().as_ref()).verify(message, signature).is_ok()
    }

    fn jwk(&self) -> Value {
        let public = self.pair.public_key();
        let number = |bytes: &[u8]| Base64UrlUnpadded::encode_string(bytes);
        json!({
            "alg": "RS256",
            "e": number(public.exponent().big_endian_without_leading_zero()),
            "kid": self.kid,
            "kty": "RSA",
            "n": number(public.modulus().big_endian_without_leading_zero()),
            "use": "sig",
        })
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("kid", &self.kid).finish_non_exhaustive()
    }
}
