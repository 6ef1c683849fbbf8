//! The access token of a header.

use cognito_protocol::Secret;

/// The token of `Authorization: Bearer`.
pub(super) fn token(authorization: &str) -> Option<Secret> {
    let (scheme, token) = authorization.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("Bearer") && !token.is_empty()).then(|| token.into())
}
