//! The functions by name, each with the queue to its supervisor and what can be seen of its process.

use std::{collections::BTreeMap, io, sync::Arc};

use axum::body::Bytes;
use serde_json::Value;
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinSet,
};

use crate::{
    Function, Invocation, InvokeError,
    logs::Logs,
    process::ProcessId,
    supervisor::{Request, Supervisor},
};

/// Lambda's limit for a synchronous invocation.
pub(crate) const MAX_REQUEST_BYTES: usize = 6 * 1024 * 1024;

pub(crate) struct Functions {
    by_name: BTreeMap<String, Running>,
}

struct Running {
    requests: mpsc::UnboundedSender<Request>,
    logs: Arc<Logs>,
    process_id: Arc<ProcessId>,
}

impl Functions {
    /// # Errors
    /// `InvalidInput` for a wrong name or one that is there twice.
    pub(crate) fn start(functions: Vec<Function>, supervisors: &mut JoinSet<()>) -> io::Result<Self> {
        let mut by_name = BTreeMap::new();
        for function in functions {
            function.check_name()?;
            let name = function.name.clone();
            let logs = Arc::new(Logs::new(function.print_logs.then(|| name.clone())));
            let process_id = Arc::new(ProcessId::default());
            let (requests, incoming) = mpsc::unbounded_channel();
            supervisors.spawn(Supervisor::new(function, Arc::clone(&logs), Arc::clone(&process_id)).run(incoming));
            if by_name.insert(name.clone(), Running { requests, logs, process_id }).is_some() {
                return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("two functions are named {name:?}")));
            }
        }
        Ok(Self { by_name })
    }

    pub(crate) fn contains(&self, function: &str) -> bool {
        self.by_name.contains_key(function)
    }

    pub(crate) async fn invoke(&self, function: &str, payload: Vec<u8>) -> Result<Invocation, InvokeError> {
        let running = self.by_name.get(function).ok_or_else(|| InvokeError::ResourceNotFound(function.to_owned()))?;
        if payload.len() > MAX_REQUEST_BYTES {
            return Err(InvokeError::RequestTooLarge);
        }
        let payload = if payload.is_empty() { b"{}".to_vec() } else { payload };
        // The parser's own message would quote the payload.
        serde_json::from_slice::<Value>(&payload).map_err(|_| InvokeError::InvalidRequestContent)?;
        let (reply, invocation) = oneshot::channel();
        running.requests.send(Request::Invoke { payload: Bytes::from(payload), reply }).map_err(|_| InvokeError::Stopped)?;
        invocation.await.map_err(|_| InvokeError::Stopped)
    }

    pub(crate) async fn stop(&self, function: &str) {
        let (reply, stopped) = oneshot::channel();
        if let Some(running) = self.by_name.get(function)
            && running.requests.send(Request::Stop { reply }).is_ok()
        {
            // An error means that the supervisor ended, and the process with it.
            let _ = stopped.await;
        }
    }

    pub(crate) fn logs(&self, function: &str) -> Vec<String> {
        self.by_name.get(function).map_or_else(Vec::new, |running| running.logs.lines())
    }

    pub(crate) fn process_id(&self, function: &str) -> Option<u32> {
        self.by_name.get(function).and_then(|running| running.process_id.get())
    }
}
