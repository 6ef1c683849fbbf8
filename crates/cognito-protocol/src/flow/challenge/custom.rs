//! `CUSTOM_CHALLENGE` that asks the pool's own question. Its public parameters `title` and `hint` say what.

use super::definition::{Challenge, ended_by_pool};
use crate::{
    Secret,
    flow::{form::field, notice::NoticeKind, screen::Screen},
    idp::{ChallengeName, StringMap},
};

pub(in crate::flow) static CHALLENGE: Challenge = Challenge {
    screen: Screen::CustomChallenge,
    name: ChallengeName::CustomChallenge,
    field: field::ANSWER,
    response: "ANSWER",
    read: byte_for_byte,
    shown: StringMap::clone,
    asks_again: StringMap::eq,
    read_error: ended_by_pool,
    is_renewable: false,
    is_pages_to_take: true,
};

fn byte_for_byte(typed: &Secret) -> Result<Secret, NoticeKind> {
    if typed.is_empty() { Err(NoticeKind::AnswerMissing) } else { Ok(typed.clone()) }
}
