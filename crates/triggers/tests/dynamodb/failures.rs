//! Tables that cannot be used: nobody signs in by a code, or nothing is counted, as the deployer says.

use std::sync::atomic::Ordering;

use local_lambda::LocalLambda;
use serde_json::Value;
use tokio::net::TcpListener;

use crate::{
    events::event,
    fixture::{CREATE, VERIFY, answered, function, function_error, invoke},
    mail_service::mail_service,
    table::{self, Table},
};

/// The right answer to a code that is alive.
fn right() -> Value {
    let mut right = event("verify");
    right["request"]["privateChallengeParameters"]["expiresAt"] = "9999999999".into();
    right
}

async fn logged(lambda: &LocalLambda, name: &str) -> Vec<Value> {
    lambda.stop(name).await;
    let lines = lambda.logs(name);
    assert!(lines.iter().all(|line| !line.contains("jane") && !line.contains("6f1c5b1e")), "{lines:?}");
    let lines: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    lines.into_iter().filter(|line| line["event"] == "attempts_unreachable").collect()
}

/// Both functions with this table, refusing and allowing; each logs the reason.
async fn check(url: &str, table: &str, reason: &str) {
    for (setting, is_allowed) in [("", false), ("REFUSE", false), ("ALLOW", true)] {
        let (ses, mails) = mail_service().await;
        let functions = [CREATE, VERIFY].map(|name| {
            function(name)
                .env("AWS_ENDPOINT_URL_SESV2", &ses)
                .env("AWS_ENDPOINT_URL_DYNAMODB", url)
                .env("ATTEMPTS_TABLE", table)
                .env("ATTEMPTS_UNREACHABLE", setting)
        });
        let lambda = LocalLambda::start(functions.into()).await.unwrap();
        for (name, event) in [(CREATE, event("create-first")), (VERIFY, right())] {
            let invocation = invoke(&lambda, name, &event).await;
            if is_allowed {
                let response = &answered(&invocation)["response"];
                assert!(name == CREATE || response["answerCorrect"] == true, "{response}");
            } else {
                let text = "Codes cannot be checked at the moment. Please try again in a few minutes";
                assert_eq!(function_error(&invocation), ("NotCounted", text));
            }
            // Before the service gives up, and calls again.
            assert!(invocation.duration.as_secs() < 5, "{:?}", invocation.duration);
            let lines = logged(&lambda, name).await;
            assert_eq!(lines.len(), 1, "{name} {setting}: {lines:?}");
            assert_eq!((&lines[0]["reason"], &lines[0]["level"]), (&Value::from(reason), &Value::from("ERROR")));
            assert_eq!(lines[0]["setting"], if is_allowed { "ALLOW" } else { "REFUSE" });
        }
        assert_eq!(mails.load(Ordering::Relaxed), usize::from(is_allowed));
    }
}

#[tokio::test]
async fn a_table_that_is_not_there() {
    check(table::url(), "nowhere", "ResourceNotFoundException").await;
}

#[tokio::test]
async fn a_service_that_is_not_there() {
    check("http://127.0.0.1:1", "attempts", "NoConnection").await;
}

#[tokio::test]
async fn a_service_that_does_not_answer() {
    // Connections are taken by the system, and nobody reads them.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    check(&format!("http://{}", listener.local_addr().unwrap()), "attempts", "NoAnswerInTime").await;
}

#[tokio::test]
async fn a_record_that_cannot_be_read_refuses() {
    let table = Table::create("unreadable");
    let verify = || function(VERIFY).env("AWS_ENDPOINT_URL_DYNAMODB", table::url()).env("ATTEMPTS_TABLE", &table.name);
    let lambda = LocalLambda::start(vec![verify()]).await.unwrap();
    answered(&invoke(&lambda, VERIFY, &right()).await);
    table.change(|record| *record = "not a record".into());
    assert_eq!(function_error(&invoke(&lambda, VERIFY, &right()).await).0, "NotCounted");
    assert_eq!(logged(&lambda, VERIFY).await[0]["reason"], "UnreadableRecord");
}
