//! Which AWS Region a host or a pool is of.

use crate::text;

/// The Region before the `_` of a user pool id.
///
/// # Source
/// docs/cognito.md#endpoints
#[must_use]
pub fn of_pool(user_pool_id: &str) -> Option<&str> {
    user_pool_id.split_once('_').map(|(region, _)| region).filter(|region| !region.is_empty())
}

/// The Region in the URL of one of the service's own endpoints; `None` for every other URL.
///
/// # Source
/// docs/cognito.md#endpoints
#[must_use]
pub fn of_endpoint(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://cognito-idp.").or_else(|| url.strip_prefix("https://cognito-idp-fips."))?;
    let (region, domain) = rest.split_once('.')?;
    domain.starts_with("amazonaws.").then_some(region)
}

/// The Region in the host name of a domain that the service gives to pools; `None` for a domain of one's own.
#[must_use]
pub fn of_oauth_host(host: &str) -> Option<&str> {
    let (_, rest) = text::cut(host, ".auth.").or_else(|| text::cut(host, ".auth-fips."))?;
    text::cut(rest, ".amazoncognito.").map(|(region, _)| region)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_region_of_the_services_own_endpoints_is_known() {
        for (url, region) in [
            ("https://cognito-idp.eu-west-1.amazonaws.com/", Some("eu-west-1")),
            ("https://cognito-idp.eu-west-1.amazonaws.com", Some("eu-west-1")),
            ("https://cognito-idp-fips.us-east-2.amazonaws.com:443/", Some("us-east-2")),
            ("https://cognito-idp.eusc-de-east-1.amazonaws.eu/", Some("eusc-de-east-1")),
            ("https://proxy.example/cognito-idp.eu-west-1.amazonaws.com/", None),
            ("https://cognito-idp.eu-west-1.example.com/", None),
            ("http://127.0.0.1:9229/", None),
        ] {
            assert_eq!(of_endpoint(url), region, "{url}");
        }
    }

    #[test]
    fn the_region_of_pools_and_domains_is_known() {
        assert_eq!(of_pool("eu-west-1_AbC"), Some("eu-west-1"));
        assert_eq!(of_pool("nonsense"), None);
        assert_eq!(of_oauth_host("shop.auth.eu-west-1.amazoncognito.com"), Some("eu-west-1"));
        assert_eq!(of_oauth_host("login.shop.example"), None);
    }
}
