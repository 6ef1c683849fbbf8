//! The device that somebody signs in on, as the pool knows it.

use crate::Secret;

/// What is kept of a device between sign-ins. With the user's password it is worth as much as a second factor.
#[derive(Clone, Debug)]
pub struct Device {
    /// Whose it is: the real username.
    pub username: String,
    /// `DeviceKey`
    pub key: Secret,
    /// `DeviceGroupKey`, which takes the pool's name in SRP.
    pub group_key: Secret,
    /// What the device proves.
    pub password: Secret,
}

/// Whether the device is remembered after a sign-in, where the pool tracks devices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RememberDevice {
    /// The person decides, where the pool leaves it to them.
    #[default]
    Ask,
    /// Without asking.
    Always,
    /// Not at all: the pool knows the device, as a refresh of the tokens takes, and it counts for nothing.
    Never,
}

impl RememberDevice {
    /// All of them.
    pub const ALL: &[Self] = &[Self::Ask, Self::Always, Self::Never];

    /// The word in the attribute.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Always => "always",
            Self::Never => "never",
        }
    }
}
