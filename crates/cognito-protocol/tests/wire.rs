//! What goes over the wire: requests, replies and errors exactly as in docs/cognito.md.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use cognito_protocol::{
    Secret,
    idp::{
        AssociateSoftwareTokenReply, AssociateSoftwareTokenRequest, Attribute, AuthFlow, AuthReply, CONTENT_TYPE, ChallengeName,
        ChangePasswordRequest, CodeDeliveryDetails, CompleteWebAuthnRegistrationRequest, ConfirmForgotPasswordRequest,
        ConfirmSignUpReply, ConfirmSignUpRequest, DeleteUserAttributesRequest, DeleteUserRequest,
        DeleteWebAuthnCredentialRequest, EmptyReply, ErrorCode, ForgotPasswordReply, ForgotPasswordRequest,
        GetTokensFromRefreshTokenReply, GetTokensFromRefreshTokenRequest, GetUserAttributeVerificationCodeReply,
        GetUserAttributeVerificationCodeRequest, GetUserAuthFactorsReply, GetUserAuthFactorsRequest, GetUserReply,
        GetUserRequest, GlobalSignOutRequest, InitiateAuthRequest, Json, ListUserSessionsReply, ListUserSessionsRequest,
        ListWebAuthnCredentialsReply, ListWebAuthnCredentialsRequest, MfaSettings, Operation, RespondToAuthChallengeRequest,
        RevokeTokenRequest, RevokeUserSessionRequest, ServiceError, SetUserMfaPreferenceRequest, SetUserSettingsRequest,
        SignUpReply, SignUpRequest, StartWebAuthnRegistrationReply, StartWebAuthnRegistrationRequest, StringMap, TARGET_PREFIX,
        UpdateAuthEventFeedbackRequest, UpdateUserAttributesReply, UpdateUserAttributesRequest, VerifySoftwareTokenReply,
        VerifySoftwareTokenRequest, VerifyUserAttributeRequest, Wire, WireError, refuse_unknown,
    },
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn decode<T: Wire>(body: Value) -> Result<T, WireError> {
    T::decode(Json::from(body))
}

fn encode(structure: &impl Wire) -> Value {
    Value::from(&structure.encode())
}

/// Decodes and encodes again; what comes out must be what went in.
#[track_caller]
fn round_trip<T: Wire>(body: Value) {
    let decoded: T = decode(body.clone()).expect("a structure");
    assert_eq!(encode(&decoded), body);
}

fn initiate_auth() -> InitiateAuthRequest {
    InitiateAuthRequest {
        auth_flow: AuthFlow::UserSrpAuth,
        client_id: "client".to_owned(),
        auth_parameters: StringMap::of([("USERNAME", "me@x.jp"), ("SRP_A", "a1")]),
        client_metadata: StringMap::default(),
        session: None,
        analytics_metadata: StringMap::default(),
        user_context_data: StringMap::default(),
    }
}

// Requests.

#[test]
fn a_request_leaves_out_what_it_does_not_have() {
    let expected = json!({
        "AuthFlow": "USER_SRP_AUTH",
        "ClientId": "client",
        "AuthParameters": { "USERNAME": "me@x.jp", "SRP_A": "a1" },
    });
    assert_eq!(encode(&initiate_auth()), expected);

    let request = RespondToAuthChallengeRequest {
        client_id: "client".to_owned(),
        challenge_name: ChallengeName::SoftwareTokenMfa,
        session: Some("S1".into()),
        challenge_responses: StringMap::of([("USERNAME", "uid"), ("SOFTWARE_TOKEN_MFA_CODE", "123456")]),
        client_metadata: StringMap::of([("k", "v")]),
        analytics_metadata: StringMap::default(),
        user_context_data: StringMap::default(),
    };
    let expected = json!({
        "ChallengeName": "SOFTWARE_TOKEN_MFA",
        "ClientId": "client",
        "Session": "S1",
        "ChallengeResponses": { "USERNAME": "uid", "SOFTWARE_TOKEN_MFA_CODE": "123456" },
        "ClientMetadata": { "k": "v" },
    });
    assert_eq!(encode(&request), expected);
}

#[test]
fn every_request_has_its_operation_and_its_body() {
    let requests = [
        (initiate_auth().into_request(), "InitiateAuth", encode(&initiate_auth())),
        (
            GetTokensFromRefreshTokenRequest {
                refresh_token: "rt".into(),
                client_id: "client".to_owned(),
                client_secret: None,
                device_key: None,
                client_metadata: StringMap::default(),
            }
            .into_request(),
            "GetTokensFromRefreshToken",
            json!({ "RefreshToken": "rt", "ClientId": "client" }),
        ),
        (
            RevokeTokenRequest {
                token: "rt".into(),
                client_id: "client".to_owned(),
                client_secret: None,
                revoke_associated_sessions: None,
            }
            .into_request(),
            "RevokeToken",
            json!({ "Token": "rt", "ClientId": "client" }),
        ),
        (GlobalSignOutRequest { access_token: "at".into() }.into_request(), "GlobalSignOut", json!({ "AccessToken": "at" })),
        (GetUserRequest { access_token: "at".into() }.into_request(), "GetUser", json!({ "AccessToken": "at" })),
        (
            AssociateSoftwareTokenRequest { access_token: None, session: Some("S1".into()) }.into_request(),
            "AssociateSoftwareToken",
            json!({ "Session": "S1" }),
        ),
        (
            VerifySoftwareTokenRequest {
                access_token: Some("at".into()),
                session: None,
                user_code: "123456".into(),
                friendly_device_name: None,
            }
            .into_request(),
            "VerifySoftwareToken",
            json!({ "AccessToken": "at", "UserCode": "123456" }),
        ),
        (
            SetUserMfaPreferenceRequest {
                access_token: "at".into(),
                sms_mfa_settings: None,
                software_token_mfa_settings: Some(MfaSettings { enabled: Some(true), preferred_mfa: Some(false) }),
                email_mfa_settings: None,
                web_authn_mfa_settings: None,
            }
            .into_request(),
            "SetUserMFAPreference",
            json!({ "AccessToken": "at", "SoftwareTokenMfaSettings": { "Enabled": true, "PreferredMfa": false } }),
        ),
    ];
    for (request, operation, body) in requests {
        assert_eq!(request.operation, operation);
        assert_eq!(Value::from(&request.body), body);
    }
    assert_eq!([TARGET_PREFIX, CONTENT_TYPE], ["AWSCognitoIdentityProviderService.", "application/x-amz-json-1.1"]);
}

#[test]
fn operations_without_output_take_any_object() {
    for body in [json!({}), json!({ "New": 1 })] {
        assert!(EmptyReply::decode(Json::from(body)).is_ok());
    }
}

// Replies.

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

// Both directions, for the local pool.

#[test]
fn every_structure_survives_a_round_trip() {
    round_trip::<InitiateAuthRequest>(json!({
        "AuthFlow": "USER_AUTH",
        "ClientId": "client",
        "AuthParameters": { "USERNAME": "uid" },
        "ClientMetadata": { "k": "v" },
        "Session": "S1",
        "AnalyticsMetadata": { "AnalyticsEndpointId": "e" },
        "UserContextData": { "EncodedData": "d" },
    }));
    round_trip::<RespondToAuthChallengeRequest>(json!({
        "ClientId": "client",
        "ChallengeName": "SOMETHING_NEW",
        "Session": "S1",
        "ChallengeResponses": { "USERNAME": "uid", "ANSWER": "日本 🐴" },
        "ClientMetadata": { "k": "v" },
    }));
    round_trip::<AuthReply>(json!({
        "ChallengeName": "SELECT_CHALLENGE",
        "Session": "S1",
        "ChallengeParameters": { "a": "b" },
        "AuthenticationResult": {
            "AccessToken": "at", "IdToken": "it", "RefreshToken": "rt", "ExpiresIn": 3600, "TokenType": "Bearer",
            "NewDeviceMetadata": { "DeviceKey": "k", "DeviceGroupKey": "g" },
        },
        "AvailableChallenges": ["PASSWORD", "WEB_AUTHN"],
    }));
    round_trip::<GetTokensFromRefreshTokenRequest>(json!({
        "RefreshToken": "rt", "ClientId": "client", "ClientSecret": "s", "DeviceKey": "k", "ClientMetadata": { "k": "v" },
    }));
    round_trip::<GetTokensFromRefreshTokenReply>(json!({ "AuthenticationResult": { "AccessToken": "at", "ExpiresIn": 0.5 } }));
    round_trip::<RevokeTokenRequest>(json!({
        "Token": "rt", "ClientId": "client", "ClientSecret": "s", "RevokeAssociatedSessions": "LINKED",
    }));
    round_trip::<GetUserRequest>(json!({ "AccessToken": "at" }));
    round_trip::<GlobalSignOutRequest>(json!({ "AccessToken": "at" }));
    round_trip::<EmptyReply>(json!({}));
    round_trip::<GetUserReply>(json!({
        "Username": "uid",
        "UserAttributes": [{ "Name": "email", "Value": "me@x.jp" }, { "Name": "nickname" }],
        "PreferredMfaSetting": "SMS_MFA",
        "UserMFASettingList": ["SMS_MFA"],
    }));
    round_trip::<AssociateSoftwareTokenRequest>(json!({ "AccessToken": "at", "Session": "S1" }));
    round_trip::<AssociateSoftwareTokenReply>(json!({ "SecretCode": "ABCDEFGH", "Session": "S2" }));
    round_trip::<VerifySoftwareTokenRequest>(json!({
        "AccessToken": "at", "Session": "S1", "UserCode": "123456", "FriendlyDeviceName": "phone",
    }));
    round_trip::<VerifySoftwareTokenReply>(json!({ "Status": "ERROR", "Session": "S2" }));
    round_trip::<SetUserMfaPreferenceRequest>(json!({
        "AccessToken": "at",
        "SMSMfaSettings": { "Enabled": true, "PreferredMfa": false },
        "SoftwareTokenMfaSettings": { "Enabled": true },
        "EmailMfaSettings": { "PreferredMfa": true },
        "WebAuthnMfaSettings": { "Enabled": false },
    }));
    round_trip::<SignUpRequest>(json!({
        "ClientId": "client", "SecretHash": "h", "Username": "me@x.jp", "Password": "pw",
        "UserAttributes": [{ "Name": "email", "Value": "me@x.jp" }],
        "ValidationData": [{ "Name": "captcha", "Value": "x" }],
    }));
    round_trip::<SignUpReply>(json!({
        "UserConfirmed": false, "UserSub": "uid", "Session": "S1",
        "CodeDeliveryDetails": { "Destination": "m***@x***", "DeliveryMedium": "EMAIL", "AttributeName": "email" },
    }));
    round_trip::<ConfirmSignUpRequest>(json!({
        "ClientId": "client", "SecretHash": "h", "Username": "me@x.jp", "ConfirmationCode": "123456",
        "ForceAliasCreation": true, "Session": "S1",
    }));
    round_trip::<ConfirmSignUpReply>(json!({ "Session": "S1" }));
    round_trip::<ForgotPasswordRequest>(
        json!({ "ClientId": "c", "SecretHash": "h", "Username": "me", "ClientMetadata": { "lang": "ja" } }),
    );
    round_trip::<ForgotPasswordReply>(json!({
        "CodeDeliveryDetails": { "Destination": "m***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email" },
    }));
    round_trip::<ConfirmForgotPasswordRequest>(json!({
        "ClientId": "c", "Username": "me", "ConfirmationCode": "123456", "Password": "p", "ClientMetadata": { "lang": "ja" },
    }));
    round_trip::<ChangePasswordRequest>(json!({ "AccessToken": "A", "PreviousPassword": "p", "ProposedPassword": "q" }));
    round_trip::<UpdateUserAttributesRequest>(json!({
        "AccessToken": "A", "UserAttributes": [{ "Name": "email", "Value": "m@e.example" }],
    }));
    round_trip::<UpdateUserAttributesReply>(json!({ "CodeDeliveryDetailsList": [{ "AttributeName": "email" }] }));
    round_trip::<DeleteUserAttributesRequest>(json!({ "AccessToken": "A", "UserAttributeNames": ["nickname"] }));
    round_trip::<GetUserAttributeVerificationCodeRequest>(json!({ "AccessToken": "A", "AttributeName": "email" }));
    round_trip::<GetUserAttributeVerificationCodeReply>(json!({ "CodeDeliveryDetails": { "AttributeName": "email" } }));
    round_trip::<VerifyUserAttributeRequest>(json!({ "AccessToken": "A", "AttributeName": "email", "Code": "123456" }));
    round_trip::<DeleteUserRequest>(json!({ "AccessToken": "A" }));
    round_trip::<GetUserAuthFactorsRequest>(json!({ "AccessToken": "A" }));
    round_trip::<GetUserAuthFactorsReply>(json!({
        "Username": "uid",
        "PreferredMfaSetting": "SMS_MFA",
        "UserMFASettingList": ["SMS_MFA"],
        "ConfiguredUserAuthFactors": ["PASSWORD", "WEB_AUTHN"],
    }));
    sessions_and_settings_survive_a_round_trip();
}

fn sessions_and_settings_survive_a_round_trip() {
    let session = "tkn0123456789abcdefghijklmno";
    round_trip::<ListUserSessionsRequest>(json!({ "AccessToken": "A", "NextToken": "n" }));
    round_trip::<ListUserSessionsReply>(json!({
        "Sessions": [{
            "SessionId": session, "SessionType": "TOKEN", "ClientId": "client", "CreateDate": 1_757_408_703.5,
            "LastActiveDate": 1_757_408_704, "DeviceType": "unknown", "LastIPAddress": "127.0.0.1",
            "LastLocation": { "City": "Kyoto", "Country": "JP" }, "OriginSessionId": "sso0123456789abcdefghijklmno",
            "IsCurrentSession": true,
        }],
        "NextToken": "n",
    }));
    round_trip::<RevokeUserSessionRequest>(json!({
        "AccessToken": "A", "SessionId": session, "RevokeAssociatedSessions": "NONE",
    }));
    round_trip::<SetUserSettingsRequest>(json!({
        "AccessToken": "A", "MFAOptions": [{ "DeliveryMedium": "SMS", "AttributeName": "phone_number" }],
    }));
    round_trip::<UpdateAuthEventFeedbackRequest>(json!({
        "UserPoolId": "us-east-1_a", "Username": "uid", "EventId": "e", "FeedbackToken": "t", "FeedbackValue": "Valid",
    }));
}

#[test]
fn passkeys_survive_a_round_trip() {
    round_trip::<StartWebAuthnRegistrationRequest>(json!({ "AccessToken": "A" }));
    round_trip::<StartWebAuthnRegistrationReply>(json!({
        "CredentialCreationOptions": {
            "challenge": "AAEC", "rp": { "id": "localhost", "name": "localhost" },
            "user": { "id": "dWlk", "name": "me@x.jp", "displayName": "me@x.jp" },
            "pubKeyCredParams": [{ "type": "public-key", "alg": -7 }, { "type": "public-key", "alg": -257 }],
            "timeout": 60000, "excludeCredentials": [], "authenticatorSelection": { "requireResidentKey": true },
        },
    }));
    round_trip::<CompleteWebAuthnRegistrationRequest>(json!({
        "AccessToken": "A",
        "Credential": {
            "id": "AAEC", "rawId": "AAEC", "type": "public-key", "clientExtensionResults": {},
            "response": { "clientDataJSON": "e30", "attestationObject": "oA", "transports": ["internal"] },
        },
    }));
    round_trip::<ListWebAuthnCredentialsRequest>(json!({ "AccessToken": "A", "NextToken": "n", "MaxResults": 20 }));
    round_trip::<ListWebAuthnCredentialsReply>(json!({
        "Credentials": [
            {
                "CredentialId": "AAEC", "FriendlyCredentialName": "Passkey", "RelyingPartyId": "localhost",
                "AuthenticatorAttachment": "platform", "AuthenticatorTransports": ["internal", "hybrid"],
                "CreatedAt": 1_763_780_000.5,
            },
            { "CredentialId": "AQ", "FriendlyCredentialName": "Key", "RelyingPartyId": "localhost", "CreatedAt": 1 },
        ],
        "NextToken": "n",
    }));
    round_trip::<DeleteWebAuthnCredentialRequest>(json!({ "AccessToken": "A", "CredentialId": "AAEC" }));

    let missing = |member| Some(WireError::Missing(member));
    assert_eq!(decode::<StartWebAuthnRegistrationReply>(json!({})).err(), missing("CredentialCreationOptions"));
    let null = json!({ "CredentialCreationOptions": null });
    assert_eq!(decode::<StartWebAuthnRegistrationReply>(null).err(), missing("CredentialCreationOptions"));
    assert!(decode::<ListWebAuthnCredentialsReply>(json!({})).is_ok_and(|reply| reply.credentials.is_empty()));
}

#[test]
fn a_strict_server_refuses_members_that_a_structure_does_not_have() {
    let json = |body| Json::from(body);
    assert_eq!(refuse_unknown::<GetUserRequest>(&json(json!({ "AccessToken": "at" }))), Ok(()));
    assert_eq!(refuse_unknown::<GetUserRequest>(&json(json!({}))), Ok(()));
    assert_eq!(
        refuse_unknown::<GetUserRequest>(&json(json!({ "AccessToken": "at", "accessToken": "at" }))),
        Err(WireError::Unknown("accessToken".to_owned()))
    );
    assert_eq!(refuse_unknown::<GetUserRequest>(&json(json!([]))), Err(WireError::WrongType("(body)")));
    assert!(refuse_unknown::<EmptyReply>(&json(json!({ "x": 1 }))).is_err());
}

#[test]
fn wire_errors_say_what_is_wrong() {
    assert_eq!(WireError::Missing("Session").to_string(), "missing member Session");
    assert_eq!(WireError::WrongType("Session").to_string(), "wrong type of member Session");
    assert_eq!(WireError::Unknown("session".to_owned()).to_string(), "unknown member session");
}

// Names.

#[test]
fn names_are_known_both_ways_and_unknown_ones_kept() {
    for name in [
        "PASSWORD_VERIFIER",
        "CUSTOM_CHALLENGE",
        "SOFTWARE_TOKEN_MFA",
        "MFA_SETUP",
        "SMS_MFA",
        "EMAIL_OTP",
        "SMS_OTP",
        "SELECT_MFA_TYPE",
        "SELECT_CHALLENGE",
        "NEW_PASSWORD_REQUIRED",
        "DEVICE_SRP_AUTH",
        "DEVICE_PASSWORD_VERIFIER",
        "PASSWORD",
        "PASSWORD_SRP",
        "WEB_AUTHN",
        "ADMIN_NO_SRP_AUTH",
    ] {
        assert!(!matches!(ChallengeName::from(name), ChallengeName::Other(_)), "{name}");
        assert_eq!(ChallengeName::from(name).as_str(), name);
    }
    for name in ["USER_SRP_AUTH", "CUSTOM_AUTH", "USER_AUTH", "USER_PASSWORD_AUTH", "REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"] {
        assert!(!matches!(AuthFlow::from(name), AuthFlow::Other(_)), "{name}");
        assert_eq!(AuthFlow::from(name).as_str(), name);
    }
    for name in ["", "password_verifier", "SOMETHING_NEW"] {
        assert_eq!(ChallengeName::from(name), ChallengeName::Other(name.to_owned()));
        assert_eq!(ChallengeName::from(name).as_str(), name);
    }
}

// Errors.

fn error(header: Option<&str>, body: Value) -> ServiceError {
    ServiceError::of_reply(400, header, Some(Json::from(body)))
}

#[test]
fn an_error_as_the_service_sends_it() {
    let body = json!({ "__type": "NotAuthorizedException", "message": "Incorrect username or password." });
    let expected =
        ServiceError { code: ErrorCode::NotAuthorized, message: "Incorrect username or password.".to_owned(), status: 400 };
    assert_eq!(error(Some("NotAuthorizedException:"), body.clone()), expected);
    assert_eq!(error(None, body), expected);
}

#[test]
fn the_header_goes_before_code_and_code_before_type() {
    let body = json!({ "code": "ExpiredCodeException", "__type": "CodeMismatchException" });
    assert_eq!(error(Some("NotAuthorizedException"), body.clone()).code, ErrorCode::NotAuthorized);
    assert_eq!(error(Some(""), body.clone()).code, ErrorCode::ExpiredCode);
    assert_eq!(error(None, body).code, ErrorCode::ExpiredCode);
    let null = json!({ "code": null, "__type": "CodeMismatchException" });
    assert_eq!(error(None, null).code, ErrorCode::CodeMismatch);
    // A number is no name; some proxies repeat the status here.
    let number = json!({ "code": 400, "__type": "CodeMismatchException" });
    assert_eq!(error(None, number).code, ErrorCode::CodeMismatch);
}

#[test]
fn names_are_cut_out_of_their_decoration() {
    for text in [
        "CodeMismatchException",
        "CodeMismatchException:",
        "CodeMismatchException:http://internal.amazon.com/coral/com.amazon.coral.service/",
        "CodeMismatchException,",
        "CodeMismatchException,something:else",
        "com.amazonaws.cognito#CodeMismatchException",
        "com.amazonaws.cognito#CodeMismatchException:http://x#y",
        "a#b#CodeMismatchException",
    ] {
        assert_eq!(error(Some(text), json!({})).code, ErrorCode::CodeMismatch, "header {text}");
        assert_eq!(error(None, json!({ "__type": text })).code, ErrorCode::CodeMismatch, "__type {text}");
        assert_eq!(error(None, json!({ "code": text })).code, ErrorCode::CodeMismatch, "code {text}");
    }
}

#[test]
fn the_message_has_two_spellings() {
    assert_eq!(error(None, json!({ "message": "a", "Message": "b" })).message, "a");
    assert_eq!(error(None, json!({ "Message": "b" })).message, "b");
    assert_eq!(error(None, json!({ "message": null, "Message": "b" })).message, "b");
    assert_eq!(error(None, json!({ "message": 7 })).message, "");
    assert_eq!(error(None, json!({})).message, "");
}

#[test]
fn what_is_no_json_or_no_object_is_an_error_without_a_name() {
    let nameless = ServiceError { code: ErrorCode::Other(String::new()), message: String::new(), status: 502 };
    assert_eq!(ServiceError::of_reply(502, None, None), nameless);
    for body in [json!(null), json!("oops"), json!(["__type"]), json!(7)] {
        assert_eq!(ServiceError::of_reply(502, None, Some(Json::from(body))), nameless);
    }
    assert_eq!(ServiceError::of_reply(400, Some("ForbiddenException:"), None).code, ErrorCode::Forbidden);
}

#[test]
fn unknown_errors_keep_their_name() {
    let unknown = error(None, json!({ "__type": "BrandNewException", "reasonCode": "x" }));
    assert_eq!(unknown.code, ErrorCode::Other("BrandNewException".to_owned()));
    assert_eq!(unknown.code.as_str(), "BrandNewException");
}

// JSON.

#[test]
fn numbers_keep_their_kind() {
    assert_eq!(Value::from(&Json::from(json!([3600, -1, 0.5, 1e300]))), json!([3600, -1, 0.5, 1e300]));
    assert_eq!(Value::from(&Json::Number(f64::NAN)), Value::Null);
}

#[test]
fn a_later_entry_of_a_map_wins() {
    let mut map = StringMap::of([("a", "1"), ("b", "2")]);
    map.insert("a", "3");
    assert_eq!(map.iter().collect::<Vec<_>>(), [("b", "2"), ("a", "3")]);
    assert_eq!(map, StringMap::of([("a", "3"), ("b", "2")]));
    assert_ne!(map, StringMap::of([("a", "3")]));
    assert_ne!(map, StringMap::of([("a", "3"), ("c", "2")]));
}

#[test]
fn debug_shows_no_content() {
    let map = StringMap::of([("PASSWORD", "hunter2")]);
    let attribute = Attribute { name: "email".to_owned(), value: None };
    let details = CodeDeliveryDetails { destination: None, delivery_medium: None, attribute_name: None };
    let body = Json::from(json!({ "AccessToken": "hunter2", "AuthenticationResult": { "AccessToken": "hunter2" } }));
    let reply: AuthReply = Wire::decode(body.clone()).expect("a reply");
    let request = GetUserRequest { access_token: "hunter2".into() };
    let text = format!("{map:?} {attribute:?} {details:?} {body:?} {reply:?} {request:?}");
    assert!(text.contains("PASSWORD") && !text.contains("hunter2"), "{text}");
}

/// Any JSON, with the API's names among its keys.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        Just(Value::from("CUSTOM_CHALLENGE")),
    ];
    let name = prop_oneof![
        Just("ChallengeName".to_owned()),
        Just("ChallengeParameters".to_owned()),
        Just("AuthenticationResult".to_owned()),
        Just("AvailableChallenges".to_owned()),
        Just("Session".to_owned()),
        Just("__type".to_owned()),
        Just("message".to_owned()),
        any::<String>(),
    ];
    leaf.prop_recursive(4, 32, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((name.clone(), inner), 0..6).prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_body_panics_and_what_is_read_is_written_again(body in any_json(), header in proptest::option::of(any::<String>())) {
        let error = ServiceError::of_reply(400, header.as_deref(), Some(Json::from(body.clone())));
        prop_assert!(!error.code.as_str().contains([':', ',', '#']));
        if let Ok(reply) = decode::<AuthReply>(body) {
            let written = encode(&reply);
            let again: AuthReply = decode(written.clone()).expect("a reply");
            prop_assert_eq!(encode(&again), written);
        }
    }
}
