//! `GetUser`

use cognito_protocol::idp::{Attribute, GetUserReply, GetUserRequest};

use super::second_factor;
use crate::{config::SecondFactor, cx::Cx, error::ApiError, tokens, validation::Checks};

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
        user_mfa_setting_list: second_factor::active(user, pool).map(name_of).collect(),
    })
}
