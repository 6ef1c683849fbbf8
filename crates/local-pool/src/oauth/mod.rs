//! Sign-in with other providers: the OAuth endpoints of a pool's domain, which is the pool's own address here.
//!
//! Stricter than the service where the two are known to differ: PKCE is a must, a parameter may not come twice, a code that comes
//! with a wrong verifier is spent, and one that comes twice ends the tokens that were made with it. `docs/local-pool.md` has the list.
//!
//! # Source
//! docs/cognito.md#federation; AWS, developer guide: "Authorize endpoint", "Token endpoint", "Revoke endpoint", "userInfo endpoint", "Logout endpoint"; RFC 6749,
//! 7636, 7009 and 6750; OpenID Connect Core 1.0. Not certain: the words of `error_description`, and what comes of an unknown provider.

mod authorize;
mod bearer;
mod client;
mod denied;
mod federated_user;
mod leave;
mod page;
mod parameters;
mod provider_page;
mod revoke;
mod token;
mod user_info;

pub(crate) use authorize::authorize;
pub(crate) use client::Credentials;
pub(crate) use leave::logout;
pub(crate) use page::Page;
pub(crate) use parameters::Parameters;
pub(crate) use provider_page::idp_response;
pub(crate) use revoke::revoke;
pub(crate) use token::{scope_text, token};
pub(crate) use user_info::{UserInfoError, shows, user_info};

/// How long a code, and a visit to a provider's page, lasts.
const CODE_MILLIS: i64 = 5 * 60 * 1000;
/// How long a browser stays signed in.
const BROWSER_MILLIS: i64 = 60 * 60 * 1000;

/// Where a browser goes next.
pub(crate) enum Answer {
    /// Stays, and shows this.
    Page(Page),
    /// Goes there.
    Redirect {
        /// A URL.
        to: String,
        /// What happens to the cookie that says which browser it is.
        cookie: Cookie,
    },
}

/// What happens to the cookie of a browser.
pub(crate) enum Cookie {
    Stays,
    Set(String),
    Ends,
}

/// An error of the endpoints that programs call, as RFC 6749 names it.
pub(crate) struct OauthError(pub &'static str);

impl From<crate::error::ApiError> for OauthError {
    fn from(_: crate::error::ApiError) -> Self {
        Self("server_error")
    }
}
