//! What passes between the supervisor of a process and the process: events one way, reports the other.
//!
//! The states and what is refused in which are those of the [runtime interface emulator] that AWS publishes: an id other than the
//! current one's is 400, an answer in the wrong state 403, and `next` before the answer hands out the same event again.
//!
//! [runtime interface emulator]: https://github.com/aws/aws-lambda-runtime-interface-emulator

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant, SystemTime},
};

use axum::body::Bytes;
use tokio::sync::{Mutex as AsyncMutex, mpsc};

use crate::Outcome;

/// An invocation as the process sees it.
pub(crate) struct Event {
    pub(crate) request_id: String,
    pub(crate) trace_id: String,
    pub(crate) function_arn: String,
    pub(crate) timeout: Duration,
    pub(crate) payload: Bytes,
}

/// An event in the hands of the process.
#[derive(Clone)]
pub(crate) struct Fetched {
    pub(crate) event: Arc<Event>,
    pub(crate) deadline_millis: u128,
}

/// What the process did.
pub(crate) enum Report {
    Fetched,
    Answered { outcome: Outcome, arrived: Instant },
    InitError(Outcome),
}

/// Why the process is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// That is not the id of the current invocation.
    InvalidRequestId,
    /// Not now: answered already, or no longer starting.
    InvalidStateTransition,
    /// The process is about to be killed.
    Closed,
}

enum Phase {
    Starting,
    InitFailed,
    Running(Fetched),
    /// Answered, or waiting for the next event; with the id of the last one.
    Idle(Option<String>),
}

/// The side of the process.
pub(crate) struct Exchange {
    events: AsyncMutex<mpsc::UnboundedReceiver<Event>>,
    reports: mpsc::UnboundedSender<Report>,
    phase: Mutex<Phase>,
}

/// The side of the supervisor. Dropped, it releases a process that waits.
pub(crate) struct Feed {
    pub(crate) events: mpsc::UnboundedSender<Event>,
    pub(crate) reports: mpsc::UnboundedReceiver<Report>,
}

/// Both sides, for a process that is about to start.
pub(crate) fn exchange() -> (Exchange, Feed) {
    let (events, incoming) = mpsc::unbounded_channel();
    let (reports, outgoing) = mpsc::unbounded_channel();
    let exchange = Exchange { events: AsyncMutex::new(incoming), reports, phase: Mutex::new(Phase::Starting) };
    (exchange, Feed { events, reports: outgoing })
}

impl Exchange {
    /// Waits for the next event. Cancel safe: no event is lost with a caller that went away while it waited.
    pub(crate) async fn next(&self) -> Result<Fetched, Refusal> {
        {
            let mut phase = self.phase();
            match &*phase {
                Phase::Running(fetched) => return Ok(fetched.clone()),
                Phase::InitFailed => return Err(Refusal::InvalidStateTransition),
                Phase::Starting => *phase = Phase::Idle(None),
                Phase::Idle(_) => {}
            }
        }
        let event = self.events.lock().await.recv().await.ok_or(Refusal::Closed)?;
        let deadline = SystemTime::now() + event.timeout;
        let deadline_millis = deadline.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_millis();
        let fetched = Fetched { event: Arc::new(event), deadline_millis };
        *self.phase() = Phase::Running(fetched.clone());
        self.report(Report::Fetched);
        Ok(fetched)
    }

    /// Takes the answer to the current invocation.
    pub(crate) fn answer(&self, request_id: &str, outcome: Outcome) -> Result<(), Refusal> {
        let arrived = Instant::now();
        let mut phase = self.phase();
        match &*phase {
            Phase::Running(fetched) if fetched.event.request_id == request_id => {
                *phase = Phase::Idle(Some(request_id.to_owned()));
                self.report(Report::Answered { outcome, arrived });
                Ok(())
            }
            Phase::Idle(Some(last)) if last == request_id => Err(Refusal::InvalidStateTransition),
            _ => Err(Refusal::InvalidRequestId),
        }
    }

    /// Takes the report of a process that could not start.
    pub(crate) fn fail_init(&self, outcome: Outcome) -> Result<(), Refusal> {
        let mut phase = self.phase();
        if !matches!(*phase, Phase::Starting) {
            return Err(Refusal::InvalidStateTransition);
        }
        *phase = Phase::InitFailed;
        self.report(Report::InitError(outcome));
        Ok(())
    }

    fn phase(&self) -> MutexGuard<'_, Phase> {
        self.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn report(&self, report: Report) {
        // Nobody listens any more when the process is about to be killed.
        let _ = self.reports.send(report);
    }
}
