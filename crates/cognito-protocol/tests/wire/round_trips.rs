//! Both directions, for the local pool.

use cognito_protocol::idp::{
    AssociateSoftwareTokenReply, AssociateSoftwareTokenRequest, AuthReply, ChangePasswordRequest,
    CompleteWebAuthnRegistrationRequest, ConfirmForgotPasswordRequest, ConfirmSignUpReply, ConfirmSignUpRequest,
    DeleteUserAttributesRequest, DeleteUserRequest, DeleteWebAuthnCredentialRequest, EmptyReply, ForgotPasswordReply,
    ForgotPasswordRequest, GetTokensFromRefreshTokenReply, GetTokensFromRefreshTokenRequest,
    GetUserAttributeVerificationCodeReply, GetUserAttributeVerificationCodeRequest, GetUserAuthFactorsReply,
    GetUserAuthFactorsRequest, GetUserReply, GetUserRequest, GlobalSignOutRequest, InitiateAuthRequest, Json,
    ListUserSessionsReply, ListUserSessionsRequest, ListWebAuthnCredentialsReply, ListWebAuthnCredentialsRequest,
    RespondToAuthChallengeRequest, RevokeTokenRequest, RevokeUserSessionRequest, SetUserMfaPreferenceRequest,
    SetUserSettingsRequest, SignUpReply, SignUpRequest, StartWebAuthnRegistrationReply, StartWebAuthnRegistrationRequest,
    UpdateAuthEventFeedbackRequest, UpdateUserAttributesReply, UpdateUserAttributesRequest, VerifySoftwareTokenReply,
    VerifySoftwareTokenRequest, VerifyUserAttributeRequest, Wire, WireError, refuse_unknown,
};
use serde_json::{Value, json};

use super::{decode, encode};

/// Decodes and encodes again; what comes out must be what went in.
#[track_caller]
fn round_trip<T: Wire>(body: Value) {
    let decoded: T = decode(body.clone()).expect("a structure");
    assert_eq!(encode(&decoded), body);
}

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
