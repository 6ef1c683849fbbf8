//! Passkeys of a pool, as an administrator would set them.

/// `WebAuthnConfiguration` of a pool. Passkeys are on where [`FirstFactor::WebAuthn`](super::FirstFactor::WebAuthn) is allowed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WebAuthnConfiguration {
    /// The host that passkeys are for, with the hosts below it. Without one nobody can register a passkey.
    pub relying_party_id: Option<String>,
    /// Whether an authenticator must verify its user.
    pub user_verification: UserVerification,
    /// Whether a passkey counts as both factors.
    pub factor_configuration: FactorConfiguration,
}

impl WebAuthnConfiguration {
    /// Whether a registration or a sign-in fails where the authenticator did not verify its user.
    #[must_use]
    pub fn needs_user_verification(&self) -> bool {
        match (self.user_verification, self.factor_configuration) {
            (UserVerification::Required, _) | (_, FactorConfiguration::MultiFactorWithUserVerification) => true,
            (UserVerification::Preferred, FactorConfiguration::SingleFactor) => false,
        }
    }
}

/// `UserVerification` of a pool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UserVerification {
    /// Asked for, and not insisted on.
    #[default]
    Preferred,
    /// Without it a passkey is refused.
    Required,
}

impl UserVerification {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Preferred, Self::Required];

    /// The name in the API reference.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Preferred => "preferred",
            Self::Required => "required",
        }
    }
}

/// `FactorConfiguration` of a pool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FactorConfiguration {
    /// A passkey is a first factor, and none where a second one is a must.
    #[default]
    SingleFactor,
    /// A passkey is both factors, and its authenticator must verify its user.
    MultiFactorWithUserVerification,
}

impl FactorConfiguration {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::SingleFactor, Self::MultiFactorWithUserVerification];

    /// The name in the API reference.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SingleFactor => "SINGLE_FACTOR",
            Self::MultiFactorWithUserVerification => "MULTI_FACTOR_WITH_USER_VERIFICATION",
        }
    }
}
