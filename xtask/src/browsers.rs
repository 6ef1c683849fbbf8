//! The browsers beside Chromium in which the components are tested: Firefox, and WebKit as WebKitGTK has it. What is there is used, by
//! variables or on PATH; what is not is installed where that can be done without asking for a password.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::process::{self, say};
use crate::tools::{self, from_variable};
use crate::workspace::Workspace;

/// What the tests are told of a browser: a variable's name and its value, and so on.
pub type Variables = Vec<(&'static str, PathBuf)>;

/// A browser that is not on this machine and cannot be installed, and why. Not every developer has every browser.
#[derive(Debug)]
pub struct Missing(anyhow::Error);

impl Missing {
    /// One with that reason.
    #[cfg(test)]
    pub fn because(reason: &'static str) -> Self {
        Self(anyhow::Error::msg(reason))
    }
}

impl std::error::Error for Missing {}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:#}", self.0)
    }
}

/// Finds Firefox and its driver, and installs them where it may.
pub fn firefox(workspace: &Workspace) -> Result<Variables, Missing> {
    provide_firefox(workspace).map_err(Missing)
}

/// Finds WebKitGTK's driver and a screen in memory for its browser, and installs them where it may. The browser comes with the driver,
/// in a place that the tests know.
pub fn webkit() -> Result<Variables, Missing> {
    provide_webkit().map_err(Missing)
}

fn provide_firefox(workspace: &Workspace) -> Result<Variables> {
    let browser = match find_firefox() {
        Some(browser) => browser,
        None => {
            say("Installing Firefox");
            let otherwise = "Firefox is needed on PATH, or named by the variable FIREFOX";
            tools::apt_install(&["firefox-esr"], otherwise)?;
            installed(find_firefox(), "Firefox")?
        }
    };
    let driver = match from_variable("GECKODRIVER") {
        Some(driver) => driver,
        None => tools::geckodriver(workspace)?.join("geckodriver"),
    };
    Ok(vec![("FIREFOX", browser), ("GECKODRIVER", driver)])
}

fn find_firefox() -> Option<PathBuf> {
    let mac = Path::new("/Applications/Firefox.app/Contents/MacOS/firefox");
    from_variable("FIREFOX")
        .or_else(|| process::find("firefox-esr"))
        .or_else(|| process::find("firefox"))
        .or_else(|| mac.exists().then(|| mac.into()))
}

fn provide_webkit() -> Result<Variables> {
    if let Some(found) = find_webkit() {
        return Ok(found);
    }
    say("Installing WebKit");
    let otherwise = "WebKitGTK's WebKitWebDriver, or what the variable WEBKITDRIVER names, and Xvfb are needed on PATH";
    tools::apt_install(&["webkit2gtk-driver", "xvfb"], otherwise)?;
    installed(find_webkit(), "WebKit")
}

fn find_webkit() -> Option<Variables> {
    let driver = from_variable("WEBKITDRIVER").or_else(|| process::find("WebKitWebDriver"))?;
    process::find("Xvfb")?;
    Some(vec![("WEBKITDRIVER", driver)])
}

fn installed<T>(found: Option<T>, name: &str) -> Result<T> {
    match found {
        Some(found) => Ok(found),
        None => bail!("{name} was installed, but it is not on PATH"),
    }
}
