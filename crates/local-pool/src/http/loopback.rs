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
    let is_readable = match judge(&request) {
        Ok(is_readable) => is_readable,
        Err(why) => return (StatusCode::FORBIDDEN, why).into_response(),
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

/// Whether a page may read the answer; or why there is none.
fn judge(request: &Request) -> Result<bool, &'static str> {
    let host = text_of(request.headers(), header::HOST);
    let host = host.or_else(|| request.uri().authority().map(|authority| authority.to_string()));
    if !host.is_some_and(|host| is_loopback(&host)) {
        return Err("Only for requests to 127.0.0.1 or localhost.\n");
    }
    match text_of(request.headers(), header::ORIGIN) {
        None => Ok(false),
        Some(origin) if origin.strip_prefix("http://").is_some_and(is_loopback) => Ok(request.method() == Method::GET),
        Some(_) => Err("Only for pages on 127.0.0.1 or localhost.\n"),
    }
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
