//! `EMAIL_OTP`: a code that the service itself mails, as first or second factor.

use super::definition::Challenge;
use crate::{flow::screen::Screen, idp::ChallengeName};

pub(in crate::flow) static CHALLENGE: Challenge = Challenge {
    screen: |_| Screen::EmailCode,
    name: ChallengeName::EmailOtp,
    response: "EMAIL_OTP_CODE",
    ..Challenge::SENT_CODE
};
