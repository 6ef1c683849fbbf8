//! Our create trigger beside one in Python with boto3: from the start of the process to the first answer, and the memory for it.
//!
//! Both run under the same Runtime API, are sent the same event, and mail by the same endpoint on this machine, without TLS. What
//! Lambda adds to a cold start (a machine, the download of the program) is not in it.

use std::path::Path;

use anyhow::{Context, Result, bail};
use axum::{Router, routing::post};
use local_lambda::{Function, LocalLambda, Outcome};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::{statistics::Sample, usage};

/// Cold starts of each.
const ROUNDS: usize = 15;

/// Warm invocations after each cold start.
const WARM: usize = 20;

#[derive(Default)]
struct Measured {
    cold_millis: Sample,
    warm_millis: Sample,
    cpu_millis: Sample,
    peak_mib: Sample,
}

/// Runs both in turns and prints what was measured.
pub async fn run(ours: &Path, python: &Path, folder: &Path) -> Result<()> {
    let mail = mail_service().await?;
    let function = |name: &str, program: &Path| {
        let home = [("AWS_CONFIG_FILE", "/dev/null"), ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")];
        let function =
            Function::new(name, program).env("EMAIL_SENDER", "no-reply@example.com").env("AWS_ENDPOINT_URL_SESV2", &mail);
        home.into_iter().fold(function, |function, (name, value)| function.env(name, value))
    };
    let python = function("python", python)
        .arg("-m")
        .arg("awslambdaric")
        .arg("create_auth_challenge.handler")
        .env("PYTHONPATH", folder)
        .env("LAMBDA_TASK_ROOT", folder);
    let lambda = LocalLambda::start(vec![function("rust", ours), python]).await?;

    let (mut rust, mut python) = (Measured::default(), Measured::default());
    // Not counted: Python compiles its modules on the first run, and both files come from the disk.
    measure(&lambda, "rust", &mut Measured::default()).await?;
    measure(&lambda, "python", &mut Measured::default()).await?;
    for _ in 0..ROUNDS {
        measure(&lambda, "rust", &mut rust).await?;
        measure(&lambda, "python", &mut python).await?;
    }
    println!("create trigger, {ROUNDS} cold starts of each in turns; median (least..most)\n");
    println!("{:<38} {:>24} {:>24} {:>8}", "", "Rust", "Python with boto3", "ratio");
    type Row = (&'static str, fn(&Measured) -> &Sample);
    let rows: [Row; 4] = [
        ("process start to first answer, ms", |measured| &measured.cold_millis),
        ("processor time until then, ms", |measured| &measured.cpu_millis),
        ("later answers, ms", |measured| &measured.warm_millis),
        ("peak resident memory, MiB", |measured| &measured.peak_mib),
    ];
    for (what, of) in rows {
        let (rust, python) = (of(&rust), of(&python));
        let ratio = python.median() / rust.median();
        println!("{what:<38} {:>24} {:>24} {:>7.1}x", rust.to_string(), python.to_string(), ratio);
    }
    println!("\nprogram: {:.1} MB", std::fs::metadata(ours)?.len() as f64 / 1e6);
    Ok(())
}

/// One cold start and some answers after it.
async fn measure(lambda: &LocalLambda, function: &str, measured: &mut Measured) -> Result<()> {
    lambda.stop(function).await;
    let event = event().to_string().into_bytes();
    let first = lambda.invoke(function, event.clone()).await?;
    let (Outcome::Response(answer), Some(cold_start)) = (&first.outcome, first.cold_start) else {
        bail!("{function}: {:?}\n{}", first.outcome, lambda.logs(function).join("\n"));
    };
    let answer: Value = serde_json::from_slice(answer)?;
    let destination = &answer["response"]["publicChallengeParameters"]["destination"];
    anyhow::ensure!(destination == "j***@e***", "{function} answered something else: {answer}");
    measured.cold_millis.add(cold_start.as_secs_f64() * 1000.0);
    if let Some(usage) = lambda.process_id(function).and_then(usage::of_process) {
        measured.cpu_millis.add(usage.cpu_millis);
        measured.peak_mib.add(usage.peak_mib);
    }
    for _ in 0..WARM {
        measured.warm_millis.add(lambda.invoke(function, event.clone()).await?.duration.as_secs_f64() * 1000.0);
    }
    Ok(())
}

fn event() -> Value {
    let passed = |challenge: &str| json!({"challengeName": challenge, "challengeResult": true, "challengeMetadata": null});
    json!({
        "version": "1",
        "region": "us-east-1",
        "userPoolId": "us-east-1_EXAMPLE",
        "userName": "6f1c5b1e-0f3c-4c11-9d6c-3c1f0a5a4a11",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": "1example23456789"},
        "triggerSource": "CreateAuthChallenge_Authentication",
        "request": {
            "userAttributes": {"email": "jane@example.com"},
            "challengeName": "CUSTOM_CHALLENGE",
            "session": [passed("SRP_A"), passed("PASSWORD_VERIFIER")],
            "userNotFound": false,
        },
        "response": {},
    })
}

/// Takes every mail; its URL.
async fn mail_service() -> Result<String> {
    let answer = async || axum::Json(json!({"MessageId": "1"}));
    let app = Router::new().route("/v2/email/outbound-emails", post(answer));
    let listener = TcpListener::bind("127.0.0.1:0").await.context("a port for the mail service")?;
    let url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(axum::serve(listener, app).into_future());
    Ok(url)
}
