//! `CUSTOM_CHALLENGE` that asks the pool's own question. Its public parameters `title` and `hint` say what.

use super::definition::{Challenge, byte_for_byte};
use crate::{
    flow::{form::field, screen::Screen},
    idp::StringMap,
};

pub(in crate::flow) static CHALLENGE: Challenge = Challenge {
    screen: |_| Screen::CustomChallenge,
    field: field::ANSWER,
    response: "ANSWER",
    read: byte_for_byte,
    shown: StringMap::clone,
    asks_again: StringMap::eq,
    is_renewable: false,
    keeps_password: false,
    is_pages_to_take: true,
    ..Challenge::SENT_CODE
};
