//! `SELECT_MFA_TYPE`: the person chooses the second factor.

use super::definition::{Challenge, byte_for_byte};
use crate::{
    flow::{
        factor::{Choice, choices},
        form::field,
        screen::Screen,
    },
    idp::{ChallengeName, StringMap},
};

pub(in crate::flow) static CHALLENGE: Challenge = Challenge {
    screen: |_| Screen::ChooseMfa,
    name: ChallengeName::SelectMfaType,
    field: field::CHOICE,
    response: "ANSWER",
    read: byte_for_byte,
    shown: |_| StringMap::default(),
    choices: offered,
    is_renewable: false,
    ..Challenge::SENT_CODE
};

/// What can be chosen. The developer guide once gave the list another name.
pub(in crate::flow) fn offered(parameters: &StringMap) -> Vec<Choice> {
    parameters.get("MFAS_CAN_CHOOSE").or_else(|| parameters.get("MFAS_CAN_SELECT")).map_or_else(Vec::new, choices)
}
