//! `GET /local/inbox/<id>/html`: the HTML part of a mail. Others wrote it, so as a document it can do nothing.

use axum::{
    extract::{Path, State as Extracted},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};

use crate::pool::Pool;

/// No script, no request, no form, an origin of its own; what is inline may be styled.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; \
                      frame-ancestors http://127.0.0.1:* http://localhost:*; sandbox";

pub(super) async fn html(Extracted(pool): Extracted<Pool>, Path(id): Path<u64>) -> Response {
    let html = pool.shared.inbox().message(id).and_then(|message| message.html.clone());
    let headers = [(header::CONTENT_SECURITY_POLICY, POLICY), (header::REFERRER_POLICY, "no-referrer")];
    match html {
        Some(html) => (headers, Html(html)).into_response(),
        None => (StatusCode::NOT_FOUND, "No mail with an HTML part has this id.\n").into_response(),
    }
}
