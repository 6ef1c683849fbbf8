//! What a person can do on a screen: fill in its fields and press its buttons.

use super::{contact::Contact, factor::Factor, first_factor::FirstFactor};
use crate::Secret;

/// The names of fields, as the forms' inputs have them.
pub mod field {
    /// The sign-in name.
    pub const USERNAME: &str = "username";
    /// The password that is in force, or that a sign-up chooses.
    pub const PASSWORD: &str = "password";
    /// A password that is chosen in the place of another.
    pub const NEW_PASSWORD: &str = "new-password";
    /// A code that was sent, or that an app shows.
    pub const CODE: &str = "code";
    /// The answer to the pool's own question.
    pub const ANSWER: &str = "answer";
    /// What is chosen.
    pub const CHOICE: &str = "choice";
    /// An e-mail address.
    pub const EMAIL: &str = "email";
}

/// What was typed into the fields of a form, byte for byte. It is wiped when this is dropped.
#[derive(Debug, Default)]
pub struct Answers(Vec<(String, Secret)>);

impl Answers {
    /// The answers of some fields.
    pub fn of<Name: Into<String>>(fields: impl IntoIterator<Item = (Name, Secret)>) -> Self {
        Self(fields.into_iter().map(|(name, typed)| (name.into(), typed)).collect())
    }

    /// What was typed into a field, taken out; `None` where the form has no such field.
    pub fn take(&mut self, name: &str) -> Option<Secret> {
        let at = self.0.iter().position(|(field, _)| field == name)?;
        Some(self.0.swap_remove(at).1)
    }
}

/// What buttons are for, beside submitting a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Leave the present screen for the one before.
    Back,
    /// Send a new code.
    SendNewCode,
    /// Sign in, from the account element.
    SignIn,
    /// Create an account.
    SignUp,
    /// Sign in by this.
    SignInBy(FirstFactor),
    /// Sign in with another provider, by its place among [`Federation::providers`](super::Federation::providers).
    ContinueWith(u8),
    /// Choose what to sign in by.
    OtherWays,
    /// Ask for a new password in the place of one that is forgotten.
    ForgotPassword,
    /// Sign out on this device.
    SignOut,
    /// Set up, or replace, the authenticator app.
    SetUpAuthenticator,
    /// Sign out on all devices.
    SignOutEverywhere,
    /// Codes by text message or e-mail when signing in.
    TurnOn(Factor),
    /// No codes of this kind any more.
    TurnOff(Factor),
    /// Ask for this factor first.
    Prefer(Factor),
    /// Add a passkey.
    AddPasskey,
    /// Remove the passkey with this [`id`](super::PasskeyEntry::id).
    RemovePasskey(u32),
    /// Change the password.
    ChangePassword,
    /// Change this address or number, or add one.
    ChangeContact(Contact),
    /// Verify it by a code.
    VerifyContact(Contact),
    /// Delete the account.
    DeleteAccount,
    /// Remember this device.
    RememberDevice,
    /// Do not remember it.
    NotNow,
    /// Forget the device of this number.
    ForgetDevice(u32),
    /// Read the account's settings once more.
    TryAgain,
}

impl Action {
    /// All of them; those that name one of many are there once.
    pub const ALL: &[Self] = &[
        Self::Back,
        Self::SendNewCode,
        Self::SignIn,
        Self::SignUp,
        Self::SignInBy(FirstFactor::PasswordSrp),
        Self::SignInBy(FirstFactor::Password),
        Self::SignInBy(FirstFactor::EmailOtp),
        Self::SignInBy(FirstFactor::SmsOtp),
        Self::SignInBy(FirstFactor::WebAuthn),
        Self::ContinueWith(0),
        Self::ContinueWith(1),
        Self::OtherWays,
        Self::ForgotPassword,
        Self::SignOut,
        Self::SetUpAuthenticator,
        Self::SignOutEverywhere,
        Self::TurnOn(Factor::Sms),
        Self::TurnOn(Factor::Email),
        Self::TurnOff(Factor::App),
        Self::TurnOff(Factor::Sms),
        Self::TurnOff(Factor::Email),
        Self::Prefer(Factor::App),
        Self::Prefer(Factor::Sms),
        Self::Prefer(Factor::Email),
        Self::AddPasskey,
        Self::RemovePasskey(0),
        Self::ChangePassword,
        Self::ChangeContact(Contact::Email),
        Self::ChangeContact(Contact::PhoneNumber),
        Self::VerifyContact(Contact::Email),
        Self::VerifyContact(Contact::PhoneNumber),
        Self::DeleteAccount,
        Self::RememberDevice,
        Self::NotNow,
        Self::ForgetDevice(1),
        Self::TryAgain,
    ];
}
