//! Answers whoever sends a good ID token with who they are.

use std::sync::Arc;

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::verifier::{Claims, Refused, Verifier};

/// What the page is told.
#[derive(Serialize)]
pub struct Me {
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
}

/// For `GET /api/me`. Whichever handler takes [`Claims`] runs for a good token alone.
pub async fn me(claims: Claims) -> Json<Me> {
    Json(Me { email: claims.email })
}

impl FromRequestParts<Arc<Verifier>> for Claims {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, verifier: &Arc<Verifier>) -> Result<Self, Refused> {
        let credentials = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let (scheme, token) = credentials.and_then(|text| text.split_once(' ')).ok_or(Refused::Token)?;
        if !scheme.eq_ignore_ascii_case("Bearer") {
            return Err(Refused::Token);
        }
        verifier.verify(token).await
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match self {
            // Nothing of why: that is the business of whoever made the token.
            Self::Token => (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")]).into_response(),
            Self::KeysUnavailable => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        }
    }
}
