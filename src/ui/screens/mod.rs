//! The screens: one file each, which is data, and one exhaustive table.

mod account;
mod change_email;
mod change_password;
mod change_phone_number;
mod choose_factor;
mod choose_mfa;
mod confirm_sign_up;
mod custom_challenge;
mod delete_account;
mod email_code;
mod email_setup;
mod forgot_password;
mod loading;
mod new_password;
mod remember_device;
mod reset_password;
mod sign_in;
mod sign_up;
mod signed_in;
mod sms_code;
mod totp_code;
mod totp_setup;
mod verify_email;
mod verify_phone_number;

use cognito_protocol::flow::{Details, Screen, View};

use super::layout::Layout;

/// What a screen is made of.
pub(in crate::ui) fn layout(view: &View) -> &'static Layout {
    match view.screen {
        Screen::Loading => &loading::LAYOUT,
        Screen::SignIn if matches!(view.details, Details::NameAlone(_)) => &sign_in::NAME_ALONE,
        Screen::SignIn => &sign_in::LAYOUT,
        Screen::ChooseFactor => &choose_factor::LAYOUT,
        Screen::SignUp => &sign_up::LAYOUT,
        Screen::ConfirmSignUp => &confirm_sign_up::LAYOUT,
        Screen::ForgotPassword => &forgot_password::LAYOUT,
        Screen::ResetPassword => &reset_password::LAYOUT,
        Screen::EmailCode => &email_code::LAYOUT,
        Screen::SmsCode => &sms_code::LAYOUT,
        Screen::TotpCode => &totp_code::LAYOUT,
        Screen::ChooseMfa => &choose_mfa::LAYOUT,
        Screen::EmailSetup => &email_setup::LAYOUT,
        Screen::NewPassword => &new_password::LAYOUT,
        Screen::TotpSetup => &totp_setup::LAYOUT,
        Screen::CustomChallenge => &custom_challenge::LAYOUT,
        Screen::RememberDevice => &remember_device::LAYOUT,
        Screen::SignedIn => &signed_in::LAYOUT,
        Screen::Account => &account::LAYOUT,
        Screen::ChangePassword => &change_password::LAYOUT,
        Screen::ChangeEmail => &change_email::LAYOUT,
        Screen::ChangePhoneNumber => &change_phone_number::LAYOUT,
        Screen::VerifyEmail => &verify_email::LAYOUT,
        Screen::VerifyPhoneNumber => &verify_phone_number::LAYOUT,
        Screen::DeleteAccount => &delete_account::LAYOUT,
    }
}
