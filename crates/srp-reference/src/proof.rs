//! What is signed with the key.

use std::fmt;

use base64ct::{Base64, Encoding};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::Identity;

/// `K`: the key that both sides have after the exchange.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(pub(crate) [u8; 16]);

impl Key {
    /// The key itself.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// `PASSWORD_CLAIM_SIGNATURE`: base64 of `HMAC-SHA256(K, poolName ‖ userIdForSrp ‖ secret block ‖ TIMESTAMP)`.
    #[must_use]
    pub fn sign(&self, identity: &Identity<'_>, secret_block: &[u8], timestamp: &str) -> String {
        // HMAC fills a short key up with zeros to the block of 64 bytes (RFC 2104).
        let mut block = [0; 64];
        block[..16].copy_from_slice(&self.0);
        let mut mac = Hmac::<Sha256>::new(&block.into());
        mac.update(identity.pool_name.as_bytes());
        mac.update(identity.user_id_for_srp.as_bytes());
        mac.update(secret_block);
        mac.update(timestamp.as_bytes());
        Base64::encode_string(&mac.finalize().into_bytes())
    }

    /// Whether that is the signature. The comparison takes the same time wherever they differ.
    #[must_use]
    pub fn verifies(&self, identity: &Identity<'_>, secret_block: &[u8], timestamp: &str, signature: &str) -> bool {
        let expected = self.sign(identity, secret_block, timestamp);
        bool::from(expected.as_bytes().ct_eq(signature.as_bytes()))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}
