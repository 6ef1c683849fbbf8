//! Sign-in by redirect, and passkeys.
//!
//! The pool's own OAuth endpoints have each fault. A stub plays what the pool cannot: a domain that tells by redirects to pages of its
//! own, as the service does, and one that is none.

use std::{
    collections::HashMap,
    net::{Ipv4Addr, TcpListener},
};

use axum::{
    Router,
    extract::Query,
    response::{IntoResponse, Redirect, Response},
    routing,
};
use local_pool::{
    Format, Pool,
    seed::{CALLBACK_URLS, CLIENT, FEDERATION_CLIENT, IDENTITY_PROVIDERS},
};
use serde_json::Value;

use super::stage::{Said, ask, pool, serve};

const CALLBACK: &str = CALLBACK_URLS[0];

/// Asks about the client that has sign-ins by redirect, with its callback URL; later arguments of a name replace these.
fn ask_domain(endpoint: &str, domain: &str, arguments: &[&str]) -> Said {
    let mut all = vec!["--oauth-domain", domain];
    for (name, value) in [("--client-id", FEDERATION_CLIENT), ("--oauth-redirect-uri", CALLBACK)] {
        if !arguments.contains(&name) {
            all.extend([name, value]);
        }
    }
    all.extend(arguments);
    ask(endpoint, &all)
}

/// One fault, and the exit code of faults.
#[track_caller]
fn has_fault(said: &Said, code: &str, seen: &str) {
    assert_eq!((said.exit, said.one_fault()), (1, (code.to_owned(), seen.to_owned())), "{}", said.out);
}

#[test]
fn a_domain_that_takes_client_callback_url_scopes_and_providers_is_right() {
    let url = pool();
    let names = IDENTITY_PROVIDERS.join(" ");
    let said = ask_domain(&url, &url, &["--oauth-providers", &names, "--oauth-scopes", "openid aws.cognito.signin.user.admin"]);
    assert_eq!((said.exit, said.faults()), (0, vec![]), "{}", said.out);
    let about_domain = |finding: &&Value| finding["text"].as_str().unwrap().starts_with("The pool's domain takes the ");
    assert_eq!(said.of_kind("right").iter().filter(about_domain).count(), 1 + IDENTITY_PROVIDERS.len(), "{}", said.out);
}

#[test]
fn a_callback_url_that_is_not_registered_is_told() {
    let url = pool();
    for uri in ["http://127.0.0.1:8080", "https://shop.example/in"] {
        let said = ask_domain(&url, &url, &["--oauth-redirect-uri", uri, "--oauth-providers", "Google"]);
        has_fault(&said, "redirect_uri_not_registered", uri);
    }
}

#[test]
fn a_client_that_has_no_sign_in_by_redirect_is_told() {
    let url = pool();
    let said = ask_domain(&url, &url, &["--client-id", CLIENT]);
    has_fault(&said, "oauth_refused", "unauthorized_client");
}

#[test]
fn the_domain_of_another_pool_is_told() {
    let others = "[pools.us-east-1_Other.clients.otherclient]\ncallbackURLs = [\"http://127.0.0.1:8080/\"]\n\
                  [pools.us-east-1_Other.identityProviders.Google]\n";
    let other = Pool::builder().with_config(others, Format::Toml).unwrap().build();
    let said = ask_domain(&pool(), &serve(local_pool::app(other)), &[]);
    has_fault(&said, "oauth_domain_wrong", "HTTP 400, text/html; charset=utf-8, invalid_client");
}

#[test]
fn of_a_client_that_nobody_knows_no_domain_is_asked() {
    let url = pool();
    let said = ask_domain(&url, &url, &["--client-id", "nosuchclient"]);
    assert_eq!((said.exit, said.one_fault().0.as_str()), (1, "client_unknown"), "{}", said.out);
}

#[test]
fn a_scope_that_the_client_may_not_have_is_told() {
    let pool = Pool::builder().with_client(FEDERATION_CLIENT, |client| {
        client.oauth.scopes.retain(|scope| scope.name() != "profile");
    });
    let url = serve(local_pool::app(pool.build()));
    let refused = "invalid_scope: The client may not ask for one of the scopes";
    has_fault(&ask_domain(&url, &url, &["--oauth-providers", "Google"]), "oauth_refused", refused);
    has_fault(&ask_domain(&url, &url, &["--oauth-scopes", "openid mine/all"]), "oauth_refused", refused);
    assert_eq!(ask_domain(&url, &url, &["--oauth-scopes", "openid email"]).exit, 0);
}

#[test]
fn a_provider_that_the_client_does_not_have_is_told_by_its_name() {
    let unknown = "invalid_request: The client has no such identity_provider";
    let url = pool();
    // Case counts in names.
    for name in ["google", "YourCompany"] {
        let said = ask_domain(&url, &url, &["--oauth-providers", &format!("Google {name} MyCompany")]);
        has_fault(&said, "oauth_refused", &format!("{name}: {unknown}"));
    }
    // The pool has it, and the client does not.
    let pool = Pool::builder().with_client(FEDERATION_CLIENT, |client| {
        client.oauth.identity_providers.retain(|name| name != "Facebook");
    });
    let url = serve(local_pool::app(pool.build()));
    let said = ask_domain(&url, &url, &["--oauth-providers", "Google Facebook"]);
    has_fault(&said, "oauth_refused", &format!("Facebook: {unknown}"));
}

#[test]
fn a_domain_that_is_none_of_the_service_is_told() {
    has_fault(&ask_domain(&pool(), &serve(Router::new()), &[]), "oauth_domain_wrong", "HTTP 404");
    // Nobody listens there, while the endpoint answers.
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
    let said = ask_domain(&pool(), &format!("http://127.0.0.1:{port}"), &[]);
    assert_eq!((said.exit, said.one_fault().0.as_str()), (1, "oauth_domain_wrong"), "{}", said.out);
}

#[test]
fn a_domain_that_does_not_speak_tls_is_told() {
    let url = pool();
    let said = ask_domain(&url, &url.replace("http://", "https://"), &[]);
    assert_eq!((said.exit, said.one_fault().0.as_str()), (1, "oauth_domain_wrong"), "{}", said.out);
}

/// A domain that tells by redirects, to pages of its own and to the page.
async fn redirects(Query(parameters): Query<HashMap<String, String>>) -> Response {
    let value = |name: &str| parameters.get(name).map(String::as_str).unwrap_or_default();
    assert_eq!((value("response_type"), value("code_challenge_method")), ("code", "S256"));
    let to = match (value("redirect_uri"), value("scope"), value("identity_provider")) {
        (CALLBACK, "openid email profile", "") => "/login?client_id=x".to_owned(),
        (CALLBACK, "openid email profile", "Google") => "https://accounts.example/o/oauth2/auth?client_id=x".to_owned(),
        (CALLBACK, "openid email profile", "Facebook") => {
            "/login?error=Login+option+is+not+available.+Please+try+another+one&client_id=x".to_owned()
        }
        (CALLBACK, "openid email profile", _) => "/login?client_id=x".to_owned(),
        (CALLBACK, "openid", _) => "/error?error=invalid_client".to_owned(),
        (CALLBACK, _, _) => format!("{CALLBACK}?error=invalid_request&error_description=invalid_scope&state={}", value("state")),
        (_, _, _) => format!("/error?error=redirect_mismatch&client_id={}", value("client_id")),
    };
    Redirect::to(&to).into_response()
}

#[test]
fn a_domain_that_tells_by_redirects_is_read_as_well() {
    let (pool, domain) = (pool(), serve(Router::new().route("/oauth2/authorize", routing::get(redirects))));
    let ask = |arguments: &[&str]| ask_domain(&pool, &domain, arguments);
    assert_eq!(ask(&["--oauth-providers", "Google"]).exit, 0);
    has_fault(
        &ask(&["--oauth-redirect-uri", "https://shop.example/in"]),
        "redirect_uri_not_registered",
        "https://shop.example/in",
    );
    has_fault(&ask(&["--oauth-scopes", "openid mine/all"]), "oauth_refused", "invalid_request: invalid_scope");
    has_fault(&ask(&["--oauth-scopes", "openid"]), "oauth_domain_wrong", "invalid_client");
    let said = ask(&["--oauth-providers", "Google Facebook"]);
    has_fault(&said, "oauth_refused", "Facebook: Login option is not available. Please try another one");
    let said = ask(&["--oauth-providers", "YourCompany"]);
    has_fault(&said, "oauth_refused", "YourCompany: leads to the sign-in page of the pool's domain");
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
