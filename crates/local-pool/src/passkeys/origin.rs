//! Which pages a relying party has.

use webauthn_rp::response::Origin;

/// The pages of a relying party, to be compared with the origin that a browser tells.
pub(super) struct PagesOf<'a>(pub &'a str);

impl PartialEq<Origin<'_>> for PagesOf<'_> {
    fn eq(&self, origin: &Origin<'_>) -> bool {
        is_page_of(self.0, &origin.0)
    }
}

/// Whether an origin is the relying party's host or one below it: by `https` on any port, by `http` on this machine alone, as browsers
/// make passkeys.
fn is_page_of(relying_party_id: &str, origin: &str) -> bool {
    let (is_secure, authority) = match origin.split_once("://") {
        Some(("https", authority)) => (true, authority),
        Some(("http", authority)) => (false, authority),
        _ => return false,
    };
    let (host, port) = authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
    let is_host = !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
    let is_port = port.is_none_or(|port| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()));
    let is_this_machine = host == "localhost" || host.ends_with(".localhost");
    let is_below = host.strip_suffix(relying_party_id).is_some_and(|above| above.is_empty() || above.ends_with('.'));
    is_host && is_port && is_below && (is_secure || is_this_machine)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_and_those_below_it_are_pages_of_a_relying_party() {
        for origin in ["https://example.com", "https://example.com:8443", "https://auth.example.com", "https://a.b.example.com"] {
            assert!(is_page_of("example.com", origin), "{origin}");
        }
        for origin in [
            "http://example.com",
            "https://example.org",
            "https://badexample.com",
            "https://example.com.evil.org",
            "https://example.com@evil.org",
            "https://evil.org/example.com",
            "https://com",
            "https://",
            "https://.example.com:",
            "https://example.com/",
            "https://example.com:8443x",
            "HTTPS://example.com",
            "ftp://example.com",
            "android:apk-key-hash:example.com",
            "null",
            "",
        ] {
            assert!(!is_page_of("example.com", origin), "{origin}");
        }
    }

    #[test]
    fn http_is_for_this_machine_alone() {
        for origin in ["http://localhost", "http://localhost:8080", "https://localhost", "http://app.localhost:1"] {
            assert!(is_page_of("localhost", origin), "{origin}");
        }
        for origin in ["http://127.0.0.1:8080", "http://[::1]:8080", "http://localhost.example.com", "http://notlocalhost"] {
            assert!(!is_page_of("localhost", origin), "{origin}");
        }
    }
}
