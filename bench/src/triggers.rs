//! Our create trigger beside one in Python with boto3: from the start of the process to the first answer, and the memory for it.
//!
//! Both run under the same Runtime API, are sent the same event, and mail by the same endpoint on this machine, over TLS as on AWS,
//! with the roots that the system trusts, and without. What Lambda adds to a cold start (a machine, the download of the program) is
//! not in it.

use std::path::Path;

use anyhow::{Result, bail};
use local_lambda::{Function, LocalLambda, Outcome};
use serde_json::{Value, json};

use crate::{mail_service::MailService, statistics::Sample, usage};

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
    let mail = MailService::start().await?;
    let function = |name: &str, url: &str| {
        let function = if name.starts_with("rust") {
            Function::new(name, ours)
        } else {
            let handler = ["-m", "awslambdaric", "create_auth_challenge.handler"];
            let function = handler.into_iter().fold(Function::new(name, python), Function::arg);
            function.env("PYTHONPATH", folder).env("LAMBDA_TASK_ROOT", folder)
        };
        function
            .env("EMAIL_SENDER", "no-reply@example.com")
            .env("AWS_ENDPOINT_URL_SESV2", url)
            .env("AWS_CONFIG_FILE", "/dev/null")
            .env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
            .env("SSL_CERT_FILE", &mail.roots)
            .env("AWS_CA_BUNDLE", &mail.roots)
    };
    let names = ["rust", "python", "rust-tls", "python-tls"];
    let url = |name: &str| if name.ends_with("tls") { &mail.tls_url } else { &mail.plain_url };
    let lambda = LocalLambda::start(names.iter().map(|name| function(name, url(name))).collect()).await?;

    // Not counted: Python compiles its modules on the first run, and all files come from the disk.
    for name in names {
        measure(&lambda, name, &mut Measured::default()).await?;
    }
    let mut measured: [Measured; 4] = Default::default();
    for _ in 0..ROUNDS {
        for (name, measured) in names.iter().zip(&mut measured) {
            measure(&lambda, name, measured).await?;
        }
    }
    let [rust, python, rust_tls, python_tls] = &measured;
    println!("create trigger, {ROUNDS} cold starts of each in turns; median (least..most)");
    print(("mail over TLS, as on AWS", rust_tls, python_tls));
    print(("mail without TLS", rust, python));
    println!("\nprogram: {:.1} MB", std::fs::metadata(ours)?.len() as f64 / 1e6);
    Ok(())
}

fn print((what, rust, python): (&str, &Measured, &Measured)) {
    println!("\n{what:<38} {:>24} {:>24} {:>8}", "Rust", "Python with boto3", "ratio");
    type Row = (&'static str, fn(&Measured) -> &Sample);
    let rows: [Row; 4] = [
        ("process start to first answer, ms", |measured| &measured.cold_millis),
        ("processor time until then, ms", |measured| &measured.cpu_millis),
        ("later answers, ms", |measured| &measured.warm_millis),
        ("peak resident memory, MiB", |measured| &measured.peak_mib),
    ];
    for (what, of) in rows {
        let (rust, python) = (of(rust), of(python));
        let ratio = python.median() / rust.median();
        println!("{what:<38} {:>24} {:>24} {:>7.1}x", rust.to_string(), python.to_string(), ratio);
    }
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
            "userAttributes": {"email": "jane@example.com", "email_verified": "true"},
            "challengeName": "CUSTOM_CHALLENGE",
            "session": [passed("SRP_A"), passed("PASSWORD_VERIFIER")],
            "userNotFound": false,
        },
        "response": {},
    })
}
