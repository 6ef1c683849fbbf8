//! Sign-in with other providers.

use cognito_protocol::{flow::Federation, text};

use super::{ConfigError, Given, error, pool::is_safe_url};

const DEFAULT_SCOPES: &str = "openid email profile";

/// Longest name of a provider, from the API reference.
const MAX_PROVIDER: usize = 32;

/// Most providers that have a button.
const MAX_PROVIDERS: usize = 20;

/// What the four attributes say; `None` where there is no domain.
pub(super) fn read(given: Given<'_>) -> Result<Option<Federation>, ConfigError> {
    let (domain, names) = (given("oauth-domain"), given("oauth-providers"));
    let (uri, asked) = (given("oauth-redirect-uri"), given("oauth-scopes"));
    let Some(domain) = domain else {
        return match names {
            Some(_) => Err(error(&["oauth-providers: this needs oauth-domain beside it, the host name of the pool's domain"])),
            None => Ok(None),
        };
    };
    Ok(Some(Federation {
        domain: origin(&domain)?,
        providers: providers(&names.unwrap_or_default())?,
        redirect_uri: redirect_uri(uri)?,
        scopes: scopes(asked)?,
    }))
}

/// Scheme and host. A host name alone means `https`.
fn origin(text: &str) -> Result<String, ConfigError> {
    let is_host = |text: &str| {
        let is_label = |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        text.contains('.') && text.split('.').all(is_label)
    };
    let bare = text.strip_suffix('/').unwrap_or(text);
    let has_no_path = text::cut(bare, "://").is_some_and(|(_, rest)| !rest.contains(['/', '?', '#']));
    if is_host(text) {
        Ok(["https://", text].concat())
    } else if has_no_path && is_safe_url(bare) {
        Ok(bare.to_owned())
    } else {
        let what = "\" must be a host name, such as login.example.com, without a path; a URL with http is for 127.0.0.1 and localhost alone";
        Err(error(&["oauth-domain: \"", text, what]))
    }
}

fn providers(names: &str) -> Result<Vec<String>, ConfigError> {
    let names: Vec<String> = names.split_ascii_whitespace().map(str::to_owned).collect();
    for (place, name) in names.iter().enumerate() {
        if name.chars().count() > MAX_PROVIDER {
            return Err(error(&["oauth-providers: \"", name, "\" is longer than a provider's name can be, 32 characters"]));
        }
        if names.iter().take(place).any(|other| other == name) {
            return Err(error(&["oauth-providers: \"", name, "\" stands there twice"]));
        }
    }
    if names.len() > MAX_PROVIDERS {
        return Err(error(&["oauth-providers: there are more than 20"]));
    }
    Ok(names)
}

/// Empty for the page itself, which only whoever draws the widget knows.
fn redirect_uri(uri: Option<String>) -> Result<String, ConfigError> {
    let Some(uri) = uri else { return Ok(String::new()) };
    if is_safe_url(&uri) && !uri.contains('#') {
        return Ok(uri);
    }
    let what = "\" must be a whole https URL without a fragment, as the app client has it among its callback URLs; http is for 127.0.0.1 and localhost alone";
    Err(error(&["oauth-redirect-uri: \"", &uri, what]))
}

fn scopes(scopes: Option<String>) -> Result<String, ConfigError> {
    let Some(scopes) = scopes else { return Ok(DEFAULT_SCOPES.to_owned()) };
    let names: Vec<&str> = scopes.split_ascii_whitespace().collect();
    if names.contains(&"openid") {
        return Ok(names.join(" "));
    }
    Err(error(&["oauth-scopes: \"", &scopes, "\" needs openid, without which there is no ID token"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(attributes: &[(&str, &str)]) -> Result<Option<Federation>, ConfigError> {
        let given = |name: &str| attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        read(&given)
    }

    #[test]
    fn the_defaults() {
        assert_eq!(parse(&[]), Ok(None));
        let federation = parse(&[("oauth-domain", "login.example.com"), ("oauth-providers", " Google\n SignInWithApple ")]);
        let expected = Federation {
            domain: "https://login.example.com".to_owned(),
            providers: vec!["Google".to_owned(), "SignInWithApple".to_owned()],
            redirect_uri: String::new(),
            scopes: "openid email profile".to_owned(),
        };
        assert_eq!(federation, Ok(Some(expected)));
    }

    #[test]
    fn a_domain_is_a_host_or_an_origin() {
        for (text, origin) in [
            ("shop.auth.eu-west-1.amazoncognito.com", "https://shop.auth.eu-west-1.amazoncognito.com"),
            ("https://login.example.com", "https://login.example.com"),
            ("https://login.example.com/", "https://login.example.com"),
            ("http://127.0.0.1:9229/", "http://127.0.0.1:9229"),
            ("http://localhost:9229", "http://localhost:9229"),
        ] {
            assert_eq!(parse(&[("oauth-domain", text)]).unwrap().unwrap().domain, origin, "{text}");
        }
        for text in [
            "login",
            "login.example.com/oauth2",
            "https://login.example.com/oauth2",
            "https://login.example.com?x",
            "https://me@login.example.com",
            "http://login.example.com",
            "http://127.0.0.1.example.com",
            "javascript:alert(1)",
            "login..example.com",
            "a b.example.com",
        ] {
            let error = parse(&[("oauth-domain", text)]).unwrap_err().to_string();
            assert!(error.starts_with(&format!("oauth-domain: \"{text}\" must be")), "{error}");
        }
    }

    #[test]
    fn each_bad_value_is_named() {
        let domain = ("oauth-domain", "login.example.com");
        for (attribute, value) in [
            ("oauth-providers", "Google Google"),
            ("oauth-providers", "AProviderWhoseNameIsLongerThanItCanBe"),
            ("oauth-redirect-uri", "/login"),
            ("oauth-redirect-uri", "login.html"),
            ("oauth-redirect-uri", "http://example.com/"),
            ("oauth-redirect-uri", "https://example.com/#x"),
            ("oauth-scopes", "email profile"),
        ] {
            let error = parse(&[domain, (attribute, value)]).unwrap_err().to_string();
            assert!(error.starts_with(&format!("{attribute}: \"")), "{error}");
        }
        let error = parse(&[("oauth-providers", "Google")]).unwrap_err().to_string();
        assert!(error.starts_with("oauth-providers: this needs oauth-domain"), "{error}");
    }
}
