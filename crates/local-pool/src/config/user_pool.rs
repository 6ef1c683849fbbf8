//! User pools, as an administrator would set them.

use super::{
    CodeDigits, DeviceConfiguration, FirstFactor, IdentityProvider, PasswordPolicy, SecondFactor, SignInNames, VerifiedAttribute,
    WebAuthnConfiguration,
};

/// A user pool.
#[derive(Clone, Debug)]
pub struct UserPool {
    /// Such as `us-east-1_LocalPool`.
    pub id: String,
    /// What people sign in with.
    pub sign_in_names: SignInNames,
    /// `AutoVerifiedAttributes`: where the code of a sign-up goes, to a number before an address.
    pub auto_verified: Vec<VerifiedAttribute>,
    /// Whether users have a second factor.
    pub mfa: MfaConfiguration,
    /// `SignInPolicy.AllowedFirstAuthFactors`: what a sign-in by `USER_AUTH` can begin with.
    pub first_factors: Vec<FirstFactor>,
    /// Which second factors there are, in the order in which they are offered.
    pub second_factors: Vec<SecondFactor>,
    /// `WebAuthnConfiguration`: what passkeys are for, and what they are worth.
    pub web_authn: WebAuthnConfiguration,
    /// How many digits the codes of a sign-in have.
    pub code_digits: CodeDigits,
    /// What passwords must have.
    pub password_policy: PasswordPolicy,
    /// Attributes that everybody must have beside the sign-in name.
    pub required_attributes: Vec<String>,
    /// `AttributesRequireVerificationBeforeUpdate`: a new value of these takes the place of the present one with its code only.
    pub verifies_before_update: Vec<VerifiedAttribute>,
    /// `UserSessionTracking`: whether people can list their sessions, and end them one by one.
    pub tracks_sessions: bool,
    /// Whether devices are tracked, and how.
    pub device_configuration: Option<DeviceConfiguration>,
    /// Who else signs people in.
    pub identity_providers: Vec<IdentityProvider>,
}

impl UserPool {
    /// A pool whose sign-in names are addresses, with all second factors, and the password as the one first factor.
    #[must_use]
    pub fn new(id: &str, mfa: MfaConfiguration) -> Self {
        Self {
            id: id.to_owned(),
            sign_in_names: SignInNames::default(),
            auto_verified: vec![VerifiedAttribute::Email],
            mfa,
            first_factors: vec![FirstFactor::Password],
            second_factors: SecondFactor::ALL.to_vec(),
            web_authn: WebAuthnConfiguration::default(),
            code_digits: CodeDigits::default(),
            password_policy: PasswordPolicy::default(),
            required_attributes: Vec::new(),
            verifies_before_update: Vec::new(),
            tracks_sessions: false,
            device_configuration: None,
            identity_providers: Vec::new(),
        }
    }

    /// The part of the id after the first `_`: what SRP hashes.
    #[must_use]
    pub fn name(&self) -> &str {
        self.id.split_once('_').map_or("", |(_, name)| name)
    }

    /// The part of the id before the first `_`.
    #[must_use]
    pub fn region(&self) -> &str {
        self.id.split_once('_').map_or("", |(region, _)| region)
    }
}

/// `MfaConfiguration` of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MfaConfiguration {
    /// No second factors.
    Off,
    /// Who wants one sets one up.
    Optional,
    /// Who has none must set one up while signing in.
    On,
}

impl MfaConfiguration {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Off, Self::Optional, Self::On];

    /// The name in the API reference.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "OFF",
            Self::Optional => "OPTIONAL",
            Self::On => "ON",
        }
    }
}
