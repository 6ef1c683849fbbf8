//! The endpoint and what stands before it.

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, TcpListener},
};

use axum::{
    Router,
    http::{StatusCode, header},
    response::{Html, IntoResponse, Redirect},
    routing,
};

use super::stage::{Proxy, ask, behind, pool, serve};

const ORIGIN: [&str; 2] = ["--origin", "https://shop.example"];

#[test]
fn an_endpoint_that_nobody_listens_at_could_be_the_networks_fault() {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
    let said = ask(&format!("http://127.0.0.1:{port}/"), &[]);
    assert_eq!((said.exit, said.one_fault().0.as_str()), (2, "endpoint_unreachable"));
}

#[test]
fn an_endpoint_without_the_tls_that_its_url_promises_is_told() {
    let said = ask(&pool().replace("http://", "https://"), &[]);
    assert_eq!((said.exit, said.one_fault().0.as_str()), (1, "tls_failed"), "{}", said.out);
}

#[test]
fn what_is_not_cognitos_api_is_told_with_what_came() {
    let page = || async { Html("<h1>Welcome to nginx!</h1>") };
    let gateway = || async { (StatusCode::FORBIDDEN, r#"{"message":"Missing Authentication Token"}"#) };
    let no_operation = || async { (StatusCode::BAD_REQUEST, r#"{"__type":"UnknownOperationException"}"#) };
    let text = || async { ([(header::CONTENT_TYPE, "text/plain")], "ok") };
    for (answers, seen) in [
        (routing::post(page), "HTTP 200, text/html; charset=utf-8"),
        (routing::post(gateway), "HTTP 403, text/plain; charset=utf-8"),
        (routing::post(no_operation), "HTTP 400, text/plain; charset=utf-8, UnknownOperationException"),
        (routing::post(text), "HTTP 200, text/plain"),
        (routing::get(page), "HTTP 405"),
        (
            routing::post(|| async { Redirect::permanent("https://shop.example/").into_response() }),
            "HTTP 308, redirects to https://shop.example/",
        ),
    ] {
        let said = ask(&serve(Router::new().route("/", answers)), &ORIGIN);
        assert_eq!(said.exit, 1, "{}", said.out);
        assert_eq!(said.one_fault(), ("not_cognito".to_owned(), seen.to_owned()));
    }
}

#[test]
fn what_speaks_no_http_is_told() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.write_all(b"SSH-2.0-OpenSSH_9.2p1\r\n\r\n");
        // Until the program hangs up.
        let _ = stream.read_to_end(&mut Vec::new());
    });
    let said = ask(&url, &[]);
    assert_eq!((said.exit, said.one_fault().0.as_str()), (1, "not_cognito"), "{}", said.out);
}

#[test]
fn a_proxy_that_keeps_pages_from_calling_is_told_with_what_is_missing() {
    for (proxy, seen) in [
        (Proxy::WithoutCors, "the reply to OPTIONS has no Access-Control-Allow-Origin for https://shop.example"),
        (Proxy::CorsOfPreflightAlone, "the reply to POST has no Access-Control-Allow-Origin for https://shop.example"),
        (Proxy::ForOtherOrigin, "the reply to OPTIONS allows https://other.example, not https://shop.example"),
        (Proxy::WithoutTarget, "Access-Control-Allow-Headers does not name x-amz-target"),
    ] {
        let url = behind(proxy);
        let said = ask(&url, &ORIGIN);
        assert_eq!((said.exit, said.one_fault()), (1, ("cors_missing".to_owned(), seen.to_owned())));
        // Without a page nobody needs CORS.
        assert_eq!(ask(&url, &[]).exit, 0);
    }
}

#[test]
fn a_proxy_that_answers_no_preflight_is_told() {
    let pool = local_pool::app(local_pool::Pool::new());
    let refuse = axum::middleware::from_fn(|request: axum::extract::Request, next: axum::middleware::Next| async move {
        if request.method() == "OPTIONS" {
            return StatusCode::METHOD_NOT_ALLOWED.into_response();
        }
        next.run(request).await
    });
    let said = ask(&serve(pool.layer(refuse)), &ORIGIN);
    assert_eq!(said.one_fault(), ("cors_missing".to_owned(), "OPTIONS is answered by HTTP 405".to_owned()));
}

#[test]
fn a_proxy_that_hides_the_time_is_no_fault_and_noted() {
    let said = ask(&behind(Proxy::HidingDate), &ORIGIN);
    assert_eq!(said.exit, 0, "{}", said.out);
    let notes = said.of_kind("note");
    assert!(notes.iter().any(|note| note["text"].as_str().unwrap().contains("Access-Control-Expose-Headers")), "{}", said.out);
}

#[test]
fn what_a_web_acl_blocks_is_told() {
    let said = ask(&behind(Proxy::Forbidding), &[]);
    assert!(said.faults().contains(&"forbidden".to_owned()), "{}", said.out);
    assert_eq!(said.exit, 1);
}

#[test]
fn an_answer_that_says_nothing_of_the_configuration_is_unknown() {
    for (status, body) in [
        (StatusCode::BAD_REQUEST, r#"{"__type":"TooManyRequestsException","message":"Rate exceeded"}"#),
        (StatusCode::INTERNAL_SERVER_ERROR, r#"{"__type":"InternalErrorException"}"#),
        (StatusCode::BAD_REQUEST, r#"{"__type":"BrandNewException","message":"\u001b[2Jgone"}"#),
    ] {
        let answer = move || async move { (status, body) };
        let keys = || async { r#"{"keys":[]}"# };
        let app = Router::new().route("/", routing::post(answer)).route("/{pool}/.well-known/jwks.json", routing::get(keys));
        let said = ask(&serve(app), &[]);
        assert_eq!((said.exit, said.faults()), (2, vec![]), "{}", said.out);
    }
}
