//! The devices of the signed-in user, where the pool tracks them.

use crate::Secret;
use crate::idp::operations::user::Attribute;
use crate::idp::wire::{EmptyReply, names, operations, wire};

operations! {
    /// Registers a device whose key came with the tokens.
    "ConfirmDevice": pub struct ConfirmDeviceRequest -> ConfirmDeviceReply {
        /// The access token.
        access_token: Secret => "AccessToken",
        /// Of `NewDeviceMetadata`.
        device_key: String => "DeviceKey",
        /// What takes the place of the device's password.
        device_secret_verifier_config: Option<DeviceSecretVerifierConfig> => "DeviceSecretVerifierConfig",
        /// What people know it by, such as the browser's user agent.
        device_name: Option<String> => "DeviceName",
    }

    /// Reads a device.
    "GetDevice": pub struct GetDeviceRequest -> GetDeviceReply {
        /// The access token.
        access_token: Option<Secret> => "AccessToken",
        /// Which one.
        device_key: String => "DeviceKey",
    }

    /// Lists the devices, a page at a time.
    "ListDevices": pub struct ListDevicesRequest -> ListDevicesReply {
        /// The access token.
        access_token: Secret => "AccessToken",
        /// How many a page has at most, 60 at most.
        limit: Option<f64> => "Limit",
        /// Of the page before.
        pagination_token: Option<String> => "PaginationToken",
    }

    /// Says whether a device is remembered.
    "UpdateDeviceStatus": pub struct UpdateDeviceStatusRequest -> EmptyReply {
        /// The access token.
        access_token: Secret => "AccessToken",
        /// Which one.
        device_key: String => "DeviceKey",
        /// Whether it is.
        device_remembered_status: Option<DeviceRememberedStatus> => "DeviceRememberedStatus",
    }

    /// Removes a device. The reply has no body.
    "ForgetDevice": pub struct ForgetDeviceRequest -> EmptyReply {
        /// The access token.
        access_token: Option<Secret> => "AccessToken",
        /// Which one.
        device_key: String => "DeviceKey",
    }
}

wire! {
    /// What a device registers in place of its password: base64 of numbers that do not read as negative.
    pub struct DeviceSecretVerifierConfig {
        /// The verifier.
        password_verifier: Option<String> => "PasswordVerifier",
        /// Its salt.
        salt: Option<String> => "Salt",
    }

    /// What `ConfirmDevice` answers.
    pub struct ConfirmDeviceReply {
        /// Whether the person is to be asked, and `UpdateDeviceStatus` to say the answer.
        user_confirmation_necessary: Option<bool> => "UserConfirmationNecessary",
    }

    /// What `GetDevice` answers.
    pub struct GetDeviceReply {
        /// The device.
        device: Device => "Device",
    }

    /// What `ListDevices` answers.
    pub struct ListDevicesReply {
        /// This page.
        devices: Vec<Device> => "Devices",
        /// There is another page.
        pagination_token: Option<String> => "PaginationToken",
    }

    /// A device of a user. Times are seconds since 1970.
    pub struct Device {
        /// Its key.
        device_key: Option<String> => "DeviceKey",
        /// `device_name`, `last_ip_used`, …
        device_attributes: Vec<Attribute> => "DeviceAttributes",
        /// When its key was made.
        device_create_date: Option<f64> => "DeviceCreateDate",
        /// When it was changed.
        device_last_modified_date: Option<f64> => "DeviceLastModifiedDate",
        /// When somebody signed in with it.
        device_last_authenticated_date: Option<f64> => "DeviceLastAuthenticatedDate",
    }
}

names! {
    /// Whether a device is remembered.
    pub enum DeviceRememberedStatus {
        /// It counts in the place of a second factor, where the pool says so.
        Remembered => "remembered",
        /// It is tracked, and counts for nothing.
        NotRemembered => "not_remembered",
    }
}
