//! One task for each function: it owns the process, starts it when an invocation needs it, and gives it one invocation at a time.

use std::{
    future::pending,
    io,
    process::ExitStatus,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::body::Bytes;
use tokio::{
    select,
    sync::{mpsc, oneshot},
    time::sleep_until,
};

use crate::{
    Function, Invocation, Outcome,
    exchange::{Event, Report},
    identifiers,
    logs::Logs,
    process::{Process, ProcessId},
    runtime_api::{self, RuntimeApi},
    variables::function_arn,
};

/// How long Lambda's init phase may take.
const INIT_TIMEOUT: Duration = Duration::from_secs(10);

pub(crate) enum Request {
    Invoke { payload: Bytes, reply: oneshot::Sender<Invocation> },
    Stop { reply: oneshot::Sender<()> },
}

pub(crate) struct Supervisor {
    function: Function,
    logs: Arc<Logs>,
    process_id: Arc<ProcessId>,
    environment: Option<Environment>,
}

/// What Lambda calls an execution environment: a process and its Runtime API, which no other process ever sees.
struct Environment {
    process: Process,
    runtime_api: RuntimeApi,
    started: Instant,
}

/// How an environment's work on an event ended.
enum End {
    Answered { outcome: Outcome, arrived: Instant },
    InitError(Outcome),
    Exited { status: io::Result<ExitStatus>, fetched: bool },
    TimedOut(Duration),
}

impl Supervisor {
    pub(crate) fn new(function: Function, logs: Arc<Logs>, process_id: Arc<ProcessId>) -> Self {
        Self { function, logs, process_id, environment: None }
    }

    /// Works until nobody can ask any more.
    pub(crate) async fn run(mut self, mut requests: mpsc::UnboundedReceiver<Request>) {
        loop {
            let request = select! {
                biased;
                // Between invocations, a process that ends is forgotten.
                () = exit(&mut self.environment) => {
                    self.end().await;
                    continue;
                }
                request = requests.recv() => request,
            };
            match request {
                Some(Request::Invoke { payload, reply }) => {
                    // Who asked may have gone away while others had their turn.
                    if !reply.is_closed() {
                        let invocation = self.invoke(payload).await;
                        self.logs.print(&summary(&invocation));
                        let _ = reply.send(invocation);
                    }
                }
                Some(Request::Stop { reply }) => {
                    self.end().await;
                    let _ = reply.send(());
                }
                None => return,
            }
        }
    }

    async fn invoke(&mut self, payload: Bytes) -> Invocation {
        let turn = Instant::now();
        let request_id = identifiers::request_id();
        let event = || Event {
            request_id: request_id.clone(),
            trace_id: identifiers::trace_id(),
            function_arn: function_arn(&self.function.name),
            timeout: self.function.timeout,
            payload: payload.clone(),
        };
        let kept = match &mut self.environment {
            Some(environment) => Some(environment.work(event(), self.function.timeout).await),
            None => None,
        };
        let (end, started) = match kept {
            // It ended after its last answer, and only now it is noticed: this invocation is none of its business.
            None | Some(End::Exited { fetched: false, .. }) => {
                let event = event();
                match self.start().await {
                    Ok(environment) => (environment.work(event, INIT_TIMEOUT).await, Some(environment.started)),
                    Err(error) => {
                        let outcome = Outcome::function_error(
                            "Runtime.InvalidEntrypoint",
                            format!("RequestId: {request_id} Error: cannot start {}: {error}", self.function.program.display()),
                        );
                        return Invocation { outcome, cold_start: None, duration: turn.elapsed() };
                    }
                }
            }
            Some(end) => (end, None),
        };
        let (error_type, reason) = match end {
            End::Answered { outcome, arrived } => {
                let cold_start = started.map(|started| arrived - started);
                return Invocation { outcome, cold_start, duration: arrived - turn };
            }
            End::InitError(outcome) => {
                self.end().await;
                return Invocation { outcome, cold_start: None, duration: turn.elapsed() };
            }
            End::Exited { status, .. } => ("Runtime.ExitError", exit_reason(&status)),
            End::TimedOut(limit) => ("Sandbox.Timedout", format!("Task timed out after {:.2} seconds", limit.as_secs_f64())),
        };
        let duration = turn.elapsed();
        self.end().await;
        let outcome = Outcome::function_error(error_type, format!("RequestId: {request_id} Error: {reason}"));
        Invocation { outcome, cold_start: None, duration }
    }

    /// Starts a new environment in the place of the old one.
    async fn start(&mut self) -> io::Result<&mut Environment> {
        self.end().await;
        let runtime_api = runtime_api::serve().await?;
        let started = Instant::now();
        let process = Process::start(&self.function, &runtime_api.address, &self.logs, &self.process_id)?;
        Ok(self.environment.insert(Environment { process, runtime_api, started }))
    }

    async fn end(&mut self) {
        if let Some(environment) = self.environment.take() {
            environment.process.end().await;
        }
    }
}

impl Environment {
    /// Gives the process an event and waits for what comes of it. The process has `fetch_limit` to ask for the event; then its
    /// timeout runs.
    async fn work(&mut self, event: Event, fetch_limit: Duration) -> End {
        let Self { process, runtime_api, .. } = self;
        let timeout = event.timeout;
        let mut fetched = false;
        let mut limit = fetch_limit;
        let mut deadline = tokio::time::Instant::now() + limit;
        // It fails where the API has ended, which ends this below.
        let _ = runtime_api.feed.events.send(event);
        loop {
            select! {
                // A process that answers and ends at once has answered.
                biased;
                Some(report) = runtime_api.feed.reports.recv() => match report {
                    Report::Fetched => {
                        fetched = true;
                        limit = timeout;
                        deadline = tokio::time::Instant::now() + limit;
                    }
                    Report::Answered { outcome, arrived } => return End::Answered { outcome, arrived },
                    Report::InitError(outcome) => return End::InitError(outcome),
                },
                status = process.wait() => return End::Exited { status, fetched },
                () = sleep_until(deadline) => return End::TimedOut(limit),
            }
        }
    }
}

/// Waits for the process to end by itself; forever, where there is none.
async fn exit(environment: &mut Option<Environment>) {
    match environment {
        Some(environment) => drop(environment.process.wait().await),
        None => pending().await,
    }
}

fn exit_reason(status: &io::Result<ExitStatus>) -> String {
    match status {
        Ok(status) if status.success() => "Runtime exited without providing a reason".to_owned(),
        Ok(status) => match status.code() {
            Some(code) => format!("Runtime exited with error: exit status {code}"),
            None => format!("Runtime exited with error: {status}"),
        },
        Err(error) => format!("Runtime exited with error: {error}"),
    }
}

/// The line that is printed for an invocation. It does not hold the payload or the response.
fn summary(invocation: &Invocation) -> String {
    let millis = |duration: Duration| format!("{:.2} ms", duration.as_secs_f64() * 1000.0);
    let outcome = match &invocation.outcome {
        Outcome::Response(bytes) => format!("{} bytes", bytes.len()),
        Outcome::FunctionError { error_type, error_message } => format!("{error_type}: {error_message}"),
    };
    let cold_start = invocation.cold_start.map_or_else(String::new, |cold_start| format!(", cold start {}", millis(cold_start)));
    format!("{outcome} in {}{cold_start}", millis(invocation.duration))
}
