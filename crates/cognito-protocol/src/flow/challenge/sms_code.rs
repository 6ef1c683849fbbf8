//! `SMS_MFA`: a code by text message.

use super::definition::Challenge;
use crate::{flow::screen::Screen, idp::ChallengeName};

pub(in crate::flow) static CHALLENGE: Challenge =
    Challenge { screen: |_| Screen::SmsCode, name: ChallengeName::SmsMfa, response: "SMS_MFA_CODE", ..Challenge::SENT_CODE };
