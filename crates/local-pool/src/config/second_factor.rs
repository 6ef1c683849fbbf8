//! Second factors that a pool can have.

/// A second factor that the service itself asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFactor {
    /// A code of the authenticator app.
    SoftwareToken,
    /// A code by text message.
    Sms,
    /// A code by e-mail.
    Email,
}

impl SecondFactor {
    /// All of them, in the order in which the pool names them.
    pub const ALL: [Self; 3] = [Self::SoftwareToken, Self::Sms, Self::Email];

    /// The name in the API reference.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SoftwareToken => "SOFTWARE_TOKEN_MFA",
            Self::Sms => "SMS_MFA",
            Self::Email => "EMAIL_OTP",
        }
    }

    /// Whether somebody who has none yet can set it up while signing in. A phone number must be there before.
    #[must_use]
    pub fn can_be_set_up_while_signing_in(self) -> bool {
        match self {
            Self::SoftwareToken | Self::Email => true,
            Self::Sms => false,
        }
    }
}
