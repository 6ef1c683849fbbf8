//! Keeps the inbox and `/local/` to this machine.
//!
//! The pool listens on the loopback address, but two kinds of web pages from elsewhere could still reach it through a browser on
//! this machine. One has its own host name resolve to 127.0.0.1 (DNS rebinding): its requests carry that name as `Host`. The
//! other just sends requests to 127.0.0.1: they carry its `Origin`. Both are refused.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Refuses requests that are not from this machine. Pages on a loopback origin, such as the demo's, may read with `GET`.
pub(super) async fn only(request: Request, next: Next) -> Response {
    let text = |name| text_of(request.headers(), name);
    let host = text(header::HOST).or_else(|| request.uri().authority().map(|authority| authority.to_string()));
    if !host.is_some_and(|host| is_loopback(&host)) {
        return (StatusCode::FORBIDDEN, "Only for requests to 127.0.0.1 or localhost.\n").into_response();
    }
    let origin = text(header::ORIGIN);
    if let Some(origin) = &origin
        && !origin.strip_prefix("http://").is_some_and(is_loopback)
    {
        return (StatusCode::FORBIDDEN, "Only for pages on 127.0.0.1 or localhost.\n").into_response();
    }
    let is_readable = origin.is_some() && request.method() == Method::GET;
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

fn text_of(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    // What is no text is no loopback host either.
    headers.get(name).map(|value| value.to_str().unwrap_or("?").to_owned())
}

/// `127.0.0.1`, `localhost` or `[::1]`, with any port.
fn is_loopback(authority: &str) -> bool {
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    matches!(host, "127.0.0.1" | "localhost" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn hosts() {
        for host in ["127.0.0.1", "127.0.0.1:9229", "localhost", "localhost:80", "[::1]", "[::1]:9229"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            "example.com",
            "127.0.0.1.example.com",
            "localhost.example.com:9229",
            "example.com:127.0.0.1",
            "user@127.0.0.1",
            "127.0.0.1/x",
            "::1",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
