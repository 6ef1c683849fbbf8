//! What of the contract a test has reached: seen by the ear in front of the pool, and by the page around the elements.

use std::{collections::BTreeSet, sync::Mutex};

use serde_json::Value;

use super::{Browser, PageEvent};

/// What a row of the contract is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Matter {
    Challenge,
    Screen,
    Attribute,
    Property,
    Method,
    Event,
    ErrorCode,
}

/// What a test has reached so far.
#[derive(Debug, Default)]
pub(crate) struct Reached(Mutex<BTreeSet<(Matter, String)>>);

impl Reached {
    pub fn has(&self, matter: Matter, name: &str) -> bool {
        self.0.lock().unwrap().contains(&(matter, name.to_owned()))
    }

    fn note(&self, matter: Matter, name: &Value) {
        if let Some(name) = name.as_str() {
            self.0.lock().unwrap().insert((matter, name.to_owned()));
        }
    }

    /// A body that went to the pool or came from it: the challenge that it is about, and the one that was chosen in it.
    pub fn hear(&self, body: &[u8]) {
        let Ok(body) = serde_json::from_slice::<Value>(body) else { return };
        self.note(Matter::Challenge, &body["ChallengeName"]);
        if body["ChallengeName"] == "SELECT_CHALLENGE" {
            self.note(Matter::Challenge, &body["ChallengeResponses"]["ANSWER"]);
        }
        self.note(Matter::Challenge, &body["AuthParameters"]["PREFERRED_CHALLENGE"]);
    }

    /// Events of the elements.
    pub fn told(&self, events: &[PageEvent]) {
        for event in events {
            let Some(kind) = event.kind.strip_prefix("cognito-login-") else { continue };
            self.note(Matter::Event, &kind.into());
            match kind {
                "screen" => self.note(Matter::Screen, &event.detail["screen"]),
                "error" => self.note(Matter::ErrorCode, &event.detail["code"]),
                _ => {}
            }
        }
    }

    /// What the page did to its elements.
    pub async fn look(&self, browser: &Browser) {
        let touched = browser.script("return window.seen ? seen.touched() : {}", &[]).await;
        let names = |of: &str| touched[of].as_array().cloned().unwrap_or_default();
        for (matter, of) in [
            (Matter::Attribute, "attributes"),
            (Matter::Property, "properties"),
            (Matter::Method, "methods"),
            (Matter::ErrorCode, "rejections"),
        ] {
            names(of).iter().for_each(|name| self.note(matter, name));
        }
    }
}
