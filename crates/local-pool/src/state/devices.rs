//! Devices that are tracked.

use srp_reference::Verifier;

use super::UserId;

/// A device whose key was handed out with tokens.
#[derive(Clone)]
pub(crate) struct Device {
    pub user: UserId,
    /// Such as `us-east-1_fec070d2-fa88-424a-8ec8-b26d7198eb23`.
    pub key: String,
    /// Takes the pool's name in SRP; begins with `-`.
    pub group_key: String,
    /// Until `ConfirmDevice` the key is good for nothing else.
    pub confirmed: Option<Confirmed>,
    pub created_millis: i64,
    pub modified_millis: i64,
    pub authenticated_millis: i64,
}

/// What `ConfirmDevice` said.
#[derive(Clone)]
pub(crate) struct Confirmed {
    pub verifier: Verifier,
    pub name: Option<String>,
    pub is_remembered: bool,
}

/// The devices of all users, in the order in which their keys were handed out.
#[derive(Default)]
pub(crate) struct Devices(Vec<Device>);

impl Devices {
    pub fn add(&mut self, device: Device) {
        self.0.push(device);
    }

    /// A user's device, confirmed or not.
    pub fn get_mut(&mut self, user: &UserId, key: &str) -> Option<&mut Device> {
        self.0.iter_mut().find(|device| device.user == *user && device.key == key)
    }

    /// Those of a user pool.
    pub fn of_pool(&self, user_pool_id: &str) -> impl Iterator<Item = &Device> {
        self.0.iter().filter(move |device| device.user.user_pool_id == user_pool_id)
    }

    /// The confirmed ones of a user.
    pub fn confirmed(&self, user: &UserId) -> impl Iterator<Item = (&Device, &Confirmed)> {
        let of_user = self.0.iter().filter(move |device| device.user == *user);
        of_user.filter_map(|device| device.confirmed.as_ref().map(|confirmed| (device, confirmed)))
    }

    /// One of those.
    pub fn get_confirmed(&self, user: &UserId, key: &str) -> Option<(&Device, &Confirmed)> {
        self.confirmed(user).find(|(device, _)| device.key == key)
    }

    pub fn forget(&mut self, user: &UserId, key: &str) {
        self.0.retain(|device| device.user != *user || device.key != key);
    }

    pub fn forget_all_of(&mut self, user: &UserId) {
        self.0.retain(|device| device.user != *user);
    }
}
