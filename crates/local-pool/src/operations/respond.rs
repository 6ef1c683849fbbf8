//! `RespondToAuthChallenge`: which challenge it is.

use cognito_protocol::idp::{AuthReply, ChallengeName, RespondToAuthChallengeRequest};

use super::{
    challenge::{
        custom_challenge, email_otp, mfa_setup, new_password_required, password_verifier, select_challenge, select_mfa_type,
        sms_mfa, sms_otp, software_token_mfa, web_authn,
    },
    first_factor::Choice,
    next::next,
    session,
};
use crate::{cx::Cx, error::ApiError, validation::Checks};

const CHALLENGES: &str = "SMS_MFA, EMAIL_OTP, SOFTWARE_TOKEN_MFA, SELECT_MFA_TYPE, MFA_SETUP, PASSWORD_VERIFIER, \
                          CUSTOM_CHALLENGE, SELECT_CHALLENGE, DEVICE_SRP_AUTH, DEVICE_PASSWORD_VERIFIER, \
                          ADMIN_NO_SRP_AUTH, NEW_PASSWORD_REQUIRED, SMS_OTP, PASSWORD, PASSWORD_SRP, WEB_AUTHN";

pub(super) fn respond_to_auth_challenge(cx: &mut Cx<'_>, request: RespondToAuthChallengeRequest) -> Result<AuthReply, ApiError> {
    let name = &request.challenge_name;
    Checks::default()
        .client_id(&request.client_id)
        .one_of("challengeName", name.as_str(), !matches!(name, ChallengeName::Other(_)), CHALLENGES)
        .session(request.session.as_ref())
        .bystanders(&request.analytics_metadata, &request.user_context_data)
        .finish()?;
    let client = cx.client(&request.client_id)?;
    let outcome = match name {
        ChallengeName::PasswordVerifier => password_verifier::respond(cx, client, &request),
        ChallengeName::SoftwareTokenMfa => software_token_mfa::respond(cx, client, &request),
        ChallengeName::SmsMfa => sms_mfa::respond(cx, client, &request),
        ChallengeName::EmailOtp => email_otp::respond(cx, client, &request),
        ChallengeName::SmsOtp => sms_otp::respond(cx, client, &request),
        ChallengeName::SelectChallenge => select_challenge::respond(cx, client, &request),
        ChallengeName::Password => select_challenge::respond_with(cx, client, &request, Some(Choice::Password)),
        ChallengeName::PasswordSrp => select_challenge::respond_with(cx, client, &request, Some(Choice::PasswordSrp)),
        ChallengeName::SelectMfaType => select_mfa_type::respond(cx, client, &request),
        ChallengeName::NewPasswordRequired => new_password_required::respond(cx, client, &request),
        ChallengeName::MfaSetup => mfa_setup::respond(cx, client, &request),
        ChallengeName::WebAuthn => web_authn::respond(cx, client, &request),
        ChallengeName::CustomChallenge => custom_challenge::respond(cx, client, &request),
        // No session of this pool waits for any of these.
        ChallengeName::DeviceSrpAuth
        | ChallengeName::DevicePasswordVerifier
        | ChallengeName::AdminNoSrpAuth
        // Refused above already.
        | ChallengeName::Other(_) => {
            session::open_session(cx, session::session_of(&request)?, Some(client))?;
            Err(ApiError::invalid_session())
        }
    }?;
    next(cx, client, outcome, &request.client_metadata)
}
