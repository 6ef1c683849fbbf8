//! What a browser registers to be remembered.

use core::fmt;

use base64ct::{Base64, Encoding};

use super::{
    Identity, Slices,
    encoding::pad_hex,
    formulas::{SecretNumber, begin_v, derive_x},
};
use crate::Secret;

/// `DeviceSecretVerifierConfig` of `ConfirmDevice`.
///
/// Both members are base64 of padHex forms: a zero byte stands in front where the top bit is set, because Cognito refuses numbers
/// that read as negative.
#[derive(Clone, PartialEq, Eq)]
pub struct DeviceVerifier {
    /// `Salt`.
    pub salt_base64: String,
    /// `PasswordVerifier`: `g^x mod N`, of 385 bytes at most.
    pub password_verifier_base64: String,
}

/// `v = g^x mod N` of a device, with `x = H(padHex(salt) ‖ H(utf8(DeviceGroupKey ‖ DeviceKey ‖ ":" ‖ devicePassword)))`.
///
/// `device_group_key` and `device_key` are those of `NewDeviceMetadata`; `device_password` is a text made for this device
/// (Amplify: base64 of 40 random bytes); `salt` is 16 random bytes. Later sign-ins prove the password with
/// `Identity { pool_name: device_group_key, user_id_for_srp: device_key }`. `ConfirmDevice` does not check the verifier: a wrong
/// one shows only at the next sign-in.
///
/// # Source
///
/// RFC 5054 section 2.4 with Cognito's hashing. Members `ConfirmDevice_*` of the device vectors.
#[must_use]
pub fn derive_device_verifier(device_group_key: &str, device_key: &str, device_password: &Secret, salt: &[u8]) -> DeviceVerifier {
    let slices = begin_device_verifier(device_group_key, device_key, device_password, salt).whole();
    DeviceVerifier::finish(salt, &slices)
}

/// The same in slices, of which [`DeviceVerifier::finish`] makes it.
pub(crate) fn begin_device_verifier(group_key: &str, key: &str, password: &Secret, salt: &[u8]) -> Slices {
    begin_v(&derive_x(salt, &Identity { pool_name: group_key, user_id_for_srp: key }, password))
}

impl DeviceVerifier {
    /// Of all slices of `v`.
    pub(crate) fn finish(salt: &[u8], slices: &Slices) -> Self {
        let v = SecretNumber::of(slices.result());
        Self {
            salt_base64: Base64::encode_string(&pad_hex(salt)),
            password_verifier_base64: Base64::encode_string(&pad_hex(v.expose())),
        }
    }
}

impl fmt::Debug for DeviceVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceVerifier(..)")
    }
}
