//! A small client that signs in as docs/cognito.md#flows says, for the tests.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request},
};
use base64ct::{Base64, Encoding};
use cognito_protocol::{
    Secret,
    srp::{ClientEphemeral, EphemeralSecret, Identity, derive_secret_hash, format_timestamp},
    totp,
};
use local_pool::{Builder, Pool, seed, seed::SeededUser};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::errors;

/// `Tue Sep 9 09:05:03 UTC 2025`, three seconds into a TOTP step. The tests' clock stands still, so that they do not depend on how
/// quick the machine is.
pub const START_MILLIS: i64 = 1_757_408_703_000;

pub const USER: &str = "user@example.com";

pub struct Client {
    pub pool: Pool,
    pub app: Router,
    pub client_id: String,
    pub pool_name: &'static str,
    pub client_secret: Option<Secret>,
}

#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Reply {
    #[track_caller]
    pub fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{}", self.body);
        self.body
    }

    /// `NotAuthorized: message`, with `Exception` left out; checks that body and headers agree.
    #[track_caller]
    pub fn error(self) -> String {
        assert_eq!(self.status, 400, "{}", self.body);
        let (code, message) = (self.body["__type"].as_str().unwrap(), self.body["message"].as_str().unwrap());
        assert_eq!(self.headers["x-amzn-errortype"], format!("{code}:"));
        // A header holds ASCII alone; then the body tells.
        let told = self.headers.get("x-amzn-errormessage").map(|told| String::from_utf8_lossy(told.as_bytes()).into_owned());
        assert_eq!(told.as_deref().unwrap_or(message), message.trim_end());
        format!("{}: {message}", code.trim_end_matches("Exception"))
    }
}

pub const INCORRECT: &str = "NotAuthorized: Incorrect username or password.";
pub const USED: &str = "NotAuthorized: Invalid session for the user, session can only be used once.";
pub const EXPIRED: &str = "NotAuthorized: Invalid session for the user, session is expired.";
pub const INVALID_SESSION: &str = "NotAuthorized: Invalid session for the user.";

/// An SRP challenge with what is needed to answer it.
pub struct Challenge {
    pub ephemeral: ClientEphemeral,
    pub reply: Value,
}

impl Challenge {
    pub fn parameter(&self, name: &str) -> &str {
        self.reply["ChallengeParameters"][name].as_str().unwrap()
    }
}

impl Client {
    pub fn new() -> Self {
        Self::with(|builder| builder)
    }

    /// A client of a pool that was changed before it started.
    pub fn with(change: impl FnOnce(Builder) -> Builder) -> Self {
        let builder = Pool::builder().with(|settings| settings.frozen_at_millis = Some(START_MILLIS));
        Self::of(change(builder).build())
    }

    /// A client of a pool to which [`USER`] was added.
    pub fn of(pool: Pool) -> Self {
        pool.add_user(&SeededUser::new(USER, "USER_SRP_AUTH", "of the tests"));
        Self {
            app: local_pool::app(pool.clone()),
            pool,
            client_id: seed::CLIENT.to_owned(),
            pool_name: "LocalPool",
            client_secret: None,
        }
    }

    pub fn with_client(mut self, client_id: &str) -> Self {
        self.client_id = client_id.to_owned();
        self
    }

    pub fn mfa_on() -> Self {
        Self::of_pool("LocalMfaOn", seed::MFA_ON_CLIENT)
    }

    /// A client of one of the seeded pools.
    pub fn of_pool(pool_name: &'static str, client_id: &str) -> Self {
        Self { pool_name, ..Self::new().with_client(client_id) }
    }

    pub async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Reply { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    pub async fn call(&self, operation: &str, body: Value) -> Reply {
        let request = Request::post("/")
            .header("content-type", "application/x-amz-json-1.1")
            .header("x-amz-target", format!("AWSCognitoIdentityProviderService.{operation}"))
            .body(Body::from(body.to_string()))
            .unwrap();
        let reply = self.send(request).await;
        errors::check(operation, &reply);
        reply
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Request::get(path).header("host", "127.0.0.1:9229").body(Body::empty()).unwrap()).await
    }

    pub fn secret_hash(&self, username: &str) -> Option<String> {
        let secret = self.client_secret.as_ref()?;
        Some(derive_secret_hash(secret, username, &self.client_id))
    }

    pub async fn initiate(&self, flow: &str, mut parameters: Value) -> Reply {
        if let Some(hash) = parameters["USERNAME"].as_str().and_then(|name| self.secret_hash(name)) {
            parameters["SECRET_HASH"] = json!(hash);
        }
        let body = json!({"AuthFlow": flow, "ClientId": self.client_id, "AuthParameters": parameters, "ClientMetadata": {}});
        self.call("InitiateAuth", body).await
    }

    /// Begins `USER_SRP_AUTH`, or `CUSTOM_AUTH` or `USER_AUTH` with SRP.
    pub async fn begin(&self, flow: &str, username: &str) -> Challenge {
        let ephemeral = ephemeral();
        let mut parameters = json!({"USERNAME": username, "SRP_A": ephemeral.public_hex()});
        if flow == "CUSTOM_AUTH" {
            parameters["CHALLENGE_NAME"] = json!("SRP_A");
        }
        if flow == "USER_AUTH" {
            parameters["PREFERRED_CHALLENGE"] = json!("PASSWORD_SRP");
        }
        let reply = self.initiate(flow, parameters).await.ok();
        assert_eq!(reply["ChallengeName"], "PASSWORD_VERIFIER");
        Challenge { ephemeral, reply }
    }

    pub fn timestamp(&self) -> String {
        format_timestamp(self.pool.now_millis())
    }

    /// A whole answer to `PASSWORD_VERIFIER`, to be tampered with.
    pub fn proof(&self, challenge: &Challenge, password: &str, timestamp: &str) -> Value {
        let user_id_for_srp = challenge.parameter("USER_ID_FOR_SRP");
        let identity = Identity { pool_name: self.pool_name, user_id_for_srp };
        let key = challenge
            .ephemeral
            .process_challenge(&identity, &password.into(), challenge.parameter("SALT"), challenge.parameter("SRP_B"))
            .unwrap();
        let secret_block = challenge.parameter("SECRET_BLOCK");
        let mut responses = json!({
            "USERNAME": user_id_for_srp,
            "PASSWORD_CLAIM_SECRET_BLOCK": secret_block,
            "TIMESTAMP": timestamp,
            "PASSWORD_CLAIM_SIGNATURE": key.sign(&identity, secret_block, timestamp).unwrap(),
        });
        if let Some(hash) = self.secret_hash(user_id_for_srp) {
            responses["SECRET_HASH"] = json!(hash);
        }
        self.answer("PASSWORD_VERIFIER", &challenge.reply["Session"], responses)
    }

    pub fn answer(&self, challenge: &str, session: &Value, responses: Value) -> Value {
        json!({
            "ChallengeName": challenge,
            "ClientId": self.client_id,
            "Session": session,
            "ChallengeResponses": responses,
        })
    }

    pub async fn respond(&self, answer: &Value) -> Reply {
        self.call("RespondToAuthChallenge", answer.clone()).await
    }

    /// Gives the password, right or wrong.
    pub async fn password(&self, flow: &str, username: &str, password: &str) -> Reply {
        let challenge = self.begin(flow, username).await;
        self.respond(&self.proof(&challenge, password, &self.timestamp())).await
    }

    /// What `CUSTOM_AUTH` of [`USER`] begins with, where that fails.
    pub async fn password_error(&self) -> String {
        let parameters = json!({"USERNAME": USER, "SRP_A": "2", "CHALLENGE_NAME": "SRP_A"});
        self.initiate("CUSTOM_AUTH", parameters).await.error()
    }

    /// Signs in a user who has a password only.
    pub async fn tokens(&self, username: &str) -> Tokens {
        Tokens(self.password("USER_SRP_AUTH", username, seed::PASSWORD).await.ok()["AuthenticationResult"].clone())
    }

    /// The answer to the `CUSTOM_CHALLENGE` or the second factor in a reply.
    pub fn code_answer(&self, reply: &Value, username: &str, code: &str) -> Value {
        let name = reply["ChallengeName"].as_str().unwrap();
        let key = match name {
            "CUSTOM_CHALLENGE" => "ANSWER",
            "SOFTWARE_TOKEN_MFA" => "SOFTWARE_TOKEN_MFA_CODE",
            "SMS_MFA" => "SMS_MFA_CODE",
            "EMAIL_OTP" => "EMAIL_OTP_CODE",
            "SMS_OTP" => "SMS_OTP_CODE",
            other => panic!("{other} has no code"),
        };
        let mut responses = json!({"USERNAME": username});
        responses[key] = json!(code);
        self.answer(name, &reply["Session"], responses)
    }

    /// The code of an authenticator app, some steps away from now.
    pub fn totp(&self, secret: &str, steps: i64) -> String {
        totp::code_at(&secret.into(), self.pool.now_millis() / 1000 + 30 * steps).unwrap()
    }

    /// Moves the clock to the next TOTP step.
    pub fn next_step(&self) {
        self.pool.advance_clock(std::time::Duration::from_secs(30));
    }
}

/// A fresh client's side of SRP.
pub fn ephemeral() -> ClientEphemeral {
    let mut a = [0; 32];
    getrandom::fill(&mut a).unwrap();
    ClientEphemeral::derive(EphemeralSecret::from_bytes(&a).unwrap()).unwrap()
}

/// Digits of the same length, but not these.
pub fn another(code: &str) -> String {
    let number: u64 = code.parse().unwrap();
    format!("{:01$}", (number + 1) % 10_u64.pow(u32::try_from(code.len()).unwrap()), code.len())
}

pub struct Tokens(pub Value);

impl Tokens {
    pub fn access(&self) -> &str {
        self.0["AccessToken"].as_str().unwrap()
    }

    pub fn id(&self) -> &str {
        self.0["IdToken"].as_str().unwrap()
    }

    pub fn refresh(&self) -> &str {
        self.0["RefreshToken"].as_str().unwrap()
    }
}

/// The claims of a token, unchecked.
pub fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&base64ct::Base64UrlUnpadded::decode_vec(payload).unwrap()).unwrap()
}

/// Another text of the same form: one bit of the decoded bytes is different.
pub fn flip_base64(text: &str) -> String {
    let mut bytes = Base64::decode_vec(text).unwrap();
    bytes[0] ^= 1;
    Base64::encode_string(&bytes)
}
