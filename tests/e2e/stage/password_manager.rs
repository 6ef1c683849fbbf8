//! Firefox's own password manager, with a person who presses the button of its panel. Chromium's panel can be pressed by nobody without
//! a window.

use serde_json::json;

use super::{Browser, until};

/// What a script in the browser's own window works with: the window, and what stands open in its panel.
const PANEL: &str = "const window = Services.wm.getMostRecentWindow('navigator:browser');
    const { PopupNotifications, document, gBrowser } = window;
    const notification = PopupNotifications.getNotification('password', gBrowser.selectedBrowser);
    const field = (name) => document.getElementById(`password-notification-${name}`).value;
    const button = PopupNotifications.panel.querySelector('popupnotification[popupid=password]')?.button;";

/// It is on from `turn_on` to `turn_off`; other tests are not asked about passwords.
pub(crate) struct PasswordManager<'a> {
    browser: &'a Browser,
}

/// What it asks.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    /// The button's text: `Save` or `Update`.
    pub button: String,
    pub name: String,
    pub password: String,
}

impl<'a> PasswordManager<'a> {
    pub async fn turn_on(browser: &'a Browser) -> Self {
        let manager = Self { browser };
        manager.set(true).await;
        manager
    }

    /// Waits until its panel asks, and answers for what.
    pub async fn offer(&self) -> Offer {
        let look = format!("{PANEL} return button && notification && [button.label, field('username'), field('password')]");
        until("an offer to save a password", async || {
            let found = self.browser.privileged(&look).await;
            let text = |at: usize| found[at].as_str().map(str::to_owned);
            Some(Offer { button: text(0)?, name: text(1)?, password: text(2)? })
        })
        .await
    }

    /// Presses the button of the panel, and waits until this is all that is saved: names with their passwords.
    pub async fn accept(&self, expected: &[(&str, &str)]) {
        self.browser.privileged(&format!("{PANEL} button.click()")).await;
        let saved = "return Services.logins.getAllLogins().then((all) => all.map((one) => [one.username, one.password]).sort())";
        let expected = json!(expected);
        let is_saved = async || (self.browser.privileged(saved).await == expected).then_some(());
        until(format!("{expected} to be saved"), is_saved).await;
    }

    /// For the next test: it knows nothing, and asks nothing.
    pub async fn turn_off(self) {
        let forget = "return Services.logins.removeAllLoginsAsync()";
        self.browser.privileged(&format!("{PANEL} notification?.remove(); {forget}")).await;
        self.set(false).await;
    }

    async fn set(&self, is_on: bool) {
        // The last is for how long a panel takes no click: people are to read first.
        let set = format!(
            "for (const name of ['rememberSignons', 'autofillForms']) Services.prefs.setBoolPref(`signon.${{name}}`, {is_on});
            Services.prefs.setIntPref('security.notification_enable_delay', 0)"
        );
        self.browser.privileged(&set).await;
    }
}
