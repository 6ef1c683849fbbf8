//! `MFA_SETUP` by e-mail: the address that codes will go to. Its first code follows.

use super::definition::Challenge;
use crate::{
    Secret,
    flow::{form::field, notice::NoticeKind, screen::Screen},
    idp::{ChallengeName, StringMap},
};

pub(in crate::flow) static CHALLENGE: Challenge = Challenge {
    screen: |_| Screen::EmailSetup,
    name: ChallengeName::MfaSetup,
    field: field::EMAIL,
    response: "EMAIL",
    read: read_address,
    shown: |_| StringMap::default(),
    is_renewable: false,
    ..Challenge::SENT_CODE
};

/// `MFAS_CAN_SETUP` where nothing else can be set up, or is wanted.
pub(in crate::flow) const ALONE: &str = "[\"EMAIL_OTP\"]";

/// Only the service knows which addresses there are.
fn read_address(typed: &Secret) -> Result<Secret, NoticeKind> {
    match typed.expose().trim().split_once('@') {
        Some((name, host)) if !name.is_empty() && !host.is_empty() => Ok(typed.expose().trim().into()),
        _ => Err(NoticeKind::EmailInvalid),
    }
}
