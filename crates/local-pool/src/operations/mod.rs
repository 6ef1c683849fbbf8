//! The operations, one file a group.
//!
//! A sign-in passes these floors, and none imports what stands above it:
//!
//! ```text
//! initiate_auth, respond     which flow it is, which challenge is answered
//! next                       what comes after a step: a second factor, what the triggers say, tokens
//! custom_auth, user_auth     what the define trigger says; how a choice of first factors begins
//! challenge/                 what each challenge asks, and what came of an answer: an Outcome
//! password, second_factor    what a right password means, which second factor is asked for
//! admission, first_factor    whom the account lets in; which first factors there are
//! custom_message             the words of mails and text messages
//! attribute_rules,
//! sign_up_name,
//! passkey_rules,
//! password_policy            which values, passkeys and passwords are taken
//! sign_in_device             what the device of a sign-in spares the person
//! session, destination       opening sessions, using them up, making new ones; where a code goes
//! ```

mod admission;
mod attribute_code;
mod attribute_rules;
mod auth_factors;
mod body;
mod challenge;
mod change_password;
mod custom_auth;
mod custom_message;
mod delete_user;
mod destination;
mod devices;
mod first_factor;
mod forgot_password;
mod initiate_auth;
mod mfa_preference;
mod next;
mod passkey_rules;
mod password;
mod password_policy;
mod refresh;
mod respond;
mod second_factor;
mod session;
mod sign_in_device;
mod sign_out;
mod sign_up;
mod sign_up_name;
mod software_token;
mod trigger_event;
mod user;
mod user_attributes;
mod user_auth;
mod user_sessions;
mod user_settings;
mod verify_attribute;
mod web_authn;

use cognito_protocol::idp::{
    AssociateSoftwareTokenRequest, ChangePasswordRequest, CompleteWebAuthnRegistrationRequest, ConfirmDeviceRequest,
    ConfirmForgotPasswordRequest, ConfirmSignUpRequest, DeleteUserAttributesRequest, DeleteUserRequest,
    DeleteWebAuthnCredentialRequest, ForgetDeviceRequest, ForgotPasswordRequest, GetDeviceRequest,
    GetTokensFromRefreshTokenRequest, GetUserAttributeVerificationCodeRequest, GetUserAuthFactorsRequest, GetUserRequest,
    GlobalSignOutRequest, InitiateAuthRequest, Json, ListDevicesRequest, ListUserSessionsRequest, ListWebAuthnCredentialsRequest,
    Operation, ResendConfirmationCodeRequest, RespondToAuthChallengeRequest, RevokeTokenRequest, RevokeUserSessionRequest,
    SetUserMfaPreferenceRequest, SetUserSettingsRequest, SignUpRequest, StartWebAuthnRegistrationRequest,
    UpdateAuthEventFeedbackRequest, UpdateDeviceStatusRequest, UpdateUserAttributesRequest, VerifySoftwareTokenRequest,
    VerifyUserAttributeRequest, Wire, refuse_unknown,
};

use crate::{cx::Cx, error::ApiError};

pub(crate) use refresh::refreshed;

/// Runs the operation of that name; `None` when there is none. `Null` is an answer without a body.
pub(crate) fn dispatch(cx: &mut Cx<'_>, operation: &str, body: Json) -> Option<Result<Json, ApiError>> {
    Some(match operation {
        InitiateAuthRequest::NAME => run(cx, body, initiate_auth::initiate_auth).map(with_challenge_parameters),
        RespondToAuthChallengeRequest::NAME => run(cx, body, respond::respond_to_auth_challenge).map(with_challenge_parameters),
        GetTokensFromRefreshTokenRequest::NAME => run(cx, body, refresh::get_tokens_from_refresh_token),
        RevokeTokenRequest::NAME => run(cx, body, sign_out::revoke_token),
        GlobalSignOutRequest::NAME => run(cx, body, sign_out::global_sign_out),
        GetUserRequest::NAME => run(cx, body, user::get_user),
        ListUserSessionsRequest::NAME => run(cx, body, user_sessions::list_user_sessions),
        RevokeUserSessionRequest::NAME => run(cx, body, user_sessions::revoke_user_session),
        SignUpRequest::NAME => body::refuse_unknown_attributes(&body).and_then(|()| run(cx, body, sign_up::sign_up)),
        ConfirmSignUpRequest::NAME => run(cx, body, sign_up::confirm_sign_up),
        ResendConfirmationCodeRequest::NAME => run(cx, body, sign_up::resend_confirmation_code),
        ForgotPasswordRequest::NAME => run(cx, body, forgot_password::forgot_password),
        ConfirmForgotPasswordRequest::NAME => run(cx, body, forgot_password::confirm_forgot_password),
        ChangePasswordRequest::NAME => run(cx, body, change_password::change_password),
        UpdateUserAttributesRequest::NAME => body::require_list(&body, "UserAttributes")
            .and_then(|()| body::refuse_unknown_attributes(&body))
            .and_then(|()| run(cx, body, user_attributes::update_user_attributes)),
        DeleteUserAttributesRequest::NAME => {
            body::require_list(&body, "UserAttributeNames").and_then(|()| run(cx, body, user_attributes::delete_user_attributes))
        }
        GetUserAttributeVerificationCodeRequest::NAME => run(cx, body, verify_attribute::get_user_attribute_verification_code),
        VerifyUserAttributeRequest::NAME => run(cx, body, verify_attribute::verify_user_attribute),
        DeleteUserRequest::NAME => run(cx, body, delete_user::delete_user).map(|_| Json::Null),
        AssociateSoftwareTokenRequest::NAME => run(cx, body, software_token::associate_software_token),
        VerifySoftwareTokenRequest::NAME => run(cx, body, software_token::verify_software_token),
        ConfirmDeviceRequest::NAME => {
            devices::refuse_unknown_verifier(&body).and_then(|()| run(cx, body, devices::confirm_device))
        }
        GetDeviceRequest::NAME => run(cx, body, devices::get_device),
        ListDevicesRequest::NAME => run(cx, body, devices::list_devices).map(with_devices),
        UpdateDeviceStatusRequest::NAME => run(cx, body, devices::update_device_status),
        ForgetDeviceRequest::NAME => run(cx, body, devices::forget_device).map(|_| Json::Null),
        SetUserMfaPreferenceRequest::NAME => {
            mfa_preference::refuse_unknown_settings(&body).and_then(|()| run(cx, body, mfa_preference::set_user_mfa_preference))
        }
        SetUserSettingsRequest::NAME => {
            user_settings::check_options(&body).and_then(|()| run(cx, body, user_settings::set_user_settings))
        }
        UpdateAuthEventFeedbackRequest::NAME => run(cx, body, user_settings::update_auth_event_feedback),
        GetUserAuthFactorsRequest::NAME => run(cx, body, auth_factors::get_user_auth_factors),
        StartWebAuthnRegistrationRequest::NAME => run(cx, body, web_authn::start_registration),
        CompleteWebAuthnRegistrationRequest::NAME => run(cx, body, web_authn::complete_registration),
        ListWebAuthnCredentialsRequest::NAME => {
            run(cx, body, web_authn::list_credentials).map(|reply| with(reply, "Credentials", Json::Array(Vec::new())))
        }
        DeleteWebAuthnCredentialRequest::NAME => run(cx, body, web_authn::delete_credential),
        _ => return None,
    })
}

fn run<Request: Operation>(
    cx: &mut Cx<'_>,
    body: Json,
    operation: fn(&mut Cx<'_>, Request) -> Result<Request::Reply, ApiError>,
) -> Result<Json, ApiError> {
    refuse_unknown::<Request>(&body)?;
    operation(cx, Request::decode(body)?).map(|reply| reply.encode())
}

/// The service always sends `ChallengeParameters`, which is empty beside tokens.
fn with_challenge_parameters(reply: Json) -> Json {
    with(reply, "ChallengeParameters", Json::Object(Vec::new()))
}

/// A list without entries is there too.
fn with_devices(reply: Json) -> Json {
    with(reply, "Devices", Json::Array(Vec::new()))
}

/// A reply with a member that is always sent, and empty where there is nothing to tell.
fn with(mut reply: Json, member: &str, empty: Json) -> Json {
    if let Json::Object(members) = &mut reply
        && !members.iter().any(|(name, _)| name == member)
    {
        members.push((member.to_owned(), empty));
    }
    reply
}
