//! Errors that go back to the page.

use super::{Answer, Cookie, parameters::with_query};
use crate::error::ApiError;

/// What a redirect URI is told, as `error` and `error_description`.
pub(super) struct Denied(pub &'static str, pub &'static str);

impl From<ApiError> for Denied {
    fn from(_: ApiError) -> Self {
        Self("server_error", "Something went wrong")
    }
}

/// Back to the page with an error.
pub(super) fn denied(redirect_uri: &str, state: Option<&str>, error: &str, description: &str) -> Answer {
    let state = state.map(|state| ("state", state));
    let parameters = [("error", error), ("error_description", description)].into_iter().chain(state);
    Answer::Redirect { to: with_query(redirect_uri, parameters), cookie: Cookie::Stays }
}
