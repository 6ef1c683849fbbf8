//! Why a value of the other side is refused.

use std::{error, fmt};

/// A number that the other side sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// `SRP_A`.
    A,
    /// `SRP_B`.
    B,
    /// `SALT`.
    Salt,
}

/// Why an exchange cannot go on. A wrong password is none of these: only its signature is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Not hexadecimal, or negative.
    NotHex(Value),
    /// `N` or more where it should be less, or a salt of more than 64 bytes.
    TooLarge(Value),
    /// 0 mod `N`, with which any password would pass.
    Zero(Value),
    /// `u` is 0, with which the password would not count. Only chance brings that about.
    ScramblerZero,
    /// The key could not be derived; HKDF refuses lengths alone, and 16 bytes are none of these.
    NoKey,
    /// What a device registered as its verifier is no base64 of a positive number, or 0 mod `N`, or longer than `N`.
    DeviceVerifier,
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::A => "SRP_A",
            Self::B => "SRP_B",
            Self::Salt => "SALT",
        })
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotHex(value) => write!(f, "{value} is not hexadecimal"),
            Self::TooLarge(Value::Salt) => f.write_str("SALT is too long"),
            Self::TooLarge(value) => write!(f, "{value} is greater than N"),
            Self::Zero(value) => write!(f, "{value} is 0 mod N"),
            Self::ScramblerZero => f.write_str("u is 0"),
            Self::NoKey => f.write_str("no key could be derived"),
            Self::DeviceVerifier => f.write_str("the device's verifier or its salt is unusable"),
        }
    }
}

impl error::Error for Refused {}
