//! The screens: one file each, which is data, and one exhaustive table.

mod account;
mod choose_mfa;
mod custom_challenge;
mod email_code;
mod email_setup;
mod loading;
mod sign_in;
mod signed_in;
mod sms_code;
mod totp_code;
mod totp_setup;

use cognito_protocol::flow::Screen;

use super::layout::Layout;

/// What a screen is made of.
pub(in crate::ui) fn layout(screen: Screen) -> &'static Layout {
    match screen {
        Screen::Loading => &loading::LAYOUT,
        Screen::SignIn => &sign_in::LAYOUT,
        Screen::EmailCode => &email_code::LAYOUT,
        Screen::SmsCode => &sms_code::LAYOUT,
        Screen::TotpCode => &totp_code::LAYOUT,
        Screen::ChooseMfa => &choose_mfa::LAYOUT,
        Screen::EmailSetup => &email_setup::LAYOUT,
        Screen::TotpSetup => &totp_setup::LAYOUT,
        Screen::CustomChallenge => &custom_challenge::LAYOUT,
        Screen::SignedIn => &signed_in::LAYOUT,
        Screen::Account => &account::LAYOUT,
    }
}
