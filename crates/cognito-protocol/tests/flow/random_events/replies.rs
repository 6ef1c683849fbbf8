//! What comes back: from the service, from a job, from the browser's dialog.

use cognito_protocol::{
    flow::{CallError, CallResult, Ceremony, Derived, Job, PasskeyFailure},
    idp::{Json, Request, ServiceError},
    srp::{ClientEphemeral, EphemeralSecret, derive_device_verifier},
};
use serde_json::{Value, json};

use crate::{
    custom_auth::question,
    service::{
        DEVICE_GROUP_KEY, DEVICE_KEY, PASSWORD, SECRET_BLOCK, TOKEN_MARK, TOTP_SECRET, USER_ID, email_challenge, mfa_setup,
        new_access_token, new_device_tokens, session, tokens, totp_challenge, user,
    },
};

/// What a passkey signed.
pub(super) const SIGNED: &str = "signed-by-a-passkey";

/// The result of a job, with a cheap secret exponent.
pub(super) fn derived(job: &Job) -> Derived {
    match job {
        Job::MakePublicValue => {
            let secret = EphemeralSecret::from_bytes(&[2]).expect("a");
            Derived::PublicValue(Box::new(ClientEphemeral::derive(secret).expect("A")))
        }
        Job::MakeRedirectSecrets => Job::MakeRedirectSecrets.run(|bytes| bytes.fill(0xa7)),
        Job::ProvePassword(_) => Derived::PasswordClaim("a signature".into()),
        Job::MakeDevice { .. } => {
            let verifier = derive_device_verifier(DEVICE_GROUP_KEY, DEVICE_KEY, &PASSWORD.into(), &[2]);
            Derived::Device { password: PASSWORD.into(), verifier }
        }
    }
}

/// What the browser gives; hostile options may have made it anything.
pub(super) fn passkey(ceremony: Ceremony, how: u8) -> Result<Json, PasskeyFailure> {
    match how {
        0..=79 => Err(PasskeyFailure::ALL[usize::from(how) % PasskeyFailure::ALL.len()]),
        80..=89 => Ok(Json::Null),
        _ => Ok(match ceremony {
            Ceremony::Assertion => Json::Text(SIGNED.into()),
            Ceremony::Registration => Json::from(json!({ "id": SIGNED })),
        }),
    }
}

/// What comes of a call.
pub(super) fn reply(request: &Request, how: u8) -> CallResult {
    const ERRORS: [(&str, &str); 15] = [
        ("UserNotConfirmedException", ""),
        ("PasswordResetRequiredException", ""),
        ("NotAuthorizedException", "Incorrect username or password."),
        ("NotAuthorizedException", "Invalid session for the user."),
        ("NotAuthorizedException", "Refresh Token has been revoked"),
        ("CodeMismatchException", ""),
        ("ExpiredCodeException", "Your software token has already been used once."),
        ("TooManyRequestsException", ""),
        ("UnknownOperationException", ""),
        ("UserLambdaValidationException", "PreAuthentication failed with error No."),
        ("InvalidParameterException", ""),
        ("ResourceNotFoundException", "Device does not exist."),
        ("WebAuthnNotEnabledException", ""),
        ("WebAuthnOriginNotAllowedException", ""),
        ("LimitExceededException", ""),
    ];
    match how {
        0..=79 => match ERRORS.get(usize::from(how) % 18) {
            Some((code, message)) => {
                let body = json!({ "__type": code, "message": message });
                Err(CallError::Service(ServiceError::of_reply(400, None, Some(body.into()))))
            }
            None => Err(CallError::Network),
        },
        80..=89 => Err(CallError::BadReply),
        90..=94 => Ok(Json::Object(Vec::new())),
        _ => Ok(Json::from(body(request, how))),
    }
}

fn body(request: &Request, how: u8) -> Value {
    let number = u32::from(how);
    match request.operation {
        "InitiateAuth" if Value::from(&request.body)["AuthFlow"] == "REFRESH_TOKEN_AUTH" => new_access_token(number),
        "InitiateAuth" if Value::from(&request.body)["AuthFlow"] == "USER_AUTH" && !how.is_multiple_of(4) => match how % 12 {
            1 => json!({ "ChallengeName": "EMAIL_OTP", "Session": session(number) }),
            2 => select(number, &["EMAIL_OTP"]),
            3 => select(number, &["PASSWORD"]),
            5 => passkey_challenge(number),
            6 => select(number, &["WEB_AUTHN"]),
            _ => select(number, &["PASSWORD_SRP", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"]),
        },
        "InitiateAuth" => json!({
            "ChallengeName": "PASSWORD_VERIFIER",
            "ChallengeParameters": { "SALT": "1", "SECRET_BLOCK": SECRET_BLOCK, "SRP_B": "1", "USER_ID_FOR_SRP": USER_ID },
        }),
        "RespondToAuthChallenge" => match how % 12 {
            0 => tokens(number),
            1 if how > 200 => json!({ "ChallengeName": "DEVICE_SRP_AUTH", "Session": session(number) }),
            1 if how > 160 => json!({
                "ChallengeName": "DEVICE_PASSWORD_VERIFIER",
                "Session": session(number),
                "ChallengeParameters": { "SALT": "1", "SECRET_BLOCK": SECRET_BLOCK, "SRP_B": "1" },
            }),
            1 => new_device_tokens(number),
            2 => email_challenge(number),
            4 => totp_challenge(number),
            5 => mfa_setup(number),
            6 => question(number, "Your pet?"),
            7 => json!({ "ChallengeName": "SMS_MFA", "Session": session(number) }),
            8 => json!({ "ChallengeName": "EMAIL_OTP", "Session": session(number) }),
            9 if how > 150 => json!({ "ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": session(number) }),
            3 | 9 => json!({
                "ChallengeName": "SELECT_MFA_TYPE",
                "Session": session(number),
                "ChallengeParameters": { "MFAS_CAN_CHOOSE": "[\"SMS_MFA\",\"SOFTWARE_TOKEN_MFA\",\"WEB_AUTHN\"]" },
            }),
            10 => json!({
                "ChallengeName": "MFA_SETUP",
                "Session": session(number),
                "ChallengeParameters": {
                    "MFAS_CAN_SETUP": if how > 190 { "[\"EMAIL_OTP\"]" } else { "[\"SOFTWARE_TOKEN_MFA\",\"EMAIL_OTP\"]" },
                },
            }),
            _ if how > 240 => select(number, &["EMAIL_OTP"]),
            _ if how > 160 => passkey_challenge(number),
            _ => json!({ "ChallengeName": "SOMETHING_NEW", "Session": session(number) }),
        },
        "GetTokensFromRefreshToken" => match how % 3 {
            0 => tokens(number),
            1 => new_access_token(number),
            // Tokens that are old when they come.
            _ => json!({ "AuthenticationResult": { "AccessToken": format!("{TOKEN_MARK}.old"), "ExpiresIn": 0 } }),
        },
        "GetUser" => user(if how.is_multiple_of(2) { &[] } else { &["SOFTWARE_TOKEN_MFA"] }),
        "AssociateSoftwareToken" => json!({ "SecretCode": TOTP_SECRET, "Session": session(number) }),
        "VerifySoftwareToken" => {
            json!({ "Status": if how.is_multiple_of(4) { "ERROR" } else { "SUCCESS" }, "Session": session(number) })
        }
        "SignUp" => json!({ "UserConfirmed": how.is_multiple_of(4), "UserSub": USER_ID }),
        "UpdateUserAttributes" if how.is_multiple_of(2) => {
            json!({ "CodeDeliveryDetailsList": [{ "Destination": "m***@e***" }] })
        }
        "ForgotPassword" | "ResendConfirmationCode" | "GetUserAttributeVerificationCode" => {
            json!({ "CodeDeliveryDetails": { "Destination": "m***@e***" } })
        }
        "ConfirmDevice" => json!({ "UserConfirmationNecessary": !how.is_multiple_of(4) }),
        "ListDevices" => json!({
            "Devices": [
                { "DeviceKey": DEVICE_KEY, "DeviceLastAuthenticatedDate": 1e300 },
                { "DeviceKey": "other", "DeviceAttributes": [{ "Name": "device_name", "Value": "a phone" }] },
                {},
            ],
            // For ever.
            "PaginationToken": if how.is_multiple_of(8) { Value::from("more") } else { Value::Null },
        }),
        "UpdateDeviceStatus" | "ForgetDevice" => json!({}),
        "RevokeToken" | "GlobalSignOut" | "SetUserMFAPreference" | "ConfirmSignUp" | "ConfirmForgotPassword" => json!({}),
        "ChangePassword" | "UpdateUserAttributes" | "VerifyUserAttribute" | "DeleteUser" => json!({}),
        "ListWebAuthnCredentials" => json!({
            "Credentials": [{
                "CredentialId": "id",
                "FriendlyCredentialName": "A key",
                "RelyingPartyId": "localhost",
                "CreatedAt": f64::from(how),
            }],
            // Now and then for ever.
            "NextToken": (how > 200).then_some("more"),
        }),
        "StartWebAuthnRegistration" if how > 220 => json!({ "CredentialCreationOptions": "none" }),
        "StartWebAuthnRegistration" => json!({ "CredentialCreationOptions": { "challenge": "AA" } }),
        "CompleteWebAuthnRegistration" | "DeleteWebAuthnCredential" => json!({}),
        other => panic!("no reply to {other} here: write one"),
    }
}

fn passkey_challenge(number: u32) -> Value {
    json!({
        "ChallengeName": "WEB_AUTHN",
        "Session": session(number),
        "ChallengeParameters": { "CREDENTIAL_REQUEST_OPTIONS": "{}" },
    })
}

fn select(number: u32, available: &[&str]) -> Value {
    json!({ "ChallengeName": "SELECT_CHALLENGE", "Session": session(number), "AvailableChallenges": available })
}
