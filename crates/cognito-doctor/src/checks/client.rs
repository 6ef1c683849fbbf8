//! Whether the endpoint is Cognito's, knows the client, and lets it begin a sign-in: `InitiateAuth` for somebody who cannot exist.
//!
//! The sign-in ends where it began: its challenge is never answered, so nobody's attempts are counted and nothing is sent out.

use cognito_protocol::{
    fault::Fault,
    idp::{CONTENT_TYPE, ErrorCode, Json, ServiceError, TARGET_PREFIX},
    srp::{ClientEphemeral, EphemeralSecret},
};
use serde_json::{Value, json};
use ureq::http::Request;

use crate::{
    arguments::Question,
    report::Finding,
    web::{self, NoReply, Reply},
};

/// What came of it.
pub(super) struct Asked {
    pub findings: Vec<Finding>,
    /// The reply, for those who look at its headers; none where it was not Cognito's.
    pub reply: Option<Reply>,
}

pub(super) fn check(question: &Question) -> Asked {
    let Some(body) = body(question) else {
        return Asked { findings: vec![Finding::Unknown("This machine gives no random numbers.".to_owned())], reply: None };
    };
    let mut request =
        Request::post("/").header("content-type", CONTENT_TYPE).header("x-amz-target", format!("{TARGET_PREFIX}InitiateAuth"));
    if let Some(origin) = &question.origin {
        request = request.header("origin", origin.origin().ascii_serialization());
    }
    match web::send(request, &question.endpoint, &body.to_string()) {
        Ok(reply) => read(question, reply),
        Err(no_reply) => {
            let (fault, seen) = match no_reply {
                NoReply::Unreachable(seen) => (Fault::EndpointUnreachable, seen),
                NoReply::Tls(seen) => (Fault::TlsFailed, seen),
                NoReply::NotHttp(seen) => (Fault::NotCognito, seen),
            };
            Asked { findings: vec![Finding::Fault(fault, seen)], reply: None }
        }
    }
}

/// The beginning of a sign-in under a name of 128 random bits, below a domain that can have no mail (RFC 2606).
fn body(question: &Question) -> Option<Value> {
    let mut random = [0; 48];
    getrandom::fill(&mut random).ok()?;
    let (secret, name) = random.split_at(32);
    let name: String = name.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut parameters = json!({ "USERNAME": format!("cognito-doctor-{name}@example.invalid") });
    match question.auth_flow.as_str() {
        "USER_PASSWORD_AUTH" => parameters["PASSWORD"] = format!("Doctor-{name}").into(),
        // Without a preference: a preferred code would be sent, had the pool somebody to send it to.
        "USER_AUTH" => {}
        flow => {
            let ephemeral = ClientEphemeral::derive(EphemeralSecret::from_bytes(secret).ok()?).ok()?;
            parameters["SRP_A"] = ephemeral.public_hex().into();
            if flow == "CUSTOM_AUTH" {
                parameters["CHALLENGE_NAME"] = "SRP_A".into();
            }
        }
    }
    Some(json!({ "AuthFlow": question.auth_flow, "ClientId": question.client_id, "AuthParameters": parameters }))
}

fn read(question: &Question, reply: Reply) -> Asked {
    let body = serde_json::from_str::<Value>(&reply.body).ok();
    let is_begun = |body: &Value| body["ChallengeName"].is_string();
    if reply.status == 200 && body.as_ref().is_some_and(is_begun) {
        return Asked { findings: right(question), reply: Some(reply) };
    }
    let header = reply.header("x-amzn-errortype");
    let error = ServiceError::of_reply(reply.status, header.as_deref(), body.map(Json::from));
    if reply.status < 400 || error.code.as_str().is_empty() || is_of_framework(&error.code) {
        let seen = match (reply.header("location"), error.code.as_str()) {
            (Some(location), _) => format!("{}, redirects to {location}", reply.summary()),
            (None, "") => reply.summary(),
            (None, code) => format!("{}, {code}", reply.summary()),
        };
        return Asked { findings: vec![Finding::Fault(Fault::NotCognito, seen)], reply: None };
    }
    Asked { findings: of_error(question, &error), reply: Some(reply) }
}

fn right(question: &Question) -> Vec<Finding> {
    vec![
        Finding::Right("The endpoint answers as Cognito's API does.".to_owned()),
        Finding::Right(format!("The app client exists and allows {}.", question.auth_flow)),
    ]
}

/// The service's names for requests that it does not understand: something on the way has changed this one.
fn is_of_framework(code: &ErrorCode) -> bool {
    let others = ["SerializationException", "MissingAuthenticationTokenException", "InvalidSignatureException"];
    *code == ErrorCode::UnknownOperation || others.contains(&code.as_str())
}

fn of_error(question: &Question, error: &ServiceError) -> Vec<Finding> {
    let said = said(error);
    match (Fault::of_service_error(error), &error.code) {
        (Some(Fault::SecretHashMissing | Fault::SecretHashWrong), _) if question.has_secret_hash => vec![
            Finding::Right("The endpoint answers as Cognito's API does.".to_owned()),
            Finding::Right("The app client exists and has a secret.".to_owned()),
            Finding::Note("What it allows cannot be asked without its secret.".to_owned()),
        ],
        // No hash was sent, so none was wrong.
        (Some(Fault::SecretHashWrong), _) => vec![Finding::Fault(Fault::SecretHashMissing, said)],
        (Some(fault), _) => vec![Finding::Fault(fault, said)],
        // Nobody of this name is there, and the service got so far as to look.
        (None, ErrorCode::UserNotFound) => right(question),
        (None, ErrorCode::NotAuthorized) if error.message.contains("Incorrect username or password") => right(question),
        (None, ErrorCode::UserLambdaValidation | ErrorCode::UnexpectedLambda | ErrorCode::InvalidLambdaResponse) => {
            let mut findings = right(question);
            findings.push(Finding::Note(format!("A trigger of the pool refused somebody who does not exist: {said}")));
            findings
        }
        (None, ErrorCode::Forbidden) => vec![Finding::Fault(Fault::Forbidden, said)],
        (None, _) => vec![Finding::Unknown(format!("The service answered {said}"))],
    }
}

/// The service's own words.
fn said(error: &ServiceError) -> String {
    let code = error.code.as_str();
    if error.message.is_empty() { code.to_owned() } else { format!("{code}: {}", error.message.trim_end()) }
}
