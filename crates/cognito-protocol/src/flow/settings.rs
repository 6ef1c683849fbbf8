//! What the machine must know of the pool and of the page.

use super::{device::RememberDevice, first_factor::FirstFactor, phone_number, screen::Screen};
use crate::idp::{AuthFlow, Json, StringMap};

/// How people sign in: mostly how the password is proved. The pool's own challenges follow with [`SignInFlow::Custom`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInFlow {
    /// `USER_SRP_AUTH`
    Srp,
    /// `CUSTOM_AUTH` with SRP first.
    Custom,
    /// `USER_PASSWORD_AUTH`: the password itself is sent. A user migration trigger needs it.
    Plain,
    /// `USER_AUTH`: the person chooses among the first factors that the pool offers.
    Choice,
}

impl SignInFlow {
    /// The value of `AuthFlow`.
    #[must_use]
    pub fn auth_flow(self) -> AuthFlow {
        match self {
            Self::Srp => AuthFlow::UserSrpAuth,
            Self::Custom => AuthFlow::CustomAuth,
            Self::Plain => AuthFlow::UserPasswordAuth,
            Self::Choice => AuthFlow::UserAuth,
        }
    }
}

/// What a signed-in person finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// `<cognito-login>`: the screen `signed-in`.
    SignIn,
    /// `<cognito-account>`: the security settings; the sign-in screens come only when asked for.
    Account,
}

/// What a sign-in name is in a pool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UsernameKind {
    /// An e-mail address.
    #[default]
    Email,
    /// A phone number.
    Phone,
    /// A name.
    Username,
}

impl UsernameKind {
    /// The name that was meant. Surrounding white space is none of it, and a phone number goes without what people put between digits.
    pub(super) fn read(self, typed: &str) -> String {
        match self {
            Self::Phone => phone_number::read(typed),
            Self::Email | Self::Username => typed.trim().to_owned(),
        }
    }

    /// The attribute that such a name is, too.
    #[must_use]
    pub fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Email => Some("email"),
            Self::Phone => Some("phone_number"),
            Self::Username => None,
        }
    }
}

/// Reads the claims of a JWT, an object; `None` where the text is none. Parsing JSON is left to the platform.
pub type ReadClaims = fn(&str) -> Option<Json>;

/// The machine's settings.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The app client's id.
    pub client_id: String,
    /// The user pool id.
    pub user_pool_id: String,
    /// The part of the user pool id after the first `_`.
    pub pool_name: String,
    /// Calls go to another endpoint than the service's own. The issuer of tokens is then for whoever is behind it to say, but for the pool
    /// id at its end.
    pub is_endpoint_replaced: bool,
    /// Reads the claims of a token.
    pub read_claims: ReadClaims,
    /// The app client has a secret: whoever sends a request puts the hash of it in, see
    /// [`Request::secret_hash_username`](crate::idp::Request::secret_hash_username). What takes the secret itself is not asked for: tokens are
    /// refreshed by `REFRESH_TOKEN_AUTH`, and not revoked.
    pub client_has_secret: bool,
    /// How people sign in.
    pub sign_in_flow: SignInFlow,
    /// With [`SignInFlow::Choice`]: what to begin with, where the user has it. Else the person chooses.
    pub preferred_challenge: Option<FirstFactor>,
    /// With [`SignInFlow::Choice`]: what the person chose last on this device, which is offered first.
    pub last_factor: Option<FirstFactor>,
    /// The browser has passkeys on this page. Else they are offered only where there is no other way to sign in.
    pub has_passkeys: bool,
    /// What a signed-in person finds.
    pub purpose: Purpose,
    /// The app client's `AuthSessionValidity` in milliseconds: how long a challenge stays open.
    pub session_millis: i64,
    /// The issuer that an authenticator app shows.
    pub totp_issuer: String,
    /// The account that an authenticator app shows; by default the user's e-mail address.
    pub totp_label: Option<String>,
    /// The sign-in name to begin with.
    pub sign_in_name: String,
    /// What a sign-in name is.
    pub username_kind: UsernameKind,
    /// The screen that whoever is not signed in finds first: the form, `sign-up`, `forgot-password` or `confirm-sign-up`.
    pub first_screen: Screen,
    /// People may create accounts.
    pub offers_sign_up: bool,
    /// The attributes that a sign-up asks for, by their names in the pool. That of the sign-in name itself is none of them.
    pub sign_up_attributes: Vec<String>,
    /// Whether the device is remembered after a sign-in, where the pool tracks devices.
    pub remember_device: RememberDevice,
    /// What the device is registered as, such as the browser's user agent, of 1,024 characters at most.
    pub device_name: String,
    /// Handed to the pool's triggers.
    pub client_metadata: StringMap,
    /// Sign-in with other providers, where the pool has a domain for that.
    pub federation: Option<Federation>,
}

impl Settings {
    /// Whether there is a provider at this place.
    pub(super) fn has_provider(&self, place: u8) -> bool {
        self.federation.as_ref().is_some_and(|federation| usize::from(place) < federation.providers.len())
    }
}

/// Sign-in with other providers, at the pool's domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Federation {
    /// Scheme and host of the pool's domain, without a slash at the end.
    pub domain: String,
    /// The providers, by their names in the pool.
    pub providers: Vec<String>,
    /// Where people come back to, which the app client has among its callback URLs and its logout URLs.
    pub redirect_uri: String,
    /// What the tokens are for, with spaces between them.
    pub scopes: String,
}

impl Settings {
    /// What to begin with, as far as the browser can.
    pub(super) fn preferred(&self) -> Option<FirstFactor> {
        self.preferred_challenge.filter(|factor| self.has_passkeys || *factor != FirstFactor::WebAuthn)
    }
}
