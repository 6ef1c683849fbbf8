//! How long the codes of a sign-in are.

/// How many digits the codes of a sign-in have, by challenge. The service offers no choice; these are what it sends by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeDigits {
    /// A second factor by text message.
    pub sms_mfa: u8,
    /// A first factor by text message.
    pub sms_otp: u8,
    /// A code by e-mail.
    pub email_otp: u8,
}

impl Default for CodeDigits {
    fn default() -> Self {
        Self { sms_mfa: 6, sms_otp: 8, email_otp: 8 }
    }
}
