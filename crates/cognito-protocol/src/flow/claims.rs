//! Whose a token is, by its claims. The signature is not checked: the token came from the pool over TLS or lies in the page's own
//! store, and whoever acts on a token is a server that checks it.
//!
//! # Source
//! docs/cognito.md#tokens, docs/cognito.md#endpoints

use super::settings::Settings;
use crate::idp::Json;

/// Reads the claims of a JWT, for programs outside a browser.
#[cfg(feature = "serde_json")]
#[must_use]
pub fn read_claims(jwt: &str) -> Option<Json> {
    use base64ct::{Base64UrlUnpadded, Encoding};
    let payload = Base64UrlUnpadded::decode_vec(jwt.split('.').nth(1)?).ok()?;
    serde_json::from_slice::<serde_json::Value>(&payload).ok().map(Json::from)
}

/// Whether an access token and an ID token, if there is one, are of the pool and the app client of `settings`, and of one user.
pub(super) fn are_ours(settings: &Settings, access_token: &str, id_token: &str) -> bool {
    let user = user(settings, access_token, "access", "client_id");
    user.is_some() && (id_token.is_empty() || self::user(settings, id_token, "id", "aud") == user)
}

/// A claim that is text.
pub(super) fn text(settings: &Settings, jwt: &str, name: &str) -> Option<String> {
    (settings.read_claims)(jwt)?.take(name)?.as_text().map(str::to_owned)
}

/// When the person signed in, in seconds since the Unix epoch; a refresh does not change it.
#[allow(clippy::cast_possible_truncation)]
pub(super) fn auth_time_secs(settings: &Settings, access_token: &str) -> Option<i64> {
    match (settings.read_claims)(access_token)?.take("auth_time")? {
        Json::Number(secs) if secs.is_finite() => Some(secs as i64),
        _ => None,
    }
}

/// Whose token this is, if it is one for such a use, and of this pool and app client.
fn user(settings: &Settings, jwt: &str, token_use: &str, client: &str) -> Option<String> {
    let mut claims = (settings.read_claims)(jwt)?;
    let mut text = |name: &str| claims.take(name)?.as_text().map(str::to_owned);
    let is_ours =
        is_our_issuer(settings, &text("iss")?) && text("token_use")? == token_use && text(client)? == settings.client_id;
    text("sub").filter(|user| is_ours && !user.is_empty())
}

/// The pool id stands at the end. Before it are the service's hosts, of the original issuers and of the updated ones, unless somebody else
/// may be behind the endpoint.
fn is_our_issuer(settings: &Settings, iss: &str) -> bool {
    let pool_id = settings.user_pool_id.as_str();
    let Some(base) = iss.strip_suffix(pool_id).and_then(|base| base.strip_suffix('/')) else { return false };
    let host = base.strip_prefix("https://").map(|host| host.strip_prefix("issuer-").unwrap_or(host));
    let region = pool_id.split('_').next().unwrap_or_default();
    let domain = host.and_then(|host| host.strip_prefix("cognito-idp.")?.strip_prefix(region));
    settings.is_endpoint_replaced || matches!(domain, Some(".amazonaws.com" | ".amazonaws.com.cn" | ".amazonaws.eu"))
}
