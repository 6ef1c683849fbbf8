//! Requests.

use cognito_protocol::idp::{
    AssociateSoftwareTokenRequest, AuthFlow, CONTENT_TYPE, ChallengeName, GetTokensFromRefreshTokenRequest, GetUserRequest,
    GlobalSignOutRequest, InitiateAuthRequest, MfaSettings, Operation, RespondToAuthChallengeRequest, RevokeTokenRequest,
    SetUserMfaPreferenceRequest, StringMap, TARGET_PREFIX, VerifySoftwareTokenRequest,
};
use serde_json::{Value, json};

use super::encode;

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
