//! What people sign in with.

use super::VerifiedAttribute;

/// What people sign in with. It is fixed when a pool is made, as on the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInNames {
    /// Which names they are.
    pub kind: UsernameKind,
    /// `UsernameConfiguration.CaseSensitive`
    pub case_sensitive: bool,
}

/// Which names people sign in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UsernameKind {
    /// `UsernameAttributes`: these attributes. The real username is a UUID, the same as `sub`.
    Attributes(Vec<VerifiedAttribute>),
    /// Usernames of one's own choice, and these attributes besides (`AliasAttributes`).
    Chosen(Vec<Alias>),
}

/// An attribute that signs in beside the username.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alias {
    /// `email`, once it is verified.
    Email,
    /// `phone_number`, once it is verified.
    PhoneNumber,
    /// `preferred_username`
    PreferredUsername,
}

impl Alias {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Email, Self::PhoneNumber, Self::PreferredUsername];

    /// The name of the attribute.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::PhoneNumber => "phone_number",
            Self::PreferredUsername => "preferred_username",
        }
    }

    pub(crate) fn must_be_verified(self) -> bool {
        match self {
            Self::Email | Self::PhoneNumber => true,
            Self::PreferredUsername => false,
        }
    }
}

impl Default for SignInNames {
    /// Addresses, whose case counts.
    fn default() -> Self {
        Self { kind: UsernameKind::Attributes(vec![VerifiedAttribute::Email]), case_sensitive: true }
    }
}

impl SignInNames {
    /// `UsernameAttributes`
    pub(crate) fn username_attributes(&self) -> Vec<&'static str> {
        match &self.kind {
            UsernameKind::Attributes(attributes) => attributes.iter().map(|attribute| attribute.name()).collect(),
            UsernameKind::Chosen(_) => Vec::new(),
        }
    }

    /// `AliasAttributes`
    pub(crate) fn alias_attributes(&self) -> Vec<&'static str> {
        match &self.kind {
            UsernameKind::Attributes(_) => Vec::new(),
            UsernameKind::Chosen(aliases) => aliases.iter().map(|alias| alias.name()).collect(),
        }
    }

    /// Whether two texts are one name.
    pub(crate) fn is_same(&self, one: &str, other: &str) -> bool {
        self.folded(one) == self.folded(other)
    }

    /// The same text for all spellings of a name.
    pub(crate) fn folded(&self, name: &str) -> String {
        if self.case_sensitive { name.to_owned() } else { name.to_lowercase() }
    }

    /// Whether the value of an attribute takes effect as a sign-in name at once, without being verified.
    pub(crate) fn is_name_at_once(&self, attribute: &str) -> bool {
        match &self.kind {
            UsernameKind::Attributes(attributes) => attributes.iter().any(|own| own.name() == attribute),
            UsernameKind::Chosen(aliases) => aliases.iter().any(|alias| alias.name() == attribute && !alias.must_be_verified()),
        }
    }

    /// Whether everybody has the attribute, since it is the sign-in name.
    pub(crate) fn is_everybodys(&self, attribute: &str) -> bool {
        match &self.kind {
            UsernameKind::Attributes(attributes) => attributes.iter().any(|own| own.name() == attribute),
            UsernameKind::Chosen(_) => false,
        }
    }
}
