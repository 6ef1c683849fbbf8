//! `POST /v2/email/outbound-emails`: `SendEmail` over REST-JSON. No page may use it, so there are no CORS headers.

use std::time::SystemTime;

use axum::{
    body::Bytes,
    extract::{OriginalUri, State as Extracted, rejection::BytesRejection},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::{
    log,
    pool::Pool,
    random,
    ses::{self, SesError, SignedRequest},
};

pub(super) async fn send_email(
    Extracted(pool): Extracted<Pool>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => SesError::new("RequestEntityTooLargeException", 413, "Request is too large"),
        _ => SesError::new("SerializationException", 400, "The body could not be read"),
    });
    let sent = body.and_then(|body| {
        let request = SignedRequest { uri: &uri, headers: &headers, body: &body, received: SystemTime::now() };
        ses::send_email(&pool.shared, &request)
    });
    if pool.shared.initial.settings.log {
        let outcome = match &sent {
            Ok(_) => "ok".to_owned(),
            Err(error) => format!("{}: {}", error.code, error.message),
        };
        log::line(pool.shared.now_millis(), "SendEmail", None, &outcome);
    }
    respond(sent)
}

fn respond(sent: Result<String, SesError>) -> Response {
    let (status, body, code) = match sent {
        Ok(message_id) => (200, json!({"MessageId": message_id}), None),
        Err(error) => (error.status, json!({"message": error.message}), Some(error.code)),
    };
    let mut response = (StatusCode::from_u16(status).unwrap_or_default(), body.to_string()).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Some(code) = code {
        headers.insert(HeaderName::from_static("x-amzn-errortype"), HeaderValue::from_static(code));
    }
    if let Some(id) = random::uuid().ok().and_then(|id| HeaderValue::from_str(&id).ok()) {
        headers.insert(HeaderName::from_static("x-amzn-requestid"), id);
    }
    response
}
