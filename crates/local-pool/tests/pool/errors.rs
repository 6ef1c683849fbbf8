//! Which errors each operation may answer with. [`Client::call`](crate::client::Client::call) holds every answer of every test against it.
//!
//! # Source
//! botocore 1.44.5, `cognito-idp`: the errors of each operation.

use crate::{client::Reply, operations};

/// What every operation may say, unless its row takes it away with `-`.
const BASE: &str = "InvalidParameter InternalError OperationNotEnabled Forbidden NotAuthorized TooManyRequests";
const LAMBDA: &str = "InvalidLambdaResponse UnexpectedLambda UserLambdaValidation";
const USER: &str = "PasswordResetRequired UserNotConfirmed UserNotFound";
const MESSAGE: &str = "InvalidEmailRoleAccessPolicy InvalidSmsRoleAccessPolicy InvalidSmsRoleTrustRelationship";
/// What the framework says before an operation begins; the model lists them nowhere.
const FRAMEWORK: &str = "Serialization UnknownOperation RequestEntityTooLarge";

/// What the pool says beyond the model: the service's sentence for a code that was used is known from sign-ins alone.
const BEYOND: [(&str, &str); 1] = [("VerifySoftwareToken", "ExpiredCode")];

/// Operation, groups of errors, and its own.
#[rustfmt::skip]
const ERRORS: [(&str, &[&str], &str); 34] = [
    ("AssociateSoftwareToken", &[], "ConcurrentModification ResourceNotFound SoftwareTokenMFANotFound -TooManyRequests"),
    ("ChangePassword", &[USER], "InvalidPassword LimitExceeded PasswordHistoryPolicyViolation ResourceNotFound"),
    ("CompleteWebAuthnRegistration", &[], "LimitExceeded PasswordResetRequired WebAuthnChallengeNotFound WebAuthnClientMismatch WebAuthnCredentialNotSupported WebAuthnNotEnabled WebAuthnOriginNotAllowed WebAuthnRelyingPartyMismatch"),
    ("ConfirmDevice", &[USER], "DeviceKeyExists InvalidLambdaResponse InvalidPassword InvalidUserPoolConfiguration ResourceNotFound UsernameExists"),
    ("ConfirmForgotPassword", &[LAMBDA], "CodeMismatch ExpiredCode InvalidPassword LimitExceeded PasswordHistoryPolicyViolation ResourceNotFound TooManyFailedAttempts UserNotConfirmed UserNotFound"),
    ("ConfirmSignUp", &[LAMBDA], "AliasExists CodeMismatch ExpiredCode LimitExceeded ResourceNotFound TooManyFailedAttempts UserNotFound"),
    ("DeleteUser", &[USER], "ResourceNotFound"),
    ("DeleteUserAttributes", &[USER], "ResourceNotFound"),
    ("DeleteWebAuthnCredential", &[], "LimitExceeded PasswordResetRequired ResourceNotFound"),
    ("ForgetDevice", &[USER], "InvalidUserPoolConfiguration ResourceNotFound"),
    ("ForgotPassword", &[LAMBDA, MESSAGE], "CodeDeliveryFailure LimitExceeded ResourceNotFound UserNotFound"),
    ("GetDevice", &[USER], "InvalidUserPoolConfiguration ResourceNotFound"),
    ("GetTokensFromRefreshToken", &[LAMBDA], "RefreshTokenReuse ResourceNotFound UserNotFound"),
    ("GetUser", &[USER], "ResourceNotFound"),
    ("GetUserAttributeVerificationCode", &[LAMBDA, USER, MESSAGE], "CodeDeliveryFailure LimitExceeded ResourceNotFound"),
    ("GetUserAuthFactors", &[USER], "ResourceNotFound"),
    ("GlobalSignOut", &[], "PasswordResetRequired ResourceNotFound UserNotConfirmed"),
    ("InitiateAuth", &[LAMBDA, USER, MESSAGE], "FeatureUnavailableInTier InvalidUserPoolConfiguration ResourceNotFound UnsupportedOperation"),
    ("ListDevices", &[USER], "InvalidUserPoolConfiguration ResourceNotFound"),
    ("ListUserSessions", &[USER], "ResourceNotFound"),
    ("ListWebAuthnCredentials", &[], "LimitExceeded PasswordResetRequired"),
    ("ResendConfirmationCode", &[LAMBDA, MESSAGE], "CodeDeliveryFailure LimitExceeded ResourceNotFound UserNotFound"),
    ("RespondToAuthChallenge", &[LAMBDA, USER, MESSAGE], "AliasExists CodeMismatch ExpiredCode InvalidPassword InvalidUserPoolConfiguration MFAMethodNotFound PasswordHistoryPolicyViolation ResourceNotFound SoftwareTokenMFANotFound"),
    ("RevokeToken", &[], "Unauthorized UnsupportedOperation UnsupportedTokenType -NotAuthorized"),
    ("RevokeUserSession", &[USER], "ResourceNotFound"),
    ("SetUserMFAPreference", &[USER], "ResourceNotFound -TooManyRequests"),
    ("SetUserSettings", &[USER], "ResourceNotFound -TooManyRequests"),
    ("SignUp", &[LAMBDA, MESSAGE], "CodeDeliveryFailure InvalidPassword LimitExceeded ResourceNotFound UsernameExists"),
    ("StartWebAuthnRegistration", &[], "LimitExceeded PasswordResetRequired WebAuthnConfigurationMissing WebAuthnNotEnabled"),
    ("UpdateAuthEventFeedback", &[], "ResourceNotFound UserNotFound UserPoolAddOnNotEnabled -Forbidden"),
    ("UpdateDeviceStatus", &[USER], "InvalidUserPoolConfiguration ResourceNotFound"),
    ("UpdateUserAttributes", &[LAMBDA, USER, MESSAGE], "AliasExists CodeDeliveryFailure CodeMismatch ExpiredCode ResourceNotFound"),
    ("VerifySoftwareToken", &[USER], "CodeMismatch EnableSoftwareTokenMFA InvalidUserPoolConfiguration ResourceNotFound SoftwareTokenMFANotFound"),
    ("VerifyUserAttribute", &[USER], "AliasExists CodeMismatch ExpiredCode LimitExceeded ResourceNotFound"),
];

fn may_say(operation: &str, error: &str) -> bool {
    let Some((_, groups, own)) = ERRORS.iter().find(|(name, ..)| *name == operation) else { return true };
    let is_in = |names: &str| names.split(' ').any(|name| name == error);
    let is_of_base = is_in(BASE) && !own.split(' ').any(|name| name.strip_prefix('-') == Some(error));
    BEYOND.contains(&(operation, error))
        || is_of_base
        || is_in(own)
        || is_in(FRAMEWORK)
        || groups.iter().any(|group| is_in(group))
}

/// Fails where the service could not have said that.
#[track_caller]
pub fn check(operation: &str, reply: &Reply) {
    if let Some(code) = reply.body["__type"].as_str().filter(|_| reply.status >= 300) {
        let error = code.trim_end_matches("Exception");
        assert!(may_say(operation, error), "{operation} has no {code}: {}", reply.body);
    }
}

#[test]
fn the_table_is_read_rightly() {
    assert_eq!(ERRORS.map(|(name, ..)| name), operations::ALL);
    for (operation, error, expected) in [
        ("GetUser", "NotAuthorized", true),
        ("GetUser", "UserNotFound", true),
        ("GetUser", "CodeMismatch", false),
        ("RevokeToken", "Unauthorized", true),
        ("RevokeToken", "NotAuthorized", false),
        ("SignUp", "UserLambdaValidation", true),
        ("SignUp", "Serialization", true),
        ("SetUserSettings", "TooManyRequests", false),
    ] {
        assert_eq!(may_say(operation, error), expected, "{operation} {error}");
    }
}
