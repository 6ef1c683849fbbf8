//! Who knows the password guesses codes, over as many sign-ins as it takes

use std::time::Duration;

use local_pool::{
    CodeLength, Settings,
    seed::{PASSWORD, SeededUser},
};
use serde_json::{Value, json};

use crate::client::{Client, USER};

/// A code of six digits that is not the mailed one.
fn wrong_code(client: &Client) -> &'static str {
    if client.pool.newest_code(USER).as_deref() == Some("000000") { "000001" } else { "000000" }
}

async fn begin(client: &Client) -> Result<Value, String> {
    let reply = client.password("CUSTOM_AUTH", USER, PASSWORD).await;
    if reply.status == 200 { Ok(reply.ok()) } else { Err(reply.error()) }
}

/// Three wrong codes, or as many as are taken.
async fn guess(client: &Client, mut reply: Value) -> u32 {
    for guesses in 1..=3 {
        let answered = client.respond(&client.code_answer(&reply, USER, wrong_code(client))).await;
        if answered.status != 200 {
            return guesses;
        }
        reply = answered.ok();
    }
    3
}

/// The errors of an e-mail code that is refused, `minutes` long.
fn wait(trigger: &str, minutes: &str) -> String {
    let text = format!("There were too many attempts to sign in. Please wait {minutes}, then try again");
    format!("UserLambdaValidation: {trigger} failed with error {text}.")
}

/// Three sign-ins fail.
async fn lock(client: &Client) {
    for _ in 0..3 {
        let reply = begin(client).await.unwrap();
        guess(client, reply).await;
    }
}

#[tokio::test]
async fn a_hundred_and_twenty_sign_ins_are_refused_and_told_how_long() {
    let client = Client::new();
    let (mut guesses, mut refusals) = (0, Vec::new());
    for _ in 0..120 {
        match begin(&client).await {
            Ok(reply) => guesses += guess(&client, reply).await,
            Err(error) => refusals.push(error),
        }
    }
    assert_eq!((guesses, refusals.len()), (9, 117));
    assert!(refusals.iter().all(|refusal| *refusal == wait("CreateAuthChallenge", "1 minute")), "{refusals:?}");
}

#[tokio::test]
async fn the_wait_ends_and_a_right_code_forgets_it() {
    let client = Client::new();
    lock(&client).await;
    client.pool.advance_clock(Duration::from_secs(59));
    assert_eq!(begin(&client).await.unwrap_err(), wait("CreateAuthChallenge", "1 minute"));
    client.pool.advance_clock(Duration::from_secs(1));
    // A fourth one that fails brings a longer wait.
    guess(&client, begin(&client).await.unwrap()).await;
    assert_eq!(begin(&client).await.unwrap_err(), wait("CreateAuthChallenge", "2 minutes"));
    client.pool.advance_clock(Duration::from_secs(120));
    let reply = begin(&client).await.unwrap();
    let code = client.pool.newest_code(USER).unwrap();
    client.respond(&client.code_answer(&reply, USER, &code)).await.ok()["AuthenticationResult"].as_object().unwrap();
    lock(&client).await;
    assert_eq!(begin(&client).await.unwrap_err(), wait("CreateAuthChallenge", "1 minute"));
}

#[tokio::test]
async fn a_right_code_does_not_help_during_the_wait() {
    let client = Client::with(|builder| builder.with(|settings| settings.session_validity = Duration::from_secs(900)));
    let reply = begin(&client).await.unwrap();
    let code = client.pool.newest_code(USER).unwrap();
    lock(&client).await;
    let mut right = client.code_answer(&reply, USER, &code);
    right["ClientMetadata"] = json!({"locale": "ja"});
    let text = "VerifyAuthChallengeResponse failed with error サインインの試行回数が多すぎます。1分後にもう一度お試しください";
    assert_eq!(client.respond(&right).await.error(), format!("UserLambdaValidation: {text}."));
}

#[tokio::test]
async fn the_sign_in_that_brought_the_wait_keeps_its_tries() {
    let client = Client::new();
    for _ in 0..2 {
        guess(&client, begin(&client).await.unwrap()).await;
    }
    let reply = begin(&client).await.unwrap();
    let reply = client.respond(&client.code_answer(&reply, USER, wrong_code(&client))).await.ok();
    let code = client.pool.newest_code(USER).unwrap();
    assert_eq!(begin(&client).await.unwrap_err(), wait("CreateAuthChallenge", "1 minute"));
    client.respond(&client.code_answer(&reply, USER, &code)).await.ok()["AuthenticationResult"].as_object().unwrap();
    begin(&client).await.unwrap();
}

#[tokio::test]
async fn sixty_answers_at_once_are_one_answer() {
    let client = Client::new();
    let reply = begin(&client).await.unwrap();
    let wrong = client.code_answer(&reply, USER, wrong_code(&client));
    let mut answers = tokio::task::JoinSet::new();
    for _ in 0..60 {
        let (client, wrong) = (Client { app: client.app.clone(), pool: client.pool.clone(), ..Client::new() }, wrong.clone());
        answers.spawn(async move { client.respond(&wrong).await.status });
    }
    let statuses = answers.join_all().await;
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1);
}

#[tokio::test]
async fn others_and_strangers_wait_for_nobody() {
    let client = Client::new();
    lock(&client).await;
    let other = "other@example.com";
    client.pool.add_user(&SeededUser::new(other, "CUSTOM_AUTH", "somebody else"));
    client.password("CUSTOM_AUTH", other, PASSWORD).await.ok();
    // Nor does a factor that is not by mail.
    client.tokens(USER).await;
}

#[tokio::test]
async fn how_many_mails_an_hour_and_a_day_have_is_a_setting() {
    let limits = |hour, day| {
        let change = move |settings: &mut Settings| {
            (settings.triggers.mails_per_hour, settings.triggers.mails_per_day) = (hour, day);
        };
        Client::with(|builder| builder.with(change))
    };
    let client = limits(2, 10_000);
    for _ in 0..2 {
        begin(&client).await.unwrap();
    }
    assert_eq!(begin(&client).await.unwrap_err(), wait("CreateAuthChallenge", "60 minutes"));
    client.pool.advance_clock(Duration::from_secs(3600));
    begin(&client).await.unwrap();
    let client = limits(10_000, 2);
    for _ in 0..2 {
        begin(&client).await.unwrap();
        client.pool.advance_clock(Duration::from_secs(3600));
    }
    assert_eq!(begin(&client).await.unwrap_err(), wait("CreateAuthChallenge", "22 hours"));
}

#[tokio::test]
async fn a_reset_forgets_the_wait() {
    let client = Client::new();
    lock(&client).await;
    client.pool.reset();
    let client = Client::of(client.pool);
    begin(&client).await.unwrap();
}

#[tokio::test]
async fn settings_that_make_a_code_too_easy_to_guess_are_told() {
    let change = |settings: &mut Settings| {
        (settings.triggers.code_length, settings.triggers.max_attempts) = (CodeLength::new(4).unwrap(), 10);
    };
    let client = Client::with(|builder| builder.with(change));
    let error = client.password_error().await;
    assert!(error.starts_with("UnexpectedLambda: DefineAuthChallenge invocation failed due to error CODE_LENGTH"), "{error}");
    assert!(error.contains("set CODE_LENGTH to 5 or more, or MAX_ATTEMPTS to 5 or less"), "{error}");
}
