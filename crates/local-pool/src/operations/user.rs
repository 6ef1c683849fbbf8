//! `GetUser`

use cognito_protocol::idp::{Attribute, GetUserReply, GetUserRequest};

use super::{passkey_rules, second_factor};
use crate::{
    config::{FirstFactor, SecondFactor, UserPool},
    cx::Cx,
    error::ApiError,
    state::User,
    tokens,
    validation::Checks,
};

pub(super) fn get_user(cx: &mut Cx<'_>, request: GetUserRequest) -> Result<GetUserReply, ApiError> {
    Checks::default().access_token(Some(&request.access_token)).finish()?;
    let id = tokens::authorize(cx, &request.access_token)?;
    let pool = cx.pool_of(&id)?;
    let user = cx.state.user(&id).ok_or_else(ApiError::user_not_found)?;
    let attribute = |name: &str, value: &str| Attribute { name: name.to_owned(), value: Some(value.to_owned()) };
    let attributes = user.attributes.iter().map(|(name, value)| attribute(name, value));
    let name_of = |factor: SecondFactor| factor.name().to_owned();
    Ok(GetUserReply {
        username: user.id.username.clone(),
        user_attributes: [attribute("sub", &user.sub)].into_iter().chain(attributes).collect(),
        preferred_mfa_setting: second_factor::preferred(user, pool).map(name_of),
        user_mfa_setting_list: mfa_settings(user, pool),
    })
}

/// `UserMFASettingList`. That a passkey which counts as both factors is in it is not certain.
pub(super) fn mfa_settings(user: &User, pool: &UserPool) -> Vec<String> {
    let passkey = passkey_rules::counts_as_both(user, pool).then(|| FirstFactor::WebAuthn.name());
    second_factor::active(user, pool).map(SecondFactor::name).chain(passkey).map(str::to_owned).collect()
}
