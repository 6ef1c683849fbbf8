//! Users, and those whom the pool pretends to have.

use std::{cell::OnceCell, collections::BTreeMap};

use aws_lc_rs::hmac;
use cognito_protocol::Secret;
use srp_reference::{Identity, Verifier};

use super::{Confirmation, Passkey, PasskeyRegistration, Verification};
use crate::{
    config::{SecondFactor, SignInNames, UsernameKind, VerifiedAttribute},
    error::ApiError,
    random,
    seed::SeededUser,
};

/// A user pool and a real username in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct UserId {
    pub user_pool_id: String,
    /// A UUID, the same as `sub`; in pools where people choose their usernames, what they chose.
    pub username: String,
}

impl UserId {
    /// What SRP hashes.
    pub fn identity(&self) -> Identity<'_> {
        let pool_name = self.user_pool_id.split_once('_').map_or("", |(_, name)| name);
        Identity { pool_name, user_id_for_srp: &self.username }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UserStatus {
    Unconfirmed,
    Confirmed,
    /// The password is an administrator's.
    ForceChangePassword,
    /// An administrator wants the password to be reset.
    ResetRequired,
    /// Signs in with another provider, and has no password here.
    ExternalProvider,
}

impl UserStatus {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unconfirmed => "UNCONFIRMED",
            Self::Confirmed => "CONFIRMED",
            Self::ForceChangePassword => "FORCE_CHANGE_PASSWORD",
            Self::ResetRequired => "RESET_REQUIRED",
            Self::ExternalProvider => "EXTERNAL_PROVIDER",
        }
    }
}

/// What a user wants of a second factor.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Preference {
    /// Whether it is asked for.
    pub enabled: bool,
    /// Whether it is asked for first; one factor at most is.
    pub preferred: bool,
}

/// A verified authenticator app.
#[derive(Clone)]
pub(crate) struct Totp {
    pub secret: Secret,
    /// Comes back as `FRIENDLY_DEVICE_NAME`.
    pub friendly_device_name: Option<String>,
    /// The step of the last accepted code: neither it nor an earlier one is accepted again.
    pub last_step: i64,
    pub preference: Preference,
}

pub(crate) struct User {
    pub id: UserId,
    /// The same for life, and never another's.
    pub sub: String,
    /// What people of the pool sign in with.
    pub names: SignInNames,
    /// Attributes but for `sub`.
    pub attributes: BTreeMap<String, String>,
    pub status: UserStatus,
    pub enabled: bool,
    /// Kept for `USER_PASSWORD_AUTH` and `/local/users`; the service keeps the verifier alone.
    pub password: Secret,
    pub(super) salt: [u8; 16],
    pub(super) verifier: OnceCell<Verifier>,
    pub totp: Option<Totp>,
    /// Handed out by `AssociateSoftwareToken` and not verified yet.
    pub pending_totp: Option<Secret>,
    /// Counts only with a verified phone number.
    pub sms_mfa: Preference,
    /// Counts only with a verified address.
    pub email_otp: Preference,
    /// In the order in which they were registered.
    pub passkeys: Vec<Passkey>,
    /// The one that was begun last.
    pub passkey_registration: Option<PasskeyRegistration>,
    /// Whether a passkey is to count as both factors; it counts only where the pool allows it.
    pub passkey_mfa: bool,
    /// The code of the sign-up, and what it verifies.
    pub confirmation: Option<Confirmation>,
    /// By attribute.
    pub verifications: BTreeMap<&'static str, Verification>,
}

impl User {
    /// Username and salt of a seeded user are the same in every run, and not those of a stranger of that name: the name may change.
    pub fn seeded_id(seed: &SeededUser, names: &SignInNames) -> UserId {
        let username = match names.kind {
            UsernameKind::Attributes(_) => derived("seeded", &seed.user_pool_id, seed.sign_in_name()).0,
            UsernameKind::Chosen(_) => seed.sign_in_name().to_owned(),
        };
        UserId { user_pool_id: seed.user_pool_id.clone(), username }
    }

    pub fn seeded(seed: &SeededUser, names: &SignInNames) -> Self {
        let (sub, salt) = derived("seeded", &seed.user_pool_id, seed.sign_in_name());
        let mut user = Self::new(Self::seeded_id(seed, names), sub, names.clone(), salt);
        if !seed.email.is_empty() {
            user.write("email", &seed.email);
        }
        user.password = seed.password.clone();
        user.enabled = seed.enabled;
        if seed.confirmed {
            user.confirm();
        }
        if seed.has_temporary_password {
            user.status = UserStatus::ForceChangePassword;
        }
        if seed.must_reset_password {
            user.status = UserStatus::ResetRequired;
        }
        if !seed.email_verified && !seed.email.is_empty() {
            user.set_verified("email", false);
        }
        for (name, value) in seed.all_attributes() {
            user.attributes.insert(name.to_owned(), value.to_owned());
        }
        if let Some(phone_number) = &seed.phone_number {
            user.attributes.insert("phone_number".to_owned(), phone_number.clone());
            user.set_verified("phone_number", true);
        }
        let preference =
            |factor: SecondFactor| Preference { enabled: seed.has_on(factor), preferred: seed.preferred() == Some(factor) };
        user.totp = seed.totp_secret.clone().map(|secret| Totp {
            secret,
            friendly_device_name: Some("Seeded authenticator app".to_owned()),
            last_step: i64::MIN,
            preference: preference(SecondFactor::SoftwareToken),
        });
        user.sms_mfa = preference(SecondFactor::Sms);
        user.email_otp = preference(SecondFactor::Email);
        user
    }

    /// Someone who has just signed up, without attributes.
    pub fn signed_up(user_pool_id: &str, names: &SignInNames, username: &str, password: Secret) -> Result<Self, ApiError> {
        let sub = random::uuid()?;
        let username = match names.kind {
            UsernameKind::Attributes(_) => sub.clone(),
            UsernameKind::Chosen(_) => username.to_owned(),
        };
        let id = UserId { user_pool_id: user_pool_id.to_owned(), username };
        let mut user = Self::new(id, sub, names.clone(), random::bytes()?);
        user.password = password;
        Ok(user)
    }

    /// Somebody of another provider, without attributes. The password is nobody's.
    pub fn federated(id: &UserId, names: &SignInNames) -> Result<Self, ApiError> {
        let mut user = Self::new(id.clone(), random::uuid()?, names.clone(), random::bytes()?);
        user.password = random::opaque()?.into();
        user.status = UserStatus::ExternalProvider;
        Ok(user)
    }

    fn new(id: UserId, sub: String, names: SignInNames, salt: [u8; 16]) -> Self {
        Self {
            id,
            sub,
            names,
            attributes: BTreeMap::new(),
            status: UserStatus::Unconfirmed,
            enabled: true,
            password: Secret::default(),
            salt,
            verifier: OnceCell::new(),
            totp: None,
            pending_totp: None,
            sms_mfa: Preference::default(),
            email_otp: Preference::default(),
            passkeys: Vec::new(),
            passkey_registration: None,
            passkey_mfa: false,
            confirmation: None,
            verifications: BTreeMap::new(),
        }
    }

    /// Where the code went is verified from now on.
    pub fn confirm(&mut self) {
        self.status = UserStatus::Confirmed;
        let verified = self.confirmation.take().map_or(VerifiedAttribute::Email, |confirmation| confirmation.attribute);
        if self.attribute(verified.name()).is_some() {
            self.set_verified(verified.name(), true);
        }
    }

    /// Says whether an address or a number is the person's own.
    pub fn set_verified(&mut self, name: &str, is_verified: bool) {
        self.attributes.insert(format!("{name}_verified"), is_verified.to_string());
    }

    fn is_verified(&self, name: &str) -> bool {
        self.attributes.get(&format!("{name}_verified")).is_some_and(|value| value == "true")
    }

    /// A new salt goes with it.
    pub fn set_password(&mut self, password: Secret) -> Result<(), ApiError> {
        self.salt = random::bytes()?;
        self.password = password;
        self.verifier = OnceCell::new();
        Ok(())
    }

    /// Writes an attribute. An address or a number that is new is not verified.
    pub fn write(&mut self, name: &str, value: &str) {
        if self.attribute(name) == Some(value) {
            return;
        }
        self.attributes.insert(name.to_owned(), value.to_owned());
        if let "email" | "phone_number" = name {
            self.set_verified(name, false);
        }
    }

    /// Removes an attribute, with what is known of it.
    pub fn remove(&mut self, name: &str) {
        self.attributes.remove(name);
        self.attributes.remove(&format!("{name}_verified"));
        self.verifications.remove(name);
    }

    /// Takes an address or a number as the person's own.
    pub fn write_verified(&mut self, name: &str, value: &str) {
        self.write(name, value);
        self.set_verified(name, true);
    }

    /// Where text messages go.
    pub fn verified_phone_number(&self) -> Option<&str> {
        self.attribute("phone_number").filter(|_| self.is_verified("phone_number"))
    }

    /// Where mails go.
    pub fn verified_email(&self) -> Option<&str> {
        self.attribute("email").filter(|_| self.is_verified("email"))
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// What the user is called, for people.
    pub fn sign_in_name(&self) -> &str {
        match &self.names.kind {
            UsernameKind::Attributes(attributes) => {
                attributes.iter().find_map(|attribute| self.attribute(attribute.name())).unwrap_or(&self.id.username)
            }
            UsernameKind::Chosen(_) => &self.id.username,
        }
    }

    /// Whether a sign-in name or a real username means this user.
    pub fn answers_to(&self, name: &str) -> bool {
        // An address that another provider tells signs nobody in here, and is nobody's alone.
        let has_names = self.status != UserStatus::ExternalProvider;
        let is_value =
            |attribute: &str| has_names && self.attribute(attribute).is_some_and(|value| self.names.is_same(value, name));
        self.names.is_same(&self.id.username, name)
            || match &self.names.kind {
                UsernameKind::Attributes(attributes) => attributes.iter().any(|attribute| is_value(attribute.name())),
                UsernameKind::Chosen(aliases) => aliases
                    .iter()
                    .any(|alias| is_value(alias.name()) && (self.is_verified(alias.name()) || !alias.must_be_verified())),
            }
    }

    /// Computed when it is first needed, which keeps the start of a pool quick.
    pub fn verifier(&self) -> &Verifier {
        self.verifier.get_or_init(|| Verifier::derive(&self.id.identity(), self.password.expose(), &self.salt))
    }
}

/// UUID and salt of a user who does not exist: always the same for a pool and a name, so that asking twice tells nothing.
///
/// The key is no secret, since this pool's only enemy is a developer in a hurry.
pub(crate) fn simulated(user_pool_id: &str, name: &str) -> (String, [u8; 16]) {
    derived("simulated", user_pool_id, name)
}

fn derived(who: &str, user_pool_id: &str, name: &str) -> (String, [u8; 16]) {
    let key = hmac::Key::new(hmac::HMAC_SHA256, b"local pool: users that are not random");
    let half = |what: &str| {
        let mut context = hmac::Context::with_key(&key);
        for part in [who, what, user_pool_id, name] {
            context.update(part.as_bytes());
            context.update(&[0]);
        }
        let mut half = [0; 16];
        half.iter_mut().zip(context.sign().as_ref()).for_each(|(to, from)| *to = *from);
        half
    };
    (random::uuid_of(half("username")), half("salt"))
}
