//! The events that Cognito calls the triggers with, in the names of the developer guide (`camelCase` on the wire).
//!
//! Members that these types do not know are kept in `other` and go back out as they came. `null` counts as absent, because the
//! service sends it for what is not filled in yet; a `null` in a list counts as an empty element. Attributes that are flags or
//! numbers become texts: the guide's samples hold both.
//!
//! The types of the crate `aws_lambda_events` refuse some of this (a session that is `null`, a trigger source of the future, a
//! version that is a number), and an event that is refused ends the person's sign-in. The tests read that crate's samples.

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{DeserializeOwned, IgnoredAny},
};
use serde_json::{Map, Value};

/// A map from text to text, such as `userAttributes` and `clientMetadata`.
pub type Texts = BTreeMap<String, String>;

/// Called when an authentication begins and after each challenge of it.
pub type DefineAuthChallengeEvent = Event<DefineAuthChallengeRequest, DefineAuthChallengeResponse>;
/// Called when the definition asked for a `CUSTOM_CHALLENGE`.
pub type CreateAuthChallengeEvent = Event<CreateAuthChallengeRequest, CreateAuthChallengeResponse>;
/// Called before the service mails or texts a code of its own.
pub type CustomMessageEvent = Event<CustomMessageRequest, CustomMessageResponse>;
/// Called with the answer to a `CUSTOM_CHALLENGE`.
pub type VerifyAuthChallengeResponseEvent = Event<VerifyAuthChallengeResponseRequest, VerifyAuthChallengeResponseResponse>;

/// What is common to all events.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", bound(deserialize = "Request: DeserializeOwned + Default, Response: Default"))]
pub struct Event<Request, Response> {
    /// The version of the event; text or a number.
    #[serde(default)]
    pub version: Value,
    /// Name of the trigger and of what led to it, such as `DefineAuthChallenge_Authentication`.
    #[serde(default, deserialize_with = "absent_if_null")]
    pub trigger_source: String,
    /// The pool's AWS Region.
    #[serde(default, deserialize_with = "absent_if_null")]
    pub region: String,
    /// The pool.
    #[serde(default, deserialize_with = "absent_if_null")]
    pub user_pool_id: String,
    /// The real username; absent where the service does not know one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// Who called the service.
    #[serde(default, deserialize_with = "absent_if_null")]
    pub caller_context: CallerContext,
    /// What the trigger works on.
    #[serde(default, deserialize_with = "absent_if_null")]
    pub request: Request,
    /// What the trigger answers; what an event already holds here is nobody's answer and is not read.
    #[serde(default, deserialize_with = "unread")]
    pub response: Response,
    /// What these types do not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Shows which event it is and nothing of what it holds.
impl<Request, Response> fmt::Debug for Event<Request, Response> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("trigger_source", &self.trigger_source)
            .field("user_pool_id", &self.user_pool_id)
            .finish_non_exhaustive()
    }
}

/// Who called the service.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CallerContext {
    /// As the client's library names itself.
    #[serde(deserialize_with = "absent_if_null")]
    pub aws_sdk_version: String,
    /// The app client.
    #[serde(deserialize_with = "absent_if_null")]
    pub client_id: String,
    /// What this type does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// One challenge of this sign-in that is over.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ChallengeResult {
    /// `SRP_A`, `PASSWORD_VERIFIER`, `CUSTOM_CHALLENGE`, `SOFTWARE_TOKEN_MFA`, `SMS_MFA`, …
    #[serde(deserialize_with = "absent_if_null")]
    pub challenge_name: String,
    /// Whether it was passed.
    #[serde(deserialize_with = "absent_if_null")]
    pub challenge_result: bool,
    /// What the creation of a custom challenge put here; never leaves the service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub challenge_metadata: Option<String>,
}

/// Leaves the metadata out, which holds the code.
impl fmt::Debug for ChallengeResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.challenge_name, self.challenge_result)
    }
}

/// The request of [`DefineAuthChallengeEvent`].
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DefineAuthChallengeRequest {
    /// The user's attributes.
    #[serde(deserialize_with = "lenient_texts")]
    pub user_attributes: Texts,
    /// The challenges so far, oldest first.
    #[serde(deserialize_with = "session")]
    pub session: Vec<ChallengeResult>,
    /// From the client's request.
    #[serde(deserialize_with = "lenient_texts", skip_serializing_if = "Texts::is_empty")]
    pub client_metadata: Texts,
    /// The pool does not know the user and does not say so to the client.
    #[serde(deserialize_with = "absent_if_null")]
    pub user_not_found: bool,
    /// What this type does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// The response of [`DefineAuthChallengeEvent`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DefineAuthChallengeResponse {
    /// The next challenge; absent when the sign-in is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub challenge_name: Option<String>,
    /// The sign-in has succeeded.
    #[serde(deserialize_with = "absent_if_null")]
    pub issue_tokens: bool,
    /// The sign-in has failed.
    #[serde(deserialize_with = "absent_if_null")]
    pub fail_authentication: bool,
}

/// The request of [`CreateAuthChallengeEvent`].
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CreateAuthChallengeRequest {
    /// The user's attributes.
    #[serde(deserialize_with = "lenient_texts")]
    pub user_attributes: Texts,
    /// The challenge to create.
    #[serde(deserialize_with = "absent_if_null")]
    pub challenge_name: String,
    /// The challenges so far, oldest first.
    #[serde(deserialize_with = "session")]
    pub session: Vec<ChallengeResult>,
    /// From the client's request.
    #[serde(deserialize_with = "lenient_texts", skip_serializing_if = "Texts::is_empty")]
    pub client_metadata: Texts,
    /// The pool does not know the user and does not say so to the client.
    #[serde(deserialize_with = "absent_if_null")]
    pub user_not_found: bool,
    /// What this type does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// The response of [`CreateAuthChallengeEvent`].
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CreateAuthChallengeResponse {
    /// For the client.
    #[serde(deserialize_with = "absent_if_null")]
    pub public_challenge_parameters: Texts,
    /// For [`verify_auth_challenge_response`](crate::verify_auth_challenge_response) alone.
    #[serde(deserialize_with = "absent_if_null")]
    pub private_challenge_parameters: Texts,
    /// For the `session` of later events of this sign-in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub challenge_metadata: Option<String>,
}

/// Shows what the client sees.
impl fmt::Debug for CreateAuthChallengeResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreateAuthChallengeResponse")
            .field("public_challenge_parameters", &self.public_challenge_parameters)
            .finish_non_exhaustive()
    }
}

/// The request of [`VerifyAuthChallengeResponseEvent`].
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct VerifyAuthChallengeResponseRequest {
    /// The user's attributes.
    #[serde(deserialize_with = "lenient_texts")]
    pub user_attributes: Texts,
    /// From the creation of the challenge.
    #[serde(deserialize_with = "lenient_texts")]
    pub private_challenge_parameters: Texts,
    /// What the client sent: text, but older documents show other types, and those are merely wrong.
    #[serde(deserialize_with = "absent_if_null")]
    pub challenge_answer: Value,
    /// From the client's request.
    #[serde(deserialize_with = "lenient_texts", skip_serializing_if = "Texts::is_empty")]
    pub client_metadata: Texts,
    /// The pool does not know the user and does not say so to the client.
    #[serde(deserialize_with = "absent_if_null")]
    pub user_not_found: bool,
    /// What this type does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// The response of [`VerifyAuthChallengeResponseEvent`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct VerifyAuthChallengeResponseResponse {
    /// Whether the answer is right.
    #[serde(deserialize_with = "absent_if_null")]
    pub answer_correct: bool,
}

/// The request of [`CustomMessageEvent`].
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CustomMessageRequest {
    /// The user's attributes.
    #[serde(deserialize_with = "lenient_texts")]
    pub user_attributes: Texts,
    /// Stands in the message where the service puts the code, such as `{####}`.
    #[serde(deserialize_with = "absent_if_null")]
    pub code_parameter: String,
    /// Stands in the message where the service puts the username, such as `{username}`; only for users whom an administrator
    /// made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username_parameter: Option<String>,
    /// From the client's request.
    #[serde(deserialize_with = "lenient_texts", skip_serializing_if = "Texts::is_empty")]
    pub client_metadata: Texts,
    /// What this type does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// The response of [`CustomMessageEvent`]. The service uses its own words for what is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CustomMessageResponse {
    /// Plain text, at most 140 characters.
    pub sms_message: Option<String>,
    /// HTML, at most 20,000 characters.
    pub email_message: Option<String>,
    /// Plain text, at most 140 characters.
    pub email_subject: Option<String>,
}

macro_rules! hide_from_debug {
    ($($name:ident),*) => {$(
        /// Shows nothing: attributes, metadata and codes are nobody's business in a log.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )*};
}
hide_from_debug!(
    DefineAuthChallengeRequest,
    CreateAuthChallengeRequest,
    CustomMessageRequest,
    VerifyAuthChallengeResponseRequest
);

fn absent_if_null<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(deserializer: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

fn unread<'de, D: Deserializer<'de>, T: Default>(deserializer: D) -> Result<T, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|_| T::default())
}

fn session<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<ChallengeResult>, D::Error> {
    let results: Option<Vec<Option<ChallengeResult>>> = Option::deserialize(deserializer)?;
    // An element that says nothing is not left out: without it, what remains might look like a sign-in that went well.
    Ok(results.unwrap_or_default().into_iter().map(Option::unwrap_or_default).collect())
}

fn lenient_texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Texts, D::Error> {
    let members: Option<Map<String, Value>> = Option::deserialize(deserializer)?;
    let text = |(name, value)| match value {
        Value::String(text) => Some((name, text)),
        Value::Bool(_) | Value::Number(_) => Some((name, value.to_string())),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    };
    Ok(members.unwrap_or_default().into_iter().filter_map(text).collect())
}
