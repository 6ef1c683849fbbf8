//! A mail service that takes every mail.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::{Json, Router, routing::post};
use serde_json::json;
use tokio::net::TcpListener;

/// Its URL, and how many mails it took.
pub async fn mail_service() -> (String, Arc<AtomicUsize>) {
    let taken = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&taken);
    let take = move || {
        counter.fetch_add(1, Ordering::Relaxed);
        async { Json(json!({"MessageId": "1"})) }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let app = Router::new().route("/v2/email/outbound-emails", post(take));
    tokio::spawn(axum::serve(listener, app).into_future());
    (url, taken)
}
