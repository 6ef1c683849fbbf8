//! Triggers as Lambda functions, behind something that plays Lambda's API

use std::time::Duration;

use local_pool::{
    Pool, TriggerSource,
    seed::{PASSWORD, SeededUser},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::{
    client::{Client, INCORRECT, USER},
    lambda::{Answer, Lambda},
};

async fn challenged(client: &Client) -> Value {
    let reply = client.password("CUSTOM_AUTH", USER, PASSWORD).await.ok();
    assert_eq!(reply["ChallengeName"], "CUSTOM_CHALLENGE");
    reply
}

/// What the service says when the sign-in comes to the function.
async fn error_of(function: &'static str, answer: Answer) -> String {
    let lambda = Lambda::default();
    let client = lambda.client().await;
    if function == "verify-auth-challenge-response" {
        let reply = challenged(&client).await;
        lambda.answer(function, answer);
        return client.respond(&client.code_answer(&reply, USER, "123456")).await.error();
    }
    if function == "create-auth-challenge" {
        lambda.answer(function, answer);
        return client.password("CUSTOM_AUTH", USER, PASSWORD).await.error();
    }
    lambda.answer(function, answer);
    client.password_error().await
}

#[tokio::test]
async fn a_sign_in_with_functions() {
    let lambda = Lambda::default();
    let client = lambda.client().await;
    let reply = challenged(&client).await;
    // The function mails on its own; here it has nowhere to.
    assert_eq!(client.pool.newest_code(USER), None);
    let event = lambda.newest("create-auth-challenge");
    assert_eq!(event["triggerSource"], "CreateAuthChallenge_Authentication");
    assert_eq!((&event["region"], &event["userPoolId"]), (&json!("us-east-1"), &json!("us-east-1_LocalPool")));
    assert_eq!(event["callerContext"]["clientId"], client.client_id);
    assert_eq!(event["request"]["userAttributes"]["email"], USER);
    let mut answer = client.code_answer(&reply, USER, "no code");
    answer["ClientMetadata"] = json!({"locale": "ja"});
    let reply = client.respond(&answer).await.ok();
    for function in ["verify-auth-challenge-response", "define-auth-challenge", "create-auth-challenge"] {
        assert_eq!(lambda.newest(function)["request"]["clientMetadata"], json!({"locale": "ja"}), "{function}");
    }
    // What the function kept private comes back to it, and to it alone.
    let code = lambda.newest("verify-auth-challenge-response")["request"]["privateChallengeParameters"]["answer"].clone();
    assert!(!reply.to_string().contains(code.as_str().unwrap()));
    let reply = client.respond(&client.code_answer(&reply, USER, code.as_str().unwrap())).await.ok();
    assert!(reply["AuthenticationResult"]["IdToken"].is_string());
}

#[tokio::test]
async fn strangers_look_the_same_to_clients_but_not_to_functions() {
    let lambda = Lambda::default();
    let client = lambda.client().await;
    let challenge = client.begin("CUSTOM_AUTH", "nobody@example.com").await;
    assert_eq!(lambda.newest("define-auth-challenge")["request"]["userNotFound"], json!(true));
    let proof = client.proof(&challenge, PASSWORD, &client.timestamp());
    assert_eq!(client.respond(&proof).await.error(), INCORRECT);
}

#[tokio::test]
async fn a_functions_error_is_for_the_person() {
    let told = json!({"errorMessage": "コードを送信できませんでした", "errorType": "MailFailed"});
    for (function, trigger) in [
        ("define-auth-challenge", "DefineAuthChallenge"),
        ("create-auth-challenge", "CreateAuthChallenge"),
        ("verify-auth-challenge-response", "VerifyAuthChallengeResponse"),
    ] {
        let error = error_of(function, Answer::Error(told.clone())).await;
        assert_eq!(error, format!("UserLambdaValidation: {trigger} failed with error コードを送信できませんでした."));
    }
    let untold = error_of("define-auth-challenge", Answer::Error(json!({"errorType": "Runtime.ExitError"}))).await;
    assert_eq!(untold, "UserLambdaValidation: DefineAuthChallenge failed with error Runtime.ExitError.");
}

#[tokio::test]
async fn answers_that_are_none() {
    let unrecognizable = "InvalidLambdaResponse: Unrecognizable lambda output";
    let invalid_json = "InvalidLambdaResponse: Invalid lambda function output : Invalid JSON";
    let response = |response: Value| json!({"response": response}).to_string();
    for (function, body, error) in [
        ("define-auth-challenge", String::new(), invalid_json),
        ("define-auth-challenge", "{".to_owned(), invalid_json),
        ("define-auth-challenge", "null".to_owned(), unrecognizable),
        ("define-auth-challenge", "[]".to_owned(), unrecognizable),
        ("define-auth-challenge", "{}".to_owned(), unrecognizable),
        ("define-auth-challenge", response(Value::Null), unrecognizable),
        ("define-auth-challenge", response(json!({})), unrecognizable),
        ("define-auth-challenge", response(json!({"challengeName": 7})), unrecognizable),
        ("define-auth-challenge", response(json!({"challengeName": "SRP_B"})), unrecognizable),
        ("define-auth-challenge", response(json!({"issueTokens": "true"})), unrecognizable),
        ("create-auth-challenge", response(json!({"publicChallengeParameters": "x"})), unrecognizable),
        ("create-auth-challenge", response(json!({"privateChallengeParameters": {"answer": 123_456}})), unrecognizable),
        ("create-auth-challenge", response(json!({"challengeMetadata": {}})), unrecognizable),
        ("verify-auth-challenge-response", response(json!({})), unrecognizable),
        ("verify-auth-challenge-response", response(json!({"answerCorrect": "true"})), unrecognizable),
    ] {
        assert_eq!(error_of(function, Answer::Body(body.clone())).await, error, "{function} {body}");
    }
}

#[tokio::test]
async fn a_function_without_an_answer_is_called_three_times() {
    let lambda = Lambda::default();
    let client = lambda.client().await;
    lambda.answer("create-auth-challenge", Answer::Never);
    assert_eq!(
        client.password("CUSTOM_AUTH", USER, PASSWORD).await.error(),
        "UnexpectedLambda: CreateAuthChallenge invocation failed due to error Socket timeout while invoking Lambda function."
    );
    assert_eq!(lambda.count("create-auth-challenge"), 3);
}

#[tokio::test]
async fn functions_that_are_not_there() {
    let refused = Answer::Refused(404, "ResourceNotFoundException");
    let error = error_of("define-auth-challenge", refused).await;
    assert_eq!(error, "UnexpectedLambda: DefineAuthChallenge invocation failed due to error ResourceNotFoundException.");
    // A port that was free a moment ago.
    let address = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let source = TriggerSource::Invoke { url: format!("http://{address}").parse().unwrap() };
    let client = Client::with(|builder| builder.with(|settings| settings.trigger_source = source));
    let error = client.password_error().await;
    assert!(error.starts_with("UnexpectedLambda: DefineAuthChallenge invocation failed due to error "), "{error}");
}

/// A function mails to this pool while the pool waits for it; others sign in, look at the inbox and ask for preflights meanwhile.
#[test]
fn functions_that_mail_hold_nobody_up() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let lambda = Lambda { ses: Some(address), ..Lambda::default() };
        let source = lambda.start().await;
        let pool = Pool::builder().with(|settings| settings.trigger_source = source).build();
        let users: Vec<String> = (0..8).map(|index| format!("user{index}@example.com")).collect();
        for user in &users {
            pool.add_user(&SeededUser::new(user, "CUSTOM_AUTH", "of this test"));
        }
        tokio::spawn(local_pool::serve(listener, pool.clone()));
        let sign_ins = users.into_iter().map(|user| {
            let client = Client::of(pool.clone());
            tokio::spawn(async move {
                let reply = client.password("CUSTOM_AUTH", &user, PASSWORD).await.ok();
                client.get("/").await.ok();
                let code = client.pool.newest_code(&user).unwrap();
                let reply = client.respond(&client.code_answer(&reply, &user, &code)).await.ok();
                assert!(reply["AuthenticationResult"]["IdToken"].is_string());
            })
        });
        let sign_ins: Vec<_> = sign_ins.collect();
        let all = async {
            for sign_in in sign_ins {
                sign_in.await.unwrap();
            }
        };
        tokio::time::timeout(Duration::from_secs(60), all).await.unwrap();
        // No call had to be made again.
        assert_eq!(lambda.count("create-auth-challenge"), 8);
    });
}

/// What needs no operation does not wait for one.
#[tokio::test]
async fn the_inbox_and_the_clock_do_not_wait_for_a_function() {
    let lambda = Lambda::default();
    let source = lambda.start().await;
    // Longer than a test may take.
    let change = |settings: &mut local_pool::Settings| {
        settings.trigger_source = source;
        settings.trigger_timeout = Duration::from_secs(2);
    };
    let client = Client::of(Pool::builder().with(change).build());
    lambda.answer("define-auth-challenge", Answer::Never);
    let waiting = {
        let client = Client { app: client.app.clone(), pool: client.pool.clone(), ..Client::new() };
        tokio::spawn(async move { client.password_error().await })
    };
    while lambda.count("define-auth-challenge") == 0 {
        tokio::task::yield_now().await;
    }
    for path in ["/", "/local/inbox", "/local/config", "/local/users"] {
        assert_eq!(client.get(path).await.status, 200, "{path}");
    }
    let preflight = axum::http::Request::options("/").body(axum::body::Body::empty()).unwrap();
    assert_eq!(client.send(preflight).await.status, 200);
    client.pool.advance_clock(Duration::from_secs(1));
    assert_eq!((client.pool.newest_code(USER), lambda.count("define-auth-challenge")), (None, 1));
    waiting.abort();
}
