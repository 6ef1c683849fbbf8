//! Computations that take long enough to be seen: the machine asks for them, the shell runs them in slices, between what
//! the browser has to do.

#[cfg(test)]
mod tests;

use core::{fmt, ops::ControlFlow};

use base64ct::{Base64, Encoding};

use super::redirect_secrets::RedirectSecrets;
use crate::{
    Secret,
    srp::{ClientEphemeral, DeviceVerifier, EphemeralSecret, Identity, Scrambler, Slices, SrpError, begin_device_verifier},
    stack::wipe_stack,
};

/// Bytes of randomness in a client's secret exponent.
pub const EPHEMERAL_SECRET_BYTES: usize = 32;

/// Bytes of randomness in a device's password, and in its salt.
const DEVICE_PASSWORD_BYTES: usize = 40;
const DEVICE_SALT_BYTES: usize = 16;

/// A computation.
#[derive(Debug)]
pub enum Job {
    /// Draw the secret exponent `a` and derive `A`.
    MakePublicValue,
    /// Draw what a way to another provider and back is held together by.
    MakeRedirectSecrets,
    /// Derive the password proof for a challenge.
    ProvePassword(Box<PasswordProof>),
    /// Draw a device's password and derive its verifier.
    MakeDevice {
        /// `DeviceGroupKey`
        group_key: Secret,
        /// `DeviceKey`
        key: Secret,
    },
}

/// What a password proof is made of; see [`ClientEphemeral::process_challenge`] for the encodings.
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
    /// A device's password, and what is registered of it.
    Device {
        /// Base64 of 40 random bytes, as Amplify makes it.
        password: Secret,
        /// With a salt of its own.
        verifier: DeviceVerifier,
    },
    /// The service's values are unusable, or the randomness was.
    Failed(SrpError),
}

/// A job under way. What it holds is overwritten when it is dropped.
pub struct Running {
    slices: Slices,
    end: End,
}

/// What is made of the powers.
enum End {
    PublicValue { secret: EphemeralSecret },
    Claim { proof: Box<PasswordProof>, u: Scrambler },
    Device { password: Secret, salt: Vec<u8> },
}

/// What has come of a job, or what is left of it to do.
pub type Progress = ControlFlow<Derived, Box<Running>>;

impl Job {
    /// Runs the job, and leaves nothing of it on the stack. `fill_random` fills its argument from the platform's CSPRNG.
    pub fn run(self, fill_random: impl FnOnce(&mut [u8])) -> Derived {
        let mut progress = self.begin(fill_random);
        loop {
            match progress {
                ControlFlow::Break(derived) => return derived,
                ControlFlow::Continue(running) => progress = running.step(),
            }
        }
    }

    /// Begins the job, for whoever lets others have their turn between its slices. Neither this nor a slice leaves anything on the stack.
    pub fn begin(self, fill_random: impl FnOnce(&mut [u8])) -> Progress {
        let begun = self.start(fill_random);
        wipe_stack();
        begun.unwrap_or_else(|error| ControlFlow::Break(Derived::Failed(error)))
    }

    // Not inlined, so that its frame is one of those that are overwritten.
    #[inline(never)]
    fn start(self, fill_random: impl FnOnce(&mut [u8])) -> Result<Progress, SrpError> {
        let (slices, end) = match self {
            Self::MakePublicValue => {
                let mut bytes = zeroize::Zeroizing::new([0; EPHEMERAL_SECRET_BYTES]);
                fill_random(&mut bytes[..]);
                let secret = EphemeralSecret::from_bytes(&bytes[..])?;
                (ClientEphemeral::begin(&secret), End::PublicValue { secret })
            }
            Self::MakeRedirectSecrets => {
                let mut bytes = zeroize::Zeroizing::new([[0; EPHEMERAL_SECRET_BYTES]; 3]);
                fill_random(bytes.as_flattened_mut());
                // Where there is no randomness the bytes are zero, which no secret exponent accepts either.
                EphemeralSecret::from_bytes(&bytes[0])?;
                return Ok(ControlFlow::Break(Derived::RedirectSecrets(Box::new(RedirectSecrets::of(&bytes)))));
            }
            Self::ProvePassword(mut proof) => {
                // It is not needed any more when the slices begin.
                let password = core::mem::take(&mut proof.password);
                let (slices, u) =
                    proof.ephemeral.begin_challenge(&proof.identity(), &password, &proof.salt_hex, &proof.srp_b_hex)?;
                (slices, End::Claim { proof, u })
            }
            Self::MakeDevice { group_key, key } => {
                let mut bytes = zeroize::Zeroizing::new([0; DEVICE_PASSWORD_BYTES + DEVICE_SALT_BYTES]);
                fill_random(&mut bytes[..]);
                let (password, salt) = bytes.split_at(DEVICE_PASSWORD_BYTES);
                if password.iter().all(|byte| *byte == 0) {
                    return Err(SrpError::EphemeralUnusable);
                }
                let password = Secret::from(Base64::encode_string(password));
                let slices = begin_device_verifier(group_key.expose(), key.expose(), &password, salt);
                (slices, End::Device { password, salt: salt.to_vec() })
            }
        };
        Ok(ControlFlow::Continue(Box::new(Running { slices, end })))
    }
}

impl Running {
    /// Computes one slice: some milliseconds of a slow telephone. How many there are depends on nothing secret.
    pub fn step(self: Box<Self>) -> Progress {
        let progress = self.advance();
        wipe_stack();
        progress
    }

    // Not inlined either.
    #[inline(never)]
    fn advance(mut self: Box<Self>) -> Progress {
        if !self.slices.step() {
            return ControlFlow::Continue(self);
        }
        let Self { slices, end } = *self;
        let derived = match end {
            End::PublicValue { secret } => ClientEphemeral::finish(secret, &slices).map(Box::new).map(Derived::PublicValue),
            End::Claim { proof, u } => {
                let key = ClientEphemeral::finish_challenge(&slices, &u);
                let claim = key.sign(&proof.identity(), &proof.secret_block_base64, &proof.timestamp);
                claim.map(|claim| Derived::PasswordClaim(claim.into()))
            }
            End::Device { password, salt } => Ok(Derived::Device { password, verifier: DeviceVerifier::finish(&salt, &slices) }),
        };
        ControlFlow::Break(derived.unwrap_or_else(Derived::Failed))
    }
}

/// Shows nothing: a device's keys may be among it.
impl fmt::Debug for PasswordProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordProof(..)")
    }
}

impl PasswordProof {
    fn identity(&self) -> Identity<'_> {
        Identity { pool_name: &self.pool_name, user_id_for_srp: &self.user_id_for_srp }
    }
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Running(..)")
    }
}
