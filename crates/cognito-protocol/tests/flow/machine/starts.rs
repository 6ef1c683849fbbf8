//! Machines at the places where transcripts begin.

use cognito_protocol::flow::{Page, Purpose, SignInFlow};

use super::{HOUR, Machine, NOW, settings, stored};
use crate::service::{USER_ID, user};

impl Machine {
    /// The sign-in element before anything is known.
    pub fn at_start() -> Self {
        Self::new(settings(SignInFlow::Srp, Purpose::SignIn))
    }

    /// The sign-in element on a page where nobody is signed in.
    pub fn at_sign_in(sign_in_flow: SignInFlow) -> Self {
        let mut machine = Self::new(settings(sign_in_flow, Purpose::SignIn));
        machine.on(Page::Started { stored: None }).does(["tell screen sign-in"]);
        machine
    }

    /// The sign-in element, signed in with tokens number 1 for an hour.
    pub fn signed_in() -> Self {
        let mut machine = Self::new(settings(SignInFlow::Srp, Purpose::SignIn));
        machine.on(Page::Started { stored: Some(stored(1, NOW + HOUR)) });
        machine.does([&format!("tell signed-in {USER_ID}"), "tell screen signed-in"]);
        machine
    }

    /// The same, two hours later.
    pub fn signed_in_long_ago() -> Self {
        let mut machine = Self::signed_in();
        machine.now += 2 * HOUR;
        machine
    }

    /// The account element of somebody with these second factors.
    pub fn at_account(factors: &[&str]) -> Self {
        let mut machine = Self::new(settings(SignInFlow::Srp, Purpose::Account));
        machine.on(Page::Started { stored: Some(stored(1, NOW + HOUR)) });
        machine.does([&format!("tell signed-in {USER_ID}"), "call GetUser", "tell screen account"]);
        machine.replied(user(factors)).does([]);
        machine
    }

    /// The page is loaded anew, with what was kept.
    pub fn reloaded(self) -> Self {
        let mut next = Self::new(self.state().settings().clone());
        (next.now, next.kept.record) = (self.now, self.kept.record.clone());
        if let Some(record) = &self.kept.record {
            next.on(Page::ChallengeFound { record: record.clone().into() }).does([]);
        }
        next
    }
}
