//! Many answers to one challenge at the same moment: one is taken, whatever the order

use std::sync::Arc;

use local_pool::{
    Pool,
    seed::{CHOICE_CLIENT, MFA_PICK_CLIENT, PASSWORD, TOTP_SECRET},
};
use serde_json::{Value, json};
use tokio::sync::{Barrier, Semaphore};

use crate::{
    client::{Client, INCORRECT, USED, USER},
    lambda::{Answer, Lambda},
};

const ANSWERS: usize = 60;

/// Sends the answer from as many tasks as there are answers, which begin together; gives the replies of those that were taken and the
/// errors of the others.
async fn answer_at_once(client: &Client, answer: &Value) -> (Vec<Value>, Vec<String>) {
    let barrier = Arc::new(Barrier::new(ANSWERS));
    let tasks: Vec<_> = (0..ANSWERS)
        .map(|_| {
            let client =
                Client { app: client.app.clone(), client_id: client.client_id.clone(), ..Client::of(client.pool.clone()) };
            let (barrier, answer) = (Arc::clone(&barrier), answer.clone());
            tokio::spawn(async move {
                barrier.wait().await;
                client.respond(&answer).await
            })
        })
        .collect();
    let (mut taken, mut refused) = (Vec::new(), Vec::new());
    for task in tasks {
        let reply = task.await.unwrap();
        if reply.status == 200 { taken.push(reply.ok()) } else { refused.push(reply.error()) }
    }
    (taken, refused)
}

/// One is taken, and leads to `next` (tokens where there is none); all others hear the same.
async fn one_is_taken(client: &Client, answer: &Value, next: Option<&str>, others: &str) {
    let (taken, refused) = answer_at_once(client, answer).await;
    assert_eq!((taken.len(), refused.len()), (1, ANSWERS - 1));
    assert_eq!(taken[0]["ChallengeName"].as_str(), next);
    assert_eq!(taken[0]["AuthenticationResult"]["AccessToken"].is_string(), next.is_none());
    assert!(refused.iter().all(|error| error == others), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_proof_of_a_secret_block_is_taken() {
    let client = Client::new();
    let challenge = client.begin("USER_SRP_AUTH", USER).await;
    let proof = client.proof(&challenge, PASSWORD, &client.timestamp());
    one_is_taken(&client, &proof, None, INCORRECT).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_proof_of_a_session_is_taken() {
    let client = Client::new();
    let challenge = client.begin("CUSTOM_AUTH", USER).await;
    let proof = client.proof(&challenge, PASSWORD, &client.timestamp());
    one_is_taken(&client, &proof, Some("CUSTOM_CHALLENGE"), USED).await;
}

/// The first of them uses the block up and counts as one wrong password; the others hit nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_wrong_proof_is_counted() {
    let client = Client::new();
    let challenge = client.begin("USER_SRP_AUTH", USER).await;
    let wrong = client.proof(&challenge, "wrong", &client.timestamp());
    let (taken, refused) = answer_at_once(&client, &wrong).await;
    assert_eq!((taken, refused), (Vec::new(), vec![INCORRECT.to_owned(); ANSWERS]));
    // Five would have locked the user.
    client.tokens(USER).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_code_of_the_authenticator_app_is_taken() {
    let client = Client::new();
    let reply = client.password("USER_SRP_AUTH", "totp@example.com", PASSWORD).await.ok();
    assert_eq!(reply["ChallengeName"], "SOFTWARE_TOKEN_MFA");
    let answer = client.code_answer(&reply, "totp@example.com", &client.totp(TOTP_SECRET, 0));
    one_is_taken(&client, &answer, None, USED).await;
}

/// The same code in two sign-ins at once: it counts in one of them.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_code_serves_one_of_two_sign_ins() {
    let client = Client::new();
    let code = client.totp(TOTP_SECRET, 0);
    let mut answers = Vec::new();
    for _ in 0..2 {
        let reply = client.password("USER_SRP_AUTH", "totp@example.com", PASSWORD).await.ok();
        answers.push(client.code_answer(&reply, "totp@example.com", &code));
    }
    let (first, second) = tokio::join!(client.respond(&answers[0]), client.respond(&answers[1]));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_code_by_text_message_is_taken() {
    let client = Client::new();
    let reply = client.password("USER_SRP_AUTH", "sms@example.com", PASSWORD).await.ok();
    assert_eq!(reply["ChallengeName"], "SMS_MFA");
    let user = client.pool.seed().users.iter().find(|user| user.email == "sms@example.com").unwrap();
    let code = client.pool.newest_code(user.phone_number.as_deref().unwrap()).unwrap();
    let answer = client.code_answer(&reply, "sms@example.com", &code);
    one_is_taken(&client, &answer, None, USED).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_choice_of_a_first_factor_is_taken() {
    let client = Client::of_pool("LocalChoice", CHOICE_CLIENT);
    let name = "choose-factor@example.com";
    for (choice, next) in [("PASSWORD", None), ("EMAIL_OTP", Some("EMAIL_OTP"))] {
        let reply = client.initiate("USER_AUTH", json!({"USERNAME": name})).await.ok();
        let responses = json!({"USERNAME": name, "ANSWER": choice, "PASSWORD": PASSWORD});
        one_is_taken(&client, &client.answer("SELECT_CHALLENGE", &reply["Session"], responses), next, USED).await;
    }
    assert_eq!(client.get("/local/inbox").await.ok().as_array().unwrap().len(), 1);
}

/// The second one comes while the message of the first is being worded.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_address_for_a_second_factor_is_taken() {
    let lambda = Lambda::default();
    let source = lambda.start().await;
    let pool = Pool::builder().with(|settings| settings.trigger_source = source).build();
    let client = Client { pool_name: "LocalMfaPick", ..Client::of(pool).with_client(MFA_PICK_CLIENT) };
    let permits = Arc::new(Semaphore::new(0));
    lambda.answer("custom-message", Answer::When(Arc::clone(&permits)));
    let name = "mfa-pick@example.com";
    let reply = client.password("USER_SRP_AUTH", name, PASSWORD).await.ok();
    let answer = client.answer("MFA_SETUP", &reply["Session"], json!({"USERNAME": name, "EMAIL": name}));
    let second = async {
        while lambda.count("custom-message") < 1 {
            tokio::task::yield_now().await;
        }
        let mut again = std::pin::pin!(client.respond(&answer));
        let waits_too = async {
            while lambda.count("custom-message") < 2 {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            reply = &mut again => {
                permits.add_permits(1);
                reply
            }
            () = waits_too => {
                permits.add_permits(2);
                again.await
            }
        }
    };
    let (first, second) = tokio::join!(client.respond(&answer), second);
    assert_eq!(first.ok()["ChallengeName"], "EMAIL_OTP");
    assert_eq!(second.error(), USED);
    assert_eq!(lambda.count("custom-message"), 1);
}

/// Both ask while the messages of both are being worded.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_of_two_users_gets_an_address() {
    let lambda = Lambda::default();
    let source = lambda.start().await;
    let client = Client::of(Pool::builder().with(|settings| settings.trigger_source = source).build());
    let permits = Arc::new(Semaphore::new(0));
    lambda.answer("custom-message", Answer::When(Arc::clone(&permits)));
    let (one, two) = (client.tokens(USER).await, client.tokens("srp@example.com").await);
    let wish = async |access_token: &str| {
        let attributes = json!([{"Name": "email", "Value": "wanted@example.com"}]);
        client.call("UpdateUserAttributes", json!({"AccessToken": access_token, "UserAttributes": attributes})).await
    };
    let both_wait = async {
        while lambda.count("custom-message") < 2 {
            tokio::task::yield_now().await;
        }
        permits.add_permits(2);
    };
    let (one, two, ()) = tokio::join!(wish(one.access()), wish(two.access()), both_wait);
    let (taken, refused): (Vec<_>, Vec<_>) = [one, two].into_iter().partition(|reply| reply.status == 200);
    let errors: Vec<String> = refused.into_iter().map(|reply| reply.error()).collect();
    assert_eq!((taken.len(), errors), (1, vec!["AliasExists: An account with the given email already exists.".to_owned()]));
}
