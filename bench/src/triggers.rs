//! Our create trigger beside one in Python with boto3: from the start of the process to the first answer, and the memory for it.
//!
//! Both run under the same Runtime API, are sent the same event, count in a table and mail, each at the same endpoint on this
//! machine, over TLS as on AWS and without. What Lambda adds to a cold start (a machine, the download of the program) is not in it.

use std::path::Path;

use anyhow::{Result, bail};
use local_lambda::{Function, LocalLambda, Outcome};
use serde_json::{Value, json};

use crate::{aws_service::AwsServices, statistics::Sample, usage};

/// Cold starts of each.
const ROUNDS: usize = 15;

/// Warm invocations after each cold start.
const WARM: usize = 20;

/// How a function speaks to AWS.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Transport {
    /// Without TLS.
    Plain,
    /// Over TLS, trusting as many roots as ours has built in.
    FewRoots,
    /// Over TLS, trusting what the system trusts.
    SystemRoots,
}

/// A function to be measured.
struct Contender {
    name: &'static str,
    rust: bool,
    transport: Transport,
}

const CONTENDERS: [Contender; 5] = [
    Contender { name: "rust-tls", rust: true, transport: Transport::FewRoots },
    Contender { name: "rust-tls-system", rust: true, transport: Transport::SystemRoots },
    // Boto3 comes with the roots of browsers, which are as many as systems have.
    Contender { name: "python-tls", rust: false, transport: Transport::SystemRoots },
    Contender { name: "rust-plain", rust: true, transport: Transport::Plain },
    Contender { name: "python-plain", rust: false, transport: Transport::Plain },
];

#[derive(Default)]
struct Measured {
    cold_millis: Sample,
    warm_millis: Sample,
    cpu_millis: Sample,
    peak_mib: Sample,
}

/// Runs all in turns and prints what was measured.
pub async fn run(ours: &Path, python: &Path, folder: &Path) -> Result<()> {
    let aws = AwsServices::start().await?;
    let functions = CONTENDERS.iter().map(|contender| function(contender, &aws, ours, python, folder)).collect();
    let lambda = LocalLambda::start(functions).await?;

    // Not counted: Python compiles its modules on the first run, and all files come from the disk.
    for contender in &CONTENDERS {
        measure(&lambda, contender.name, "warm-up", &mut Measured::default()).await?;
    }
    let mut measured: [Measured; 5] = Default::default();
    for round in 0..ROUNDS {
        for (contender, measured) in CONTENDERS.iter().zip(&mut measured) {
            measure(&lambda, contender.name, &format!("{}-{round}", contender.name), measured).await?;
        }
    }
    let [rust_tls, rust_system, python_tls, rust_plain, python_plain] = &measured;
    println!("create trigger with the table of attempts, {ROUNDS} cold starts of each in turns; median (least..most)");
    print(("over TLS, each with its own roots", rust_tls, python_tls));
    print(("over TLS, both with the system's roots", rust_system, python_tls));
    print(("without TLS", rust_plain, python_plain));
    println!(
        "\nBoto3 leaves its small writes to Nagle's algorithm: its later answers wait for acknowledgements. Its first hardly do."
    );
    println!("program: {:.1} MB", std::fs::metadata(ours)?.len() as f64 / 1e6);
    Ok(())
}

fn function(contender: &Contender, aws: &AwsServices, ours: &Path, python: &Path, folder: &Path) -> Function {
    let function = if contender.rust {
        Function::new(contender.name, ours)
    } else {
        let handler = ["-m", "awslambdaric", "create_auth_challenge.handler"];
        let function = handler.into_iter().fold(Function::new(contender.name, python), Function::arg);
        function.env("PYTHONPATH", folder).env("LAMBDA_TASK_ROOT", folder)
    };
    let url = |of: &crate::aws_service::Addresses| match contender.transport {
        Transport::Plain => of.plain_url.clone(),
        Transport::FewRoots | Transport::SystemRoots => of.tls_url.clone(),
    };
    let function = function
        .env("EMAIL_SENDER", "no-reply@example.com")
        .env("AWS_ENDPOINT_URL_SESV2", url(&aws.mail))
        .env("AWS_ENDPOINT_URL_DYNAMODB", url(&aws.table))
        .env("ATTEMPTS_TABLE", "attempts")
        // More than are mailed here to one person.
        .env("MAILS_PER_HOUR", "1000")
        .env("MAILS_PER_DAY", "1000")
        .env("AWS_CONFIG_FILE", "/dev/null")
        .env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
    match contender.transport {
        Transport::Plain => function,
        Transport::FewRoots => function.env("AWS_CA_BUNDLE", &aws.few_roots).env("SSL_CERT_FILE", &aws.few_roots),
        Transport::SystemRoots => function.env("AWS_CA_BUNDLE", &aws.system_roots).env("SSL_CERT_FILE", &aws.system_roots),
    }
}

fn print((what, rust, python): (&str, &Measured, &Measured)) {
    println!("\n{what:<40} {:>24} {:>24} {:>8}", "Rust", "Python with boto3", "ratio");
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
        println!("{what:<40} {:>24} {:>24} {:>7.1}x", rust.to_string(), python.to_string(), ratio);
    }
}

/// One cold start and some answers after it.
async fn measure(lambda: &LocalLambda, function: &str, sub: &str, measured: &mut Measured) -> Result<()> {
    lambda.stop(function).await;
    let event = event(sub).to_string().into_bytes();
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

/// The event of a sign-in whose password was right; nobody else's mails count for this `sub`.
fn event(sub: &str) -> Value {
    let passed = |challenge: &str| json!({"challengeName": challenge, "challengeResult": true, "challengeMetadata": null});
    json!({
        "version": "1",
        "region": "us-east-1",
        "userPoolId": "us-east-1_EXAMPLE",
        "userName": "6f1c5b1e-0f3c-4c11-9d6c-3c1f0a5a4a11",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": "1example23456789"},
        "triggerSource": "CreateAuthChallenge_Authentication",
        "request": {
            "userAttributes": {"sub": sub, "email": "jane@example.com", "email_verified": "true"},
            "challengeName": "CUSTOM_CHALLENGE",
            "session": [passed("SRP_A"), passed("PASSWORD_VERIFIER")],
            "userNotFound": false,
        },
        "response": {},
    })
}
