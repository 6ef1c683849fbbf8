//! Who asks a server that is meant for this machine alone.
//!
//! Such a server listens on the loopback address, but two kinds of web pages from elsewhere could still reach it through a browser on
//! this machine. One has its own host name resolve to 127.0.0.1 (DNS rebinding): its requests carry that name as `Host`. The other
//! just sends requests to 127.0.0.1: they carry its `Origin`. Both are told from the programs and pages of this machine here.

use std::fmt;

use http::{HeaderMap, Request, header};

/// Who asks, from this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    /// No page, as far as the headers say.
    Program,
    /// A page whose origin is on the loopback address.
    Page,
}

/// What shows that somebody else asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// The name in `Host`, or that there is none, or several.
    Host,
    /// The page in `Origin`.
    Origin,
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Host => "Only for requests to 127.0.0.1 or localhost.",
            Self::Origin => "Only for pages on 127.0.0.1 or localhost.",
        })
    }
}

/// Who asks.
///
/// # Errors
/// For a host that is not the loopback, and for the page of another.
pub fn asker<Body>(request: &Request<Body>) -> Result<Asker, Foreign> {
    let host = only(request.headers(), header::HOST);
    let host = host.or_else(|| request.uri().authority().map(|authority| authority.to_string()));
    if !host.is_some_and(|host| is_loopback(&host)) {
        return Err(Foreign::Host);
    }
    match only(request.headers(), header::ORIGIN) {
        None => Ok(Asker::Program),
        Some(origin) if origin.strip_prefix("http://").is_some_and(is_loopback) => Ok(Asker::Page),
        Some(_) => Err(Foreign::Origin),
    }
}

/// Whether a browser sent this, for whatever page: it says where from, even in requests that carry no `Origin`, such as those for
/// images.
#[must_use]
pub fn is_from_browser(headers: &HeaderMap) -> bool {
    headers.contains_key(header::ORIGIN) || headers.contains_key("sec-fetch-site")
}

/// The one header of that name. What is no text, or there more than once, is no loopback host either.
fn only(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    let is_only = values.next().is_none();
    Some(first.to_str().ok().filter(|_| is_only).unwrap_or("?").to_owned())
}

/// `127.0.0.1`, `localhost` or `[::1]`, with any port.
fn is_loopback(authority: &str) -> bool {
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    matches!(host, "127.0.0.1" | "localhost" | "[::1]")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use http::Request;

    use super::{Asker, Foreign, asker, is_from_browser, is_loopback};

    #[test]
    fn hosts() {
        for host in ["127.0.0.1", "127.0.0.1:9229", "localhost", "localhost:80", "[::1]", "[::1]:9229"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            "example.com",
            "127.0.0.1.example.com",
            "localhost.example.com:9229",
            "example.com:127.0.0.1",
            "user@127.0.0.1",
            "127.0.0.1/x",
            "::1",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }

    fn request(headers: &[(&str, &str)]) -> Request<()> {
        let mut request = Request::post("/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(()).unwrap()
    }

    #[test]
    fn askers() {
        const HERE: (&str, &str) = ("host", "localhost:9001");
        for (headers, expected) in [
            (&[HERE][..], Ok(Asker::Program)),
            (&[HERE, ("origin", "http://127.0.0.1:8080")], Ok(Asker::Page)),
            (&[HERE, ("origin", "https://127.0.0.1:8080")], Err(Foreign::Origin)),
            (&[HERE, ("origin", "https://shop.example")], Err(Foreign::Origin)),
            (&[HERE, ("origin", "null")], Err(Foreign::Origin)),
            (&[HERE, ("origin", "http://localhost"), ("origin", "https://shop.example")], Err(Foreign::Origin)),
            (&[("host", "shop.example:9001")], Err(Foreign::Host)),
            (&[HERE, ("host", "shop.example:9001")], Err(Foreign::Host)),
            (&[], Err(Foreign::Host)),
        ] {
            assert_eq!(asker(&request(headers)), expected, "{headers:?}");
        }
    }

    #[test]
    fn browsers() {
        for header in [("origin", "null"), ("sec-fetch-site", "cross-site")] {
            assert!(is_from_browser(request(&[header]).headers()), "{header:?}");
        }
        assert!(!is_from_browser(request(&[("user-agent", "Mozilla/5.0")]).headers()));
    }
}
