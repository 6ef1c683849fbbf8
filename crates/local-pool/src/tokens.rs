//! Id, access and refresh tokens.
//!
//! # Source
//! AWS, developer guide: "Understanding the identity (ID) token", "Understanding the access token", "Revoking tokens".

use base64ct::{Base64UrlUnpadded, Encoding};
use cognito_protocol::{
    Secret,
    idp::{AuthenticationResult, NewDeviceMetadata},
};
use serde_json::{Value, json};

use crate::{
    clock::millis,
    config::{AppClient, OauthScope},
    cx::Cx,
    error::ApiError,
    keys::SigningKey,
    oauth, random,
    state::{Device, Grant, OauthGrant, Progress, RefreshToken, User, UserId},
};

/// The only scope of tokens that come from this API, and what its operations want.
const SCOPE: OauthScope = OauthScope::SignedInUserAdmin;

/// Completes a sign-in.
pub(crate) fn grant(cx: &mut Cx<'_>, client: &AppClient, progress: &Progress) -> Result<AuthenticationResult, ApiError> {
    let (device_key, new_device_metadata) = device(cx, progress)?;
    let (result, _) = complete(cx, client, &progress.user, device_key, None)?;
    Ok(AuthenticationResult { new_device_metadata, ..result })
}

/// Completes a sign-in at the OAuth endpoints, which know no devices; its `origin_jti` comes with it.
pub(crate) fn grant_for_scopes(
    cx: &mut Cx<'_>,
    client: &AppClient,
    user: &UserId,
    oauth: OauthGrant,
) -> Result<(AuthenticationResult, String), ApiError> {
    complete(cx, client, user, None, Some(oauth))
}

fn complete(
    cx: &mut Cx<'_>,
    client: &AppClient,
    user: &UserId,
    device_key: Option<String>,
    oauth: Option<OauthGrant>,
) -> Result<(AuthenticationResult, String), ApiError> {
    let origin_jti = random::uuid()?;
    let mut grant = Grant {
        user: user.clone(),
        client_id: client.id.clone(),
        auth_time_secs: cx.now_secs(),
        event_id: random::uuid()?,
        session_id: format!("tkn{}", random::lower_case(25)?),
        created_millis: cx.now_millis,
        last_active_millis: cx.now_millis,
        expires_millis: cx.now_millis + millis(cx.settings().refresh_token_validity),
        is_revoked: false,
        device_key,
        oauth,
    };
    let mut result = issue(cx, client, &grant, &origin_jti)?;
    if let Some(oauth) = &mut grant.oauth {
        oauth.nonce = None;
    }
    cx.state.grants.insert(origin_jti.clone(), grant);
    result.refresh_token = Some(add_refresh_token(cx, &origin_jti)?);
    Ok((result, origin_jti))
}

/// The device of a sign-in where the pool tracks them: the one that was named, or a new one.
fn device(cx: &mut Cx<'_>, progress: &Progress) -> Result<(Option<String>, Option<NewDeviceMetadata>), ApiError> {
    let pool = cx.pool_of(&progress.user)?;
    if pool.device_configuration.is_none() {
        return Ok((None, None));
    }
    let now = cx.now_millis;
    if let Some(key) = &progress.device_key {
        if let Some(device) = cx.state.devices.get_mut(&progress.user, key) {
            device.authenticated_millis = now;
        }
        return Ok((Some(key.clone()), None));
    }
    let (key, group_key) = ([pool.region(), "_", &random::uuid()?].concat(), random::device_group_key()?);
    let metadata = NewDeviceMetadata { device_key: Some(key.clone()), device_group_key: Some(group_key.clone()) };
    cx.state.devices.add(Device {
        user: progress.user.clone(),
        key: key.clone(),
        group_key,
        confirmed: None,
        created_millis: now,
        modified_millis: now,
        authenticated_millis: now,
    });
    Ok((Some(key), Some(metadata)))
}

/// A new refresh token for a grant.
pub(crate) fn add_refresh_token(cx: &mut Cx<'_>, origin_jti: &str) -> Result<Secret, ApiError> {
    let text = random::opaque()? + &random::opaque()?;
    let token = RefreshToken { origin_jti: origin_jti.to_owned(), retires_millis: None };
    cx.state.refresh_tokens.insert(text.clone(), token);
    Ok(text.into())
}

/// New id and access tokens for a grant.
pub(crate) fn issue(cx: &Cx<'_>, client: &AppClient, grant: &Grant, origin_jti: &str) -> Result<AuthenticationResult, ApiError> {
    let user = cx.state.user(&grant.user).ok_or_else(ApiError::user_not_found)?;
    let keys = cx.shared.keys.of(&grant.user.user_pool_id)?;
    let now = cx.now_secs();
    let expires_in = millis(cx.settings().access_token_validity) / 1000;
    let common = json!({
        "sub": user.sub,
        "iss": cx.issuer(&grant.user.user_pool_id),
        "origin_jti": origin_jti,
        "event_id": grant.event_id,
        "auth_time": grant.auth_time_secs,
        "iat": now,
        "exp": now + expires_in,
    });

    let mut access = common.clone();
    access["client_id"] = json!(client.id);
    access["username"] = json!(user.id.username);
    access["token_use"] = json!("access");
    access["scope"] = json!(oauth::scope_text(scopes(grant)));
    access["jti"] = json!(random::uuid()?);
    if let Some(key) = &grant.device_key {
        access["device_key"] = json!(key);
    }

    if grant.oauth.is_some() {
        access["version"] = json!(2);
    }

    let mut id = common;
    id["aud"] = json!(client.id);
    id["cognito:username"] = json!(user.id.username);
    id["token_use"] = json!("id");
    id["jti"] = json!(random::uuid()?);
    add_attributes(&mut id, grant, user);
    let has_id_token = grant.oauth.as_ref().is_none_or(|oauth| oauth.scopes.contains(&OauthScope::Openid));
    if let Some(nonce) = grant.oauth.as_ref().and_then(|oauth| oauth.nonce.as_ref()) {
        id["nonce"] = json!(nonce);
    }

    Ok(AuthenticationResult {
        access_token: Some(jwt(&keys.access, &access)?),
        id_token: if has_id_token { Some(jwt(&keys.id, &id)?) } else { None },
        #[allow(clippy::cast_precision_loss)]
        expires_in: Some(expires_in as f64),
        token_type: Some("Bearer".to_owned()),
        refresh_token: None,
        new_device_metadata: None,
    })
}

/// The scopes of a sign-in.
fn scopes(grant: &Grant) -> &[OauthScope] {
    grant.oauth.as_ref().map_or(&[SCOPE], |oauth| &oauth.scopes)
}

/// Writes the attributes of a user into an id token, as far as the scopes show them.
fn add_attributes(id: &mut Value, grant: &Grant, user: &User) {
    for (name, value) in user.attributes.iter().filter(|(name, _)| oauth::shows(scopes(grant), name)) {
        // All attributes are text but these.
        id[name.as_str()] = match name.as_str() {
            "email_verified" | "phone_number_verified" => json!(value == "true"),
            "identities" => identities(value),
            _ => json!(value),
        };
    }
}

/// In an id token all members of an identity are texts.
fn identities(attribute: &str) -> Value {
    let mut identities: Value = serde_json::from_str(attribute).unwrap_or_default();
    for member in
        identities.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut).flat_map(|one| one.values_mut())
    {
        if member.is_boolean() || member.is_number() {
            *member = json!(member.to_string());
        }
    }
    identities
}

fn jwt(key: &SigningKey, claims: &Value) -> Result<Secret, ApiError> {
    let part = |json: &Value| Base64UrlUnpadded::encode_string(json.to_string().as_bytes());
    let signed = format!("{}.{}", part(&json!({"kid": key.kid, "alg": "RS256"})), part(claims));
    let signature = Base64UrlUnpadded::encode_string(&key.sign(signed.as_bytes())?);
    Ok(format!("{signed}.{signature}").into())
}

/// Who presents an access token, after all checks: signature, issuer, use, life time, revocation, scope, and that the user is
/// still there and enabled.
pub(crate) fn authorize(cx: &mut Cx<'_>, access_token: &Secret) -> Result<UserId, ApiError> {
    authorize_client(cx, access_token).map(|(user, _)| user)
}

/// The same, with the `origin_jti` of the token's sign-in.
pub(crate) fn authorize_session(cx: &mut Cx<'_>, access_token: &Secret) -> Result<(UserId, String), ApiError> {
    let (user, _) = authorize_client(cx, access_token)?;
    let claims = verified_claims(cx, access_token.expose()).ok_or_else(invalid_access_token)?;
    let origin_jti = claims["origin_jti"].as_str().unwrap_or_default();
    Ok((user, origin_jti.to_owned()))
}

/// The same, with the client that got the token.
pub(crate) fn authorize_client<'a>(cx: &mut Cx<'a>, access_token: &Secret) -> Result<(UserId, &'a AppClient), ApiError> {
    let (id, client_id, scopes) = open(cx, access_token)?;
    if !scopes.contains(&SCOPE) {
        return Err(ApiError::not_authorized("Access Token does not have required scopes"));
    }
    let client = cx.client(&client_id)?;
    cx.tell_user(&id);
    match cx.state.user(&id) {
        None => Err(ApiError::user_not_found()),
        Some(user) if !user.enabled => Err(ApiError::user_disabled()),
        Some(_) => Ok((id, client)),
    }
}

/// Who presents an access token that has the scope `openid`, and all its scopes.
///
/// # Errors
/// Whether the token is right but for that scope.
pub(crate) fn authorize_openid(cx: &Cx<'_>, access_token: &Secret) -> Result<(UserId, Vec<OauthScope>), bool> {
    let (id, _, scopes) = open(cx, access_token).map_err(|_| false)?;
    if scopes.contains(&OauthScope::Openid) { Ok((id, scopes)) } else { Err(true) }
}

/// User, client and scopes of an access token that is in force.
fn open(cx: &Cx<'_>, access_token: &Secret) -> Result<(UserId, String, Vec<OauthScope>), ApiError> {
    let claims = verified_claims(cx, access_token.expose()).ok_or_else(invalid_access_token)?;
    if claims["exp"].as_i64().is_none_or(|exp| exp <= cx.now_secs()) {
        return Err(ApiError::not_authorized("Access Token has expired"));
    }
    let grant = claims["origin_jti"].as_str().and_then(|origin_jti| cx.state.grants.get(origin_jti));
    let Some(grant) = grant.filter(|grant| !grant.is_revoked) else {
        return Err(ApiError::not_authorized("Access Token has been revoked"));
    };
    Ok((grant.user.clone(), grant.client_id.clone(), scopes(grant).to_vec()))
}

/// Whether a text is a token of ours that is signed, and so no refresh token.
pub(crate) fn is_signed_token(cx: &Cx<'_>, text: &str) -> bool {
    text.split('.').count() == 3 && cx.user_pools().iter().any(|pool| claims_signed_for(cx, &pool.id, text).is_some())
}

fn verified_claims(cx: &Cx<'_>, token: &str) -> Option<Value> {
    cx.user_pools().iter().find_map(|pool| {
        let (claims, is_access) = claims_signed_for(cx, &pool.id, token)?;
        let right = is_access && claims["token_use"] == "access" && claims["iss"] == cx.issuer(&pool.id);
        right.then_some(claims)
    })
}

/// The claims of a token that a pool's keys signed, and whether it was the key of access tokens.
fn claims_signed_for(cx: &Cx<'_>, user_pool_id: &str, token: &str) -> Option<(Value, bool)> {
    let (signed, signature) = token.rsplit_once('.')?;
    let (header, payload) = signed.split_once('.')?;
    let json = |part: &str| serde_json::from_slice::<Value>(&Base64UrlUnpadded::decode_vec(part).ok()?).ok();
    let header = json(header)?;
    let signature = Base64UrlUnpadded::decode_vec(signature).ok()?;
    let keys = cx.shared.keys.of(user_pool_id).ok()?;
    let key = [(&keys.id, false), (&keys.access, true)].into_iter().find(|(key, _)| header["kid"] == key.kid.as_str());
    let (key, is_access) = key.filter(|_| header["alg"] == "RS256")?;
    key.verifies(signed.as_bytes(), &signature).then(|| json(payload))?.map(|claims| (claims, is_access))
}

fn invalid_access_token() -> ApiError {
    ApiError::not_authorized("Invalid Access Token")
}
