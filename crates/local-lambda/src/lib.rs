//! Runs Lambda function binaries on this machine, under the Runtime API that AWS Lambda gives them.
//!
//! A function is an executable as for `provided.al2023`. Its process finds a [Runtime API] on a port of its own and the
//! environment variables that Lambda sets; in front of all functions stands Lambda's [Invoke API].
//!
//! ```no_run
//! # async fn run() -> std::io::Result<()> {
//! use local_lambda::{Function, LocalLambda};
//!
//! let function = Function::new("define-auth-challenge", "target/debug/define-auth-challenge").env("CODE_LENGTH", "6");
//! let lambda = LocalLambda::start(vec![function]).await?;
//! println!("POST {}/2015-03-31/functions/define-auth-challenge/invocations", lambda.url());
//! let invocation = lambda.invoke("define-auth-challenge", b"{}".to_vec()).await;
//! # Ok(())
//! # }
//! ```
//!
//! A function has one process, started by the first invocation and kept. It answers one invocation at a time; the others wait in
//! the order of their arrival. Where Lambda would start a second process, this does not. A process that runs into its timeout, or
//! ends, is replaced at the next invocation. Dropping [`LocalLambda`] kills the processes and closes the listeners.
//!
//! # What it does not do
//!
//! No isolation, no memory limit, no freezing between invocations, no extensions, no SnapStart. The Invoke API checks no signature;
//! it listens where its caller says, by default on the loopback address. Both APIs refuse what a web page sends, and requests to any
//! host but 127.0.0.1, `[::1]` and localhost. What a function's process has itself started is not killed with it.
//!
//! [Runtime API]: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
//! [Invoke API]: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html

mod body;
mod callers;
mod exchange;
mod function;
mod functions;
mod identifiers;
mod invocation;
mod invoke_api;
mod logs;
mod process;
mod runtime_api;
mod supervisor;
mod variables;

use std::{
    fmt, io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

pub use function::Function;
use functions::Functions;
pub use invocation::{Invocation, InvokeError, Outcome};
use tokio::{net::TcpListener, sync::oneshot, task::JoinSet};
pub use variables::{ACCESS_KEY_ID, REGION, SECRET_ACCESS_KEY};

/// Functions and the Invoke API in front of them, until it is dropped.
pub struct LocalLambda {
    address: SocketAddr,
    functions: Arc<Functions>,
    /// Each owns a function's process; dropping the set aborts them, and with them the processes are killed.
    _supervisors: JoinSet<()>,
    /// Dropped, it ends the Invoke API.
    _serving: oneshot::Sender<()>,
}

impl LocalLambda {
    /// Serves the Invoke API on a free port of 127.0.0.1. No process is started yet.
    ///
    /// # Errors
    /// `InvalidInput` where Lambda would not take a function's name or two functions share one; else as the listener's.
    pub async fn start(functions: Vec<Function>) -> io::Result<Self> {
        Self::start_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?, functions).await
    }

    /// Serves the Invoke API on this listener. No process is started yet.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    // Asynchronous because it needs a runtime to spawn on.
    #[allow(clippy::unused_async)]
    pub async fn start_on(listener: TcpListener, functions: Vec<Function>) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let mut supervisors = JoinSet::new();
        let functions = Arc::new(Functions::start(functions, &mut supervisors)?);
        let serving = invoke_api::serve(listener, Arc::clone(&functions));
        Ok(Self { address, functions, _supervisors: supervisors, _serving: serving })
    }

    /// The base of the Invoke API: `http://127.0.0.1:<port>`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Invokes a function as `POST /2015-03-31/functions/{function}/invocations` does, without the socket. An empty payload
    /// stands for `{}`.
    ///
    /// # Errors
    /// For what never reached the function. Its own errors are an [`Outcome`].
    pub async fn invoke(&self, function: &str, payload: Vec<u8>) -> Result<Invocation, InvokeError> {
        self.functions.invoke(function, payload).await
    }

    /// What the function's processes wrote so far to stdout and stderr, in lines; the last 10 000. Control characters and those
    /// that change the direction of text are replaced. A line can come after the
    /// answer of the invocation that wrote it; after [`stop`](Self::stop), a timeout or an exit none is missing.
    #[must_use]
    pub fn logs(&self, function: &str) -> Vec<String> {
        self.functions.logs(function)
    }

    /// The id of the function's process, if one runs.
    #[must_use]
    pub fn process_id(&self, function: &str) -> Option<u32> {
        self.functions.process_id(function)
    }

    /// Ends the function's process after the invocations that wait already; the next one is a cold start.
    pub async fn stop(&self, function: &str) {
        self.functions.stop(function).await;
    }
}

impl fmt::Debug for LocalLambda {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalLambda").field("address", &self.address).finish_non_exhaustive()
    }
}
