//! Functions that do not answer for a while hold up nobody but those who wait for them

use std::{sync::Arc, time::Duration};

use local_pool::{
    Pool,
    seed::{PASSWORD, SeededUser},
};
use tokio::{sync::Semaphore, task::JoinHandle};

use crate::{
    client::{Client, INCORRECT, Reply, USED, USER},
    lambda::{Answer, Lambda},
};

const OTHER: &str = "other@example.com";
/// Longer than a test may take: what waits for a function does not go on by itself.
const TRIGGER_TIMEOUT: Duration = Duration::from_secs(30);
const TEST_TIMEOUT: Duration = Duration::from_secs(25);

/// A pool with two users, one of whose sign-ins waits for a function.
struct Hanging {
    lambda: Lambda,
    client: Client,
    sign_in: JoinHandle<Reply>,
    go_on: Arc<Semaphore>,
}

impl Hanging {
    async fn in_function(function: &'static str) -> Self {
        let lambda = Lambda::default();
        let source = lambda.start().await;
        let change = |settings: &mut local_pool::Settings| {
            settings.trigger_source = source;
            settings.trigger_timeout = TRIGGER_TIMEOUT;
        };
        let client = Client::of(Pool::builder().with(change).build());
        client.pool.add_user(&SeededUser::new(OTHER, "USER_SRP_AUTH", "of this test"));
        let go_on = Arc::new(Semaphore::new(0));
        lambda.answer(function, Answer::When(Arc::clone(&go_on)));
        let sign_in = {
            let client = Client::of(client.pool.clone());
            tokio::spawn(async move { client.password("CUSTOM_AUTH", USER, PASSWORD).await })
        };
        while lambda.count(function) == 0 {
            tokio::task::yield_now().await;
        }
        Self { lambda, client, sign_in, go_on }
    }

    async fn end(self) -> Reply {
        self.go_on.add_permits(1000);
        self.sign_in.await.unwrap()
    }
}

async fn in_time<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(TEST_TIMEOUT, what).await.expect("nobody waits for a function of somebody else's")
}

#[tokio::test]
async fn somebody_else_signs_in_while_a_function_hangs() {
    let hanging = Hanging::in_function("create-auth-challenge").await;
    let tokens = in_time(hanging.client.tokens(OTHER)).await;
    let wrong = in_time(hanging.client.password("USER_SRP_AUTH", OTHER, "wrong")).await;
    assert_eq!(wrong.error(), INCORRECT);
    in_time(hanging.client.call("GetUser", serde_json::json!({"AccessToken": tokens.access()}))).await.ok();
    assert!(!hanging.sign_in.is_finished());
    // The function answers at last, and the sign-in goes on where it stood.
    let lambda = hanging.lambda.clone();
    assert_eq!(hanging.end().await.ok()["ChallengeName"], "CUSTOM_CHALLENGE");
    assert_eq!(lambda.count("create-auth-challenge"), 1);
}

#[tokio::test]
async fn a_proof_is_taken_once_though_its_function_hangs() {
    let hanging = Hanging::in_function("create-auth-challenge").await;
    let challenge = in_time(hanging.client.begin("CUSTOM_AUTH", OTHER)).await;
    let proof = hanging.client.proof(&challenge, PASSWORD, &hanging.client.timestamp());
    let first = {
        let (client, proof) = (Client::of(hanging.client.pool.clone()), proof.clone());
        tokio::spawn(async move { client.respond(&proof).await })
    };
    while hanging.lambda.count("create-auth-challenge") < 2 {
        tokio::task::yield_now().await;
    }
    let again = in_time(hanging.client.respond(&proof)).await;
    assert_eq!(again.error(), USED);
    hanging.end().await.ok();
    assert_eq!(first.await.unwrap().ok()["ChallengeName"], "CUSTOM_CHALLENGE");
}

#[tokio::test]
async fn a_reset_does_not_wait_and_ends_what_was_under_way() {
    let hanging = Hanging::in_function("create-auth-challenge").await;
    let pool = hanging.client.pool.clone();
    in_time(tokio::task::spawn_blocking(move || pool.reset())).await.unwrap();
    let pool = hanging.client.pool.clone();
    // A sign-in of before the reset gets no session after it, nor does anybody get its mail.
    let reply = hanging.end().await;
    assert_eq!((reply.status, reply.body["__type"].as_str()), (500, Some("InternalErrorException")));
    assert_eq!(pool.newest_code(USER), None);
}
