//! Users.

use std::{cell::OnceCell, collections::BTreeMap};

use base64ct::{Base64, Encoding};
use serde::{Deserialize, Serialize};

use super::secret::KeptSecret;
use crate::{
    config::{SignInNames, VerifiedAttribute},
    state::{Confirmation, Passkey, Preference, SentCode, Totp, User, UserId, UserStatus, Verification},
};

/// A user. The verifier is not here: the password and the salt make it again.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct KeptUser {
    username: String,
    sub: String,
    attributes: BTreeMap<String, String>,
    status: KeptStatus,
    enabled: bool,
    password: KeptSecret,
    /// In base64.
    salt: String,
    totp: Option<KeptTotp>,
    pending_totp: Option<KeptSecret>,
    sms_mfa: KeptPreference,
    email_otp: KeptPreference,
    passkeys: Vec<Passkey>,
    passkey_mfa: bool,
    confirmation: Option<KeptConfirmation>,
    verifications: BTreeMap<String, KeptVerification>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum KeptStatus {
    Unconfirmed,
    Confirmed,
    ForceChangePassword,
    ResetRequired,
    ExternalProvider,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct KeptPreference {
    enabled: bool,
    preferred: bool,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct KeptTotp {
    secret: KeptSecret,
    friendly_device_name: Option<String>,
    last_step: i64,
    preference: KeptPreference,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct KeptCode {
    code: Option<KeptSecret>,
    expires_millis: i64,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct KeptConfirmation {
    sent: KeptCode,
    attribute: String,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct KeptVerification {
    sent: KeptCode,
    new_value: Option<String>,
}

impl KeptUser {
    pub fn of(user: &User) -> Self {
        let User {
            id: UserId { user_pool_id: _, username },
            sub,
            // The settings have them.
            names: _,
            attributes,
            status,
            enabled,
            password,
            salt,
            verifier: _,
            totp,
            pending_totp,
            sms_mfa,
            email_otp,
            passkeys,
            // Begun and not completed: a restart ends it, as it ends a challenge.
            passkey_registration: _,
            passkey_mfa,
            confirmation,
            verifications,
        } = user;
        Self {
            username: username.clone(),
            sub: sub.clone(),
            attributes: attributes.clone(),
            status: KeptStatus::of(*status),
            enabled: *enabled,
            password: KeptSecret::of(password),
            salt: Base64::encode_string(salt),
            totp: totp.as_ref().map(KeptTotp::of),
            pending_totp: pending_totp.as_ref().map(KeptSecret::of),
            sms_mfa: KeptPreference::of(*sms_mfa),
            email_otp: KeptPreference::of(*email_otp),
            passkeys: passkeys.clone(),
            passkey_mfa: *passkey_mfa,
            confirmation: confirmation.as_ref().map(KeptConfirmation::of),
            verifications: verifications
                .iter()
                .map(|(name, verification)| ((*name).to_owned(), KeptVerification::of(verification)))
                .collect(),
        }
    }

    pub fn restored(&self, user_pool_id: &str, names: &SignInNames) -> Result<User, &'static str> {
        let Self {
            username,
            sub,
            attributes,
            status,
            enabled,
            password: KeptSecret(password),
            salt,
            totp,
            pending_totp,
            sms_mfa,
            email_otp,
            passkeys,
            passkey_mfa,
            confirmation,
            verifications,
        } = self.clone();
        let salt = Base64::decode_vec(&salt).ok().and_then(|salt| salt.try_into().ok()).ok_or("a salt is not 16 bytes")?;
        let attribute = |name: &str| VerifiedAttribute::of(name).ok_or("a code is for an attribute that no code verifies");
        let confirmation = confirmation.map(|KeptConfirmation { sent, attribute: name }| {
            attribute(&name).map(|attribute| Confirmation { sent: sent.restored(), attribute })
        });
        let verifications = verifications.into_iter().map(|(name, KeptVerification { sent, new_value })| {
            attribute(&name).map(|attribute| (attribute.name(), Verification { sent: sent.restored(), new_value }))
        });
        Ok(User {
            id: UserId { user_pool_id: user_pool_id.to_owned(), username },
            sub,
            names: names.clone(),
            attributes,
            status: status.restored(),
            enabled,
            password,
            salt,
            verifier: OnceCell::new(),
            totp: totp.map(KeptTotp::restored),
            pending_totp: pending_totp.map(|KeptSecret(secret)| secret),
            sms_mfa: sms_mfa.restored(),
            email_otp: email_otp.restored(),
            passkeys,
            passkey_registration: None,
            passkey_mfa,
            confirmation: confirmation.transpose()?,
            verifications: verifications.collect::<Result<_, _>>()?,
        })
    }
}

impl KeptStatus {
    fn of(status: UserStatus) -> Self {
        match status {
            UserStatus::Unconfirmed => Self::Unconfirmed,
            UserStatus::Confirmed => Self::Confirmed,
            UserStatus::ForceChangePassword => Self::ForceChangePassword,
            UserStatus::ResetRequired => Self::ResetRequired,
            UserStatus::ExternalProvider => Self::ExternalProvider,
        }
    }

    fn restored(self) -> UserStatus {
        match self {
            Self::Unconfirmed => UserStatus::Unconfirmed,
            Self::Confirmed => UserStatus::Confirmed,
            Self::ForceChangePassword => UserStatus::ForceChangePassword,
            Self::ResetRequired => UserStatus::ResetRequired,
            Self::ExternalProvider => UserStatus::ExternalProvider,
        }
    }
}

impl KeptPreference {
    fn of(Preference { enabled, preferred }: Preference) -> Self {
        Self { enabled, preferred }
    }

    fn restored(self) -> Preference {
        let Self { enabled, preferred } = self;
        Preference { enabled, preferred }
    }
}

impl KeptTotp {
    fn of(totp: &Totp) -> Self {
        let Totp { secret, friendly_device_name, last_step, preference } = totp;
        Self {
            secret: KeptSecret::of(secret),
            friendly_device_name: friendly_device_name.clone(),
            last_step: *last_step,
            preference: KeptPreference::of(*preference),
        }
    }

    fn restored(self) -> Totp {
        let Self { secret: KeptSecret(secret), friendly_device_name, last_step, preference } = self;
        Totp { secret, friendly_device_name, last_step, preference: preference.restored() }
    }
}

impl KeptCode {
    fn of(sent: &SentCode) -> Self {
        let SentCode { code, expires_millis } = sent;
        Self { code: code.as_ref().map(KeptSecret::of), expires_millis: *expires_millis }
    }

    fn restored(self) -> SentCode {
        let Self { code, expires_millis } = self;
        SentCode { code: code.map(|KeptSecret(code)| code), expires_millis }
    }
}

impl KeptConfirmation {
    fn of(confirmation: &Confirmation) -> Self {
        let Confirmation { sent, attribute } = confirmation;
        Self { sent: KeptCode::of(sent), attribute: attribute.name().to_owned() }
    }
}

impl KeptVerification {
    fn of(verification: &Verification) -> Self {
        let Verification { sent, new_value } = verification;
        Self { sent: KeptCode::of(sent), new_value: new_value.clone() }
    }
}
