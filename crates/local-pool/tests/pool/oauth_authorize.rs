//! `/oauth2/authorize`, the page of a provider, and `/logout`

use std::time::Duration;

use crate::{
    client::Client,
    oauth::{CALLBACK, Visited, query, request, with},
};

#[tokio::test]
async fn who_is_chosen_at_the_provider_comes_back_with_a_code_and_the_state() {
    let client = Client::new();
    let page = client.authorize(&request()).await;
    assert!(page.text().contains("<h1>Sign in with Google</h1>"), "{}", page.text());
    let back = client.visit(&page.link("Continue as Jane Doe"), None).await;
    assert_eq!(back.parameter("state").unwrap(), "a%20state%20%26%20more");
    assert_eq!(back.parameter("code").unwrap().len(), 36);
    assert_eq!(back.parameter("error"), None);
}

#[tokio::test]
async fn cancelling_and_a_provider_that_fails_come_back_as_errors() {
    let client = Client::new();
    for (link, error) in [("Cancel", "access_denied"), ("Let the provider fail", "server_error")] {
        let back = client.choose(&request(), link).await;
        assert_eq!(back.parameter("error").unwrap(), error);
        assert_eq!(back.parameter("state").unwrap(), "a%20state%20%26%20more");
        assert_eq!(back.parameter("code"), None);
    }
}

#[track_caller]
fn is_refused_on_a_page(page: &Visited, sentence: &str) {
    assert_eq!(page.0.status, 400);
    assert!(page.0.headers.get("location").is_none());
    assert!(page.text().contains(sentence), "{}", page.text());
}

#[tokio::test]
async fn nobody_is_sent_to_a_redirect_uri_that_is_not_registered() {
    let client = Client::new();
    for uri in [
        "https://evil.example/",
        "http://127.0.0.1:8080",
        "http://127.0.0.1:8080/x",
        "http://127.0.0.1:8080/?x=1",
        "http://127.0.0.1:8080/#x",
        "http://127.0.0.1:8081/",
        "HTTP://127.0.0.1:8080/",
        "//127.0.0.1:8080/",
        "<script>alert(1)</script>",
    ] {
        is_refused_on_a_page(&client.authorize(&with("redirect_uri", uri)).await, "redirect_mismatch");
    }
    let page = client.authorize(&with("redirect_uri", "<script>alert(1)</script>")).await;
    assert!(page.text().contains("&lt;script&gt;") && !page.text().contains("<script"));
    is_refused_on_a_page(&client.authorize(&with("redirect_uri", "")).await, "no redirect_uri");
    is_refused_on_a_page(&client.authorize(&with("client_id", "")).await, "no client_id");
    is_refused_on_a_page(&client.authorize(&with("client_id", "nobody")).await, "invalid_client");
    // A client without callback URLs has nothing to come back to.
    is_refused_on_a_page(&client.authorize(&with("client_id", local_pool::seed::CLIENT)).await, "unauthorized_client");
    for (name, value) in [("redirect_uri", "https://evil.example/"), ("client_id", "x"), ("state", "x")] {
        let twice = [request(), vec![(name, value.to_owned())]].concat();
        is_refused_on_a_page(&client.authorize(&twice).await, "twice");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_request_goes_to_the_redirect_uri() {
    let client = Client::new();
    for (name, value, error) in [
        ("response_type", "", "invalid_request"),
        ("response_type", "token", "unauthorized_client"),
        ("response_type", "id_token", "unsupported_response_type"),
        ("code_challenge", "", "invalid_request"),
        ("code_challenge", "too-short", "invalid_request"),
        ("code_challenge_method", "", "invalid_request"),
        ("code_challenge_method", "plain", "invalid_request"),
        ("scope", "openid offline_access", "invalid_scope"),
        ("scope", "email", "invalid_scope"),
        ("identity_provider", "Nobody", "invalid_request"),
        ("identity_provider", "COGNITO", "invalid_request"),
    ] {
        let back = client.authorize(&with(name, value)).await;
        assert_eq!(back.parameter("error").as_deref(), Some(error), "{name}={value}");
        assert_eq!(back.parameter("state").unwrap(), "a%20state%20%26%20more");
    }
    for (name, value) in [("prompt", "maybe"), ("prompt", "none login"), ("idp_identifier", "x"), ("scope", "openid")] {
        let back = client.authorize(&[request(), vec![(name, value.to_owned())]].concat()).await;
        assert_eq!(back.parameter("error").as_deref(), Some("invalid_request"), "{name}={value}");
    }
}

#[tokio::test]
async fn a_request_without_a_provider_may_choose_one() {
    let client = Client::new();
    let page = client.authorize(&with("identity_provider", "")).await;
    let page = client.visit(&page.link("Continue with MyCompany"), None).await;
    let back = client.visit(&page.link("Continue as Jane Doe"), None).await;
    assert!(back.parameter("code").is_some());
}

#[tokio::test]
async fn pages_cannot_be_kept_framed_or_scripted() {
    let client = Client::new();
    let page = client.authorize(&request()).await;
    let policy = page.0.headers["content-security-policy"].to_str().unwrap();
    for part in ["default-src 'none'", "frame-ancestors 'none'", "form-action 'none'", "base-uri 'none'"] {
        assert!(policy.contains(part), "{policy}");
    }
    let back = client.visit(&page.link("Continue as Jane Doe"), None).await;
    for visited in [&page, &back] {
        for (name, value) in [("cache-control", "no-store"), ("referrer-policy", "no-referrer"), ("x-frame-options", "DENY")] {
            assert_eq!(visited.0.headers[name], value);
        }
        assert!(visited.0.headers.get("access-control-allow-origin").is_none());
    }
    let cookie = back.0.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
}

#[tokio::test]
async fn the_page_of_a_provider_is_used_once_and_grows_old() {
    let client = Client::new();
    let link = client.authorize(&request()).await.link("Continue as Jane Doe");
    assert!(client.visit(&link, None).await.parameter("code").is_some());
    is_refused_on_a_page(&client.visit(&link, None).await, "used already");
    let link = client.authorize(&request()).await.link("Continue as Jane Doe");
    client.pool.advance_clock(Duration::from_secs(301));
    is_refused_on_a_page(&client.visit(&link, None).await, "too old");
    let unknown = client.authorize(&request()).await.link("Cancel").replace("error=access_denied", "identity=nobody");
    assert_eq!(client.visit(&unknown, None).await.parameter("error").as_deref(), Some("invalid_request"));
}

#[tokio::test]
async fn a_hint_puts_its_person_first() {
    let client = Client::new();
    let hint = |hint: &str| [request(), vec![("login_hint", hint.to_owned())]].concat();
    let page = client.authorize(&hint("<b>\"jane\"")).await;
    assert!(page.text().contains("The app suggests &lt;b&gt;&quot;jane&quot;."), "{}", page.text());
    let page = client.authorize(&hint("jane@google.example.com")).await;
    let place = |text: &str| page.text().find(text).unwrap();
    assert!(place("Continue as Jane Doe") < place("Continue as 100000000000000000002"));
}

#[tokio::test]
async fn a_browser_that_is_signed_in_needs_no_page_until_it_is_signed_out() {
    let client = Client::new();
    let path = |more: &str| format!("/oauth2/authorize?{}{more}", query(&request()));
    let cookie = client.choose(&request(), "Continue as Jane Doe").await.cookie().unwrap();
    let cookie = Some(cookie.as_str());
    assert!(client.visit(&path(""), cookie).await.parameter("code").is_some());
    assert!(client.visit(&path("&prompt=none"), cookie).await.parameter("code").is_some());
    assert_eq!(client.visit(&path("&prompt=login"), cookie).await.0.status, 200);
    let facebook = format!("/oauth2/authorize?{}", query(&with("identity_provider", "Facebook")));
    assert_eq!(client.visit(&facebook, cookie).await.0.status, 200);

    let logout = |uri: &str| format!("/logout?client_id={}&logout_uri={uri}", local_pool::seed::FEDERATION_CLIENT);
    is_refused_on_a_page(&client.visit(&logout("https://evil.example/"), cookie).await, "none of the logout URLs");
    assert!(client.visit(&path(""), cookie).await.parameter("code").is_some(), "a refused sign-out signs nobody out");
    let out = client.visit(&logout(CALLBACK), cookie).await;
    assert_eq!(out.location(), CALLBACK);
    assert!(out.0.headers["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    assert_eq!(client.visit(&path(""), cookie).await.0.status, 200);
    assert_eq!(client.visit(&path("&prompt=none"), cookie).await.parameter("error").as_deref(), Some("login_required"));
}

#[tokio::test]
async fn a_browser_is_signed_in_for_an_hour() {
    let client = Client::new();
    let cookie = client.choose(&request(), "Continue as Jane Doe").await.cookie().unwrap();
    let path = format!("/oauth2/authorize?{}", query(&request()));
    client.pool.advance_clock(Duration::from_secs(3599));
    assert!(client.visit(&path, Some(&cookie)).await.parameter("code").is_some());
    client.pool.advance_clock(Duration::from_secs(1));
    assert_eq!(client.visit(&path, Some(&cookie)).await.0.status, 200);
}
