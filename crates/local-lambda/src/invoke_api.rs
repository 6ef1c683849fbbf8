//! The Invoke API: `POST /2015-03-31/functions/{name}/invocations`.
//!
//! Source: the Lambda API reference, Invoke. Only `RequestResponse` is offered.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Request, State},
    http::{HeaderMap, StatusCode},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::json;
use tokio::{net::TcpListener, sync::oneshot};

use crate::{
    InvokeError, Outcome,
    body::{self, BodyError},
    callers,
    functions::{Functions, MAX_REQUEST_BYTES},
    identifiers,
};

/// Serves the API until the sender is dropped.
pub(crate) fn serve(listener: TcpListener, functions: Arc<Functions>) -> oneshot::Sender<()> {
    let app = Router::new()
        .route("/2015-03-31/functions/{name}/invocations", post(invoke))
        .fallback(async || refuse(StatusCode::NOT_FOUND, "UnknownOperationException", "message", "There is only Invoke"))
        .layer(middleware::from_fn(programs_only))
        .with_state(functions);
    let (serving, dropped) = oneshot::channel::<()>();
    tokio::spawn(axum::serve(listener, app).with_graceful_shutdown(async { drop(dropped.await) }).into_future());
    serving
}

async fn programs_only(request: Request, next: Next) -> Response {
    match callers::refusal(&request) {
        Some(why) => refuse(StatusCode::FORBIDDEN, "AccessDeniedException", "Message", &why),
        None => next.run(request).await,
    }
}

async fn invoke(State(functions): State<Arc<Functions>>, Path(name): Path<String>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if let Some(refused) = check_invocation_type(&parts.headers) {
        return refused;
    }
    // Before the body, as Lambda does.
    if !functions.contains(&name) {
        return InvokeError::ResourceNotFound(name).into_response();
    }
    let payload = match body::read(body, MAX_REQUEST_BYTES).await {
        Ok(whole) => whole.bytes,
        Err(BodyError::TooLarge) => return InvokeError::RequestTooLarge.into_response(),
        Err(BodyError::Truncated) => return InvokeError::InvalidRequestContent.into_response(),
    };
    match functions.invoke(&name, payload).await {
        Ok(invocation) => invocation.outcome.into_response(),
        Err(error) => error.into_response(),
    }
}

fn check_invocation_type(headers: &HeaderMap) -> Option<Response> {
    let invocation_type = headers.get("x-amz-invocation-type").map_or(&b"RequestResponse"[..], |value| value.as_bytes());
    if invocation_type != b"RequestResponse" {
        let message = "Only the invocation type RequestResponse is offered here";
        return Some(refuse(StatusCode::BAD_REQUEST, "InvalidParameterValueException", "message", message));
    }
    None
}

impl IntoResponse for Outcome {
    fn into_response(self) -> Response {
        let headers = [
            ("content-type", "application/json".to_owned()),
            ("x-amz-executed-version", "$LATEST".to_owned()),
            ("x-amzn-requestid", identifiers::request_id()),
        ];
        match self {
            Self::Response(bytes) => (headers, bytes).into_response(),
            Self::FunctionError { error_type, error_message } => {
                let body = json!({"errorMessage": error_message, "errorType": error_type}).to_string();
                (headers, [("x-amz-function-error", "Unhandled")], body).into_response()
            }
        }
    }
}

impl IntoResponse for InvokeError {
    fn into_response(self) -> Response {
        let (status, exception, member) = match self {
            Self::ResourceNotFound(_) => (StatusCode::NOT_FOUND, "ResourceNotFoundException", "Message"),
            Self::InvalidRequestContent => (StatusCode::BAD_REQUEST, "InvalidRequestContentException", "message"),
            Self::RequestTooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "RequestTooLargeException", "message"),
            Self::Stopped => (StatusCode::INTERNAL_SERVER_ERROR, "ServiceException", "Message"),
        };
        refuse(status, exception, member, &self.to_string())
    }
}

/// The exceptions of the API do not agree on how they spell the message's member.
fn refuse(status: StatusCode, exception: &str, message_member: &str, message: &str) -> Response {
    let headers = [
        ("content-type", "application/json".to_owned()),
        ("x-amzn-errortype", exception.to_owned()),
        ("x-amzn-requestid", identifiers::request_id()),
    ];
    let kind = if status.is_server_error() { "Service" } else { "User" };
    (status, headers, json!({"Type": kind, message_member: message}).to_string()).into_response()
}
