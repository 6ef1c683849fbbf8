//! A pool on a free port, and the program.

use std::{
    net::{Ipv4Addr, TcpListener},
    process::{Command, Stdio},
};

use axum::{
    Router,
    extract::Request,
    http::{Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use local_pool::{
    Pool,
    seed::{CLIENT, LOCAL_POOL},
};
use serde_json::Value;

/// What it said.
pub struct Said {
    pub exit: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    /// The codes of the faults, in their order.
    pub fn faults(&self) -> Vec<String> {
        self.of_kind("fault").iter().map(|fault| fault["code"].as_str().unwrap().to_owned()).collect()
    }

    /// The findings of a kind; it was asked for JSON.
    pub fn of_kind(&self, kind: &str) -> Vec<Value> {
        let report: Value = serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {} {}", self.out, self.err));
        assert_eq!(report["exitCode"], self.exit);
        report["findings"].as_array().unwrap().iter().filter(|finding| finding["kind"] == kind).cloned().collect()
    }

    /// The one fault that there is, with what was seen of it.
    pub fn one_fault(&self) -> (String, String) {
        let faults = self.of_kind("fault");
        assert_eq!(faults.len(), 1, "{}", self.out);
        (faults[0]["code"].as_str().unwrap().to_owned(), faults[0]["seen"].as_str().unwrap_or_default().to_owned())
    }
}

/// Runs the program with these arguments alone.
pub fn run(arguments: &[&str]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cognito-doctor"));
    let output = command.args(arguments).stdin(Stdio::null()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Said { exit: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

/// Asks about the seeded pool and its first client at this endpoint, for JSON; later arguments of a name replace these.
pub fn ask(endpoint: &str, arguments: &[&str]) -> Said {
    let mut all = vec!["--json", "--endpoint", endpoint];
    for (name, value) in [("--pool-id", LOCAL_POOL), ("--client-id", CLIENT)] {
        if !arguments.contains(&name) {
            all.extend([name, value]);
        }
    }
    all.extend(arguments);
    run(&all)
}

/// Serves an app until the process ends; the URL of its root.
pub fn serve(app: Router) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, app).await.unwrap();
        });
    });
    url
}

/// A pool as it starts.
pub fn pool() -> String {
    serve(local_pool::app(Pool::new()))
}

/// A pool behind a proxy that treats requests and replies so.
pub fn behind(proxy: Proxy) -> String {
    serve(local_pool::app(Pool::new()).layer(middleware::from_fn(move |request, next| pass(proxy, request, next))))
}

/// A proxy that is set up wrongly.
#[derive(Clone, Copy)]
pub enum Proxy {
    /// Knows nothing of CORS.
    WithoutCors,
    /// Passes `OPTIONS` on and forgets what the replies to `POST` need.
    CorsOfPreflightAlone,
    /// Takes pages of another origin alone.
    ForOtherOrigin,
    /// Has forgotten the header that names the operation.
    WithoutTarget,
    /// Keeps the time from scripts.
    HidingDate,
    /// Is one: whatever comes, a web ACL blocks.
    Forbidding,
}

async fn pass(proxy: Proxy, request: Request, next: Next) -> Response {
    let is_preflight = request.method() == Method::OPTIONS;
    match proxy {
        Proxy::WithoutCors if is_preflight => return StatusCode::NO_CONTENT.into_response(),
        Proxy::Forbidding => {
            let body = r#"{"__type":"ForbiddenException","message":"Request not allowed due to WAF block."}"#;
            return (StatusCode::BAD_REQUEST, body).into_response();
        }
        _ => {}
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    match proxy {
        Proxy::CorsOfPreflightAlone if !is_preflight => {
            headers.remove(header::ACCESS_CONTROL_ALLOW_ORIGIN);
        }
        Proxy::WithoutCors => {
            headers.remove(header::ACCESS_CONTROL_ALLOW_ORIGIN);
        }
        Proxy::ForOtherOrigin => {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, "https://other.example".parse().unwrap());
        }
        Proxy::WithoutTarget => {
            headers.remove(header::ACCESS_CONTROL_ALLOW_HEADERS);
            headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type".parse().unwrap());
        }
        Proxy::HidingDate => {
            headers.remove(header::ACCESS_CONTROL_EXPOSE_HEADERS);
        }
        Proxy::CorsOfPreflightAlone | Proxy::Forbidding => {}
    }
    response
}
