//! A function's process and its two pipes.

use std::{
    io,
    process::{ExitStatus, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use tokio::{
    process::{Child, Command},
    task::JoinSet,
    time::timeout,
};

use crate::{Function, logs::Logs, variables::variables};

/// How long the pipes of an ended process are read on: a process that it started may hold them open.
const LAST_LINES: Duration = Duration::from_secs(1);

/// The id of the process that runs, if one does.
#[derive(Default)]
pub(crate) struct ProcessId(AtomicU32);

impl ProcessId {
    pub(crate) fn get(&self) -> Option<u32> {
        Some(self.0.load(Ordering::Relaxed)).filter(|id| *id != 0)
    }
}

/// Killed when dropped.
pub(crate) struct Process {
    child: Child,
    id: Arc<ProcessId>,
    /// The tasks that read its pipes.
    readers: JoinSet<()>,
}

impl Process {
    /// Starts the program with nothing of this process's environment.
    ///
    /// # Errors
    /// Where the program cannot be started.
    pub(crate) fn start(function: &Function, runtime_api: &str, logs: &Arc<Logs>, id: &Arc<ProcessId>) -> io::Result<Self> {
        let (program, task_root) = function.program_and_task_root()?;
        let mut child = Command::new(program)
            .args(&function.arguments)
            .env_clear()
            .envs(variables(&function.name, &task_root, runtime_api))
            .envs(function.variables.iter().map(|(name, value)| (name, value)))
            .current_dir(task_root)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        id.0.store(child.id().unwrap_or_default(), Ordering::Relaxed);
        let mut readers = JoinSet::new();
        if let Some(stdout) = child.stdout.take() {
            let logs = Arc::clone(logs);
            readers.spawn(async move { logs.keep(stdout).await });
        }
        if let Some(stderr) = child.stderr.take() {
            let logs = Arc::clone(logs);
            readers.spawn(async move { logs.keep(stderr).await });
        }
        Ok(Self { child, id: Arc::clone(id), readers })
    }

    /// Waits until the process ends by itself. Cancel safe.
    pub(crate) async fn wait(&mut self) -> io::Result<ExitStatus> {
        self.child.wait().await
    }

    /// Kills the process, if it still runs, and reads what it wrote to the end.
    pub(crate) async fn end(mut self) {
        // An error means that it ended already.
        let _ = self.child.kill().await;
        let _ = timeout(LAST_LINES, async { while self.readers.join_next().await.is_some() {} }).await;
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.id.0.store(0, Ordering::Relaxed);
    }
}
