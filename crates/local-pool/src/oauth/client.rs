//! Which client calls, and that it is the one it says it is.

use base64ct::{Base64, Encoding};
use cognito_protocol::Secret;

use super::{OauthError, Parameters};
use crate::{config::AppClient, cx::Cx};

/// Id and secret from the header `Authorization: Basic`.
pub(crate) struct Credentials {
    id: String,
    secret: Secret,
}

impl Credentials {
    /// `None` for what is none.
    pub fn of(authorization: &str) -> Option<Self> {
        let encoded = authorization.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("Basic"))?.1;
        let text = String::from_utf8(Base64::decode_vec(encoded.trim()).ok()?).ok()?;
        let (id, secret) = text.split_once(':')?;
        Some(Self { id: id.to_owned(), secret: secret.into() })
    }
}

/// The client of a request: by its secret where it has one, and by its id alone where it has none.
pub(super) fn of_request<'a>(
    cx: &Cx<'a>,
    parameters: &Parameters,
    credentials: Option<&Credentials>,
) -> Result<&'a AppClient, OauthError> {
    let id = match (credentials, parameters.get("client_id")) {
        (Some(credentials), Some(id)) if credentials.id != id => return Err(OauthError("invalid_client")),
        (Some(credentials), _) => &credentials.id,
        (None, Some(id)) => id,
        (None, None) => return Err(OauthError("invalid_request")),
    };
    let in_form = parameters.get("client_secret").map(Secret::from);
    let secret = credentials.map(|credentials| &credentials.secret).or(in_form.as_ref());
    let client = cx.client(id).map_err(|_| OauthError("invalid_client"))?;
    if Cx::is_client_secret_right(client, secret) { Ok(client) } else { Err(OauthError("invalid_client")) }
}
