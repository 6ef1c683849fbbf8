//! The pool over HTTP.

mod api;
mod connections;
mod inbox_page;
mod local;
mod mail_document;
mod oauth;
mod ses;
mod this_machine;
mod well_known;
mod whole_body;

use std::io;

use axum::{Router, extract::DefaultBodyLimit, http::StatusCode, middleware, routing};
use tokio::net::TcpListener;

use crate::pool::Pool;

/// No request of the API comes near this.
const MAX_BODY_BYTES: usize = 128 * 1024;
/// SES takes 40 MB; a mail with a code is none of those.
const MAX_MAIL_BYTES: usize = 1024 * 1024;

/// The pool as an axum app; see the [crate's documentation](crate) for its paths.
pub fn app(pool: Pool) -> Router {
    let body_limit = pool.shared.request_limits.body;
    let local = Router::new()
        .route("/", routing::get(inbox_page::page))
        .route("/v2/email/outbound-emails", routing::post(ses::send_email).layer(DefaultBodyLimit::max(MAX_MAIL_BYTES)))
        .merge(local::routes())
        .layer(middleware::from_fn(this_machine::only));
    let api = Router::new()
        .route("/", routing::post(api::post).options(api::preflight))
        .route("/{user_pool_id}/.well-known/jwks.json", routing::get(well_known::jwks))
        .route("/{user_pool_id}/.well-known/openid-configuration", routing::get(well_known::openid_configuration))
        .route("/.well-known/openid-configuration", routing::get(well_known::of_first_pool))
        .merge(oauth::routes());
    api.merge(local)
        .fallback(|| async { (StatusCode::NOT_FOUND, "Nothing here. See GET /local/ for what there is.\n") })
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(middleware::from_fn_with_state(body_limit, whole_body::in_time))
        .with_state(pool)
}

/// Serves the pool; drop the future to stop, and to end the connections that are open. `iss` becomes the listener's address, unless configured.
///
/// # Errors
/// Where the listener does not tell its address.
pub async fn serve(listener: TcpListener, pool: Pool) -> io::Result<()> {
    let base_url = format!("http://{}", listener.local_addr()?);
    pool.shared.serve_at(base_url);
    let header_limit = pool.shared.request_limits.headers;
    connections::serve(listener, app(pool), header_limit).await;
    Ok(())
}
