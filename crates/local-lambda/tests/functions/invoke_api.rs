//! The Invoke API over HTTP.

use serde_json::json;

use crate::{
    fixture::{echo, puppet, start, until},
    http::{get, post},
};

const PATH: &str = "/2015-03-31/functions/echo/invocations";

async fn lambda() -> (local_lambda::LocalLambda, String) {
    let lambda = start(echo()).await;
    let address = lambda.url().strip_prefix("http://").unwrap().to_owned();
    (lambda, address)
}

#[tokio::test]
async fn answers_and_function_errors_are_200() {
    let (_lambda, address) = lambda().await;
    let answer = post(&address, PATH, "", br#" {"a":1} "#).await;
    assert_eq!((answer.status, answer.json()), (200, json!({"a": 1})));
    assert_eq!(answer.header("x-amz-function-error"), None);
    assert_eq!(answer.header("x-amz-executed-version"), Some("$LATEST"));
    assert_eq!(answer.header("content-type"), Some("application/json"));

    let error = post(&address, PATH, "", br#"{"do":"fail"}"#).await;
    assert_eq!((error.status, error.header("x-amz-function-error")), (200, Some("Unhandled")));
    assert_eq!(error.json(), json!({"errorType": "EchoError", "errorMessage": "asked to fail"}));

    let exit = post(&address, PATH, "", br#"{"do":"exit"}"#).await;
    assert_eq!((exit.status, exit.header("x-amz-function-error")), (200, Some("Unhandled")));
    assert_eq!(exit.json()["errorType"], "Runtime.ExitError");
}

#[tokio::test]
async fn what_never_reaches_a_function() {
    let (lambda, address) = lambda().await;
    let missing = post(&address, "/2015-03-31/functions/ohce/invocations", "", b"{").await;
    assert_eq!((missing.status, missing.header("x-amzn-errortype")), (404, Some("ResourceNotFoundException")));
    let message = "Function not found: arn:aws:lambda:us-east-1:123456789012:function:ohce";
    assert_eq!(missing.json(), json!({"Type": "User", "Message": message}));

    let not_json = post(&address, PATH, "", b"{").await;
    assert_eq!((not_json.status, not_json.header("x-amzn-errortype")), (400, Some("InvalidRequestContentException")));

    let large = post(&address, PATH, "", &vec![b' '; 6 * 1024 * 1024 + 1]).await;
    assert_eq!((large.status, large.header("x-amzn-errortype")), (413, Some("RequestTooLargeException")));

    let event = post(&address, PATH, "x-amz-invocation-type: Event\r\n", b"{}").await;
    assert_eq!((event.status, event.header("x-amzn-errortype")), (400, Some("InvalidParameterValueException")));

    assert_eq!(post(&address, "/2015-03-31/functions", "", b"").await.status, 404);
    assert_eq!(get(&address, PATH).await.status, 405);
    assert_eq!(lambda.process_id("echo"), None);
}

#[tokio::test]
async fn a_caller_is_told_when_everything_stops() {
    let lambda = start(puppet()).await;
    let address = lambda.url().strip_prefix("http://").unwrap().to_owned();
    let waiting = {
        let address = address.clone();
        tokio::spawn(async move { post(&address, "/2015-03-31/functions/puppet/invocations", "", b"{}").await })
    };
    until("a process", || lambda.process_id("puppet")).await;
    drop(lambda);
    let told = waiting.await.unwrap();
    assert_eq!((told.status, told.header("x-amzn-errortype")), (500, Some("ServiceException")));
    until("the listener is closed", || std::net::TcpStream::connect(&address).is_err().then_some(())).await;
}
