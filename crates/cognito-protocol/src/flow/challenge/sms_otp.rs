//! `SMS_OTP`: a code by text message, as first factor.

use super::definition::Challenge;
use crate::{flow::screen::Screen, idp::ChallengeName};

pub(in crate::flow) static CHALLENGE: Challenge =
    Challenge { screen: |_| Screen::SmsCode, name: ChallengeName::SmsOtp, response: "SMS_OTP_CODE", ..Challenge::SENT_CODE };
