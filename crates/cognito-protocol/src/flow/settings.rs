//! What the machine must know of the pool and of the page.

use crate::idp::{AuthFlow, Json, StringMap};

/// How the password is proved. All but one compute SRP; the pool's own challenges follow with [`PasswordFlow::Custom`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordFlow {
    /// `USER_SRP_AUTH`
    Srp,
    /// `CUSTOM_AUTH` with SRP first.
    Custom,
    /// `USER_PASSWORD_AUTH`: the password itself is sent. A user migration trigger needs it.
    Plain,
}

impl PasswordFlow {
    /// The value of `AuthFlow`.
    #[must_use]
    pub fn auth_flow(self) -> AuthFlow {
        match self {
            Self::Srp => AuthFlow::UserSrpAuth,
            Self::Custom => AuthFlow::CustomAuth,
            Self::Plain => AuthFlow::UserPasswordAuth,
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
    /// How the password is proved.
    pub password_flow: PasswordFlow,
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
    /// Handed to the pool's triggers.
    pub client_metadata: StringMap,
}
