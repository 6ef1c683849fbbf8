//! Whose a token is, by its claims. The signature is not checked: the token came from the pool over TLS or lies in the page's own
//! store, and whoever acts on a token is a server that checks it.
//!
//! # Source
//! docs/cognito.md#tokens, docs/cognito.md#endpoints

use super::settings::Settings;

/// The claims that the machine reads. One that is absent or no text is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    /// Who issued the token.
    pub iss: Option<String>,
    /// `access` or `id`.
    pub token_use: Option<String>,
    /// The app client of an access token.
    pub client_id: Option<String>,
    /// The app client of an ID token.
    pub aud: Option<String>,
    /// The user.
    pub sub: Option<String>,
}

/// Reads the claims of a JWT; `None` where the text is none. Parsing JSON is left to the platform.
pub type ReadClaims = fn(&str) -> Option<Claims>;

impl Claims {
    /// The claims of a JWT, each asked for by its name; `text` answers with those that are text.
    pub fn of(text: impl Fn(&str) -> Option<String>) -> Self {
        Self { iss: text("iss"), token_use: text("token_use"), client_id: text("client_id"), aud: text("aud"), sub: text("sub") }
    }

    /// The claims of a JWT, for programs outside a browser.
    #[cfg(feature = "serde_json")]
    #[must_use]
    pub fn read(jwt: &str) -> Option<Self> {
        use base64ct::{Base64UrlUnpadded, Encoding};
        let payload = Base64UrlUnpadded::decode_vec(jwt.split('.').nth(1)?).ok()?;
        let claims: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(&payload).ok()?;
        Some(Self::of(|name| claims.get(name)?.as_str().map(str::to_owned)))
    }
}

/// Whether an access token and an ID token, if there is one, are of the pool and the app client of `settings`, and of one user.
pub(super) fn are_ours(settings: &Settings, access_token: &str, id_token: &str) -> bool {
    let ours = |jwt: &str, token_use: &str| {
        let claims = (settings.read_claims)(jwt)?;
        let is_ours = claims.iss.as_deref().is_some_and(|iss| is_our_issuer(settings, iss))
            && claims.token_use.as_deref() == Some(token_use)
            && claims.sub.as_ref().is_some_and(|sub| !sub.is_empty());
        is_ours.then_some(claims)
    };
    let is_client = |client_id: Option<String>| client_id.as_ref() == Some(&settings.client_id);
    let Some(access) = ours(access_token, "access") else { return false };
    is_client(access.client_id)
        && (id_token.is_empty() || ours(id_token, "id").is_some_and(|id| is_client(id.aud) && id.sub == access.sub))
}

fn is_our_issuer(settings: &Settings, iss: &str) -> bool {
    let base = iss.strip_suffix(settings.user_pool_id.as_str()).and_then(|base| base.strip_suffix('/'));
    base.is_some_and(|base| settings.issuers.is_empty() || settings.issuers.iter().any(|issuer| issuer == base))
}
