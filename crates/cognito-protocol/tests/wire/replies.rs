//! Replies, and what is wrong with those that are none.

use cognito_protocol::{
    Secret,
    idp::{
        AssociateSoftwareTokenReply, AuthReply, ChallengeName, EmptyReply, GetTokensFromRefreshTokenReply, GetUserReply, Json,
        MfaSettings, SignUpReply, StringMap, VerifySoftwareTokenReply, Wire, WireError,
    },
};
use serde_json::json;

use super::decode;

#[test]
fn operations_without_output_take_any_object() {
    for body in [json!({}), json!({ "New": 1 })] {
        assert!(EmptyReply::decode(Json::from(body)).is_ok());
    }
}

#[test]
fn a_password_challenge() {
    let reply: AuthReply = decode(json!({
        "ChallengeName": "PASSWORD_VERIFIER",
        "ChallengeParameters": {
            "SALT": "5f", "SECRET_BLOCK": "QUFB", "SRP_B": "b0", "USERNAME": "uid", "USER_ID_FOR_SRP": "uid",
        },
    }))
    .expect("a reply");
    assert_eq!(reply.challenge_name, Some(ChallengeName::PasswordVerifier));
    assert!(reply.session.is_none(), "USER_SRP_AUTH has none here");
    assert_eq!(reply.challenge_parameters.get("SRP_B"), Some("b0"));
    assert_eq!(reply.challenge_parameters.get("srp_b"), None);
    assert!(reply.authentication_result.is_none());
}

#[test]
fn tokens() {
    let reply: AuthReply = decode(json!({
        "ChallengeParameters": {},
        "AuthenticationResult": {
            "AccessToken": "at", "IdToken": "it", "RefreshToken": "rt", "ExpiresIn": 3600, "TokenType": "Bearer",
            "NewDeviceMetadata": { "DeviceKey": "us-east-1_x", "DeviceGroupKey": "-abc" },
        },
    }))
    .expect("a reply");
    assert!(reply.challenge_name.is_none());
    let result = reply.authentication_result.expect("tokens");
    assert_eq!(result.access_token.as_ref().map(Secret::expose), Some("at"));
    assert_eq!(result.expires_in, Some(3600.0));
    assert_eq!(result.token_type.as_deref(), Some("Bearer"));
    assert_eq!(result.new_device_metadata.and_then(|device| device.device_group_key).as_deref(), Some("-abc"));
}

#[test]
fn a_choice_of_first_factors() {
    let reply: AuthReply = decode(json!({
        "ChallengeName": "SELECT_CHALLENGE",
        "Session": "S1",
        "AvailableChallenges": ["PASSWORD_SRP", "EMAIL_OTP", "SOMETHING_NEW"],
    }))
    .expect("a reply");
    assert_eq!(
        reply.available_challenges,
        [ChallengeName::PasswordSrp, ChallengeName::EmailOtp, ChallengeName::Other("SOMETHING_NEW".to_owned())]
    );
}

#[test]
fn a_user() {
    let reply: GetUserReply = decode(json!({
        "Username": "uid",
        "UserAttributes": [{ "Name": "email", "Value": "me@x.jp" }, { "Name": "custom:empty" }],
        "PreferredMfaSetting": "SOFTWARE_TOKEN_MFA",
        "UserMFASettingList": ["SMS_MFA", "SOFTWARE_TOKEN_MFA"],
        "MFAOptions": [{ "DeliveryMedium": "SMS" }],
    }))
    .expect("a reply");
    assert_eq!(reply.user_mfa_setting_list, ["SMS_MFA", "SOFTWARE_TOKEN_MFA"]);
    let values: Vec<_> = reply.user_attributes.iter().map(|attribute| attribute.value.as_deref()).collect();
    assert_eq!(values, [Some("me@x.jp"), None]);
}

#[test]
fn unknown_members_are_ignored_and_null_ones_absent() {
    let reply: AuthReply = decode(json!({
        "ChallengeName": null,
        "Session": null,
        "ChallengeParameters": { "USERNAME": "uid", "DEVICE_KEY": null },
        "AuthenticationResult": null,
        "AvailableChallenges": null,
        "SomethingNew": { "Deep": [1, 2, 3] },
    }))
    .expect("a reply");
    assert!(reply.challenge_name.is_none() && reply.session.is_none() && reply.authentication_result.is_none());
    assert!(reply.available_challenges.is_empty());
    assert_eq!(reply.challenge_parameters, StringMap::of([("USERNAME", "uid")]));
}

#[test]
fn missing_members_and_wrong_types_are_named() {
    let missing = |member| Some(WireError::Missing(member));
    let wrong = |member| Some(WireError::WrongType(member));

    assert_eq!(decode::<GetTokensFromRefreshTokenReply>(json!({})).err(), missing("AuthenticationResult"));
    let null = json!({ "AuthenticationResult": null });
    assert_eq!(decode::<GetTokensFromRefreshTokenReply>(null).err(), missing("AuthenticationResult"));
    assert_eq!(decode::<AssociateSoftwareTokenReply>(json!({ "Session": "S1" })).err(), missing("SecretCode"));
    assert_eq!(decode::<GetUserReply>(json!({ "UserAttributes": [] })).err(), missing("Username"));
    let nameless = json!({ "Username": "uid", "UserAttributes": [{ "Value": "v" }] });
    assert_eq!(decode::<GetUserReply>(nameless).err(), missing("Name"));
    assert_eq!(decode::<SignUpReply>(json!({ "UserSub": "uid" })).err(), missing("UserConfirmed"));

    assert_eq!(decode::<AuthReply>(json!({ "ChallengeName": 7 })).err(), wrong("ChallengeName"));
    assert_eq!(decode::<AuthReply>(json!({ "Session": {} })).err(), wrong("Session"));
    assert_eq!(decode::<AuthReply>(json!({ "ChallengeParameters": [] })).err(), wrong("ChallengeParameters"));
    let not_text = json!({ "ChallengeParameters": { "codeLength": 6 } });
    assert_eq!(decode::<AuthReply>(not_text).err(), wrong("ChallengeParameters"));
    assert_eq!(decode::<AuthReply>(json!({ "AuthenticationResult": "x" })).err(), wrong("AuthenticationResult"));
    assert_eq!(decode::<AuthReply>(json!({ "AuthenticationResult": { "ExpiresIn": "3600" } })).err(), wrong("ExpiresIn"));
    assert_eq!(decode::<AuthReply>(json!({ "AvailableChallenges": "EMAIL_OTP" })).err(), wrong("AvailableChallenges"));
    assert_eq!(decode::<AuthReply>(json!({ "AvailableChallenges": [null] })).err(), wrong("AvailableChallenges"));
    assert_eq!(decode::<MfaSettings>(json!({ "Enabled": "true" })).err(), wrong("Enabled"));
}

#[test]
fn only_an_object_is_a_structure() {
    for body in [json!(null), json!(true), json!(1), json!("<html>"), json!([{}])] {
        assert_eq!(decode::<AuthReply>(body.clone()).err(), Some(WireError::WrongType("(body)")), "{body}");
        assert_eq!(decode::<VerifySoftwareTokenReply>(body).err(), Some(WireError::WrongType("(body)")));
    }
}

#[test]
fn wire_errors_say_what_is_wrong() {
    assert_eq!(WireError::Missing("Session").to_string(), "missing member Session");
    assert_eq!(WireError::WrongType("Session").to_string(), "wrong type of member Session");
    assert_eq!(WireError::Unknown("session".to_owned()).to_string(), "unknown member session");
}
