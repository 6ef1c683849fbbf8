//! Whether a pool tracks devices.

/// `DeviceConfiguration` of a pool: that there is one turns tracking on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeviceConfiguration {
    /// `ChallengeRequiredOnNewDevice`: a remembered device takes the place of the second factor, which new ones are asked for.
    pub challenge_required_on_new_device: bool,
    /// `DeviceOnlyRememberedOnUserPrompt`: a confirmed device is remembered once `UpdateDeviceStatus` says so. Otherwise at once.
    pub device_only_remembered_on_user_prompt: bool,
}

impl DeviceConfiguration {
    /// "User opt-in" of the console: the person is asked.
    pub const USER_OPT_IN: Self = Self { challenge_required_on_new_device: true, device_only_remembered_on_user_prompt: true };
    /// "Always remember" of the console.
    pub const ALWAYS: Self = Self { challenge_required_on_new_device: true, device_only_remembered_on_user_prompt: false };
}
