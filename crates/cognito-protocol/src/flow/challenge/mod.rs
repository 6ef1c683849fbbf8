//! The challenges: one exhaustive table from the service's name to what opens it.
//!
//! A challenge with one answer is a file here and a row in [`opening`]. What needs several calls is a phase of its own.

mod custom;
pub(super) mod definition;
mod email_code;
mod sms_code;
pub(super) mod totp_code;

use definition::Challenge;

use crate::idp::{ChallengeName, StringMap};

/// What a challenge opens.
pub(super) enum Opening {
    /// The person answers in one field.
    Ask(&'static Challenge),
    /// The person sets up an authenticator app.
    SetUpTotp,
    /// There is no screen for it here.
    Unsupported,
}

/// What the challenge of that name opens.
pub(super) fn opening(name: &ChallengeName, parameters: &StringMap) -> Opening {
    match name {
        ChallengeName::CustomChallenge => match parameters.get("type") {
            None | Some("EMAIL_CODE") => Opening::Ask(&email_code::CHALLENGE),
            Some(_) => Opening::Ask(&custom::CHALLENGE),
        },
        ChallengeName::SmsMfa => Opening::Ask(&sms_code::CHALLENGE),
        ChallengeName::SoftwareTokenMfa => Opening::Ask(&totp_code::CHALLENGE),
        ChallengeName::MfaSetup if can_set_up_totp(parameters) => Opening::SetUpTotp,
        ChallengeName::PasswordVerifier
        | ChallengeName::MfaSetup
        | ChallengeName::EmailOtp
        | ChallengeName::SmsOtp
        | ChallengeName::SelectMfaType
        | ChallengeName::SelectChallenge
        | ChallengeName::NewPasswordRequired
        | ChallengeName::DeviceSrpAuth
        | ChallengeName::DevicePasswordVerifier
        | ChallengeName::Password
        | ChallengeName::PasswordSrp
        | ChallengeName::WebAuthn
        | ChallengeName::AdminNoSrpAuth
        | ChallengeName::Other(_) => Opening::Unsupported,
    }
}

/// `MFAS_CAN_SETUP` is a JSON array as text; its names contain nothing that JSON would escape.
fn can_set_up_totp(parameters: &StringMap) -> bool {
    parameters.get("MFAS_CAN_SETUP").is_none_or(|names| names.contains("\"SOFTWARE_TOKEN_MFA\""))
}
