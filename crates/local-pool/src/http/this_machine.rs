//! Keeps the inbox and `/local/` to this machine: [`loopback`] says who asks.

use axum::{
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use loopback::Asker;

/// Refuses requests that are not from this machine. Pages on a loopback origin, such as the demo's, may read with `GET`.
pub(super) async fn only(request: Request, next: Next) -> Response {
    let is_readable = match loopback::asker(&request) {
        Ok(Asker::Page) => request.method() == Method::GET,
        Ok(Asker::Program) => false,
        Err(foreign) => return (StatusCode::FORBIDDEN, format!("{foreign}\n")).into_response(),
    };
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("Origin"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if is_readable {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    response
}
