//! The hash of a client's secret, which the page's own back end makes.

use cognito_protocol::{Secret, idp::Request};
use wasm_bindgen_futures::JsFuture;

use crate::config::SecretHash;

/// Puts the hash into a request that takes one; `None` where the page's function failed, or took too long.
pub(super) async fn insert(secret_hash: &SecretHash, request: &mut Request) -> Option<()> {
    if let Some(username) = request.secret_hash_username() {
        let hash = JsFuture::from(secret_hash.ask(username)?).await.ok()?.as_string()?;
        request.insert_secret_hash(Secret::from(hash));
    }
    Some(())
}
