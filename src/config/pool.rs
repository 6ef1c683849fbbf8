//! Which pool, and where it answers.

use super::{ConfigError, error};

/// Longest user pool id, from the API reference.
const MAX_USER_POOL_ID: usize = 55;
/// A user pool id, such as `eu-central-1_AbCdEfGhI`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserPoolId {
    region: String,
    pub(super) pool_name: String,
}

/// The URL that requests are posted to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint(pub(super) String);

impl UserPoolId {
    /// Splits at the first `_`: region before it, pool name after it.
    ///
    /// # Errors
    /// [`ConfigError`] when the text is not a user pool id: `[\w-]+_[0-9a-zA-Z]+`, at most 55 characters.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let parts = text.split_once('_').filter(|(region, pool_name)| {
            let is_region = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            text.len() <= MAX_USER_POOL_ID
                && !region.is_empty()
                && region.bytes().all(is_region)
                && !pool_name.is_empty()
                && pool_name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        match parts {
            Some((region, pool_name)) => Ok(Self { region: region.to_owned(), pool_name: pool_name.to_owned() }),
            None => Err(error(&["user-pool-id: \"", text, "\" is not a user pool id, such as eu-central-1_AbCdEfGhI"])),
        }
    }

    pub(super) fn region(&self) -> &str {
        &self.region
    }

    pub(super) fn text(&self) -> String {
        [&self.region, "_", &self.pool_name].concat()
    }

    pub(super) fn endpoint_url(&self) -> String {
        // The partitions' own domains; all others are amazonaws.com.
        let domain = match self.region.split('-').next() {
            Some("cn") => "amazonaws.com.cn",
            Some("eusc") => "amazonaws.eu",
            _ => "amazonaws.com",
        };
        ["https://cognito-idp.", &self.region, ".", domain, "/"].concat()
    }
}

impl Endpoint {
    /// A URL to post to.
    ///
    /// # Errors
    /// [`ConfigError`] unless it is `https`, or `http` on the loopback: tokens must not travel in the clear.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        if !is_safe_url(text) {
            return Err(error(&["endpoint: \"", text, "\" must be an https URL; http is for 127.0.0.1 and localhost alone"]));
        }
        Ok(Self(text.to_owned()))
    }
}

/// Whether a URL is `https`, or `http` on the loopback: nothing secret must travel in the clear.
pub(super) fn is_safe_url(text: &str) -> bool {
    let host = |rest: &str| {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        match authority.strip_prefix('[') {
            Some(v6) => v6.split(']').next().unwrap_or_default().to_owned(),
            None => authority.split(':').next().unwrap_or_default().to_owned(),
        }
    };
    match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
        (Some(rest), _) => !host(rest).is_empty() && !rest.contains('@'),
        (None, Some(rest)) => !rest.contains('@') && matches!(host(rest).as_str(), "127.0.0.1" | "localhost" | "::1"),
        (None, None) => false,
    }
}
