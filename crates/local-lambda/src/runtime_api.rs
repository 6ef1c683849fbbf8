//! The Runtime API, version 2018-06-01, for one process on a port of its own.
//!
//! Source: "Using the Lambda runtime API for custom runtimes" and its OpenAPI specification; response streaming as in "Building a
//! custom runtime for AWS Lambda". A streamed response is collected, since the Invoke API answers with the whole.

use std::{io, net::Ipv4Addr, sync::Arc};

use axum::{
    Router,
    extract::{Path, Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
    serve::ListenerExt,
};
use base64ct::{Base64, Encoding};
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::oneshot};

use crate::{
    Outcome,
    body::{self, BodyError},
    callers,
    exchange::{Exchange, Feed, Refusal, exchange},
};

/// Lambda's limit for a response.
const MAX_RESPONSE_BYTES: usize = 6 * 1024 * 1024 + 100;

const ERROR_TYPE: &str = "lambda-runtime-function-error-type";
const ERROR_BODY: &str = "lambda-runtime-function-error-body";
const RESPONSE_MODE: &str = "lambda-runtime-function-response-mode";

/// The supervisor's end of a Runtime API. Dropped, it closes the listener and releases a process that waits.
pub(crate) struct RuntimeApi {
    /// Host and port.
    pub(crate) address: String,
    pub(crate) feed: Feed,
    _serving: oneshot::Sender<()>,
}

/// Serves the API on a free port of 127.0.0.1.
///
/// # Errors
/// As the listener's.
pub(crate) async fn serve() -> io::Result<RuntimeApi> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?.to_string();
    let (exchange, feed) = exchange();
    let app = Router::new()
        .route("/2018-06-01/runtime/invocation/next", get(next))
        .route("/2018-06-01/runtime/invocation/{request_id}/response", post(response))
        .route("/2018-06-01/runtime/invocation/{request_id}/error", post(error))
        .route("/2018-06-01/runtime/init/error", post(init_error))
        .fallback(async || refuse(StatusCode::NOT_FOUND, "NotFound", "The Runtime API has no such path"))
        .layer(middleware::from_fn(programs_only))
        .with_state(Arc::new(exchange));
    let (serving, dropped) = oneshot::channel::<()>();
    // Otherwise a large event can wait for an acknowledgement.
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    tokio::spawn(axum::serve(listener, app).with_graceful_shutdown(async { drop(dropped.await) }).into_future());
    Ok(RuntimeApi { address, feed, _serving: serving })
}

async fn programs_only(request: Request, next: Next) -> Response {
    match callers::refusal(&request) {
        Some(why) => refuse(StatusCode::FORBIDDEN, "AccessDenied", &why),
        None => next.run(request).await,
    }
}

async fn next(State(exchange): State<Arc<Exchange>>) -> Response {
    let fetched = match exchange.next().await {
        Ok(fetched) => fetched,
        Err(refusal) => return refusal.into_response(),
    };
    let event = &fetched.event;
    let headers = [
        ("lambda-runtime-aws-request-id", event.request_id.clone()),
        ("lambda-runtime-deadline-ms", fetched.deadline_millis.to_string()),
        ("lambda-runtime-invoked-function-arn", event.function_arn.clone()),
        ("lambda-runtime-trace-id", event.trace_id.clone()),
        (header::CONTENT_TYPE.as_str(), "application/json".to_owned()),
    ];
    (headers, event.payload.clone()).into_response()
}

async fn response(State(exchange): State<Arc<Exchange>>, Path(request_id): Path<String>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = body::read(body, MAX_RESPONSE_BYTES).await;
    let mode = text(&parts.headers, RESPONSE_MODE);
    // Where the answer is refused for what it is, the invocation has failed with it.
    let (outcome, refused) = match body {
        _ if !matches!(mode, None | Some("streaming")) => {
            let outcome = Outcome::function_error("Runtime.InvalidResponseModeHeader", "Invalid function response mode");
            let refused = refuse(StatusCode::BAD_REQUEST, "InvalidFunctionResponseMode", "Invalid function response mode");
            (outcome, Some(refused))
        }
        Ok(whole) => (streaming_error(&whole.trailers).unwrap_or(Outcome::Response(whole.bytes)), None),
        Err(BodyError::TooLarge) => {
            let outcome = Outcome::function_error(
                "Function.ResponseSizeTooLarge",
                format!("Response payload size exceeded maximum allowed payload size ({MAX_RESPONSE_BYTES} bytes)."),
            );
            (outcome, Some(too_large()))
        }
        Err(BodyError::Truncated) => {
            (Outcome::function_error("Runtime.TruncatedResponse", "The response was broken off"), Some(truncated()))
        }
    };
    match exchange.answer(&request_id, outcome) {
        Ok(()) => refused.unwrap_or_else(accepted),
        Err(refusal) => refusal.into_response(),
    }
}

async fn error(State(exchange): State<Arc<Exchange>>, Path(request_id): Path<String>, request: Request) -> Response {
    match read_error(request).await {
        Ok(outcome) => finish(exchange.answer(&request_id, outcome)),
        Err(refused) => refused,
    }
}

async fn init_error(State(exchange): State<Arc<Exchange>>, request: Request) -> Response {
    match read_error(request).await {
        Ok(outcome) => finish(exchange.fail_init(outcome)),
        Err(refused) => refused,
    }
}

/// The body's `errorType` and `errorMessage`; the header's type where the body has none.
async fn read_error(request: Request) -> Result<Outcome, Response> {
    let (parts, body) = request.into_parts();
    let whole = body::read(body, MAX_RESPONSE_BYTES).await.map_err(|error| match error {
        BodyError::TooLarge => too_large(),
        BodyError::Truncated => truncated(),
    })?;
    let body = serde_json::from_slice::<Value>(&whole.bytes).unwrap_or_default();
    let error_type = body["errorType"].as_str().or(text(&parts.headers, ERROR_TYPE)).unwrap_or("Runtime.Unknown");
    Ok(Outcome::function_error(error_type, body["errorMessage"].as_str().unwrap_or_default()))
}

/// The error that a streamed response can end with, told in its trailers: the type, and a body in Base64.
fn streaming_error(trailers: &HeaderMap) -> Option<Outcome> {
    let error_type = text(trailers, ERROR_TYPE)?;
    let body = text(trailers, ERROR_BODY).and_then(|body| Base64::decode_vec(body).ok()).unwrap_or_default();
    let json = serde_json::from_slice::<Value>(&body).unwrap_or_default();
    let message = json["errorMessage"].as_str().map_or_else(|| String::from_utf8_lossy(&body).into_owned(), str::to_owned);
    Some(Outcome::function_error(error_type, message))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn finish(result: Result<(), Refusal>) -> Response {
    result.map_or_else(IntoResponse::into_response, |()| accepted())
}

fn accepted() -> Response {
    json_response(StatusCode::ACCEPTED, &json!({"status": "OK"}))
}

fn too_large() -> Response {
    let message = format!("Exceeded maximum allowed payload size ({MAX_RESPONSE_BYTES} bytes).");
    refuse(StatusCode::PAYLOAD_TOO_LARGE, "RequestEntityTooLarge", &message)
}

fn truncated() -> Response {
    refuse(StatusCode::BAD_REQUEST, "TruncatedHTTPRequest", "HTTP request detected as truncated")
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::InvalidRequestId => refuse(StatusCode::BAD_REQUEST, "InvalidRequestID", "Invalid request ID"),
            Self::InvalidStateTransition => {
                refuse(StatusCode::FORBIDDEN, "InvalidStateTransition", "State transition is not allowed")
            }
            Self::Closed => refuse(StatusCode::INTERNAL_SERVER_ERROR, "InternalServerError", "Internal Server Error"),
        }
    }
}

fn refuse(status: StatusCode, error_type: &str, message: &str) -> Response {
    json_response(status, &json!({"errorType": error_type, "errorMessage": message}))
}

fn json_response(status: StatusCode, body: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}
