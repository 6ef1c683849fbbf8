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

/// What libraries look for to find the keys and the OAuth endpoints.
pub(super) async fn openid_configuration(Extracted(pool): Extracted<Pool>, Path(user_pool_id): Path<String>) -> Response {
    if !pool.shared.configuration().seed.has_pool(&user_pool_id) {
        return StatusCode::NOT_FOUND.into_response();
    }
    document(&pool, &user_pool_id)
}

/// The same of the first pool. The service has it under the issuer alone.
pub(super) async fn of_first_pool(Extracted(pool): Extracted<Pool>) -> Response {
    let configuration = pool.shared.configuration();
    match configuration.seed.user_pools.first() {
        Some(first) => document(&pool, &first.id),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn document(pool: &Pool, user_pool_id: &str) -> Response {
    let (base, issuer) = (pool.shared.base_url(), pool.shared.issuer(user_pool_id));
    let document = json!({
        "issuer": issuer,
        "jwks_uri": format!("{issuer}/.well-known/jwks.json"),
        "authorization_endpoint": format!("{base}/oauth2/authorize"),
        "token_endpoint": format!("{base}/oauth2/token"),
        "revocation_endpoint": format!("{base}/oauth2/revoke"),
        "userinfo_endpoint": format!("{base}/oauth2/userInfo"),
        "end_session_endpoint": format!("{base}/logout"),
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "subject_types_supported": ["public"],
        "response_types_supported": ["code"],
        "scopes_supported": ["openid", "email", "phone", "profile"],
    });
    (ANY_ORIGIN, Json(document)).into_response()
}
