//! Attributes that a code can verify.

/// An attribute that a code can verify.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerifiedAttribute {
    /// `email`
    Email,
    /// `phone_number`
    PhoneNumber,
}

impl VerifiedAttribute {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Email, Self::PhoneNumber];

    /// The name of the attribute.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::PhoneNumber => "phone_number",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|attribute| attribute.name() == name)
    }
}
