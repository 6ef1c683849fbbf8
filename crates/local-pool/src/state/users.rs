//! Users, and those whom the pool pretends to have.

use std::{cell::OnceCell, collections::BTreeMap};

use aws_lc_rs::hmac;
use cognito_protocol::Secret;
use srp_reference::{Identity, Verifier};

use super::{SentCode, Verification};
use crate::{config::SecondFactor, error::ApiError, random, seed::SeededUser};

/// A user pool and a real username in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct UserId {
    pub user_pool_id: String,
    /// A UUID, the same as `sub`.
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
}

impl UserStatus {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unconfirmed => "UNCONFIRMED",
            Self::Confirmed => "CONFIRMED",
            Self::ForceChangePassword => "FORCE_CHANGE_PASSWORD",
            Self::ResetRequired => "RESET_REQUIRED",
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
    /// The sign-in name; also an attribute.
    pub email: String,
    /// Attributes but for `sub`.
    pub attributes: BTreeMap<String, String>,
    pub status: UserStatus,
    pub enabled: bool,
    /// Kept for `USER_PASSWORD_AUTH` and `/local/users`; the service keeps the verifier alone.
    pub password: Secret,
    salt: [u8; 16],
    verifier: OnceCell<Verifier>,
    pub totp: Option<Totp>,
    /// Handed out by `AssociateSoftwareToken` and not verified yet.
    pub pending_totp: Option<Secret>,
    /// Counts only with a verified phone number.
    pub sms_mfa: Preference,
    /// Counts only with a verified address.
    pub email_otp: Preference,
    /// The code of the sign-up.
    pub confirmation: Option<SentCode>,
    /// By attribute.
    pub verifications: BTreeMap<&'static str, Verification>,
}

impl User {
    /// Username and salt of a seeded user are the same in every run, and not those of a stranger of that name: the name may change.
    pub fn seeded_id(seed: &SeededUser) -> UserId {
        UserId { user_pool_id: seed.user_pool_id.clone(), username: derived("seeded", &seed.user_pool_id, &seed.email).0 }
    }

    pub fn seeded(seed: &SeededUser) -> Self {
        let (_, salt) = derived("seeded", &seed.user_pool_id, &seed.email);
        let mut user = Self::new(Self::seeded_id(seed), &seed.email, salt);
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
        if !seed.email_verified {
            user.attributes.insert("email_verified".to_owned(), "false".to_owned());
        }
        for (name, value) in seed.all_attributes() {
            user.attributes.insert(name.to_owned(), value.to_owned());
        }
        if let Some(phone_number) = &seed.phone_number {
            user.attributes.insert("phone_number".to_owned(), phone_number.clone());
            user.attributes.insert("phone_number_verified".to_owned(), "true".to_owned());
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

    /// Someone who has just signed up.
    pub fn signed_up(user_pool_id: &str, email: &str, password: Secret) -> Result<Self, ApiError> {
        let id = UserId { user_pool_id: user_pool_id.to_owned(), username: random::uuid()? };
        let mut user = Self::new(id, email, random::bytes()?);
        user.password = password;
        Ok(user)
    }

    fn new(id: UserId, email: &str, salt: [u8; 16]) -> Self {
        let attributes = [("email", email), ("email_verified", "false")];
        Self {
            id,
            email: email.to_owned(),
            attributes: attributes.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
            status: UserStatus::Unconfirmed,
            enabled: true,
            password: Secret::default(),
            salt,
            verifier: OnceCell::new(),
            totp: None,
            pending_totp: None,
            sms_mfa: Preference::default(),
            email_otp: Preference::default(),
            confirmation: None,
            verifications: BTreeMap::new(),
        }
    }

    pub fn confirm(&mut self) {
        self.status = UserStatus::Confirmed;
        self.confirmation = None;
        // The code went to this address.
        self.attributes.insert("email_verified".to_owned(), "true".to_owned());
    }

    /// A new salt goes with it.
    pub fn set_password(&mut self, password: Secret) -> Result<(), ApiError> {
        self.salt = random::bytes()?;
        self.password = password;
        self.verifier = OnceCell::new();
        Ok(())
    }

    /// Writes an attribute. An address or a number that is new is not verified; an address is the sign-in name besides.
    pub fn write(&mut self, name: &str, value: &str) {
        if self.attribute(name) == Some(value) {
            return;
        }
        self.attributes.insert(name.to_owned(), value.to_owned());
        if name == "email" {
            self.email = value.to_owned();
        }
        if let "email" | "phone_number" = name {
            self.attributes.insert(format!("{name}_verified"), "false".to_owned());
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
        self.attributes.insert(format!("{name}_verified"), "true".to_owned());
    }

    /// Where text messages go.
    pub fn verified_phone_number(&self) -> Option<&str> {
        self.attribute("phone_number").filter(|_| self.attribute("phone_number_verified") == Some("true"))
    }

    /// Where mails go.
    pub fn verified_email(&self) -> Option<&str> {
        self.attribute("email").filter(|_| self.attribute("email_verified") == Some("true"))
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// Whether a sign-in name or a real username means this user. Case counts, as the API's default has it.
    pub fn answers_to(&self, name: &str) -> bool {
        self.email == name || self.id.username == name
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
