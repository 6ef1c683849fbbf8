//! The phases, one file each. None names another: the route does.

pub(super) mod asking;
pub(super) mod choosing_factor;
pub(super) mod choosing_setup;
pub(super) mod confirming_sign_up;
pub(super) mod credentials;
pub(super) mod leaving;
pub(super) mod new_password;
pub(super) mod not_signed_in;
pub(super) mod passkey;
pub(super) mod proving;
pub(super) mod proving_device;
pub(super) mod requesting_reset;
pub(super) mod resetting_password;
pub(super) mod returning;
pub(super) mod signed_in;
pub(super) mod signing_up;
pub(super) mod starting;
pub(super) mod totp_setup;
