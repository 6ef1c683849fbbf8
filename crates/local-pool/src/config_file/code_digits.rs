//! `codeDigits`

use super::{fields::Fields, tree::Tree};
use crate::config::CodeDigits;

pub(super) fn read(mut fields: Fields<'_>) -> CodeDigits {
    let new = CodeDigits::default();
    let mut digits =
        |key: &'static str, usual: u8| fields.number(key, 6..=8).and_then(|digits| digits.try_into().ok()).unwrap_or(usual);
    let digits = CodeDigits {
        sms_mfa: digits("SMS_MFA", new.sms_mfa),
        sms_otp: digits("SMS_OTP", new.sms_otp),
        email_otp: digits("EMAIL_OTP", new.email_otp),
    };
    fields.finish();
    digits
}

pub(super) fn write(digits: CodeDigits) -> Tree {
    let CodeDigits { sms_mfa, sms_otp, email_otp } = digits;
    let entries = [("SMS_MFA", sms_mfa), ("SMS_OTP", sms_otp), ("EMAIL_OTP", email_otp)];
    Tree::table(entries.map(|(key, digits)| (key, Some(u64::from(digits).into()))))
}
