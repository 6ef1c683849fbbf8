//! Computations that take long enough to be seen: the machine asks for them, the shell runs them when the browser has painted.

use super::redirect_secrets::RedirectSecrets;
use crate::{
    Secret,
    srp::{ClientEphemeral, EphemeralSecret, Identity, SrpError},
    stack::wipe_stack,
};

/// Bytes of randomness in a client's secret exponent.
pub const EPHEMERAL_SECRET_BYTES: usize = 32;

/// A computation.
#[derive(Debug)]
pub enum Job {
    /// Draw the secret exponent `a` and derive `A`.
    MakePublicValue,
    /// Draw what a way to another provider and back is held together by.
    MakeRedirectSecrets,
    /// Derive the password proof for a challenge.
    ProvePassword(Box<PasswordProof>),
}

/// What a password proof is made of; see [`ClientEphemeral::process_challenge`] for the encodings.
#[derive(Debug)]
pub struct PasswordProof {
    /// `a` and `A`, for this one use.
    pub ephemeral: Box<ClientEphemeral>,
    /// The part of the pool id after the first `_`.
    pub pool_name: String,
    /// `USER_ID_FOR_SRP`
    pub user_id_for_srp: String,
    /// As typed.
    pub password: Secret,
    /// `SALT`
    pub salt_hex: String,
    /// `SRP_B`
    pub srp_b_hex: String,
    /// `SECRET_BLOCK`
    pub secret_block_base64: String,
    /// `TIMESTAMP`
    pub timestamp: String,
}

/// What came of a [`Job`].
#[derive(Debug)]
pub enum Derived {
    /// `a` and `A`.
    PublicValue(Box<ClientEphemeral>),
    /// What a way to another provider and back is held together by.
    RedirectSecrets(Box<RedirectSecrets>),
    /// `PASSWORD_CLAIM_SIGNATURE`
    PasswordClaim(Secret),
    /// The service's values are unusable, or the randomness was.
    Failed(SrpError),
}

impl Job {
    /// Runs the job, and leaves nothing of it on the stack. `fill_random` fills its argument from the platform's CSPRNG.
    pub fn run(self, fill_random: impl FnOnce(&mut [u8])) -> Derived {
        let derived = self.derive(fill_random);
        wipe_stack();
        derived
    }

    // Not inlined, so that its frame is one of those that are overwritten.
    #[inline(never)]
    fn derive(self, fill_random: impl FnOnce(&mut [u8])) -> Derived {
        match self {
            Self::MakePublicValue => {
                let mut bytes = zeroize::Zeroizing::new([0; EPHEMERAL_SECRET_BYTES]);
                fill_random(&mut bytes[..]);
                match EphemeralSecret::from_bytes(&bytes[..]).and_then(ClientEphemeral::derive) {
                    Ok(ephemeral) => Derived::PublicValue(Box::new(ephemeral)),
                    Err(error) => Derived::Failed(error),
                }
            }
            Self::MakeRedirectSecrets => {
                let mut bytes = zeroize::Zeroizing::new([[0; EPHEMERAL_SECRET_BYTES]; 3]);
                fill_random(bytes.as_flattened_mut());
                // Where there is no randomness the bytes are zero, which no secret exponent accepts either.
                match EphemeralSecret::from_bytes(&bytes[0]) {
                    Ok(_) => Derived::RedirectSecrets(Box::new(RedirectSecrets::of(&bytes))),
                    Err(error) => Derived::Failed(error),
                }
            }
            Self::ProvePassword(proof) => match proof.derive() {
                Ok(signature) => Derived::PasswordClaim(signature.into()),
                Err(error) => Derived::Failed(error),
            },
        }
    }
}

impl PasswordProof {
    fn derive(&self) -> Result<String, SrpError> {
        let identity = Identity { pool_name: &self.pool_name, user_id_for_srp: &self.user_id_for_srp };
        self.ephemeral.process_challenge(&identity, &self.password, &self.salt_hex, &self.srp_b_hex)?.sign(
            &identity,
            &self.secret_block_base64,
            &self.timestamp,
        )
    }
}
