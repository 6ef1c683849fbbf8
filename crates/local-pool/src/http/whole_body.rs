//! Reads a request's body before anything else looks at the request, within a limit of time.

use std::{future::poll_fn, pin::Pin, time::Duration};

use axum::{
    body::{Body, HttpBody},
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tokio::time::timeout;

use super::MAX_MAIL_BYTES;

/// Answers 408 where the body does not come in time, however it drips.
pub(super) async fn in_time(State(limit): State<Duration>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    match timeout(limit, read(body)).await {
        Ok(Some(bytes)) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(None) => refuse(StatusCode::BAD_REQUEST, "The body broke off.\n"),
        Err(_) => refuse(StatusCode::REQUEST_TIMEOUT, "The body did not come in time.\n"),
    }
}

/// The body, or as much of it as no route takes: then the route says so in its own words. `None` where the client broke off.
async fn read(mut body: Body) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        if let Ok(data) = frame.ok()?.into_data() {
            bytes.extend_from_slice(&data);
        }
        if bytes.len() > MAX_MAIL_BYTES {
            break;
        }
    }
    Some(bytes)
}

fn refuse(status: StatusCode, why: &'static str) -> Response {
    (status, [(header::CONNECTION, "close")], why).into_response()
}
