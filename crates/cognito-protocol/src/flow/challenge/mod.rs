//! The challenges: one exhaustive table from the service's name to what opens it.
//!
//! A challenge with one answer is a file here and a row in [`opening`]. What needs several calls is a phase of its own.

pub(super) mod choose_mfa;
mod custom;
pub(super) mod definition;
mod email_code;
mod email_otp;
pub(super) mod email_setup;
mod sms_code;
mod sms_otp;
pub(super) mod totp_code;

use definition::Challenge;

use crate::{
    flow::{
        factor::{Choice, Factor, choices},
        first_factor::{FirstFactor, offered},
        screen::Screen,
        settings::{Settings, SignInFlow},
    },
    idp::{AuthReply, ChallengeName, StringMap},
};

/// What a challenge opens.
pub(super) enum Opening {
    /// The person answers in one field.
    Ask(&'static Challenge),
    /// The person sets up an authenticator app.
    SetUpTotp,
    /// The person chooses which factor to set up.
    ChooseSetup(Vec<Choice>),
    /// The person chooses a password in the place of a temporary one.
    ChoosePassword,
    /// The browser asks for a passkey.
    AskPasskey,
    /// The person chooses what to sign in by, or there is one way alone.
    ChooseFactor(Vec<FirstFactor>),
    /// The device proves itself.
    ProveDevice,
    /// There is no screen for it here.
    Unsupported,
}

/// What the challenge of that name opens.
pub(super) fn opening(name: &ChallengeName, reply: &AuthReply, settings: &Settings) -> Opening {
    let parameters = &reply.challenge_parameters;
    match name {
        ChallengeName::CustomChallenge if email_code::screen(parameters) == Screen::CustomChallenge => {
            Opening::Ask(&custom::CHALLENGE)
        }
        ChallengeName::CustomChallenge => Opening::Ask(&email_code::CHALLENGE),
        ChallengeName::SmsMfa => Opening::Ask(&sms_code::CHALLENGE),
        ChallengeName::EmailOtp => Opening::Ask(&email_otp::CHALLENGE),
        ChallengeName::SoftwareTokenMfa => Opening::Ask(&totp_code::CHALLENGE),
        ChallengeName::SelectMfaType if !choose_mfa::offered(parameters).is_empty() => Opening::Ask(&choose_mfa::CHALLENGE),
        ChallengeName::MfaSetup => setup(parameters),
        ChallengeName::NewPasswordRequired => Opening::ChoosePassword,
        ChallengeName::DeviceSrpAuth => Opening::ProveDevice,
        ChallengeName::SmsOtp => Opening::Ask(&sms_otp::CHALLENGE),
        ChallengeName::SelectChallenge => choice(&reply.available_challenges, settings),
        ChallengeName::Password | ChallengeName::PasswordSrp => choice(core::slice::from_ref(name), settings),
        ChallengeName::WebAuthn => Opening::AskPasskey,
        ChallengeName::PasswordVerifier
        | ChallengeName::SelectMfaType
        | ChallengeName::DevicePasswordVerifier
        | ChallengeName::AdminNoSrpAuth
        | ChallengeName::Other(_) => Opening::Unsupported,
    }
}

/// What can be chosen of these, where that is the way to sign in.
fn choice(available: &[ChallengeName], settings: &Settings) -> Opening {
    match offered(available, settings.last_factor, settings.has_passkeys) {
        factors if factors.is_empty() || settings.sign_in_flow != SignInFlow::Choice => Opening::Unsupported,
        factors => Opening::ChooseFactor(factors),
    }
}

/// What can be set up of `MFAS_CAN_SETUP`; where that is absent, an authenticator app. A phone number cannot be given here, nor
/// a passkey.
fn setup(parameters: &StringMap) -> Opening {
    let Some(names) = parameters.get("MFAS_CAN_SETUP") else { return Opening::SetUpTotp };
    let mut offered = choices(names);
    offered.retain(|choice| matches!(choice.factor, Factor::App | Factor::Email));
    match offered.as_slice() {
        [] => Opening::Unsupported,
        [one] if one.factor == Factor::App => Opening::SetUpTotp,
        [_] => Opening::Ask(&email_setup::CHALLENGE),
        [_, _, ..] => Opening::ChooseSetup(offered),
    }
}
