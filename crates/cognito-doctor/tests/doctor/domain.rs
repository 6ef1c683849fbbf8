//! Sign-in by redirect, and passkeys.

use std::{
    collections::HashMap,
    net::{Ipv4Addr, TcpListener},
};

use axum::{
    Router,
    extract::Query,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
    routing,
};
use local_pool::Pool;

use super::stage::{ask, pool, serve};

const REGISTERED: &str = "https://shop.example/in";

/// A pool's domain as the service answers: with redirects, to its own pages of errors as well.
async fn authorize(Query(parameters): Query<HashMap<String, String>>) -> Response {
    let value = |name: &str| parameters.get(name).map(String::as_str).unwrap_or_default();
    if value("redirect_uri") != REGISTERED {
        return Redirect::to(&format!("/error?error=redirect_mismatch&client_id={}", value("client_id"))).into_response();
    }
    if value("scope") != "openid email profile" {
        let to = format!("{REGISTERED}?error=invalid_request&error_description=invalid_scope&state={}", value("state"));
        return Redirect::to(&to).into_response();
    }
    assert_eq!((value("response_type"), value("code_challenge_method")), ("code", "S256"));
    Redirect::to("/login?client_id=x").into_response()
}

fn with_domain() -> String {
    serve(Router::new().route("/oauth2/authorize", routing::get(authorize)).fallback_service(local_pool::app(Pool::new())))
}

#[test]
fn a_callback_url_that_is_registered_is_right() {
    let url = with_domain();
    let said = ask(&url, &["--oauth-domain", &url, "--oauth-redirect-uri", REGISTERED]);
    assert_eq!((said.exit, said.faults()), (0, vec![]), "{}", said.out);
}

#[test]
fn a_callback_url_that_is_not_registered_is_told() {
    let url = with_domain();
    let said = ask(&url, &["--oauth-domain", &url, "--oauth-redirect-uri", "https://shop.example/in/"]);
    assert_eq!(said.exit, 1);
    assert_eq!(said.one_fault(), ("redirect_uri_not_registered".to_owned(), "https://shop.example/in/".to_owned()));
}

#[test]
fn a_domain_that_tells_it_on_a_page_is_read_as_well() {
    let page = || async { (StatusCode::BAD_REQUEST, Html("<p>redirect_mismatch: …</p>")) };
    let url = serve(Router::new().route("/oauth2/authorize", routing::get(page)));
    let said = ask(&pool(), &["--oauth-domain", &url, "--oauth-redirect-uri", REGISTERED]);
    assert_eq!(said.one_fault().0, "redirect_uri_not_registered");
}

#[test]
fn what_the_client_may_not_have_is_told_in_the_services_words() {
    let url = with_domain();
    let arguments = ["--oauth-domain", &url, "--oauth-redirect-uri", REGISTERED, "--oauth-scopes", "openid mine/all"];
    let said = ask(&url, &arguments);
    assert_eq!(said.exit, 1);
    assert_eq!(said.one_fault(), ("oauth_refused".to_owned(), "invalid_request: invalid_scope".to_owned()));
}

#[test]
fn a_domain_that_is_none_of_the_service_is_told() {
    let nothing = serve(Router::new());
    let said = ask(&pool(), &["--oauth-domain", &nothing, "--oauth-redirect-uri", REGISTERED]);
    assert_eq!((said.exit, said.one_fault().0.as_str()), (1, "oauth_domain_wrong"));
    // Nobody listens there, while the endpoint answers.
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
    let nobody = format!("http://127.0.0.1:{port}");
    let said = ask(&pool(), &["--oauth-domain", &nobody, "--oauth-redirect-uri", REGISTERED]);
    assert_eq!((said.exit, said.one_fault().0.as_str()), (1, "oauth_domain_wrong"), "{}", said.out);
}

#[test]
fn a_domain_of_another_region_is_told() {
    let domain = "nobody.auth.nowhere-1.amazoncognito.com";
    let said = ask(&pool(), &["--oauth-domain", domain]);
    let seen = "the pool is in us-east-1, the domain in nowhere-1";
    assert_eq!(said.one_fault(), ("oauth_domain_wrong".to_owned(), seen.to_owned()));
}

#[test]
fn passkeys_on_a_wrong_host_are_told() {
    let url = pool();
    let with = |origin: &str| ask(&url, &["--rp-id", "shop.example", "--origin", origin]);
    assert_eq!(with("https://login.shop.example").exit, 0);
    let said = with("https://shop-staging.example");
    assert_eq!((said.exit, said.one_fault().0.as_str()), (1, "passkey_wrong_host"));
    assert_eq!(with("http://127.0.0.1:8080").one_fault().0, "passkey_wrong_host");
}
