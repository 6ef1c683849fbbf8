//! Attributes and properties become types here, once; nothing further in looks at text.

mod federation;
mod passkeys;
mod password_policy;
mod pool;
mod secret_hash;
mod sign_up;
mod storage_adapter;

use core::fmt;

use cognito_protocol::{
    fault::{Fault, region},
    flow::{ReadClaims, Settings},
};
pub use cognito_protocol::{
    flow::{Federation, FirstFactor, Purpose, RememberDevice, Screen, SignInFlow, UsernameKind},
    idp::StringMap,
};
pub use passkeys::Passkeys;
pub use password_policy::PasswordPolicy;
pub use pool::{Endpoint, UserPoolId};
pub use secret_hash::SecretHash;
pub use storage_adapter::StorageAdapter;

use crate::i18n::Texts;

/// The configuration of one widget.
///
/// It begins with [`LoginConfig::new`] or [`LoginConfig::from_attributes`]; the fields may be set then.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LoginConfig {
    /// The user pool.
    pub user_pool_id: UserPoolId,
    /// The app client's id. A client without a secret is the better one here; else [`secret_hash`](Self::secret_hash) must be there.
    pub client_id: String,
    /// Full URL that replaces the service's own, for a local pool or a proxy. `https`, or `http` on the loopback.
    pub endpoint: Option<Endpoint>,
    /// How people sign in.
    pub auth_flow: SignInFlow,
    /// With [`SignInFlow::Choice`]: what to begin with, where the user has it. Else the person chooses.
    pub preferred_challenge: Option<FirstFactor>,
    /// The sign-in name to begin with.
    pub username: String,
    /// What a sign-in name is in this pool.
    pub username_kind: UsernameKind,
    /// The screen that whoever is not signed in finds first: [`Screen::SignIn`], [`Screen::SignUp`], [`Screen::ForgotPassword`], or,
    /// with a sign-in name to begin with, [`Screen::ConfirmSignUp`].
    pub screen: Screen,
    /// Whether people may create an account.
    pub sign_up: bool,
    /// The attributes that a sign-up asks for, by their names in the pool; that of the sign-in name itself is asked for anyway.
    pub sign_up_attributes: Vec<String>,
    /// Whether the device is remembered after a sign-in, where the pool tracks devices. Where nothing is said the person is asked, unless
    /// the page keeps its tokens in memory alone, and so has nowhere to remember one.
    pub remember_device: Option<RememberDevice>,
    /// What is shown of the pool's rules where a password is chosen.
    pub password_policy: PasswordPolicy,
    /// Where tokens are kept.
    pub storage: StorageKind,
    /// Keeps the tokens instead, where it is there.
    pub storage_adapter: Option<StorageAdapter>,
    /// The app client's `AuthSessionValidity` in minutes, 3 to 15.
    pub session_minutes: u8,
    /// The issuer that an authenticator app shows; by default the page's host name.
    pub totp_issuer: Option<String>,
    /// The account that an authenticator app shows; by default the user's e-mail address.
    pub totp_label: Option<String>,
    /// The language of the screens, and its words.
    pub texts: Texts,
    /// Light, dark, or as the system says.
    pub theme: Theme,
    /// Handed to the pool's triggers as `ClientMetadata`; they are told the language of the screens as `lang` besides, unless
    /// that is in here. Our own triggers write in the language of `locale`, the user's attribute `locale`, or `lang`, in that order.
    pub client_metadata: StringMap,
    /// For an app client with a secret. Such a client's tokens are not revoked at a sign-out, which takes the secret itself.
    pub secret_hash: Option<SecretHash>,
    /// How the browser is asked for passkeys, see [`Passkeys::of_browser`]. Without it there are none.
    pub passkeys: Option<Passkeys>,
    /// Sign-in with other providers, at the pool's domain. An empty redirect URI is the page itself, without query and fragment.
    pub federation: Option<Federation>,
}

/// Where tokens are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum StorageKind {
    /// `sessionStorage`: this tab, until it closes.
    #[default]
    Session,
    /// `localStorage`: all tabs, until sign-out.
    Local,
    /// The page's memory: until it is left.
    Memory,
}

/// The colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Theme {
    /// As the system says.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What is wrong with a configuration, in words for the page's author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    message: String,
    fault: Option<Fault>,
}

impl ConfigError {
    /// Which of the known faults it is, if it is one of them.
    #[must_use]
    pub fn fault(&self) -> Option<Fault> {
        self.fault
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
impl core::error::Error for ConfigError {}

fn error(parts: &[&str]) -> ConfigError {
    ConfigError { message: parts.concat(), fault: None }
}

/// Longest client id, from the API reference.
const MAX_CLIENT_ID: usize = 128;

impl LoginConfig {
    /// A configuration with every option at its default.
    ///
    /// # Errors
    /// [`ConfigError`] when one of the ids does not have the form that Cognito gives it.
    pub fn new(user_pool_id: &str, client_id: &str) -> Result<Self, ConfigError> {
        let is_client_id = |id: &str| {
            !id.is_empty()
                && id.len() <= MAX_CLIENT_ID
                && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'+')
        };
        if !is_client_id(client_id) {
            return Err(error(&["client-id: \"", client_id, "\" is not the id of an app client"]));
        }
        Ok(Self {
            user_pool_id: UserPoolId::parse(user_pool_id)?,
            client_id: client_id.to_owned(),
            endpoint: None,
            auth_flow: SignInFlow::Srp,
            preferred_challenge: None,
            username: String::new(),
            username_kind: UsernameKind::default(),
            screen: Screen::SignIn,
            sign_up: true,
            sign_up_attributes: Vec::new(),
            remember_device: None,
            password_policy: PasswordPolicy::default(),
            storage: StorageKind::default(),
            storage_adapter: None,
            session_minutes: 3,
            totp_issuer: None,
            totp_label: None,
            texts: Texts::english(),
            theme: Theme::default(),
            client_metadata: StringMap::default(),
            secret_hash: None,
            passkeys: None,
            federation: None,
        })
    }

    /// The configuration in an element's attributes; `attribute` gives the value of a name.
    ///
    /// # Errors
    /// [`ConfigError`] with the attribute's name and what it must be.
    pub fn from_attributes(attribute: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        Self::read(&|name| attribute(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()))
    }

    /// One function for all sources, which is a good part of the program.
    fn read(given: Given<'_>) -> Result<Self, ConfigError> {
        let required = |name: &str| given(name).ok_or_else(|| error(&[name, ": this attribute is required"]));
        let mut config = Self::new(&required("user-pool-id")?, &required("client-id")?)?;
        config.endpoint = given("endpoint").map(|url| Endpoint::parse(&url)).transpose()?;
        if let Some(Endpoint(url)) = &config.endpoint
            && region::of_endpoint(url).is_some_and(|region| region != config.user_pool_id.region())
        {
            let wrong = error(&["endpoint: \"", url, "\" is of another Region than user-pool-id"]);
            return Err(ConfigError { fault: Some(Fault::RegionMismatch), ..wrong });
        }
        if let Some(flow) = given("auth-flow") {
            config.auth_flow = match flow.as_str() {
                "USER_SRP_AUTH" => SignInFlow::Srp,
                "CUSTOM_AUTH" => SignInFlow::Custom,
                "USER_PASSWORD_AUTH" => SignInFlow::Plain,
                "USER_AUTH" => SignInFlow::Choice,
                _ => {
                    let known = "\" is not available; use USER_SRP_AUTH, CUSTOM_AUTH, USER_AUTH or USER_PASSWORD_AUTH";
                    return Err(error(&["auth-flow: \"", &flow, known]));
                }
            };
        }
        let preferred = [FirstFactor::PasswordSrp, FirstFactor::EmailOtp, FirstFactor::SmsOtp, FirstFactor::WebAuthn];
        if let Some(name) = given("preferred-challenge") {
            let at = word(Some(name), "preferred-challenge", &preferred.map(FirstFactor::as_str))?;
            config.preferred_challenge = preferred.get(at).copied();
        }
        if let Some(minutes) = given("session-minutes") {
            config.session_minutes = match minutes.parse() {
                Ok(minutes @ 3..=15) => minutes,
                _ => return Err(error(&["session-minutes: \"", &minutes, "\" is not a whole number from 3 to 15"])),
            };
        }
        config.username_kind = one_of(
            given,
            "username-kind",
            [("email", UsernameKind::Email), ("phone", UsernameKind::Phone), ("username", UsernameKind::Username)],
        )?;
        let screens = [Screen::SignIn, Screen::SignUp, Screen::ForgotPassword, Screen::ConfirmSignUp];
        config.screen = one_of(given, "screen", screens.map(|screen| (screen.as_str(), screen)))?;
        config.sign_up = one_of(given, "sign-up", [("on", true), ("off", false)])?;
        if let Some(names) = given("sign-up-attributes") {
            config.sign_up_attributes = sign_up::attributes(&names)?;
        }
        if let Some(rules) = given("password-policy") {
            config.password_policy = PasswordPolicy::parse(&rules)?;
        }
        config.storage = one_of(
            given,
            "storage",
            [("session", StorageKind::Session), ("local", StorageKind::Local), ("memory", StorageKind::Memory)],
        )?;
        if let Some(word) = given("remember-device") {
            let at = self::word(Some(word), "remember-device", &["ask", "always", "never"])?;
            config.remember_device = RememberDevice::ALL.get(at).copied();
        }
        config.theme = one_of(given, "theme", [("auto", Theme::Auto), ("light", Theme::Light), ("dark", Theme::Dark)])?;
        config.username = given("username").unwrap_or_default();
        config.totp_issuer = given("totp-issuer");
        config.totp_label = given("totp-label");
        config.federation = federation::read(given)?;
        Ok(config)
    }

    /// The URL that requests are posted to.
    #[must_use]
    pub fn endpoint_url(&self) -> String {
        match &self.endpoint {
            Some(Endpoint(url)) => url.clone(),
            None => self.user_pool_id.endpoint_url(),
        }
    }

    /// The attributes that a sign-up asks for beside the sign-in name.
    pub(crate) fn asked_attributes(&self) -> Vec<&str> {
        let own = self.username_kind.attribute();
        self.sign_up_attributes.iter().map(String::as_str).filter(|name| Some(*name) != own).collect()
    }

    /// Whether what is under way may go on after a change from `before` to this: same pool, same client, same way to sign in.
    pub(crate) fn goes_on_from(&self, before: &Self) -> bool {
        (&self.user_pool_id, &self.client_id, &self.storage) == (&before.user_pool_id, &before.client_id, &before.storage)
            && (&self.username, self.auth_flow, self.preferred_challenge)
                == (&before.username, before.auth_flow, before.preferred_challenge)
            && (&self.storage_adapter, self.endpoint_url()) == (&before.storage_adapter, before.endpoint_url())
    }

    /// The settings of a machine, for whoever performs its effects. `host_name` is the issuer that an authenticator app shows, unless
    /// one is configured; whether the browser has the passkeys that it could be asked for is for the caller to add. `read_claims` reads tokens by the platform's JSON parser.
    #[must_use]
    pub fn settings(&self, purpose: Purpose, host_name: &str, read_claims: ReadClaims) -> Settings {
        let mut client_metadata = self.client_metadata.clone();
        if client_metadata.get("lang").is_none() {
            client_metadata.insert("lang", self.texts.tag());
        }
        Settings {
            client_id: self.client_id.clone(),
            user_pool_id: self.user_pool_id.text(),
            pool_name: self.user_pool_id.pool_name.clone(),
            is_endpoint_replaced: self.endpoint.is_some(),
            read_claims,
            client_has_secret: self.secret_hash.is_some(),
            sign_in_flow: self.auth_flow,
            preferred_challenge: self.preferred_challenge,
            last_factor: None,
            has_passkeys: self.passkeys.is_some(),
            purpose,
            session_millis: i64::from(self.session_minutes) * 60_000,
            totp_issuer: self.totp_issuer.clone().unwrap_or_else(|| host_name.to_owned()),
            totp_label: self.totp_label.clone(),
            sign_in_name: self.username.clone(),
            username_kind: self.username_kind,
            first_screen: self.screen,
            offers_sign_up: self.sign_up,
            sign_up_attributes: self.asked_attributes().into_iter().map(str::to_owned).collect(),
            remember_device: self.remember_device.unwrap_or(match (self.storage, &self.storage_adapter) {
                (StorageKind::Memory, None) => RememberDevice::Never,
                (StorageKind::Session | StorageKind::Local, None) | (_, Some(_)) => RememberDevice::Ask,
            }),
            device_name: String::new(),
            client_metadata,
            federation: self.federation.clone(),
        }
    }
}

/// The values of attributes by their names, without space around them; none is empty.
type Given<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The value of an attribute that has a few words to choose from; the first is the default.
fn one_of<T: Copy, const N: usize>(given: Given<'_>, name: &str, words: [(&str, T); N]) -> Result<T, ConfigError> {
    let at = word(given(name), name, &words.map(|(word, _)| word))?;
    Ok(words[at].1)
}

/// Which word the value is. One function for all meanings.
fn word(value: Option<String>, name: &str, words: &[&str]) -> Result<usize, ConfigError> {
    let Some(value) = value else { return Ok(0) };
    let at = words.iter().position(|word| *word == value);
    at.ok_or_else(|| error(&[name, ": \"", &value, "\" is not one of ", &words.join(", ")]))
}

#[cfg(test)]
mod tests;
