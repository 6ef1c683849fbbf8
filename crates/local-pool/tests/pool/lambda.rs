//! Something that plays Lambda's API, for the tests.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing,
};
use local_pool::{Pool, TriggerSource};
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::Semaphore};
use triggers::{Messages, RandomnessFailed, Settings};

use crate::{client::Client, ses::Signer};

/// In place of a function's own answer.
#[derive(Clone)]
pub enum Answer {
    /// 200 with this body.
    Body(String),
    /// 200, `X-Amz-Function-Error` and this body.
    Error(Value),
    /// Lambda itself refuses.
    Refused(u16, &'static str),
    /// None.
    Never,
    /// Its own answer, once there is a permit, which it uses up.
    When(Arc<Semaphore>),
}

/// Plays Lambda with the project's own triggers, but for the functions whose answers are given.
#[derive(Clone, Default)]
pub struct Lambda {
    pub answers: Arc<Mutex<HashMap<&'static str, Answer>>>,
    /// Names and events.
    pub invoked: Arc<Mutex<Vec<(String, Value)>>>,
    /// Where `create-auth-challenge` mails to.
    pub ses: Option<String>,
}

impl Lambda {
    pub async fn start(&self) -> TriggerSource {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let path = "/2015-03-31/functions/{function}/invocations";
        let app = Router::new().route(path, routing::post(invoke)).with_state(self.clone());
        tokio::spawn(async { axum::serve(listener, app).await });
        TriggerSource::Invoke { url: url.parse().unwrap() }
    }

    /// A client of a pool whose triggers are here; the pool's clock is the machine's.
    pub async fn client(&self) -> Client {
        let source = self.start().await;
        let change = |settings: &mut local_pool::Settings| {
            settings.trigger_source = source;
            settings.trigger_timeout = Duration::from_millis(300);
        };
        Client::of(Pool::builder().with(change).build())
    }

    pub fn answer(&self, function: &'static str, answer: Answer) {
        self.answers.lock().unwrap().insert(function, answer);
    }

    pub fn count(&self, function: &str) -> usize {
        self.invoked.lock().unwrap().iter().filter(|(name, _)| name == function).count()
    }

    pub fn newest(&self, function: &str) -> Value {
        let invoked = self.invoked.lock().unwrap();
        invoked.iter().rev().find(|(name, _)| name == function).unwrap().1.clone()
    }
}

async fn invoke(State(lambda): State<Lambda>, Path(function): Path<String>, Json(event): Json<Value>) -> Response {
    lambda.invoked.lock().unwrap().push((function.clone(), event.clone()));
    let answer = lambda.answers.lock().unwrap().get(function.as_str()).cloned();
    match answer {
        None => Json(run(&lambda, &function, event).await).into_response(),
        Some(Answer::Body(body)) => body.into_response(),
        Some(Answer::Error(body)) => ([("X-Amz-Function-Error", "Unhandled")], Json(body)).into_response(),
        Some(Answer::Refused(status, error_type)) => {
            let status = StatusCode::from_u16(status).unwrap();
            (status, [("x-amzn-ErrorType", error_type)], Json(json!({"Message": "x"}))).into_response()
        }
        Some(Answer::Never) => std::future::pending().await,
        Some(Answer::When(permits)) => {
            permits.acquire().await.unwrap().forget();
            Json(run(&lambda, &function, event).await).into_response()
        }
    }
}

async fn run(lambda: &Lambda, function: &str, event: Value) -> Value {
    let now_secs = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs().try_into().unwrap();
    let (settings, messages) = (Settings::default(), Messages::built_in());
    let mut fill = |bytes: &mut [u8]| getrandom::fill(bytes).map_err(|_| RandomnessFailed);
    match function {
        "define-auth-challenge" => json!(triggers::define_auth_challenge(serde_json::from_value(event).unwrap(), &settings)),
        "create-auth-challenge" => {
            let event = serde_json::from_value(event).unwrap();
            let created = triggers::create_auth_challenge(event, &settings, &messages, now_secs, &mut fill).unwrap();
            if let (Some(mail), Some(ses)) = (created.mail, lambda.ses.clone()) {
                tokio::task::spawn_blocking(move || mail_through_ses(&ses, &mail)).await.unwrap();
            }
            json!(created.event)
        }
        "verify-auth-challenge-response" => {
            json!(triggers::verify_auth_challenge_response(serde_json::from_value(event).unwrap(), now_secs))
        }
        "custom-message" => json!(triggers::custom_message(serde_json::from_value(event).unwrap(), &settings, &messages)),
        other => panic!("{other} was invoked"),
    }
}

/// Answers only once the mail was taken, as the function does.
fn mail_through_ses(address: &str, mail: &triggers::Mail) {
    let content = |data: &str| json!({"Data": data, "Charset": "UTF-8"});
    let body = json!({
        "FromEmailAddress": "no-reply@example.com",
        "Destination": {"ToAddresses": [mail.to]},
        "Content": {"Simple": {
            "Subject": content(&mail.subject),
            "Body": {"Text": content(&mail.text), "Html": content(&mail.html)},
        }},
    });
    let body = body.to_string();
    let mut request = ureq::post(format!("http://{address}/v2/email/outbound-emails"));
    for (name, value) in Signer::default().sign(address, body.as_bytes()) {
        request = request.header(name, value);
    }
    request.send(body).unwrap();
}
