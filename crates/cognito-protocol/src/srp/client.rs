//! The client's side of the exchange.

use core::fmt;

use super::{
    AuthenticationKey, EphemeralSecret, Identity, Slices, SrpError,
    arithmetic::MODULUS_BYTES,
    encoding::{strip_zeros, to_unpadded_hex},
    formulas::{
        Scrambler, SecretNumber, ServerPublic, begin_client_public, begin_client_s, derive_key, derive_u, derive_x, parse_salt,
    },
};
use crate::Secret;

/// `a` with `A = g^a mod N`: the client's part of one exchange.
pub struct ClientEphemeral {
    secret: EphemeralSecret,
    public: [u8; MODULUS_BYTES],
    public_hex: String,
}

impl ClientEphemeral {
    /// Computes `A = g^a mod N`.
    ///
    /// # Errors
    ///
    /// [`SrpError::EphemeralUnusable`] if `A mod N` is 0, which no power of `g` is.
    ///
    /// # Source
    ///
    /// RFC 5054 section 2.5.4. Member `SRP_A` of the vectors.
    pub fn derive(secret: EphemeralSecret) -> Result<Self, SrpError> {
        let slices = Self::begin(&secret).whole();
        Self::finish(secret, &slices)
    }

    /// The same in slices, of which [`finish`](Self::finish) makes the value.
    pub(crate) fn begin(secret: &EphemeralSecret) -> Slices {
        begin_client_public(secret)
    }

    /// `a` and `A`, of all slices of `A`.
    pub(crate) fn finish(secret: EphemeralSecret, slices: &Slices) -> Result<Self, SrpError> {
        let public = slices.result().to_be_bytes();
        if strip_zeros(&public).is_empty() {
            return Err(SrpError::EphemeralUnusable);
        }
        let public_hex = to_unpadded_hex(&public);
        Ok(Self { secret, public, public_hex })
    }

    /// `SRP_A`: lower-case hex without zeros in front, so possibly with an odd number of digits.
    #[must_use]
    pub fn public_hex(&self) -> &str {
        &self.public_hex
    }

    /// Computes `K` from the challenge `PASSWORD_VERIFIER` or `DEVICE_PASSWORD_VERIFIER`.
    ///
    /// `salt_hex` and `srp_b_hex` are `SALT` and `SRP_B` as they came: hex of a number, with any number of digits. A wrong
    /// password is no error here; its signature is simply refused. This takes tens of milliseconds in a browser.
    ///
    /// # Errors
    ///
    /// If `SALT` or `SRP_B` is not such a number, if `SALT` is too long or negative, if `B` is greater than `N` or 0 mod `N`, or if
    /// `u` is 0.
    ///
    /// # Source
    ///
    /// RFC 5054 section 2.6 with Cognito's hashing (see the [module](super)). Member `key` of the vectors.
    pub fn process_challenge(
        &self,
        identity: &Identity<'_>,
        password: &Secret,
        salt_hex: &str,
        srp_b_hex: &str,
    ) -> Result<AuthenticationKey, SrpError> {
        let (slices, u) = self.begin_challenge(identity, password, salt_hex, srp_b_hex)?;
        Ok(Self::finish_challenge(&slices.whole(), &u))
    }

    /// The same in slices, of which, and of `u`, [`finish_challenge`](Self::finish_challenge) makes the key.
    pub(crate) fn begin_challenge(
        &self,
        identity: &Identity<'_>,
        password: &Secret,
        salt_hex: &str,
        srp_b_hex: &str,
    ) -> Result<(Slices, Scrambler), SrpError> {
        let salt = parse_salt(salt_hex)?;
        let server_public = ServerPublic::from_hex(srp_b_hex)?;
        let u = derive_u(&self.public, &server_public)?;
        let x = derive_x(&salt, identity, password);
        Ok((begin_client_s(&server_public, &x, &self.secret, &u), u))
    }

    /// `K`, of all slices of `S`.
    pub(crate) fn finish_challenge(slices: &Slices, u: &Scrambler) -> AuthenticationKey {
        derive_key(u, &SecretNumber::of(slices.result()))
    }
}

impl fmt::Debug for ClientEphemeral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientEphemeral(..)")
    }
}
