//! Sign-ins through the deployed functions, and what they leave in the table.

use std::{
    collections::BTreeSet,
    sync::Arc,
    sync::atomic::{AtomicUsize, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

use local_lambda::{LocalLambda, Outcome};
use serde_json::{Value, json};

use crate::{
    events::event,
    fixture::{CREATE, VERIFY, answered, function, function_error, invoke},
    mail_service::mail_service,
    table::{self, Table},
};

/// Both functions, their table, and how many mails went out.
struct Stage {
    lambda: LocalLambda,
    table: Table,
    mails: Arc<AtomicUsize>,
}

impl Stage {
    async fn new(table: &str, variables: &[(&str, &str)]) -> Self {
        let (ses, mails) = mail_service().await;
        let functions = [CREATE, VERIFY].map(|name| {
            let function = function(name)
                .env("AWS_ENDPOINT_URL_SESV2", &ses)
                .env("AWS_ENDPOINT_URL_DYNAMODB", table::url())
                .env("ATTEMPTS_TABLE", table);
            variables.iter().fold(function, |function, (name, value)| function.env(name, value))
        });
        let lambda = LocalLambda::start(functions.into()).await.unwrap();
        Self { lambda, table: Table::create(table), mails }
    }

    /// A code that is mailed, as the event to answer it with.
    async fn begin(&self) -> Value {
        let created = answered(&invoke(&self.lambda, CREATE, &event("create-first")).await);
        to_answer(&created)
    }

    /// Why no code is mailed.
    async fn refused(&self) -> String {
        let invocation = invoke(&self.lambda, CREATE, &event("create-first")).await;
        let (kind, text) = function_error(&invocation);
        assert_eq!(kind, "Locked");
        text.to_owned()
    }

    async fn is_right(&self, answer: &Value) -> bool {
        answered(&invoke(&self.lambda, VERIFY, answer).await)["response"]["answerCorrect"].as_bool().unwrap()
    }

    /// Three sign-ins with a wrong answer each.
    async fn lock(&self) {
        for _ in 0..3 {
            assert!(!self.is_right(&wrong(self.begin().await)).await);
        }
    }

    async fn logs(&self) -> Vec<Value> {
        let mut lines = Vec::new();
        for name in [CREATE, VERIFY] {
            self.lambda.stop(name).await;
            lines.extend(self.lambda.logs(name));
        }
        lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// The event of `VerifyAuthChallengeResponse` with the right answer to what was created.
fn to_answer(created: &Value) -> Value {
    let mut answer = event("verify");
    let private = &created["response"]["privateChallengeParameters"];
    answer["request"]["challengeAnswer"] = private["answer"].clone();
    answer["request"]["privateChallengeParameters"] = private.clone();
    answer
}

fn wrong(mut answer: Value) -> Value {
    let right = answer["request"]["challengeAnswer"].clone();
    answer["request"]["challengeAnswer"] = json!(if right == "000000" { "000001" } else { "000000" });
    answer
}

#[tokio::test]
async fn three_failed_sign_ins_lock_until_the_wait_is_over() {
    let stage = Stage::new("lock", &[]).await;
    let waiting = stage.begin().await;
    stage.lock().await;
    let text = "There were too many attempts to sign in. Please wait 1 minute, then try again";
    assert_eq!(stage.refused().await, text);
    assert_eq!(stage.mails.load(Ordering::Relaxed), 4, "none for who has to wait");
    // A right code learns nothing, in the person's language.
    let mut japanese = waiting.clone();
    japanese["request"]["clientMetadata"] = json!({"locale": "ja"});
    let invocation = invoke(&stage.lambda, VERIFY, &japanese).await;
    assert_eq!(function_error(&invocation), ("Locked", "サインインの試行回数が多すぎます。1分後にもう一度お試しください"));
    assert_eq!(stage.table.record()["failed_sign_ins"], 3);
    // The wait ends, by the table's word.
    stage.table.change(|record| record["locked_until_secs"] = json!(record["locked_until_secs"].as_i64().unwrap() - 60));
    assert!(stage.is_right(&waiting).await);
    let record = stage.table.record();
    assert_eq!((&record["failed_sign_ins"], &record["locked_until_secs"]), (&json!(0), &json!(0)));
    assert_eq!(record["wrong_secs"].as_array().unwrap().len(), 3);
    stage.begin().await;
    // What a metric filter of CloudWatch counts.
    let logs = stage.logs().await;
    let locked: Vec<&Value> = logs.iter().filter(|line| line["event"] == "attempts_locked").collect();
    assert_eq!(locked.len(), 3, "the start of the wait and two refusals: {logs:?}");
    assert!(locked.iter().all(|line| line["level"] == "WARN" && line["wait_secs"].as_u64().unwrap() <= 60));
}

#[tokio::test]
async fn the_table_holds_times_and_numbers_and_nobodys_address() {
    let stage = Stage::new("contents", &[]).await;
    let answer = stage.begin().await;
    assert!(!stage.is_right(&wrong(answer.clone())).await);
    let items = stage.table.items();
    let item = items[0].as_object().unwrap();
    let names: BTreeSet<&str> = item.keys().map(String::as_str).collect();
    assert_eq!(names, BTreeSet::from(["expires_at", "record", "sub", "version"]));
    assert_eq!(item["sub"]["S"], event("verify")["request"]["userAttributes"]["sub"]);
    assert_eq!(item["version"]["N"], "2");
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let expires_at: u64 = item["expires_at"]["N"].as_str().unwrap().parse().unwrap();
    assert!((now + 86_000..=now + 86_400).contains(&expires_at), "{expires_at}");
    let code = answer["request"]["challengeAnswer"].as_str().unwrap();
    for text in [items[0].to_string(), format!("{:?}", stage.logs().await)] {
        for secret in ["jane", "@", "example.com", &format!("\"{code}\"")] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}

#[tokio::test]
async fn mails_are_counted_and_mistyped_codes_are_none() {
    let stage = Stage::new("mails", &[("MAILS_PER_HOUR", "2")]).await;
    let mut mistyped = event("create-first");
    let first = answered(&invoke(&stage.lambda, CREATE, &mistyped).await);
    let metadata = first["response"]["challengeMetadata"].clone();
    let entry = json!({"challengeName": "CUSTOM_CHALLENGE", "challengeResult": false, "challengeMetadata": metadata});
    mistyped["request"]["session"].as_array_mut().unwrap().push(entry);
    for _ in 0..3 {
        let again = answered(&invoke(&stage.lambda, CREATE, &mistyped).await);
        assert_eq!(again["response"], first["response"]);
    }
    stage.begin().await;
    let text = "There were too many attempts to sign in. Please wait 60 minutes, then try again";
    assert_eq!(stage.refused().await, text);
    assert_eq!(stage.mails.load(Ordering::Relaxed), 2);
    assert_eq!(stage.table.record()["mails_secs"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn answers_that_race_have_as_many_tries_as_one_after_another() {
    let stage = Stage::new("race", &[]).await;
    // As Lambda has several processes of a function, and each an answer.
    let mut others = Vec::new();
    for _ in 0..3 {
        let verify = function(VERIFY).env("AWS_ENDPOINT_URL_DYNAMODB", table::url()).env("ATTEMPTS_TABLE", &stage.table.name);
        others.push(Arc::new(LocalLambda::start(vec![verify]).await.unwrap()));
    }
    let right = stage.begin().await;
    let wrong = wrong(right.clone());
    let mut answers = tokio::task::JoinSet::new();
    for other in others.iter().cycle().take(12) {
        let (other, wrong) = (Arc::clone(other), wrong.clone());
        answers.spawn(async move { invoke(&other, VERIFY, &wrong).await });
    }
    for invocation in answers.join_all().await {
        if let Outcome::Response(_) = invocation.outcome {
            assert_eq!(answered(&invocation)["response"]["answerCorrect"], false);
        }
    }
    let record = stage.table.record();
    assert_eq!(record["wrong_secs"].as_array().unwrap().len(), 3);
    assert_eq!((&record["failed_sign_ins"], &record["tried"][0]["tries"]), (&json!(1), &json!(3)));
    assert!(!stage.is_right(&right).await, "the code has had its tries");
}
