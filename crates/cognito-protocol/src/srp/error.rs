//! What can be wrong with the numbers of an SRP exchange.

use core::fmt;

/// Why an SRP exchange cannot go on.
///
/// No variant says that a password is wrong: the proof of a wrong password is well-formed, and only the pool can refuse it.
/// Nothing in here is secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SrpError {
    /// `a` is empty, all zeros or longer than 128 bytes; or, in theory only, `A mod N` came out as 0.
    EphemeralUnusable,
    /// `SALT` is empty or holds something other than hexadecimal digits.
    SaltNotHex,
    /// `SALT` is negative. Old pools sent that for users who do not exist, so no proof could succeed.
    SaltNegative,
    /// `SALT` is longer than 64 bytes.
    SaltTooLong,
    /// `SRP_B` is empty or holds something other than hexadecimal digits.
    ServerPublicNotHex,
    /// `SRP_B` is greater than `N`.
    ServerPublicTooLarge,
    /// `B mod N` is 0, with which any password would pass.
    ServerPublicZero,
    /// `u` is 0, with which the password would not count.
    ScramblerZero,
    /// `SECRET_BLOCK` is empty, is not base64, or is longer than any pool sends.
    SecretBlockInvalid,
}

/// Who has to change something for an [`SrpError`] to go away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// The program that uses this module: it passed something it made or kept itself.
    Caller,
    /// The pool, or whoever answers in its place.
    Server,
    /// Neither can help it; a new attempt with new ephemeral secrets will do.
    Chance,
}

impl SrpError {
    /// Who is to blame.
    #[must_use]
    pub fn party(self) -> Party {
        match self {
            Self::EphemeralUnusable => Party::Caller,
            Self::SaltNotHex
            | Self::SaltNegative
            | Self::SaltTooLong
            | Self::ServerPublicNotHex
            | Self::ServerPublicTooLarge
            | Self::ServerPublicZero
            | Self::SecretBlockInvalid => Party::Server,
            Self::ScramblerZero => Party::Chance,
        }
    }
}

impl fmt::Display for SrpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EphemeralUnusable => "the ephemeral secret is empty, zero or too long",
            Self::SaltNotHex => "SALT is not hexadecimal",
            Self::SaltNegative => "SALT is negative",
            Self::SaltTooLong => "SALT is too long",
            Self::ServerPublicNotHex => "SRP_B is not hexadecimal",
            Self::ServerPublicTooLarge => "SRP_B is greater than N",
            Self::ServerPublicZero => "SRP_B is 0 mod N",
            Self::ScramblerZero => "u is 0",
            Self::SecretBlockInvalid => "SECRET_BLOCK is not base64",
        })
    }
}

impl core::error::Error for SrpError {}
