//! `SOFTWARE_TOKEN_MFA`: a code of the authenticator app.

use super::definition::{Challenge, ended_by_pool, read_code};
use crate::{
    Secret,
    flow::{notice::NoticeKind, screen::Screen},
    idp::{ChallengeName, StringMap},
    totp,
};

pub(in crate::flow) static CHALLENGE: Challenge = Challenge {
    screen: |_| Screen::TotpCode,
    name: ChallengeName::SoftwareTokenMfa,
    response: "SOFTWARE_TOKEN_MFA_CODE",
    read: read_totp_code,
    shown: |_| StringMap::default(),
    read_error,
    is_renewable: false,
    keeps_password: false,
    ..Challenge::SENT_CODE
};

/// The API takes six digits and nothing else; anything else cannot be right.
pub(in crate::flow) fn read_totp_code(typed: &Secret) -> Result<Secret, NoticeKind> {
    let code = read_code(typed)?;
    let is_totp_code = code.expose().len() == totp::CODE_DIGITS && code.expose().bytes().all(|byte| byte.is_ascii_digit());
    if is_totp_code { Ok(code) } else { Err(NoticeKind::WrongCode) }
}

/// Nobody can send a new one: the app shows it.
pub(in crate::flow) fn read_error(kind: NoticeKind) -> NoticeKind {
    if kind == NoticeKind::CodeExpired { NoticeKind::CodeUsed } else { ended_by_pool(kind) }
}
