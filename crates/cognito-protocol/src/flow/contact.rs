//! Where codes can reach a person.

/// An address or number of a user that can be verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contact {
    /// The e-mail address.
    Email,
    /// The phone number.
    PhoneNumber,
}

impl Contact {
    /// Both, in the order in which they are shown.
    pub const ALL: &[Self] = &[Self::Email, Self::PhoneNumber];

    /// The attribute's name in the pool, which is the name of its field too.
    #[must_use]
    pub const fn attribute(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::PhoneNumber => "phone_number",
        }
    }
}
