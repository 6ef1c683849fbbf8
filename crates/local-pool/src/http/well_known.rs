//! `/<user pool id>/.well-known/…`: how others check the pool's tokens.

use axum::{
    Json,
    extract::{Path, State as Extracted},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::pool::Pool;

const ANY_ORIGIN: [(header::HeaderName, &str); 1] = [(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")];

pub(super) async fn jwks(Extracted(pool): Extracted<Pool>, Path(user_pool_id): Path<String>) -> Response {
    if !pool.shared.configuration().seed.has_pool(&user_pool_id) {
        return StatusCode::NOT_FOUND.into_response();
    }
    match pool.shared.keys.of(&user_pool_id) {
        Ok(keys) => (ANY_ORIGIN, Json(keys.jwks())).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// What libraries look for to find the keys; there are no OAuth endpoints here.
pub(super) async fn openid_configuration(Extracted(pool): Extracted<Pool>, Path(user_pool_id): Path<String>) -> Response {
    if !pool.shared.configuration().seed.has_pool(&user_pool_id) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let issuer = pool.shared.issuer(&user_pool_id);
    let document = json!({
        "issuer": issuer,
        "jwks_uri": format!("{issuer}/.well-known/jwks.json"),
        "id_token_signing_alg_values_supported": ["RS256"],
        "subject_types_supported": ["public"],
        "response_types_supported": ["code", "token"],
        "scopes_supported": ["openid", "email", "phone", "profile"],
    });
    (ANY_ORIGIN, Json(document)).into_response()
}
