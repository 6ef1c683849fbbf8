//! The local pool on a port of its own, with an ear in front of it that hears every request and can answer in its place.

use std::{
    collections::HashMap,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use local_pool::{Builder, Pool, seed::SeededUser};
use serde_json::Value;
use tokio::{net::TcpListener, runtime::Runtime, sync::watch};

use super::{Reached, until};

/// A pool that listens.
pub(crate) struct PoolServer {
    pub pool: Pool,
    pub url: String,
    /// What of the contract was reached, here and on the pages.
    pub reached: Arc<Reached>,
    address: SocketAddr,
    ear: Ear,
    /// Its own, so that stopping the pool ends its open connections as well.
    runtime: Mutex<Option<Runtime>>,
}

/// A request that the pool got.
#[derive(Clone, Debug)]
struct Heard {
    operation: String,
    body: String,
}

/// What is answered in the pool's place.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub status: u16,
    pub content_type: &'static str,
    pub body: &'static str,
}

type Change = fn(&mut Value);

#[derive(Default)]
struct Hearing {
    heard: Vec<Heard>,
    /// The next reply of an operation.
    answers: HashMap<&'static str, Answer>,
    /// Replies of an operation that wait until they may go.
    held: HashMap<&'static str, watch::Receiver<bool>>,
    /// Changes of an operation's replies.
    changes: HashMap<&'static str, Change>,
}

type Ear = Arc<Mutex<Hearing>>;

/// Holds replies back until it is dropped.
pub(crate) struct Hold(watch::Sender<bool>);

impl Drop for Hold {
    fn drop(&mut self) {
        let _ = self.0.send(true);
    }
}

impl PoolServer {
    /// A port for a pool that is not there yet, for whoever must know its address before it starts.
    pub fn bind() -> std::net::TcpListener {
        std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap()
    }

    pub fn start(listener: std::net::TcpListener, builder: Builder) -> Self {
        let address = listener.local_addr().unwrap();
        let url = format!("http://{address}");
        let pool = builder.with(|settings| settings.issuer_base = Some(url.clone())).build();
        let server = Self { pool, url, reached: Arc::default(), address, ear: Ear::default(), runtime: Mutex::default() };
        server.serve(listener);
        server
    }

    fn serve(&self, listener: std::net::TcpListener) {
        listener.set_nonblocking(true).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let ears = (self.ear.clone(), self.reached.clone());
        let app = Router::new().merge(local_pool::app(self.pool.clone())).layer(middleware::from_fn_with_state(ears, hear));
        runtime.spawn(async move {
            let listener = TcpListener::from_std(listener).unwrap();
            axum::serve(listener, app).await.unwrap();
        });
        *self.runtime.lock().unwrap() = Some(runtime);
    }

    /// Nobody answers on the pool's port any more.
    pub fn stop(&self) {
        let runtime = self.runtime.lock().unwrap().take();
        // On a thread of its own, because a runtime may not wait inside of another.
        let stop = || runtime.map(|runtime| runtime.shutdown_timeout(Duration::from_secs(5)));
        std::thread::scope(|scope| scope.spawn(stop).join().unwrap());
    }

    /// The pool answers again, on the same port.
    pub fn go_on(&self) {
        self.serve(std::net::TcpListener::bind(self.address).unwrap());
    }

    /// Moves the pool's clock.
    pub fn advance_secs(&self, secs: u64) {
        self.pool.advance_clock(Duration::from_secs(secs));
    }

    /// The pool's clock.
    pub fn now_secs(&self) -> u64 {
        u64::try_from(self.pool.now_millis()).unwrap() / 1000
    }

    /// Moves the pool's clock to where a code of an authenticator app has just begun, so that none ends in the midst of a test.
    pub fn begin_totp_step(&self) {
        self.advance_secs(31 - self.now_secs() % 30);
    }

    /// The newest code mailed to an address.
    pub async fn mailed_code(&self, to: &str) -> String {
        until(format!("a mail to {to}"), async || self.pool.newest_code(to)).await
    }

    /// Another user.
    pub fn add_user(&self, email: &str, change: impl FnOnce(&mut SeededUser)) {
        let mut user = SeededUser::new(email, "USER_SRP_AUTH", "for a test");
        change(&mut user);
        self.pool.add_user(&user);
    }

    /// The operations that were asked for, in their order.
    pub fn operations(&self) -> Vec<String> {
        self.ear.lock().unwrap().heard.iter().map(|heard| heard.operation.clone()).collect()
    }

    /// How often an operation was asked for.
    pub fn count(&self, operation: &str) -> usize {
        self.operations().iter().filter(|heard| *heard == operation).count()
    }

    /// Waits until an operation was asked for so often.
    pub async fn wait_for(&self, operation: &str, times: usize) {
        until(format!("{operation}, {times} times"), async || (self.count(operation) >= times).then_some(())).await;
    }

    /// The bodies of all requests.
    pub fn bodies(&self) -> Vec<String> {
        self.ear.lock().unwrap().heard.iter().map(|heard| heard.body.clone()).collect()
    }

    /// Answers the next request for an operation in the pool's place.
    pub fn answer_next(&self, operation: &'static str, answer: Answer) {
        self.ear.lock().unwrap().answers.insert(operation, answer);
    }

    /// Keeps the replies of an operation back for as long as the answer lives.
    pub fn hold(&self, operation: &'static str) -> Hold {
        let (sender, receiver) = watch::channel(false);
        self.ear.lock().unwrap().held.insert(operation, receiver);
        Hold(sender)
    }

    /// Changes all replies of an operation, as other triggers would.
    pub fn change_replies(&self, operation: &'static str, change: Change) {
        self.ear.lock().unwrap().changes.insert(operation, change);
    }
}

impl Drop for PoolServer {
    fn drop(&mut self) {
        if let Ok(Some(runtime)) = self.runtime.get_mut().map(Option::take) {
            runtime.shutdown_background();
        }
    }
}

async fn hear(State((ear, reached)): State<(Ear, Arc<Reached>)>, request: Request, next: Next) -> Response {
    let target = request.headers().get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
    let path = request.uri().path();
    // An operation, or an endpoint that takes forms.
    let operation =
        if target.is_empty() && path.starts_with("/oauth2/") { path } else { target.rsplit('.').next().unwrap_or_default() };
    let operation = operation.to_owned();
    if request.method() != Method::POST || operation.is_empty() {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    reached.hear(&body);
    let (answer, held, change) = {
        let mut hearing = ear.lock().unwrap();
        let text = String::from_utf8_lossy(&body).into_owned();
        hearing.heard.push(Heard { operation: operation.clone(), body: text });
        let operation = operation.as_str();
        (hearing.answers.remove(operation), hearing.held.get(operation).cloned(), hearing.changes.get(operation).copied())
    };
    let response = match answer {
        Some(answer) => {
            let headers = [(header::CONTENT_TYPE, answer.content_type), (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")];
            (StatusCode::from_u16(answer.status).unwrap(), headers, answer.body).into_response()
        }
        None => next.run(Request::from_parts(parts, Body::from(body))).await,
    };
    if let Some(mut held) = held {
        let _ = held.wait_for(|may_go| *may_go).await;
    }
    let (mut parts, body) = response.into_parts();
    let mut body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    if let (Some(change), Ok(mut json)) = (change, serde_json::from_slice::<Value>(&body)) {
        change(&mut json);
        parts.headers.remove(header::CONTENT_LENGTH);
        body = Bytes::from(json.to_string());
    }
    reached.hear(&body);
    Response::from_parts(parts, Body::from(body))
}
