//! How `CreateAuthChallenge` speaks to AWS: whose certificates it trusts, and when its connections are opened.

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::PathBuf,
    sync::{Arc, Mutex},
};

use axum::{Json, Router, extract::ConnectInfo, http::Request};
use axum_server::tls_rustls::RustlsConfig;
use serde_json::{Value, json};

use crate::{
    events::event,
    fixture::{CREATE, answered, function, function_error, invoke, start},
};

/// A request as it came: the client's port, the request line, and whether it was signed.
type Seen = Arc<Mutex<Vec<(u16, String, bool)>>>;

/// Takes every mail; says what it was asked.
fn mail_service() -> (Router, Seen) {
    let seen = Seen::default();
    let all = Arc::clone(&seen);
    let app = Router::new().fallback(move |ConnectInfo(client): ConnectInfo<SocketAddr>, request: Request<axum::body::Body>| {
        let line = format!("{} {}", request.method(), request.uri());
        all.lock().unwrap().push((client.port(), line, request.headers().contains_key("authorization")));
        async { Json(json!({"MessageId": "1"})) }
    });
    (app, seen)
}

fn listener() -> (TcpListener, u16) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}

/// The mail service over TLS: its URL, a file with its certificate, and what it was asked.
async fn tls_mail_service(name: &str) -> (String, PathBuf, Seen) {
    let (app, seen) = mail_service();
    let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let file = std::env::temp_dir().join(format!("cognito-login-connections-{}-{name}.pem", std::process::id()));
    std::fs::write(&file, certified.cert.pem()).unwrap();
    let (certificate, key) = (certified.cert.pem().into_bytes(), certified.signing_key.serialize_pem().into_bytes());
    // In a build of all crates there are two to choose from, and a server that is not told stops.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let config = RustlsConfig::from_pem(certificate, key).await.unwrap();
    let (listener, port) = listener();
    let server = axum_server::from_tcp_rustls(listener, config).unwrap();
    tokio::spawn(server.serve(app.into_make_service_with_connect_info::<SocketAddr>()));
    (format!("https://localhost:{port}"), file, seen)
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused() {
    let (url, file, seen) = tls_mail_service("refused").await;
    let lambda = start(function(CREATE).env("AWS_ENDPOINT_URL_SESV2", url)).await;
    let invocation = invoke(&lambda, CREATE, &event("create-first")).await;
    std::fs::remove_file(file).unwrap();
    assert_eq!(function_error(&invocation).0, "MailFailed");
    assert_eq!(*seen.lock().unwrap(), []);
    lambda.stop(CREATE).await;
    let told = lambda.logs(CREATE).into_iter().find(|line| line.contains("ses_error")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&told).unwrap()["ses_error"], "NoAnswer");
}

#[tokio::test]
async fn a_file_of_certificates_takes_the_place_of_amazons_roots() {
    for variable in ["AWS_CA_BUNDLE", "SSL_CERT_FILE"] {
        let (url, file, seen) = tls_mail_service(variable).await;
        let lambda = start(function(CREATE).env("AWS_ENDPOINT_URL_SESV2", url).env(variable, &file)).await;
        answered(&invoke(&lambda, CREATE, &event("create-first")).await);
        std::fs::remove_file(file).unwrap();
        assert_eq!(seen.lock().unwrap().len(), 2, "{variable}");
    }
}

#[tokio::test]
async fn a_mail_goes_over_a_connection_that_was_opened_before_the_event() {
    let (app, seen) = mail_service();
    let (listener, port) = listener();
    let server = axum_server::from_tcp(listener).unwrap();
    tokio::spawn(server.serve(app.into_make_service_with_connect_info::<SocketAddr>()));
    let lambda = start(function(CREATE).env("AWS_ENDPOINT_URL_SESV2", format!("http://127.0.0.1:{port}"))).await;
    answered(&invoke(&lambda, CREATE, &event("create-first")).await);

    let seen = seen.lock().unwrap();
    let [(first, nothing, false), (second, mail, true)] = seen.as_slice() else { panic!("{seen:?}") };
    assert_eq!((nothing.as_str(), mail.as_str()), ("GET /", "POST /v2/email/outbound-emails"));
    assert_eq!(first, second, "both come over one connection");
}
