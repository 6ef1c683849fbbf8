//! The pool's side of the exchange, for a local pool and for tests.

use core::fmt;

use super::{
    AuthenticationKey, DeviceVerifier, EphemeralSecret, Identity, SrpError,
    arithmetic::MODULUS_BYTES,
    encoding::{decode_base64_lenient, pad_hex, strip_zeros, to_hex, to_unpadded_hex},
    formulas::{
        ClientPublic, MAX_SALT_BYTES, SecretNumber, derive_key, derive_server_public, derive_server_s, derive_v, derive_x,
        scramble,
    },
};
use crate::Secret;

/// Longest base64 text of a device's verifier or salt, in characters: 385 bytes, and some room.
const MAX_VERIFIER_CHARS: usize = 1024;

/// What a pool keeps in place of a password: the salt and `v = g^x mod N`.
///
/// Whoever has it can try passwords offline, so it is as secret as a password hash. `v` is overwritten when dropped.
pub struct Verifier {
    salt: Vec<u8>,
    v: SecretNumber,
}

impl Verifier {
    /// Computes `v = g^x mod N` for a password.
    ///
    /// `salt` is an unsigned big-endian number; Cognito uses 16 random bytes.
    ///
    /// # Source
    ///
    /// RFC 5054 section 2.4. Member `server_v` of the vectors.
    #[must_use]
    pub fn derive(identity: &Identity<'_>, password: &Secret, salt: &[u8]) -> Self {
        let v = derive_v(&derive_x(salt, identity, password));
        Self { salt: strip_zeros(salt).to_vec(), v }
    }

    /// Takes back what [`salt_bytes`](Self::salt_bytes) and [`verifier_bytes`](Self::verifier_bytes) gave: two unsigned
    /// big-endian numbers, with or without zeros in front.
    ///
    /// # Errors
    ///
    /// [`SrpError::VerifierUnusable`] if the salt is longer than 64 bytes, or `v` longer than 384 or 0 mod `N`.
    pub fn from_parts(salt: &[u8], v: &[u8]) -> Result<Self, SrpError> {
        let salt = strip_zeros(salt);
        if salt.len() > MAX_SALT_BYTES {
            return Err(SrpError::VerifierUnusable);
        }
        let v = SecretNumber::from_be_bytes(strip_zeros(v)).ok_or(SrpError::VerifierUnusable)?;
        Ok(Self { salt: salt.to_vec(), v })
    }

    /// Takes `DeviceSecretVerifierConfig` of `ConfirmDevice`.
    ///
    /// # Errors
    ///
    /// [`SrpError::VerifierUnusable`] if either is not base64, reads as a negative number (its sign byte was forgotten), or is
    /// refused by [`from_parts`](Self::from_parts).
    ///
    /// # Source
    ///
    /// Cognito refuses negative ones: aws/aws-sdk-net-extensions-cognito#46.
    pub fn from_device(device: &DeviceVerifier) -> Result<Self, SrpError> {
        let salt = decode_positive(&device.salt_base64)?;
        let v = decode_positive(&device.password_verifier_base64)?;
        Self::from_parts(&salt, &v)
    }

    /// The salt, big-endian without zeros in front; empty for 0.
    #[must_use]
    pub fn salt_bytes(&self) -> &[u8] {
        &self.salt
    }

    /// `v`, big-endian, 384 bytes.
    #[must_use]
    pub fn verifier_bytes(&self) -> &[u8; MODULUS_BYTES] {
        self.v.expose()
    }

    /// The salt for `SALT`: lower-case hex of its padHex form.
    #[must_use]
    pub fn salt_hex(&self) -> String {
        to_hex(&pad_hex(&self.salt))
    }
}

fn decode_positive(base64: &str) -> Result<Vec<u8>, SrpError> {
    if base64.len() > MAX_VERIFIER_CHARS {
        return Err(SrpError::VerifierUnusable);
    }
    decode_base64_lenient(base64)
        .filter(|bytes| bytes.first().is_some_and(|first| *first < 0x80))
        .ok_or(SrpError::VerifierUnusable)
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Verifier(..)")
    }
}

/// `b` with `B = k·v + g^b mod N`: the pool's part of one exchange.
pub struct ServerEphemeral {
    secret: EphemeralSecret,
    public: [u8; MODULUS_BYTES],
    public_hex: String,
}

impl ServerEphemeral {
    /// Computes `B = k·v + g^b mod N`.
    ///
    /// # Source
    ///
    /// RFC 5054 section 2.5.3. Members `server_b` and `SRP_B` of the vectors.
    #[must_use]
    pub fn derive(secret: EphemeralSecret, verifier: &Verifier) -> Self {
        let public = derive_server_public(&secret, &verifier.v);
        let public_hex = to_unpadded_hex(&public);
        Self { secret, public, public_hex }
    }

    /// `SRP_B`: lower-case hex without zeros in front, so possibly with an odd number of digits.
    #[must_use]
    pub fn public_hex(&self) -> &str {
        &self.public_hex
    }

    /// Computes `K` from the client's `SRP_A`.
    ///
    /// `verifier` is the one `B` was made with. A client without the password is no error here; it cannot sign with this key.
    ///
    /// # Errors
    ///
    /// If `SRP_A` is not hex, longer than `N` or 0 mod `N`, or if `u` is 0.
    ///
    /// # Source
    ///
    /// RFC 5054 section 2.6. Every vector.
    pub fn process_public(&self, verifier: &Verifier, srp_a_hex: &str) -> Result<AuthenticationKey, SrpError> {
        let client_public = ClientPublic::from_hex(srp_a_hex)?;
        let u = scramble(client_public.magnitude(), &self.public)?;
        let s = derive_server_s(&client_public, &verifier.v, &u, &self.secret);
        Ok(derive_key(&u, &s))
    }
}

impl fmt::Debug for ServerEphemeral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServerEphemeral(..)")
    }
}
