//! The wait before another new code may be asked for.

use cognito_protocol::flow::{ChallengeView, Details};
use yew::Callback;

use super::input::Input;
use crate::shell::clock;

/// How long after a new code was sent another may be asked for, where the triggers do not say.
const RESEND_AFTER_SECS: i64 = 30;

/// How many seconds must go by before another new code may be asked for. The first may be asked for at once.
pub(super) fn wait_secs(challenge: &ChallengeView) -> u32 {
    let Some(renewed_at_millis) = challenge.renewed_at_millis else { return 0 };
    let after_secs = challenge.parameters.get("resendAfter").and_then(|secs| secs.parse().ok()).unwrap_or(RESEND_AFTER_SECS);
    let wait_millis = renewed_at_millis + after_secs.clamp(0, 600) * 1000 - clock::now_millis();
    u32::try_from(wait_millis.max(0).saturating_add(999) / 1000).unwrap_or(0)
}

/// A running countdown.
#[derive(Default)]
pub(super) struct Countdown {
    is_ticking: bool,
}

impl Countdown {
    /// Calls for another drawing after a second, as long as somebody must wait.
    pub fn tick(&mut self, details: &Details, input: &Callback<Input>) {
        if let Details::Challenge(challenge) = details
            && wait_secs(challenge) > 0
            && !self.is_ticking
        {
            self.is_ticking = true;
            let input = input.clone();
            clock::after(1000, move || input.emit(Input::SecondPassed));
        }
    }

    /// The second went by.
    pub fn ticked(&mut self) {
        self.is_ticking = false;
    }
}
