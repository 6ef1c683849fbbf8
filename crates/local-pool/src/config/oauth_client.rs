//! What an app client may do at the OAuth endpoints.

use axum::http::Uri;

/// What an app client may do at the OAuth endpoints: nothing, as it is by default, without a callback URL.
#[derive(Clone, Debug, Default)]
pub struct OauthClient {
    /// `CallbackURLs`: where a sign-in may come back to, compared exactly.
    pub callback_urls: Vec<String>,
    /// `LogoutURLs`: where a sign-out may come back to, compared exactly.
    pub logout_urls: Vec<String>,
    /// `AllowedOAuthScopes`
    pub scopes: Vec<OauthScope>,
    /// `SupportedIdentityProviders`, by their names in the pool.
    pub identity_providers: Vec<String>,
}

impl OauthClient {
    /// A client with these callback URLs, which are its logout URLs as well, all scopes, and these providers.
    #[must_use]
    pub fn new(urls: &[&str], identity_providers: &[&str]) -> Self {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        Self {
            callback_urls: owned(urls),
            logout_urls: owned(urls),
            scopes: OauthScope::ALL.to_vec(),
            identity_providers: owned(identity_providers),
        }
    }
}

/// A scope that a client can ask for. Those of resource servers are not here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OauthScope {
    /// The id token, and the right to ask for the next three.
    Openid,
    /// The address.
    Email,
    /// The phone number.
    Phone,
    /// All attributes.
    Profile,
    /// The operations that take an access token.
    SignedInUserAdmin,
}

impl OauthScope {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Openid, Self::Email, Self::Phone, Self::Profile, Self::SignedInUserAdmin];

    /// As requests and tokens have it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Openid => "openid",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Profile => "profile",
            Self::SignedInUserAdmin => "aws.cognito.signin.user.admin",
        }
    }

    /// Whether it is taken beside `openid` alone.
    pub(crate) fn needs_openid(self) -> bool {
        match self {
            Self::Email | Self::Phone | Self::Profile => true,
            Self::Openid | Self::SignedInUserAdmin => false,
        }
    }
}

/// Whether a URL can be registered: `https`, or `http` on this machine, and no fragment. The service takes the schemes of apps as well.
pub(crate) fn can_be_registered(url: &str) -> bool {
    // The parser drops what stands behind a `#` without a word.
    if url.contains('#') || url.len() > 1024 {
        return false;
    }
    let Ok(uri) = url.parse::<Uri>() else { return false };
    let Some(authority) = uri.authority() else { return false };
    if authority.as_str().contains('@') || authority.host().is_empty() {
        return false;
    }
    match uri.scheme_str() {
        Some("https") => true,
        Some("http") => matches!(authority.host(), "localhost" | "127.0.0.1" | "[::1]"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::can_be_registered;

    #[test]
    fn https_or_this_machine() {
        for url in [
            "https://example.com",
            "https://example.com/app?x=1",
            "http://localhost:8080/",
            "http://127.0.0.1:8080/a",
            "http://[::1]:8080/",
        ] {
            assert!(can_be_registered(url), "{url}");
        }
        for url in [
            "",
            "/",
            "example.com",
            "http://example.com/",
            "http://localhost.example.com/",
            "https://example.com/#",
            "https://user@example.com/",
            "myapp://signed-in",
            "javascript:alert(1)",
            "//example.com/",
            "https://",
        ] {
            assert!(!can_be_registered(url), "{url}");
        }
    }
}
