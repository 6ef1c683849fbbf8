//! The browsers in which the tests run, and what differs between them.

use std::{env, path::Path};

use fantoccini::wd::Capabilities;
use serde_json::{Value, json};

/// A browser, by the name that the variable `E2E_BROWSER` has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Engine {
    /// `chromium`, and where nothing is said.
    Chromium,
    /// `firefox`
    Firefox,
}

/// The program that drives a browser.
pub(super) struct Program {
    /// Its file, where it is not called `name` on `PATH`.
    pub variable: &'static str,
    pub name: &'static str,
    /// What its first line with the port has before it.
    pub before_port: &'static str,
    /// It drives one browser and no more.
    pub is_for_one: bool,
}

impl Engine {
    pub fn chosen() -> Self {
        match env::var("E2E_BROWSER").as_deref() {
            Err(_) | Ok("chromium") => Self::Chromium,
            Ok("firefox") => Self::Firefox,
            Ok(other) => panic!("E2E_BROWSER: {other:?} is neither chromium nor firefox"),
        }
    }

    pub fn program(self) -> Program {
        match self {
            Self::Chromium => Program {
                variable: "CHROMEDRIVER",
                name: "chromedriver",
                before_port: "successfully on port ",
                is_for_one: false,
            },
            Self::Firefox => {
                Program { variable: "GECKODRIVER", name: "geckodriver", before_port: "Listening on 127.0.0.1:", is_for_one: true }
            }
        }
    }

    /// What the driver is told, beside the port.
    pub fn arguments(self, profiles: &Path) -> Vec<String> {
        match self {
            Self::Chromium => Vec::new(),
            // The second is for `Browser::privileged`.
            Self::Firefox => vec![format!("--profile-root={}", profiles.display()), "--allow-system-access".to_owned()],
        }
    }

    /// What a session asks for; the profile is a folder that is not there yet.
    pub fn capabilities(self, profile: &Path) -> Capabilities {
        let (name, variable, mut options) = match self {
            Self::Chromium => ("goog:chromeOptions", "CHROME", chromium(profile)),
            Self::Firefox => ("moz:firefoxOptions", "FIREFOX", firefox()),
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
            // Pages may read what was copied, without asking.
            "dom.events.testing.asyncClipboard": true,
            // Authenticators that WebDriver adds.
            "security.webauth.webauthn_enable_softtoken": true,
            "security.webauth.webauthn_enable_usbtoken": false,
        },
    })
}
