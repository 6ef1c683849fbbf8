//! Accepts connections and gives each a task of its own.
//!
//! `axum::serve` would do, but for one thing: it has no limit for the time that headers take.

use std::{io, time::Duration};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
    time::sleep,
};

/// How long to wait where the machine has no connection left to give.
const OUT_OF_CONNECTIONS: Duration = Duration::from_secs(1);

/// Serves until it is dropped; the connections end with it.
pub(super) async fn serve(listener: TcpListener, app: Router, header_limit: Duration) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => drop(connections.spawn(connection(stream, app.clone(), header_limit))),
                // The client has gone already.
                Err(error) if is_of_client(&error) => {}
                Err(_) => sleep(OUT_OF_CONNECTIONS).await,
            },
            // Forgets those that have ended.
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn connection(stream: TcpStream, app: Router, header_limit: Duration) {
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(header_limit)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(app));
    // An error means that the client broke off, or sent what is no HTTP, or nothing in time.
    let _ = served.await;
}

fn is_of_client(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset)
}
