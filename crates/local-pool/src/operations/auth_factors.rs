//! `GetUserAuthFactors`
//!
//! # Source
//! API reference: what the user can begin `USER_AUTH` with. Whether an authenticator app is told where it is set up or where it is on, and
//! the order, is not certain.

use cognito_protocol::idp::{GetUserAuthFactorsReply, GetUserAuthFactorsRequest};

use super::{first_factor, second_factor, user::mfa_settings};
use crate::{config::SecondFactor, cx::Cx, error::ApiError, tokens, validation::Checks};

pub(super) fn get_user_auth_factors(
    cx: &mut Cx<'_>,
    request: GetUserAuthFactorsRequest,
) -> Result<GetUserAuthFactorsReply, ApiError> {
    Checks::default().access_token(Some(&request.access_token)).finish()?;
    let id = tokens::authorize(cx, &request.access_token)?;
    let pool = cx.pool_of(&id)?;
    let user = cx.state.user(&id).ok_or_else(ApiError::user_not_found)?;
    let mut factors: Vec<String> = Vec::new();
    for choice in first_factor::available(cx, &id)? {
        let name = choice.factor().name();
        if !factors.iter().any(|factor| factor == name) {
            factors.push(name.to_owned());
        }
    }
    if second_factor::preference(SecondFactor::SoftwareToken, user).is_some() {
        factors.push("SOFTWARE_TOKEN".to_owned());
    }
    Ok(GetUserAuthFactorsReply {
        username: user.id.username.clone(),
        preferred_mfa_setting: second_factor::preferred(user, pool).map(|factor| factor.name().to_owned()),
        user_mfa_setting_list: mfa_settings(user, pool),
        configured_user_auth_factors: factors,
    })
}
