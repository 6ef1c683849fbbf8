//! The challenges, one file each: what a challenge asks, and what came of an answer. None of them knows what comes next.

pub(super) mod custom_challenge;
pub(super) mod email_otp;
mod first_step;
pub(super) mod mfa_setup;
pub(super) mod new_password_required;
mod outcome;
pub(super) mod password_verifier;
pub(super) mod select_challenge;
pub(super) mod select_mfa_type;
mod sent_code;
pub(super) mod sms_mfa;
pub(super) mod sms_otp;
pub(super) mod software_token_mfa;
pub(super) mod web_authn;

pub(super) use first_step::FirstStep;
pub(super) use outcome::Outcome;
