//! An authenticator for passkeys that the browser takes for a real one.
//!
//! # Source
//! Web Authentication Level 3, 11: "User Agent Automation".

use serde_json::{Value, json};

use super::Browser;

/// An authenticator that is part of the browser's device, with people who consent at once. It is there until it is taken away, or the
/// tab is closed.
pub(crate) struct Authenticator<'a> {
    browser: &'a Browser,
    id: String,
}

impl<'a> Authenticator<'a> {
    /// One that recognises its owner.
    pub async fn plug_in(browser: &'a Browser) -> Self {
        Self::with(browser, true).await
    }

    /// One that nobody touches, with the passkeys of this one in its place: a device has one alone.
    pub async fn left_alone(self) -> Self {
        let passkeys = self.command("GET", "/credentials", Value::Null).await;
        let browser = self.browser;
        self.unplug().await;
        let idle = Self::with(browser, false).await;
        for passkey in passkeys.as_array().unwrap() {
            idle.command("POST", "/credential", passkey.clone()).await;
        }
        idle
    }

    async fn with(browser: &'a Browser, is_consenting: bool) -> Self {
        let kind = json!({
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": true,
            "hasUserVerification": true,
            "isUserConsenting": is_consenting,
            "isUserVerified": true,
        });
        let id = browser.extension("POST", "webauthn/authenticator".to_owned(), kind).await;
        Self { browser, id: id.as_str().unwrap().to_owned() }
    }

    /// Whether it recognises its owner from now on.
    pub async fn recognises(&self, is_owner: bool) {
        self.command("POST", "/uv", json!({ "isUserVerified": is_owner })).await;
    }

    /// How many passkeys it has.
    pub async fn passkeys(&self) -> usize {
        self.command("GET", "/credentials", Value::Null).await.as_array().unwrap().len()
    }

    pub async fn unplug(self) {
        self.command("DELETE", "", Value::Null).await;
    }

    async fn command(&self, method: &'static str, path: &str, body: Value) -> Value {
        self.browser.extension(method, format!("webauthn/authenticator/{}{path}", self.id), body).await
    }
}
