//! `POST /`: the service's JSON protocol, its errors and its CORS headers.

use axum::{
    body::Bytes,
    extract::{State as Extracted, rejection::BytesRejection},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use cognito_protocol::idp::{CONTENT_TYPE, Json, TARGET_PREFIX};
use serde_json::{Value, json};

use crate::{clock, cx::Cx, error::ApiError, log, operations, pool::Pool, random, shared::Shared};

const EXPOSED: &str = "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date";

/// For a preflight that does not say what it wants.
const ALLOWED: &str = "content-type,x-amz-target,x-amz-user-agent,cache-control,authorization,x-amz-date,\
                       x-amz-security-token,x-amz-content-sha256,amz-sdk-invocation-id,amz-sdk-request";

/// Answers a preflight as the service does: any origin may call, there is no list.
pub(super) async fn preflight(Extracted(pool): Extracted<Pool>, request: HeaderMap) -> Response {
    let asked = request.get(header::ACCESS_CONTROL_REQUEST_HEADERS).cloned();
    let mut response = StatusCode::OK.into_response();
    let headers = response.headers_mut();
    common(headers, pool.now_millis());
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("POST"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, asked.unwrap_or(HeaderValue::from_static(ALLOWED)));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("172800"));
    headers.insert(header::VARY, HeaderValue::from_static("Access-Control-Request-Headers"));
    response
}

/// Runs an operation. `Authorization` is ignored: the operations need no AWS credentials, and SDKs may send some anyway.
///
/// It may wait for a trigger, so it has a thread of its own, where nobody else is kept waiting: the trigger that it waits for may
/// well ask this server for something.
pub(super) async fn post(Extracted(pool): Extracted<Pool>, headers: HeaderMap, body: Result<Bytes, BytesRejection>) -> Response {
    let shared = pool.shared.clone();
    let ran = tokio::task::spawn_blocking(move || run(&shared, &headers, body)).await;
    ran.unwrap_or_else(|_| respond(pool.shared.now_millis(), Err(ApiError::internal())))
}

fn run(shared: &Shared, headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Response {
    let state = shared.state();
    let configuration = shared.configuration();
    let now_millis = shared.now_millis();
    let mut cx = Cx { shared, configuration: &configuration, state, now_millis, user_for_log: None };
    let (operation, result) = match read(headers, body) {
        Ok((operation, body)) => match operations::dispatch(&mut cx, &operation, body) {
            Some(result) => (operation, result),
            None => ("(unknown operation)".to_owned(), Err(unknown_operation())),
        },
        Err(error) => ("(no operation)".to_owned(), Err(error)),
    };
    let user_for_log = cx.user_for_log.take();
    drop(cx);
    shared.changed();
    if configuration.settings.log {
        log::line(now_millis, &operation, user_for_log.as_deref(), &outcome(&result));
    }
    respond(now_millis, result)
}

fn read(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<(String, Json), ApiError> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let content_type = text("content-type").split(';').next().unwrap_or_default().trim();
    if !content_type.eq_ignore_ascii_case(CONTENT_TYPE) {
        return Err(unknown_operation());
    }
    let operation = text("x-amz-target").strip_prefix(TARGET_PREFIX).ok_or_else(unknown_operation)?;
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => ApiError::framework("RequestEntityTooLargeException", "Request is too large", 413),
        _ => ApiError::serialization("The body could not be read"),
    })?;
    // The parser's own message would quote the body.
    let body: Value = serde_json::from_slice(&body).map_err(|_| ApiError::serialization("The body is not JSON"))?;
    if !body.is_object() {
        return Err(ApiError::serialization("The body is not a JSON object"));
    }
    Ok((operation.to_owned(), body.into()))
}

fn unknown_operation() -> ApiError {
    ApiError::framework("UnknownOperationException", "The operation or the content type is not known", 400)
}

fn respond(now_millis: i64, result: Result<Json, ApiError>) -> Response {
    let (status, body, error) = match result {
        Ok(Json::Null) => (200, String::new(), None),
        Ok(reply) => (200, Value::from(&reply).to_string(), None),
        Err(error) => (error.status, json!({"__type": error.code, "message": error.message}).to_string(), Some(error)),
    };
    let mut response = (StatusCode::from_u16(status).unwrap_or_default(), body).into_response();
    let headers = response.headers_mut();
    common(headers, now_millis);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(error) = error {
        let mut set = |name: &'static str, value: String| {
            // A header holds no line feed and no Japanese; then the body alone tells.
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        };
        set("x-amzn-errortype", format!("{}:", error.code));
        set("x-amzn-errormessage", error.message.trim_end().to_owned());
    }
    response
}

/// What every answer carries.
fn common(headers: &mut HeaderMap, now_millis: i64) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
    if let Ok(date) = HeaderValue::from_str(&clock::http_date(now_millis)) {
        headers.insert(header::DATE, date);
    }
    if let Some(id) = random::uuid().ok().and_then(|id| HeaderValue::from_str(&id).ok()) {
        headers.insert(HeaderName::from_static("x-amzn-requestid"), id);
    }
}

/// What an answer comes to, for the log.
fn outcome(result: &Result<Json, ApiError>) -> String {
    match result {
        Ok(Json::Object(members)) => {
            let member = |name: &str| members.iter().find(|(member, _)| member == name).map(|(_, value)| value);
            match (member("ChallengeName").and_then(Json::as_text), member("AuthenticationResult")) {
                (Some(challenge), _) => challenge.to_owned(),
                (None, Some(_)) => "tokens".to_owned(),
                (None, None) => "ok".to_owned(),
            }
        }
        Ok(_) => "ok".to_owned(),
        Err(error) => format!("{}: {}", error.code, error.message.trim_end()),
    }
}
