//! Services that cannot be reached, or are none.

use local_pool::seed::PASSWORD;

use crate::stage::{CannedServer, Outcome, Program, http};

fn sign_in_at(url: &str) -> Outcome {
    Program::of("anybody@example.com").with(&["--endpoint", url]).start().line(PASSWORD).end()
}

#[test]
fn where_nobody_listens() {
    // Bound and closed again, so that nobody else has it.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    let outcome = sign_in_at(&url);
    let words = "sign_in: We could not reach the sign-in service. Check your connection and try again. (";
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(3), ""));
    assert!(outcome.shown.starts_with(&format!("{words}{url}: ")), "{}", outcome.shown);
}

#[test]
fn where_something_else_answers() {
    let too_long = " ".repeat(300 * 1024);
    let too_deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    for reply in [
        b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n".to_vec(),
        Vec::new(),
        http("200 OK", "content-type: text/html\r\n", "<html>Welcome to our Wi-Fi</html>"),
        http("200 OK", "", ""),
        http("200 OK", "", "[]"),
        http("200 OK", "", "{}"),
        http("200 OK", "", r#"{"ChallengeName": 7}"#),
        http("200 OK", "", r#"{"ChallengeName": "PASSWORD_VERIFIER", "ChallengeParameters": {"SALT": "x"}}"#),
        http("200 OK", "", &too_long),
        http("200 OK", "", &too_deep),
        http("502 Bad Gateway", "content-type: text/html\r\n", "<h1>Bad Gateway</h1>"),
        http("500 Internal Server Error", "x-amzn-errortype: InternalErrorException\r\n", r#"{"message": "\u001b[2J"}"#),
        [b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 3\r\n\r\n".as_slice(), &[0xff, 0xfe, 0xfd]].concat(),
        b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 100\r\n\r\n{\"Challenge".to_vec(),
    ] {
        let what = String::from_utf8_lossy(&reply[..reply.len().min(200)]).into_owned();
        let server = CannedServer::answering(vec![reply]);
        let outcome = sign_in_at(&server.url);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(3), ""), "{what}: {outcome:?}");
        assert!(outcome.shown.starts_with("sign_in: ") && outcome.shown.lines().count() == 1, "{what}: {outcome:?}");
        assert!(!outcome.shown.contains('\x1b'), "{what}: {outcome:?}");
    }
}

#[test]
fn redirects_are_not_followed() {
    let elsewhere = CannedServer::answering(vec![http("200 OK", "", "{}")]);
    let location = format!("location: {}\r\n", elsewhere.url);
    let server = CannedServer::answering(vec![http("307 Temporary Redirect", &location, "")]);
    assert_eq!(sign_in_at(&server.url).code, Some(3));
    assert!(elsewhere.heard().is_empty());
}

#[test]
fn a_client_that_is_not_set_up_for_it() {
    let body = r#"{"__type": "InvalidParameterException", "message": "USER_SRP_AUTH flow not enabled for this client"}"#;
    let server = CannedServer::answering(vec![http("400 Bad Request", "", body)]);
    let words = "sign_in: Something went wrong. Please try again. (USER_SRP_AUTH flow not enabled for this client)";
    sign_in_at(&server.url).failed(2, words);
}

#[test]
fn a_step_that_is_not_available_here() {
    let body = r#"{"ChallengeName": "ADMIN_NO_SRP_AUTH", "Session": "s", "ChallengeParameters": {}}"#;
    let server = CannedServer::answering(vec![http("200 OK", "", body)]);
    let words = "sign_in: This account needs a sign-in step that is not available here. (ADMIN_NO_SRP_AUTH)";
    sign_in_at(&server.url).failed(1, words);
}
