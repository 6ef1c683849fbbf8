//! `CUSTOM_CHALLENGE` that asks for an e-mailed code.

use super::definition::Challenge;
use crate::{flow::screen::Screen, idp::StringMap};

pub(in crate::flow) static CHALLENGE: Challenge = Challenge {
    screen: Screen::EmailCode,
    response: "ANSWER",
    shown: StringMap::clone,
    asks_again: goes_to_the_same_place,
    is_pages_to_take: true,
    ..Challenge::SENT_CODE
};

/// Whether the code goes to the same place: some triggers count attempts in their parameters.
fn goes_to_the_same_place(before: &StringMap, now: &StringMap) -> bool {
    ["type", "destination"].iter().all(|key| before.get(key) == now.get(key))
}
