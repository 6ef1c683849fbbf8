//! Everything that a fresh local pool holds: user pools, app clients and users, one user per way of signing in.
//!
//! None of this is secret. The same users come back with every start and every `POST /local/reset`.

use cognito_protocol::Secret;

use crate::config::{
    AppClient, DeviceConfiguration, FirstFactor, IdentityProvider, MfaConfiguration, OauthClient, SecondFactor, SignInNames,
    UserPool, VerifiedAttribute, WebAuthnConfiguration,
};

/// Second factors are optional here.
pub const LOCAL_POOL: &str = "us-east-1_LocalPool";
/// Everybody must have a second factor here.
pub const MFA_ON_POOL: &str = "us-east-1_LocalMfaOn";
/// Everybody must have a second factor here, and may choose between the authenticator app and codes by e-mail.
pub const MFA_PICK_POOL: &str = "us-east-1_LocalMfaPick";
/// Everybody must have a `name` here, and a new address or number counts with its code only.
pub const NAMED_POOL: &str = "us-east-1_LocalNamed";
/// A sign-in can begin with the password, with a code by e-mail or text message, or with a passkey here.
pub const CHOICE_POOL: &str = "us-east-1_LocalChoice";
/// Devices are tracked here, and remembered where the person wants it: then they take the place of the second factor.
pub const DEVICE_POOL: &str = "us-east-1_LocalDevice";
/// Devices are tracked here, and remembered without asking.
pub const DEVICE_ALWAYS_POOL: &str = "us-east-1_LocalDeviceAlways";

/// The browser client of [`LOCAL_POOL`].
pub const CLIENT: &str = "localclient000000000000000";
/// The browser client of [`MFA_ON_POOL`].
pub const MFA_ON_CLIENT: &str = "localclientmfaon0000000000";
/// The browser client of [`MFA_PICK_POOL`].
pub const MFA_PICK_CLIENT: &str = "localclientmfapick00000000";
/// The browser client of [`NAMED_POOL`].
pub const NAMED_CLIENT: &str = "localclientnamed0000000000";
/// The browser client of [`CHOICE_POOL`], which allows `USER_AUTH` besides.
pub const CHOICE_CLIENT: &str = "localclientchoice000000000";
/// The browser client of [`DEVICE_POOL`], which allows `USER_AUTH` and `USER_PASSWORD_AUTH` besides.
pub const DEVICE_CLIENT: &str = "localclientdevice000000000";
/// The browser client of [`DEVICE_ALWAYS_POOL`].
pub const DEVICE_ALWAYS_CLIENT: &str = "localclientdevicealways000";
/// A browser client of [`LOCAL_POOL`] that allows `CUSTOM_AUTH` alone, for the users of the e-mail code.
pub const EMAIL_CODE_CLIENT: &str = "localclientemailcode000000";
/// A client of [`LOCAL_POOL`] that must prove [`CLIENT_SECRET`] with `SECRET_HASH`.
pub const SECRET_CLIENT: &str = "localclientsecret000000000";
/// A client of [`LOCAL_POOL`] with `PreventUserExistenceErrors` = `LEGACY`.
pub const LEGACY_CLIENT: &str = "localclientlegacy000000000";
/// A browser client of [`LOCAL_POOL`] that lets people sign in with other [providers](IDENTITY_PROVIDERS) too, from the demo's page.
pub const FEDERATION_CLIENT: &str = "localclientfederation00000";
/// The secret of [`SECRET_CLIENT`].
pub const CLIENT_SECRET: &str = "localclientsecretlocalclientsecretlocalclientsecret";

/// Who signs people in to [`LOCAL_POOL`] beside it; a page plays them all.
pub const IDENTITY_PROVIDERS: [&str; 5] = ["Google", "Facebook", "SignInWithApple", "LoginWithAmazon", "MyCompany"];
/// Where the demo's page is, which is all that [`FEDERATION_CLIENT`] comes back to.
pub const CALLBACK_URLS: [&str; 2] = ["http://127.0.0.1:8080/", "http://localhost:8080/"];

/// The attribute of users for whom a password alone is not enough: they are refused by any client but in `CUSTOM_AUTH`, as a
/// `PreAuthentication` trigger would.
pub const EMAIL_CODE_ATTRIBUTE: &str = "custom:email_code";

/// The password of every seeded user.
pub const PASSWORD: &str = "Local-pool-1!";
/// The TOTP secret of `totp@example.com`: 32 bytes as base32, 52 characters, as the service makes them.
pub const TOTP_SECRET: &str = "JRXWGYLMKBXW63CUN52HAU3FMNZGK5CGN5ZEK6DBNVYGYZLTFYXA";

/// The phone number of `sms@example.com`; such numbers are nobody's.
pub const PHONE_NUMBER: &str = "+15550100123";

/// The phone number of `choose@example.com`.
pub const CHOOSE_PHONE_NUMBER: &str = "+15550100124";

/// What the passkeys of all seeded pools are for. Only [`CHOICE_POOL`] takes any.
pub const RELYING_PARTY_ID: &str = "localhost";

/// The phone number of `choose-factor@example.com`.
pub const CHOOSE_FACTOR_PHONE_NUMBER: &str = "+15550100125";

/// What a pool starts with.
#[derive(Clone, Debug)]
pub struct Seed {
    /// The user pools.
    pub user_pools: Vec<UserPool>,
    /// Their clients.
    pub clients: Vec<AppClient>,
    /// Their users.
    pub users: Vec<SeededUser>,
}

impl Seed {
    pub(crate) fn has_pool(&self, user_pool_id: &str) -> bool {
        self.user_pools.iter().any(|pool| pool.id == user_pool_id)
    }

    /// What people sign in with in a pool.
    pub(crate) fn sign_in_names(&self, user_pool_id: &str) -> SignInNames {
        let pool = self.user_pools.iter().find(|pool| pool.id == user_pool_id);
        pool.map(|pool| pool.sign_in_names.clone()).unwrap_or_default()
    }
}

/// A user that is there from the start.
#[derive(Clone, Debug)]
pub struct SeededUser {
    /// Whose user it is.
    pub user_pool_id: String,
    /// A client to try it with.
    pub client_id: String,
    /// The address; the sign-in name, where that is not another.
    pub email: String,
    /// The sign-in name, where it is not the address: a phone number, or a username of one's own choice.
    pub username: Option<String>,
    /// The password.
    pub password: Secret,
    /// The flow that this user is meant for; others work as well, unless the code by e-mail is a must.
    pub auth_flow: &'static str,
    /// How this user signs in, for people.
    pub description: String,
    /// Whether the sign-up was confirmed.
    pub confirmed: bool,
    /// Whether the password is an administrator's, to be replaced at the first sign-in (`FORCE_CHANGE_PASSWORD`).
    pub has_temporary_password: bool,
    /// Whether an administrator wants the password to be reset (`RESET_REQUIRED`).
    pub must_reset_password: bool,
    /// Whether the address of a confirmed user is verified; as the sign-up leaves it, unless somebody has changed it since.
    pub email_verified: bool,
    /// Whether an administrator left the user enabled.
    pub enabled: bool,
    /// An authenticator app that is set up.
    pub totp_secret: Option<Secret>,
    /// The attribute `phone_number`, verified.
    pub phone_number: Option<String>,
    /// Whether text messages are on as second factor, which takes a phone number.
    pub sms_mfa: bool,
    /// Whether codes by e-mail are on as second factor, which takes a verified address.
    pub email_otp: bool,
    /// Whether one of the second factors is preferred: the app, else text messages, else e-mail. With several and none preferred the
    /// sign-in asks which.
    pub prefers_a_factor: bool,
    /// Which one is preferred, where it is not the first of those.
    pub preferred_factor: Option<SecondFactor>,
    /// Whether the code by e-mail that the triggers send is a must: [`EMAIL_CODE_ATTRIBUTE`] says so.
    pub needs_email_code: bool,
    /// The attribute `locale`.
    pub locale: Option<&'static str>,
    /// Other attributes, by name.
    pub attributes: Vec<(String, String)>,
}

impl SeededUser {
    /// A confirmed user of [`LOCAL_POOL`] with the password [`PASSWORD`] and nothing else.
    #[must_use]
    pub fn new(email: &str, auth_flow: &'static str, description: &str) -> Self {
        Self {
            user_pool_id: LOCAL_POOL.to_owned(),
            client_id: CLIENT.to_owned(),
            email: email.to_owned(),
            username: None,
            password: PASSWORD.into(),
            auth_flow,
            description: description.to_owned(),
            confirmed: true,
            has_temporary_password: false,
            must_reset_password: false,
            email_verified: true,
            enabled: true,
            totp_secret: None,
            phone_number: None,
            sms_mfa: false,
            email_otp: false,
            prefers_a_factor: true,
            preferred_factor: None,
            needs_email_code: false,
            locale: None,
            attributes: Vec::new(),
        }
    }

    /// What the user signs in with.
    #[must_use]
    pub fn sign_in_name(&self) -> &str {
        self.username.as_deref().unwrap_or(&self.email)
    }

    /// Whether a second factor is on.
    pub(crate) fn has_on(&self, factor: SecondFactor) -> bool {
        match factor {
            SecondFactor::SoftwareToken => self.totp_secret.is_some(),
            SecondFactor::Sms => self.sms_mfa,
            SecondFactor::Email => self.email_otp,
        }
    }

    /// The one that is preferred.
    pub(crate) fn preferred(&self) -> Option<SecondFactor> {
        let first = || SecondFactor::ALL.into_iter().find(|factor| self.has_on(*factor));
        self.preferred_factor.or_else(first).filter(|_| self.prefers_a_factor)
    }

    /// The attributes beside address and phone number.
    pub(crate) fn all_attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        let code = self.needs_email_code.then_some((EMAIL_CODE_ATTRIBUTE, "required"));
        let locale = self.locale.map(|locale| ("locale", locale));
        code.into_iter().chain(locale).chain(self.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }

    /// One who needs the code by e-mail, with the client for that.
    #[must_use]
    pub fn with_email_code(email: &str, description: &str) -> Self {
        Self { client_id: EMAIL_CODE_CLIENT.to_owned(), needs_email_code: true, ..Self::new(email, "CUSTOM_AUTH", description) }
    }
}

/// The seed.
#[must_use]
pub fn seed() -> Seed {
    let user_pools = [
        UserPool {
            tracks_sessions: true,
            identity_providers: IDENTITY_PROVIDERS.map(IdentityProvider::new).to_vec(),
            ..UserPool::new(LOCAL_POOL, MfaConfiguration::Optional)
        },
        UserPool {
            second_factors: vec![SecondFactor::SoftwareToken, SecondFactor::Sms],
            ..UserPool::new(MFA_ON_POOL, MfaConfiguration::On)
        },
        UserPool {
            second_factors: vec![SecondFactor::SoftwareToken, SecondFactor::Email],
            ..UserPool::new(MFA_PICK_POOL, MfaConfiguration::On)
        },
        UserPool {
            required_attributes: vec!["name".to_owned()],
            verifies_before_update: VerifiedAttribute::ALL.to_vec(),
            ..UserPool::new(NAMED_POOL, MfaConfiguration::Optional)
        },
        UserPool { first_factors: FirstFactor::ALL.to_vec(), ..UserPool::new(CHOICE_POOL, MfaConfiguration::Optional) },
        UserPool {
            first_factors: FirstFactor::ALL.to_vec(),
            device_configuration: Some(DeviceConfiguration::USER_OPT_IN),
            ..UserPool::new(DEVICE_POOL, MfaConfiguration::Optional)
        },
        UserPool {
            device_configuration: Some(DeviceConfiguration::ALWAYS),
            ..UserPool::new(DEVICE_ALWAYS_POOL, MfaConfiguration::Optional)
        },
    ];
    let passkeys =
        || WebAuthnConfiguration { relying_party_id: Some(RELYING_PARTY_ID.to_owned()), ..WebAuthnConfiguration::default() };
    let user_pools = user_pools.into_iter().map(|pool| UserPool { web_authn: passkeys(), ..pool }).collect();
    let clients = vec![
        AppClient::browser(CLIENT, LOCAL_POOL, "browser client"),
        AppClient::browser(MFA_ON_CLIENT, MFA_ON_POOL, "browser client; a second factor is required"),
        AppClient::browser(MFA_PICK_CLIENT, MFA_PICK_POOL, "browser client; a second factor of one's choice is required"),
        AppClient::browser(NAMED_CLIENT, NAMED_POOL, "browser client; a name is required"),
        AppClient {
            allow_user_auth: true,
            ..AppClient::browser(CHOICE_CLIENT, CHOICE_POOL, "browser client; the first factor can be chosen")
        },
        AppClient {
            allow_user_auth: true,
            allow_user_password_auth: true,
            ..AppClient::browser(DEVICE_CLIENT, DEVICE_POOL, "browser client; devices are remembered where people want it")
        },
        AppClient::browser(DEVICE_ALWAYS_CLIENT, DEVICE_ALWAYS_POOL, "browser client; devices are always remembered"),
        AppClient {
            allow_user_srp_auth: false,
            ..AppClient::browser(EMAIL_CODE_CLIENT, LOCAL_POOL, "browser client; the password alone is not enough")
        },
        AppClient {
            secret: Some(CLIENT_SECRET.into()),
            ..AppClient::browser(SECRET_CLIENT, LOCAL_POOL, "server-side client with a secret")
        },
        AppClient {
            prevent_user_existence_errors: false,
            ..AppClient::browser(LEGACY_CLIENT, LOCAL_POOL, "tells when a user does not exist")
        },
        AppClient {
            oauth: OauthClient::new(&CALLBACK_URLS, &IDENTITY_PROVIDERS),
            ..AppClient::browser(FEDERATION_CLIENT, LOCAL_POOL, "browser client; other providers sign in as well")
        },
    ];
    let users = vec![
        SeededUser::new("srp@example.com", "USER_SRP_AUTH", "password only"),
        SeededUser::with_email_code("email-code@example.com", "password, then a code by e-mail"),
        SeededUser {
            locale: Some("ja"),
            ..SeededUser::with_email_code("email-code-ja@example.com", "password, then a code by e-mail in Japanese")
        },
        SeededUser {
            totp_secret: Some(TOTP_SECRET.into()),
            ..SeededUser::new("totp@example.com", "USER_SRP_AUTH", "password, then the authenticator app")
        },
        SeededUser {
            phone_number: Some(PHONE_NUMBER.to_owned()),
            sms_mfa: true,
            ..SeededUser::new("sms@example.com", "USER_SRP_AUTH", "password, then a code by text message")
        },
        SeededUser {
            email_otp: true,
            ..SeededUser::new("email-otp@example.com", "USER_SRP_AUTH", "password, then a code by e-mail as second factor")
        },
        SeededUser {
            totp_secret: Some(TOTP_SECRET.into()),
            phone_number: Some(CHOOSE_PHONE_NUMBER.to_owned()),
            sms_mfa: true,
            email_otp: true,
            prefers_a_factor: false,
            ..SeededUser::new("choose@example.com", "USER_SRP_AUTH", "password, then a choice of second factors")
        },
        SeededUser {
            user_pool_id: MFA_ON_POOL.to_owned(),
            client_id: MFA_ON_CLIENT.to_owned(),
            ..SeededUser::new("totp-setup@example.com", "USER_SRP_AUTH", "password, then an authenticator app must be set up")
        },
        SeededUser {
            user_pool_id: MFA_PICK_POOL.to_owned(),
            client_id: MFA_PICK_CLIENT.to_owned(),
            ..SeededUser::new(
                "mfa-pick@example.com",
                "USER_SRP_AUTH",
                "password, then a second factor of one's choice must be set up",
            )
        },
        SeededUser {
            user_pool_id: NAMED_POOL.to_owned(),
            client_id: NAMED_CLIENT.to_owned(),
            has_temporary_password: true,
            ..SeededUser::new("new-password@example.com", "USER_SRP_AUTH", "temporary password, then a new one and a name")
        },
        SeededUser {
            user_pool_id: CHOICE_POOL.to_owned(),
            client_id: CHOICE_CLIENT.to_owned(),
            phone_number: Some(CHOOSE_FACTOR_PHONE_NUMBER.to_owned()),
            ..SeededUser::new("choose-factor@example.com", "USER_AUTH", "a choice: password, or a code by e-mail or text message")
        },
        SeededUser {
            user_pool_id: CHOICE_POOL.to_owned(),
            client_id: CHOICE_CLIENT.to_owned(),
            email_verified: false,
            ..SeededUser::new("password-only@example.com", "USER_AUTH", "no choice but the password: the address is not verified")
        },
        SeededUser {
            user_pool_id: DEVICE_POOL.to_owned(),
            client_id: DEVICE_CLIENT.to_owned(),
            totp_secret: Some(TOTP_SECRET.into()),
            ..SeededUser::new(
                "device@example.com",
                "USER_SRP_AUTH",
                "password, then the authenticator app, unless the device is remembered",
            )
        },
        SeededUser {
            user_pool_id: DEVICE_POOL.to_owned(),
            client_id: DEVICE_CLIENT.to_owned(),
            ..SeededUser::new(
                "device-password@example.com",
                "USER_SRP_AUTH",
                "password only; the device is remembered where the person wants it",
            )
        },
        SeededUser {
            user_pool_id: DEVICE_ALWAYS_POOL.to_owned(),
            client_id: DEVICE_ALWAYS_CLIENT.to_owned(),
            totp_secret: Some(TOTP_SECRET.into()),
            ..SeededUser::new(
                "device-always@example.com",
                "USER_SRP_AUTH",
                "password, then the authenticator app the first time; every device is remembered",
            )
        },
        SeededUser {
            must_reset_password: true,
            ..SeededUser::new("reset-required@example.com", "USER_SRP_AUTH", "the password must be reset")
        },
        SeededUser { confirmed: false, ..SeededUser::new("unconfirmed@example.com", "USER_SRP_AUTH", "sign-up not confirmed") },
        SeededUser { enabled: false, ..SeededUser::new("disabled@example.com", "USER_SRP_AUTH", "disabled by an administrator") },
    ];
    Seed { user_pools, clients, users }
}
