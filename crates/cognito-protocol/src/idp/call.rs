//! What is sent, whatever the operation.

use super::{GlobalSignOutRequest, Json, RevokeTokenRequest, Wire};

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
        Request { operation: Self::NAME, body: self.encode() }
    }
}

/// A request that is ready to be sent.
#[derive(Clone, Debug)]
pub struct Request {
    /// The operation's name.
    pub operation: &'static str,
    /// The body.
    pub body: Json,
}

impl Request {
    /// Whether it goes on when the page that sends it is closed: a session that is forgotten here must end at the service too.
    #[must_use]
    pub fn outlives_page(&self) -> bool {
        [RevokeTokenRequest::NAME, GlobalSignOutRequest::NAME].contains(&self.operation)
    }
}
