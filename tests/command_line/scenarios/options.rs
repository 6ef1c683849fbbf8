//! The command line.

use local_pool::seed::PASSWORD;

use crate::stage::{CannedServer, Outcome, Program, http};

fn run(program: &Program) -> Outcome {
    program.start().line(PASSWORD).end()
}

fn anybody() -> Program {
    Program::of("anybody@example.com")
}

#[test]
fn each_wrong_one_is_named() {
    for (program, name) in [
        (anybody().without("--pool-id"), "--pool-id"),
        (anybody().without("--client-id"), "--client-id"),
        (anybody().without("--username"), "--username"),
        (anybody().with(&["--username", ""]), "--username"),
        (anybody().with(&["--username", " "]), "--username"),
        (anybody().with(&["--pool-id", "no-underscore"]), "user-pool-id"),
        (anybody().with(&["--client-id", "a b"]), "client-id"),
        (anybody().with(&["--auth-flow", "MAGIC"]), "--auth-flow"),
        (anybody().with(&["--session-minutes", "20"]), "session-minutes"),
        (anybody().with(&["--client-metadata", "x"]), "--client-metadata"),
        (anybody().with(&["--endpoint", "http://example.com/"]), "endpoint"),
        (anybody().with(&["--endpoint", "http://127.0.0.1@example.com/"]), "endpoint"),
        (anybody().with(&["--endpoint", "file:///etc/passwd"]), "endpoint"),
        (anybody().with(&["--password", PASSWORD]), "--password"),
    ] {
        let outcome = program.start().end();
        assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(2), ""), "{name}: {outcome:?}");
        assert!(outcome.shown.contains(name), "{name}: {outcome:?}");
    }
}

#[test]
fn help_names_the_exit_codes() {
    let outcome = anybody().with(&["--help"]).start().end();
    assert_eq!(outcome.code, Some(0));
    for line in
        ["    0  signed in", "    1  refused", "    2  the command", "    3  the service", "    4  the input", "  130  inter"]
    {
        assert!(outcome.stdout.contains(&format!("\n{line}")), "{line:?} in {}", outcome.stdout);
    }
}

#[test]
fn what_is_sent_is_the_protocol_and_never_the_password() {
    let server = CannedServer::answering(vec![http("200 OK", "", "{}")]);
    let flow = ["--auth-flow", "CUSTOM_AUTH", "--endpoint", &server.url, "--client-metadata", "shop=a=b"];
    assert_eq!(run(&anybody().with(&flow)).code, Some(3));
    let request = server.heard().pop().unwrap();
    for part in [
        "POST / HTTP/1.1\r\n",
        "content-type: application/x-amz-json-1.1\r\n",
        "x-amz-target: AWSCognitoIdentityProviderService.InitiateAuth\r\n",
        r#""AuthFlow":"CUSTOM_AUTH""#,
        r#""CHALLENGE_NAME":"SRP_A""#,
        r#""USERNAME":"anybody@example.com""#,
        r#""ClientMetadata":{"#,
        r#""lang":"en""#,
        r#""shop":"a=b""#,
    ] {
        assert!(request.contains(part), "{part} in {request}");
    }
    assert!(!request.contains(PASSWORD), "{request}");
}
