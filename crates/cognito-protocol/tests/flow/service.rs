//! The pool's side: real proofs, and replies as the service writes them.

use serde_json::{Value, json};
use srp_reference::{Identity, ServerExchange, Verifier};

pub const CLIENT_ID: &str = "1example23456789";
pub const POOL_ID: &str = "eu-central-1_AbCdEfGhI";
pub const ISSUER: &str = "https://cognito-idp.eu-central-1.amazonaws.com";
pub const POOL_NAME: &str = "AbCdEfGhI";
pub const NAME: &str = "me@example.com";
pub const USER_ID: &str = "7d8ca528-4931-4254-9273-ea5ee853f271";
pub const PASSWORD: &str = "correct horse 電池 🐴";
/// base64 of "a secret block of the pool"
pub const SECRET_BLOCK: &str = "YSBzZWNyZXQgYmxvY2sgb2YgdGhlIHBvb2w=";
/// What tokens and sessions begin with here; their content must not show in any `Debug` text.
pub const TOKEN_MARK: &str = "eyJraWQ";
pub const SESSION_MARK: &str = "AYABe";
pub const DEVICE_KEY: &str = "eu-central-1_fec070d2-fa88-424a-8ec8-b26d7198eb23";
pub const DEVICE_GROUP_KEY: &str = "-wt2ha1Zd";
pub const TOTP_SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

pub const WRONG_CREDENTIALS: (&str, &str) = ("NotAuthorizedException", "Incorrect username or password.");
pub const SESSION_EXPIRED: (&str, &str) = ("NotAuthorizedException", "Invalid session for the user, session is expired.");
pub const CODE_MISMATCH: (&str, &str) = ("CodeMismatchException", "Invalid code or auth state for the user.");
pub const CODE_USED: (&str, &str) = ("ExpiredCodeException", "Your software token has already been used once.");
pub const REFRESH_REVOKED: (&str, &str) = ("NotAuthorizedException", "Refresh Token has been revoked");

const IDENTITY: Identity<'_> = Identity { pool_name: POOL_NAME, user_id_for_srp: USER_ID };

/// A pool with one user.
pub struct Pool {
    verifier: Verifier,
    exchange: ServerExchange,
    srp_a: String,
}

impl Pool {
    pub fn new() -> Self {
        let verifier = Verifier::derive(&IDENTITY, PASSWORD, &[0x9a; 16]);
        let exchange = ServerExchange::begin(&[0x5b; 32], &verifier);
        Self { verifier, exchange, srp_a: String::new() }
    }

    /// The reply to `InitiateAuth` with `SRP_A`.
    pub fn password_verifier(&mut self, initiate_auth: &Value) -> Value {
        initiate_auth["AuthParameters"]["SRP_A"].as_str().expect("SRP_A").clone_into(&mut self.srp_a);
        json!({
            "ChallengeName": "PASSWORD_VERIFIER",
            "ChallengeParameters": {
                "SALT": self.verifier.salt_hex(),
                "SECRET_BLOCK": SECRET_BLOCK,
                "SRP_B": self.exchange.srp_b(),
                "USERNAME": USER_ID,
                "USER_ID_FOR_SRP": USER_ID,
            },
        })
    }

    /// Whether the answer to `PASSWORD_VERIFIER` proves the password.
    pub fn accepts(&self, respond: &Value) -> bool {
        let responses = &respond["ChallengeResponses"];
        assert_eq!(responses["USERNAME"], USER_ID);
        assert_eq!(responses["PASSWORD_CLAIM_SECRET_BLOCK"], SECRET_BLOCK);
        let timestamp = responses["TIMESTAMP"].as_str().expect("TIMESTAMP");
        assert!(timestamp.contains(" UTC ") && timestamp.split(' ').count() == 6, "{timestamp}");
        let key = self.exchange.key(&self.verifier, &self.srp_a).expect("SRP_A");
        let signature = responses["PASSWORD_CLAIM_SIGNATURE"].as_str().expect("PASSWORD_CLAIM_SIGNATURE");
        key.verifies(&IDENTITY, b"a secret block of the pool", timestamp, signature)
    }
}

pub fn session(number: u32) -> String {
    format!("{SESSION_MARK}-session-{number}")
}

pub fn access_token(number: u32) -> String {
    format!("{TOKEN_MARK}.access.{number}")
}

pub fn refresh_token(number: u32) -> String {
    format!("{TOKEN_MARK}.refresh.{number}")
}

/// Tokens with a refresh token, as a sign-in ends.
pub fn tokens(number: u32) -> Value {
    let mut reply = new_access_token(number);
    reply["AuthenticationResult"]["RefreshToken"] = refresh_token(number).into();
    reply
}

/// Tokens without a refresh token, as a refresh ends where they do not rotate.
pub fn new_access_token(number: u32) -> Value {
    json!({
        "ChallengeParameters": {},
        "AuthenticationResult": {
            "AccessToken": access_token(number),
            "ExpiresIn": 3600,
            "TokenType": "Bearer",
            "IdToken": format!("{TOKEN_MARK}.id.{number}"),
        },
    })
}

/// The access token of a session with a device.
pub fn device_access_token(number: u32) -> String {
    format!("{TOKEN_MARK}.device.{number}")
}

/// The same as [`tokens`] on a device that is known.
pub fn device_tokens(number: u32) -> Value {
    let mut reply = tokens(number);
    reply["AuthenticationResult"]["AccessToken"] = device_access_token(number).into();
    reply
}

/// The same on a device that is new.
pub fn new_device_tokens(number: u32) -> Value {
    let mut reply = device_tokens(number);
    reply["AuthenticationResult"]["NewDeviceMetadata"] = json!({ "DeviceKey": DEVICE_KEY, "DeviceGroupKey": DEVICE_GROUP_KEY });
    reply
}

/// What the project's own triggers ask, with the session of that number.
pub fn email_challenge(number: u32) -> Value {
    json!({ "ChallengeName": "CUSTOM_CHALLENGE", "Session": session(number), "ChallengeParameters": email_parameters() })
}

pub fn email_parameters() -> Value {
    json!({ "USERNAME": USER_ID, "type": "EMAIL_CODE", "destination": "m***@e***", "codeLength": "6" })
}

pub fn totp_challenge(number: u32) -> Value {
    json!({
        "ChallengeName": "SOFTWARE_TOKEN_MFA",
        "Session": session(number),
        "ChallengeParameters": { "USER_ID_FOR_SRP": USER_ID, "FRIENDLY_DEVICE_NAME": "phone" },
    })
}

pub fn mfa_setup(number: u32) -> Value {
    json!({
        "ChallengeName": "MFA_SETUP",
        "Session": session(number),
        "ChallengeParameters": { "USER_ID_FOR_SRP": USER_ID, "MFAS_CAN_SETUP": "[\"SOFTWARE_TOKEN_MFA\"]" },
    })
}

pub fn user(factors: &[&str]) -> Value {
    json!({
        "Username": USER_ID,
        "UserAttributes": [{ "Name": "sub", "Value": USER_ID }, { "Name": "email", "Value": NAME }],
        "UserMFASettingList": factors,
    })
}
