//! Who signs in, the secrets of one exchange, and what is signed with the key that comes out.

use core::fmt;

use base64ct::{Base64, Encoding};
use zeroize::Zeroizing;

use super::{
    SrpError,
    arithmetic::{Exponent, MAX_EPHEMERAL_BYTES},
    encoding::decode_base64_lenient,
    hash::hmac_sha256,
};
use crate::Secret;

/// Longest `SECRET_BLOCK` read, in characters. Cognito's have about 1,500.
const MAX_SECRET_BLOCK_CHARS: usize = 16 * 1024;

/// Whose password is proved: a user's in a pool, or a remembered device's in its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity<'a> {
    /// The part of the user pool id after the first `_`; for devices the `DeviceGroupKey`, which begins with `-`.
    pub pool_name: &'a str,
    /// `USER_ID_FOR_SRP` of the challenge, never the alias that was typed; for devices the `DeviceKey`.
    pub user_id_for_srp: &'a str,
}

/// `a`: the secret exponent of one exchange, never to be used for a second one. Overwritten when dropped.
pub struct EphemeralSecret(Zeroizing<Vec<u8>>);

impl EphemeralSecret {
    /// Takes the bytes of an unsigned big-endian number from the platform's CSPRNG.
    ///
    /// Pass 32 bytes; RFC 5054 section 2.6 asks for no fewer. 128 bytes, as Amplify uses, give the same security for twice the
    /// time. How long the arithmetic takes shows the number of bytes and nothing else.
    ///
    /// # Errors
    ///
    /// [`SrpError::EphemeralUnusable`] for no bytes, more than 128, or zeros only.
    pub fn from_bytes(big_endian: &[u8]) -> Result<Self, SrpError> {
        if big_endian.len() > MAX_EPHEMERAL_BYTES || big_endian.iter().all(|byte| *byte == 0) {
            return Err(SrpError::EphemeralUnusable);
        }
        Ok(Self(Zeroizing::new(big_endian.to_vec())))
    }

    pub(super) fn exponent(&self) -> Exponent {
        Exponent::from_ephemeral(&self.0)
    }
}

impl fmt::Debug for EphemeralSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EphemeralSecret(..)")
    }
}

/// `K`: the 16-byte key both sides have after the exchange. Overwritten when dropped.
pub struct AuthenticationKey(Zeroizing<[u8; 16]>);

impl AuthenticationKey {
    /// Keeps the first half of an HKDF block.
    pub(super) fn from_first_half(block: &[u8; 32]) -> Self {
        let mut key = Zeroizing::new([0; 16]);
        for (to, from) in key.iter_mut().zip(block) {
            *to = *from;
        }
        Self(key)
    }

    /// The key itself.
    // For the vectors, which name it; nothing else needs more than `sign`.
    #[doc(hidden)]
    #[must_use]
    pub fn expose(&self) -> &[u8; 16] {
        &self.0
    }

    /// `PASSWORD_CLAIM_SIGNATURE`: base64 of `HMAC-SHA256(K, poolName ‖ userIdForSrp ‖ secret block ‖ TIMESTAMP)`.
    ///
    /// `secret_block_base64` is `SECRET_BLOCK` as it came, and goes back as `PASSWORD_CLAIM_SECRET_BLOCK` unchanged. It is read
    /// as forgivingly as Amplify reads it: either base64 alphabet, `=` at the end or not. `timestamp` is what
    /// [`format_timestamp`](super::format_timestamp) gave and what is sent as `TIMESTAMP`.
    ///
    /// # Errors
    ///
    /// [`SrpError::SecretBlockInvalid`] if the block is empty, not base64, or longer than 16,384 characters.
    ///
    /// # Source
    ///
    /// Cognito's own, instead of `M1` of RFC 2945 section 3. Every vector's `PASSWORD_CLAIM_SIGNATURE`.
    pub fn sign(&self, identity: &Identity<'_>, secret_block_base64: &str, timestamp: &str) -> Result<String, SrpError> {
        if secret_block_base64.len() > MAX_SECRET_BLOCK_CHARS {
            return Err(SrpError::SecretBlockInvalid);
        }
        let secret_block =
            decode_base64_lenient(secret_block_base64).filter(|block| !block.is_empty()).ok_or(SrpError::SecretBlockInvalid)?;
        let signature = hmac_sha256(
            self.0.as_slice(),
            &[identity.pool_name.as_bytes(), identity.user_id_for_srp.as_bytes(), &secret_block, timestamp.as_bytes()],
        );
        Ok(Base64::encode_string(signature.as_slice()))
    }
}

impl fmt::Debug for AuthenticationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthenticationKey(..)")
    }
}

/// `SECRET_HASH`: base64 of `HMAC-SHA256(client secret, username ‖ client id)`.
///
/// `username` is the name that is sent beside it as `USERNAME`: the typed one in `InitiateAuth`, `USER_ID_FOR_SRP` afterwards. A
/// browser client has no secret; this is for programs that can keep one.
///
/// # Source
///
/// AWS, "Computing secret hash values". Members `SECRET_HASH_initiate` and `SECRET_HASH_respond` of the vectors.
#[must_use]
pub fn derive_secret_hash(client_secret: &Secret, username: &str, client_id: &str) -> String {
    let hash = hmac_sha256(client_secret.expose().as_bytes(), &[username.as_bytes(), client_id.as_bytes()]);
    Base64::encode_string(hash.as_slice())
}
