//! A Lambda function for trying out: answers with its event, or does what the event's `do` says.

use std::{process, time::Duration};

use lambda_runtime::{Diagnostic, Error, LambdaEvent, service_fn};
use serde_json::{Map, Value, json};

async fn handle(event: LambdaEvent<Value>) -> Result<Value, Diagnostic> {
    let LambdaEvent { payload, context } = event;
    match payload["do"].as_str() {
        None => Ok(payload),
        Some("fail") => Err(Diagnostic { error_type: "EchoError".to_owned(), error_message: "asked to fail".to_owned() }),
        #[allow(clippy::panic)]
        Some("panic") => panic!("asked to panic"),
        Some("exit") => process::exit(payload["code"].as_i64().and_then(|code| code.try_into().ok()).unwrap_or(1)),
        Some("sleep") => {
            tokio::time::sleep(Duration::from_millis(payload["millis"].as_u64().unwrap_or(60_000))).await;
            Ok(json!("slept"))
        }
        Some("log") => {
            println!("{}", json!({"stdout": payload["text"]}));
            eprintln!("{}", json!({"stderr": payload["text"]}));
            Ok(json!("logged"))
        }
        Some("environment") => Ok(std::env::vars().map(|(name, value)| (name, json!(value))).collect::<Map<_, _>>().into()),
        Some("context") => Ok(json!({
            "requestId": context.request_id,
            "deadline": context.deadline,
            "functionArn": context.invoked_function_arn,
            "traceId": context.xray_trace_id,
            "processId": process::id(),
        })),
        Some(other) => Err(Diagnostic { error_type: "EchoError".to_owned(), error_message: format!("cannot do {other:?}") }),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    lambda_runtime::run(service_fn(handle)).await
}
