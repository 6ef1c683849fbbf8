//! `GetUser`

use cognito_protocol::idp::{AccessTokenRequest, Attribute, GetUserReply};

use super::mfa::is_totp_active;
use crate::{cx::Cx, error::ApiError, tokens, validation::Checks};

pub(super) fn get_user(cx: &mut Cx<'_>, request: AccessTokenRequest) -> Result<GetUserReply, ApiError> {
    Checks::default().access_token(Some(&request.access_token)).finish()?;
    let id = tokens::authorize(cx, &request.access_token)?;
    let mfa = cx.mfa_of(&id);
    let user = cx.state.user(&id).ok_or_else(ApiError::user_not_found)?;
    let attribute = |name: &str, value: &str| Attribute { name: name.to_owned(), value: Some(value.to_owned()) };
    let attributes = user.attributes.iter().map(|(name, value)| attribute(name, value));
    let totp = "SOFTWARE_TOKEN_MFA".to_owned();
    let is_active = is_totp_active(user, mfa);
    let is_preferred = is_active && user.totp.as_ref().is_some_and(|totp| totp.preferred);
    Ok(GetUserReply {
        username: user.id.username.clone(),
        user_attributes: [attribute("sub", &user.id.username)].into_iter().chain(attributes).collect(),
        preferred_mfa_setting: is_preferred.then(|| totp.clone()),
        user_mfa_setting_list: if is_active { vec![totp] } else { Vec::new() },
    })
}
