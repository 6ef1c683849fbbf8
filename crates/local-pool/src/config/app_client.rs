//! App clients, as an administrator would set them.

use std::time::Duration;

use cognito_protocol::Secret;

use super::OauthClient;

/// An app client.
#[derive(Clone, Debug)]
pub struct AppClient {
    /// The client id.
    pub id: String,
    /// The pool it belongs to.
    pub user_pool_id: String,
    /// What it is there for.
    pub description: String,
    /// Browsers have none.
    pub secret: Option<Secret>,
    /// `ALLOW_USER_SRP_AUTH`
    pub allow_user_srp_auth: bool,
    /// `ALLOW_CUSTOM_AUTH`
    pub allow_custom_auth: bool,
    /// `ALLOW_USER_PASSWORD_AUTH`; off, as AWS recommends for browsers.
    pub allow_user_password_auth: bool,
    /// `ALLOW_REFRESH_TOKEN_AUTH`
    pub allow_refresh_token_auth: bool,
    /// `ALLOW_USER_AUTH`: the choice of first factors. It includes the password, by SRP and as it is.
    pub allow_user_auth: bool,
    /// `WriteAttributes`; all standard ones where this is absent.
    pub write_attributes: Option<Vec<String>>,
    /// `PreventUserExistenceErrors`: `true` is `ENABLED`, `false` is `LEGACY`.
    pub prevent_user_existence_errors: bool,
    /// Every refresh brings a new refresh token and ends the old one.
    pub refresh_token_rotation: bool,
    /// For so long the old refresh token still works after a rotation (`RetryGracePeriodSeconds`).
    pub rotation_grace: Duration,
    /// What it may do at the OAuth endpoints.
    pub oauth: OauthClient,
}

impl AppClient {
    /// A browser client as the console makes it today.
    #[must_use]
    pub fn browser(id: &str, user_pool_id: &str, description: &str) -> Self {
        Self {
            id: id.to_owned(),
            user_pool_id: user_pool_id.to_owned(),
            description: description.to_owned(),
            secret: None,
            allow_user_srp_auth: true,
            allow_custom_auth: true,
            allow_user_password_auth: false,
            allow_refresh_token_auth: true,
            allow_user_auth: false,
            write_attributes: None,
            prevent_user_existence_errors: true,
            refresh_token_rotation: false,
            rotation_grace: Duration::ZERO,
            oauth: OauthClient::default(),
        }
    }
}
