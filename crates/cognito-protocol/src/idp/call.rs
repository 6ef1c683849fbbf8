//! What is sent, whatever the operation.

use super::{GlobalSignOutRequest, Json, RevokeTokenRequest, Wire};
use crate::Secret;

/// The header `X-Amz-Target` is this prefix and the operation's name.
pub const TARGET_PREFIX: &str = "AWSCognitoIdentityProviderService.";

/// The content type of requests. Replies may carry `-1.0` as well: it is not checked.
pub const CONTENT_TYPE: &str = "application/x-amz-json-1.1";

/// An operation of the API, by its request.
pub trait Operation: Wire {
    /// The operation's name.
    const NAME: &'static str;

    /// What it answers with status 200.
    type Reply: Wire;

    /// This request, ready to be sent.
    fn into_request(self) -> Request {
        Request { operation: Self::NAME, body: self.encode(), username: None }
    }
}

/// A request that is ready to be sent.
#[derive(Clone, Debug)]
pub struct Request {
    /// The operation's name.
    pub operation: &'static str,
    /// The body.
    pub body: Json,
    /// The real username, where the request is for a user whom the body does not name.
    pub username: Option<String>,
}

/// The members of a body that take `SECRET_HASH` beside the name that it is made with. Elsewhere a member of the body itself takes it.
const MAPS: [&str; 2] = ["AuthParameters", "ChallengeResponses"];

impl Request {
    /// The name that the `SECRET_HASH` of this request is made with, for an app client with a secret; `None` where it takes none.
    ///
    /// Whoever sends requests for such a client sets [`client_has_secret`](crate::flow::Settings::client_has_secret), makes the hash of
    /// this name by [`derive_secret_hash`](crate::srp::derive_secret_hash), or asks whoever has the secret, and puts it in by
    /// [`insert_secret_hash`](Self::insert_secret_hash) before the request is sent.
    ///
    /// # Source
    /// docs/cognito.md#usernames
    #[must_use]
    pub fn secret_hash_username(&self) -> Option<&str> {
        let in_map = || MAPS.iter().find_map(|map| self.body.get(map)?.get("USERNAME"));
        let in_body = || self.body.get("Username").or_else(in_map)?.as_text();
        self.username.as_deref().or_else(in_body)
    }

    /// Puts the `SECRET_HASH` of [`secret_hash_username`](Self::secret_hash_username) where the operation has it.
    pub fn insert_secret_hash(&mut self, hash: Secret) {
        let Json::Object(members) = &mut self.body else { return };
        match members.iter_mut().find(|(name, _)| MAPS.contains(&name.as_str())) {
            Some((_, Json::Object(map))) => map.push(("SECRET_HASH".to_owned(), Json::Text(hash))),
            Some(_) | None => members.push(("SecretHash".to_owned(), Json::Text(hash))),
        }
    }

    /// Whether it goes on when the page that sends it is closed: a session that is forgotten here must end at the service too.
    #[must_use]
    pub fn outlives_page(&self) -> bool {
        [RevokeTokenRequest::NAME, GlobalSignOutRequest::NAME].contains(&self.operation)
    }
}
