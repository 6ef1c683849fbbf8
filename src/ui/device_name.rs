//! What people call a device, of what its browser calls itself, or what Amplify makes of its client hints.

use cognito_protocol::text;

use crate::i18n::{Key, Texts};

/// What stands in a user agent, and what people call it. The first that is found counts: many browsers name others besides.
type Names = &'static [(&'static str, &'static str)];

const BROWSERS: Names = &[
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
];

const SYSTEMS: Names = &[
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Mac OS", "macOS"),
    ("macOS", "macOS"),
    ("Linux", "Linux"),
];

/// How much is shown of a name that is none of a browser.
const MOST_CHARS: usize = 60;

/// `Chrome on Linux`; what is no user agent stays as it is, if not too long.
pub(super) fn device_name(texts: &Texts, name: &str) -> String {
    let find = |names: Names| names.iter().find(|(mark, _)| text::has(name, mark)).map(|(_, called)| *called);
    let called = match (find(BROWSERS), find(SYSTEMS)) {
        (Some(browser), Some(system)) => texts.fill(Key::AccountDeviceName, &[("browser", browser), ("system", system)]),
        (Some(_) | None, _) => None,
    };
    match called {
        Some(called) => called,
        None if name.is_empty() => texts.get(Key::AccountDeviceUnknown).to_owned(),
        None => name.chars().take(MOST_CHARS).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_agents_become_names() {
        let name = |agent: &str| device_name(&Texts::english(), agent);
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36";
        assert_eq!(name(chrome), "Chrome on Linux");
        let safari =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(name(safari), "Safari on iPhone");
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0";
        assert_eq!(name(edge), "Edge on Windows");
        assert_eq!(
            name("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0"),
            "Firefox on macOS"
        );
        let amplify = "macOS 14.2.1 arm macOS Not A(Brand/99.0.0.0;Google Chrome/121.0.6167.160;Chromium/121.0.6167.160";
        assert_eq!(name(amplify), "Chrome on macOS");
    }

    #[test]
    fn other_names_stay_as_they_are() {
        let name = |agent: &str| device_name(&Texts::english(), agent);
        assert_eq!(name("Ann's phone"), "Ann's phone");
        assert_eq!(name("Linux"), "Linux");
        assert_eq!(name(""), "Unknown device");
        assert_eq!(name(&"x".repeat(1000)).len(), MOST_CHARS);
    }
}
