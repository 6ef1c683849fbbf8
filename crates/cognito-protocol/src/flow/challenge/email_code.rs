//! `CUSTOM_CHALLENGE` that asks for a code: an e-mailed one, unless its parameter `type` names another screen.

use super::definition::Challenge;
use crate::{flow::screen::Screen, idp::StringMap};

pub(in crate::flow) static CHALLENGE: Challenge = Challenge {
    screen,
    response: "ANSWER",
    shown: StringMap::clone,
    asks_again: goes_to_the_same_place,
    is_pages_to_take: true,
    ..Challenge::SENT_CODE
};

/// The screen that the parameter `type` names; for what is no code that is the screen of any other question.
pub(super) fn screen(parameters: &StringMap) -> Screen {
    match parameters.get("type") {
        None | Some("EMAIL_CODE" | "email-code") => Screen::EmailCode,
        Some("sms-code") => Screen::SmsCode,
        Some("totp-code") => Screen::TotpCode,
        Some(_) => Screen::CustomChallenge,
    }
}

/// Whether the code goes to the same place: some triggers count attempts in their parameters.
fn goes_to_the_same_place(before: &StringMap, now: &StringMap) -> bool {
    ["type", "destination"].iter().all(|key| before.get(key) == now.get(key))
}
