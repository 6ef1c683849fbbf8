//! The inbox and `/local/`

use axum::{body::Body, http::Request};
use local_pool::seed::{self, PASSWORD};
use serde_json::{Value, json};

use crate::client::{Client, Reply, USER};

async fn request(client: &Client, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    client.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

const HOST: (&str, &str) = ("host", "localhost:9229");
const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
async fn the_inbox_page_shows_codes_and_no_markup_of_others() {
    let client = Client::new();
    let empty = client.get("/").await.ok();
    assert!(empty.as_str().unwrap().contains("No mail yet"));
    client.password("CUSTOM_AUTH", USER, PASSWORD).await.ok();
    let attack = "x&y'z@example.com";
    let body = json!({"ClientId": client.client_id, "Username": attack, "Password": PASSWORD});
    client.call("SignUp", body).await.ok();
    let reply = client.get("/").await;
    let policy = reply.headers["content-security-policy"].to_str().unwrap().to_owned();
    let html = reply.ok().as_str().unwrap().to_owned();
    let newest = client.pool.newest_code(attack).unwrap();
    let oldest = client.pool.newest_code(USER).unwrap();
    assert!(html.find(&newest).unwrap() < html.find(&oldest).unwrap());
    assert!(html.contains("x&amp;y&#39;z@example.com") && !html.contains(attack));
    assert!(policy.starts_with("default-src 'none'; style-src 'nonce-") && !policy.contains("script-src"));
    assert!(html.contains("http-equiv=\"refresh\"") && !html.contains("<script"));
}

#[tokio::test]
async fn html_parts_are_documents_that_can_do_nothing() {
    let client = Client::new();
    let attack = "<script>alert(1)</script><img src=\"https://shop.example/x.png\"><b>482913</b>";
    let mut email = crate::ses::email();
    email["Content"]["Simple"]["Subject"]["Data"] = json!(attack);
    email["Content"]["Simple"]["Body"] = json!({"Html": {"Data": attack}});
    crate::ses::send(&client, &email).await.ok();
    let id = client.get("/local/inbox").await.ok()[0]["id"].clone();
    let path = format!("/local/inbox/{id}/html");
    let page = client.get("/").await.ok().as_str().unwrap().to_owned();
    assert!(page.contains(&format!("href=\"{path}\" target=\"_blank\" rel=\"noopener\"")), "{page}");
    assert!(!page.contains("<script") && !page.contains("<img") && page.contains("&lt;script&gt;"), "{page}");
    assert!(page.contains("from Example &lt;no-reply@mail.example.com&gt; · to jane@example.org"), "{page}");
    let document = client.get(&path).await;
    assert_eq!(document.headers["content-type"], "text/html; charset=utf-8");
    assert_eq!(document.headers["x-content-type-options"], "nosniff");
    let policy = document.headers["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'; ") && policy.ends_with("; sandbox"), "{policy}");
    assert!(!policy.contains("script") && !policy.contains("http://shop"), "{policy}");
    assert_eq!(document.body, attack);
    assert_eq!(request(&client, "GET", &path, &[("host", "rebound.example")], "").await.status, 403);

    // Ids are never used again, and not every mail has such a part.
    assert_eq!(client.get("/local/inbox/77/html").await.status, 404);
    client.pool.reset();
    assert_eq!(client.get(&path).await.status, 404);
    email["Content"]["Simple"]["Body"] = json!({"Text": {"Data": "no code"}});
    crate::ses::send(&client, &email).await.ok();
    let newest = client.get("/local/inbox").await.ok()[0]["id"].clone();
    assert!(newest.as_u64() > id.as_u64());
    assert_eq!(client.get(&format!("/local/inbox/{newest}/html")).await.status, 404);
    let page = client.get("/").await.ok().as_str().unwrap().to_owned();
    assert!(!page.contains("HTML part") && !page.contains("class=\"code\""), "{page}");
}

#[tokio::test]
async fn the_inbox_as_json() {
    let client = Client::new();
    client.password("CUSTOM_AUTH", USER, PASSWORD).await.ok();
    client.password("CUSTOM_AUTH", "email-code@example.com", PASSWORD).await.ok();
    let all = client.get("/local/inbox").await.ok();
    assert_eq!(all.as_array().unwrap().len(), 2);
    assert_eq!(all[0]["to"], "email-code@example.com");
    let mine = client.get(&format!("/local/inbox?to={USER}")).await.ok();
    assert_eq!(mine.as_array().unwrap().len(), 1);
    let mail = &mine[0];
    assert_eq!((&mail["to"], &mail["kind"]), (&json!(USER), &json!("CUSTOM_CHALLENGE")));
    let code = mail["code"].as_str().unwrap();
    assert!(mail["body"].as_str().unwrap().contains(code));
    assert!(mail["subject"].is_string() && mail["sentAt"].as_str().unwrap().ends_with('Z'));
}

#[tokio::test]
async fn the_seeded_users_can_be_looked_up_and_used() {
    let client = Client::new();
    let users = client.get("/local/users").await.ok();
    let find = |name: &str| users.as_array().unwrap().iter().find(|user| user["username"] == name).unwrap();
    let totp = find("totp@example.com");
    assert_eq!(totp["totpSecret"], seed::TOTP_SECRET);
    let user = totp["username"].as_str().unwrap();
    let reply = client.password("USER_SRP_AUTH", user, totp["password"].as_str().unwrap()).await.ok();
    client.respond(&client.code_answer(&reply, user, totp["totpCode"].as_str().unwrap())).await.ok();
    let email_code = find("email-code@example.com");
    assert_eq!(email_code["authFlow"], "CUSTOM_AUTH");
    assert_eq!(email_code["userPoolId"], seed::LOCAL_POOL);
    assert_eq!(email_code["clientId"], seed::EMAIL_CODE_CLIENT);
    assert!(email_code.get("totpSecret").is_none());
    assert_eq!(find("totp-setup@example.com")["userPoolId"], seed::MFA_ON_POOL);
}

#[tokio::test]
async fn config_and_index() {
    let client = Client::new();
    let config = client.get("/local/config").await.ok();
    assert_eq!(config["userPools"][0]["userPoolId"], seed::LOCAL_POOL);
    assert_eq!(config["userPools"][1]["mfaConfiguration"], "ON");
    assert_eq!(config["userPools"][0]["allowedFirstAuthFactors"], json!(["PASSWORD"]));
    let choice = config["clients"].as_array().unwrap().iter().find(|client| client["clientId"] == seed::CHOICE_CLIENT);
    assert!(choice.unwrap()["explicitAuthFlows"].as_array().unwrap().contains(&json!("ALLOW_USER_AUTH")));
    assert_eq!(config["clients"][0]["clientSecret"], Value::Null);
    assert_eq!(config["settings"]["sessionSeconds"], 180);
    assert_eq!(config["settings"]["triggers"], "in process");
    assert_eq!(config["settings"]["sesIdentities"], json!(["example.com"]));
    for path in ["/local", "/local/"] {
        assert!(client.get(path).await.ok().get("POST /local/reset").is_some());
    }
}

#[tokio::test]
async fn reset_restores_the_seed() {
    let client = Client::new();
    for method in ["POST", "DELETE"] {
        client.password("CUSTOM_AUTH", "email-code@example.com", PASSWORD).await.ok();
        let before = client.pool.now_millis();
        client.pool.advance_clock(std::time::Duration::from_secs(3600));
        request(&client, method, "/local/reset", &[HOST], "").await.ok();
        assert_eq!(client.get("/local/inbox").await.ok(), json!([]));
        assert_eq!(client.pool.now_millis(), before);
    }
    client.tokens("srp@example.com").await;
}

#[tokio::test]
async fn the_clock_moves_forward() {
    let client = Client::new();
    let before = client.pool.now_millis();
    request(&client, "POST", "/local/clock", &[HOST, JSON], r#"{"advanceSeconds": 200}"#).await.ok();
    assert_eq!(client.pool.now_millis() - before, 200_000);
    for bad in [r#"{"advanceSeconds": -1}"#, r#"{"seconds": 1}"#, "x"] {
        assert_eq!(request(&client, "POST", "/local/clock", &[HOST, JSON], bad).await.status, 400);
    }
}

#[tokio::test]
async fn only_loopback_hosts_and_origins() {
    let client = Client::new();
    for path in ["/", "/local/", "/local/inbox", "/local/users", "/local/settings"] {
        for host in ["rebound.example:9229", "127.0.0.1.example", "192.168.1.5:9229"] {
            assert_eq!(request(&client, "GET", path, &[("host", host)], "").await.status, 403, "{path} {host}");
        }
        assert_eq!(request(&client, "GET", path, &[], "").await.status, 403, "{path}");
        for origin in ["https://shop.example", "null", "http://localhost.example:8080", "https://127.0.0.1"] {
            let reply = request(&client, "GET", path, &[HOST, ("origin", origin)], "").await;
            assert_eq!(reply.status, 403, "{path} {origin}");
            assert!(!reply.headers.contains_key("access-control-allow-origin"));
        }
    }
    for (method, path) in [("POST", "/local/reset"), ("PATCH", "/local/settings")] {
        let reply = request(&client, method, path, &[HOST, ("origin", "https://shop.example")], "{}").await;
        assert_eq!(reply.status, 403, "{path}");
    }
}

#[tokio::test]
async fn pages_on_this_machine_may_read() {
    let client = Client::new();
    for origin in ["http://127.0.0.1:8080", "http://localhost:8080", "http://localhost"] {
        let reply = request(&client, "GET", "/local/inbox", &[HOST, ("origin", origin)], "").await;
        assert_eq!(reply.headers["access-control-allow-origin"], "*");
        reply.ok();
    }
    let origin = ("origin", "http://localhost:8080");
    let reply = request(&client, "POST", "/local/reset", &[HOST, origin], "").await;
    assert!(!reply.headers.contains_key("access-control-allow-origin"));
    reply.ok();
    let reply = request(&client, "GET", "/local/inbox", &[HOST], "").await;
    assert!(!reply.headers.contains_key("access-control-allow-origin"));
}

/// The API itself answers any page, like the service's.
#[tokio::test]
async fn the_api_does_not_mind_the_host() {
    let client = Client::new();
    let headers = [
        ("host", "pool.test"),
        ("content-type", "application/x-amz-json-1.1"),
        ("x-amz-target", "AWSCognitoIdentityProviderService.GetUser"),
    ];
    assert_eq!(request(&client, "POST", "/", &headers, "{}").await.status, 400);
}

#[tokio::test]
async fn it_serves_on_a_listener_and_names_it_in_iss() {
    let pool = local_pool::Pool::new();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(local_pool::serve(listener, pool.clone()));
    let client = Client::of(pool);
    // One request over the socket, so that the server has begun.
    tokio::task::spawn_blocking(move || {
        use std::io::{Read, Write};
        let mut stream = std::net::TcpStream::connect(address).unwrap();
        stream.write_all(b"GET /local/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        assert!(text.starts_with("HTTP/1.1 200"));
    })
    .await
    .unwrap();
    let iss = crate::client::claims(client.tokens(USER).await.id())["iss"].clone();
    assert_eq!(iss, format!("http://{address}/us-east-1_LocalPool"));
    server.abort();
}
