//! The user that a pool makes of somebody at a provider.

use serde_json::json;

use crate::{
    cx::Cx,
    error::ApiError,
    state::{User, UserId},
};

/// The user of an identity, made now if it is the first time. What the provider tells is written anew with every sign-in. `None` for an
/// identity that is not there, and for a user who is disabled.
pub(super) fn of(cx: &mut Cx<'_>, user_pool_id: &str, provider: &str, identity: &str) -> Result<Option<UserId>, ApiError> {
    let pool = cx.user_pools().iter().find(|pool| pool.id == user_pool_id).ok_or_else(ApiError::internal)?;
    let provider = pool.identity_providers.iter().find(|known| known.name == provider);
    let Some((provider, identity)) = provider.and_then(|provider| {
        let identity = provider.identities.iter().find(|known| known.id == identity)?;
        Some((provider, identity))
    }) else {
        return Ok(None);
    };
    let id = UserId { user_pool_id: user_pool_id.to_owned(), username: format!("{}_{}", provider.name, identity.id) };
    if cx.state.user(&id).is_none() {
        let identities = json!([{
            "userId": identity.id,
            "providerName": provider.name,
            "providerType": provider.kind(),
            "issuer": null,
            "primary": true,
            "dateCreated": cx.now_millis,
        }]);
        let mut user = User::federated(&id, &pool.sign_in_names)?;
        user.attributes.insert("identities".to_owned(), identities.to_string());
        cx.state.begin(user);
    }
    let user = cx.state.user_mut(&id).ok_or_else(ApiError::internal)?;
    for (name, value) in &identity.attributes {
        user.attributes.insert(name.clone(), value.clone());
    }
    Ok(user.enabled.then_some(id))
}
