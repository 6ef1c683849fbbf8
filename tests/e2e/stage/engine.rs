//! The browsers in which the tests run, and what differs between them.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use fantoccini::wd::Capabilities;
use serde_json::{Value, json};

/// A browser, by the name that the variable `E2E_BROWSER` has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Engine {
    /// `chromium`, and where nothing is said.
    Chromium,
    /// `firefox`
    Firefox,
    /// `webkit`, as WebKitGTK has it
    WebKit,
}

/// The program that drives a browser.
pub(super) struct Program {
    /// Its file, where it is not called `name` on `PATH`.
    pub variable: &'static str,
    pub name: &'static str,
    pub port: Port,
    /// It drives one browser and no more.
    pub is_for_one: bool,
    /// Its browser is never without a screen, and is given one that nobody sees.
    pub has_screen: bool,
}

/// Who chooses the driver's port.
pub(super) enum Port {
    /// It does itself, and says so in a line with this before the port.
    SaidAfter(&'static str),
    /// Whoever starts it, and nothing is said.
    Given,
}

impl Engine {
    pub fn chosen() -> Self {
        match env::var("E2E_BROWSER").as_deref() {
            Err(_) | Ok("chromium") => Self::Chromium,
            Ok("firefox") => Self::Firefox,
            Ok("webkit") => Self::WebKit,
            Ok(other) => panic!("E2E_BROWSER: {other:?} is neither chromium nor firefox nor webkit"),
        }
    }

    pub fn program(self) -> Program {
        match self {
            Self::Chromium => Program {
                variable: "CHROMEDRIVER",
                name: "chromedriver",
                port: Port::SaidAfter("successfully on port "),
                is_for_one: false,
                has_screen: false,
            },
            Self::Firefox => Program {
                variable: "GECKODRIVER",
                name: "geckodriver",
                port: Port::SaidAfter("Listening on 127.0.0.1:"),
                is_for_one: true,
                has_screen: false,
            },
            Self::WebKit => Program {
                variable: "WEBKITDRIVER",
                name: "WebKitWebDriver",
                port: Port::Given,
                is_for_one: true,
                has_screen: true,
            },
        }
    }

    /// What the driver is told, beside the port.
    pub fn arguments(self, profiles: &Path) -> Vec<String> {
        match self {
            Self::Chromium | Self::WebKit => Vec::new(),
            // The second is for `Browser::privileged`.
            Self::Firefox => vec![format!("--profile-root={}", profiles.display()), "--allow-system-access".to_owned()],
        }
    }

    /// What a session asks for; the profile is a folder that is not there yet.
    pub fn capabilities(self, profile: &Path) -> Capabilities {
        let (name, variable, mut options) = match self {
            Self::Chromium => ("goog:chromeOptions", "CHROME", chromium(profile)),
            Self::Firefox => ("moz:firefoxOptions", "FIREFOX", firefox()),
            Self::WebKit => ("webkitgtk:browserOptions", "WEBKIT", webkit()),
        };
        if let Ok(binary) = env::var(variable) {
            options["binary"] = binary.into();
        }
        let mut capabilities = Capabilities::new();
        capabilities.insert(name.to_owned(), options);
        if self == Self::Chromium {
            capabilities.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
        }
        capabilities
    }
}

fn chromium(profile: &Path) -> Value {
    json!({
        "args": [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1280,900",
            format!("--user-data-dir={}", profile.display()),
        ],
    })
}

fn firefox() -> Value {
    json!({
        "args": ["-headless", "--width=1280", "--height=900"],
        "prefs": {
            // Asked for by the browser itself, and told as a violation of the page's policy.
            "browser.chrome.site_icons": false,
            // Authenticators that WebDriver adds.
            "security.webauth.webauthn_enable_softtoken": true,
            "security.webauth.webauthn_enable_usbtoken": false,
        },
    })
}

/// The browser for tests that comes with WebKitGTK, in a folder for each processor and version.
fn webkit() -> Value {
    let below =
        |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect::<Vec<_>>();
    let folders = below(Path::new("/usr/lib")).into_iter().flat_map(|folder| below(&folder));
    let mut browsers = folders.map(|folder| folder.join("MiniBrowser")).filter(|file| file.is_file());
    json!({ "binary": browsers.next().unwrap_or_else(|| PathBuf::from("MiniBrowser")), "args": ["--automation"] })
}
