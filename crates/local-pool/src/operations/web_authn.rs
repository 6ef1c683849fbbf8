//! `StartWebAuthnRegistration`, `CompleteWebAuthnRegistration`, `ListWebAuthnCredentials`, `DeleteWebAuthnCredential`
//!
//! # Source
//! API reference; the options and the list as its samples show them. What the service says beside the names of its errors is not known,
//! nor how long a registration may take, nor whether a second one that is begun ends the first; here it does. `EdDSA` is in no sample.
//! That 20 passkeys are the most is from memory.

use cognito_protocol::idp::{
    CompleteWebAuthnRegistrationRequest, DeleteWebAuthnCredentialRequest, EmptyReply, ErrorCode, Json,
    ListWebAuthnCredentialsReply, ListWebAuthnCredentialsRequest, StartWebAuthnRegistrationReply,
    StartWebAuthnRegistrationRequest, WebAuthnCredentialDescription,
};
use serde_json::{Value, json};

use super::passkey_rules::{descriptor, relying_party_id, usable};
use crate::{
    cx::Cx,
    error::ApiError,
    passkeys::{self, Refusal},
    state::{Passkey, PasskeyRegistration, User, UserId},
    tokens,
    validation::Checks,
};

/// How many a user can have.
const MOST: usize = 20;

/// How long a registration that was begun can be completed. The browser is told less.
const LIFE_MILLIS: i64 = 5 * 60 * 1000;

/// What the browser is told.
const TIMEOUT_MILLIS: u32 = 60_000;

/// In the order in which they are liked: ES256, RS256, `EdDSA`.
const ALGORITHMS: [i32; 3] = [-7, -257, -8];

/// Begins a registration; one that was begun before is over.
pub(super) fn start_registration(
    cx: &mut Cx<'_>,
    request: StartWebAuthnRegistrationRequest,
) -> Result<StartWebAuthnRegistrationReply, ApiError> {
    Checks::default().access_token(Some(&request.access_token)).finish()?;
    let (id, client) = tokens::authorize_client(cx, &request.access_token)?;
    let pool = cx.pool_of(&id)?;
    let relying_party_id = relying_party_id(pool)?;
    let configuration = &pool.web_authn;
    let now = cx.now_millis;
    let user = user_mut(cx, &id)?;
    has_room(user)?;
    let asked = passkeys::begin_registration(relying_party_id, configuration, &user.sub)?;
    let name = user.sign_in_name();
    let options = json!({
        "challenge": asked.challenge,
        "rp": {"id": relying_party_id, "name": relying_party_id},
        "user": {"id": passkeys::base64url(user.sub.as_bytes()), "name": name, "displayName": name},
        "pubKeyCredParams": ALGORITHMS.map(|algorithm| json!({"type": "public-key", "alg": algorithm})),
        "timeout": TIMEOUT_MILLIS,
        "excludeCredentials": usable(user, pool).map(descriptor).collect::<Vec<Value>>(),
        "authenticatorSelection": {
            "requireResidentKey": true,
            "residentKey": "required",
            "userVerification": if configuration.needs_user_verification() { "required" } else { "preferred" },
        },
    });
    user.passkey_registration =
        Some(PasskeyRegistration { client_id: client.id.clone(), ceremony: asked.ceremony, expires_millis: now + LIFE_MILLIS });
    Ok(StartWebAuthnRegistrationReply { credential_creation_options: Json::from(options) })
}

/// Registers a passkey. Whatever comes of it, its challenge is used; a token of another client alone leaves it as it is.
pub(super) fn complete_registration(
    cx: &mut Cx<'_>,
    request: CompleteWebAuthnRegistrationRequest,
) -> Result<EmptyReply, ApiError> {
    Checks::default().access_token(Some(&request.access_token)).finish()?;
    let (id, client) = tokens::authorize_client(cx, &request.access_token)?;
    if !matches!(request.credential, Json::Object(_)) {
        return Err(refused(Refusal::Unreadable));
    }
    let relying_party_id = relying_party_id(cx.pool_of(&id)?)?;
    let now = cx.now_millis;
    let user = user_mut(cx, &id)?;
    let begun = user.passkey_registration.as_ref().filter(|begun| now < begun.expires_millis);
    let begun = begun.ok_or_else(|| refused(Refusal::Challenge))?;
    if begun.client_id != client.id {
        return Err(ApiError::new(
            ErrorCode::WebAuthnClientMismatch,
            "The access token is for another client than that of StartWebAuthnRegistration",
        ));
    }
    let ceremony = begun.ceremony.clone();
    user.passkey_registration = None;
    has_room(user)?;
    let credential = Value::from(&request.credential).to_string();
    let passkey = passkeys::complete_registration(relying_party_id, &ceremony, credential.as_bytes(), now).map_err(refused)?;
    let is_known = |user: &User| user.passkeys.iter().any(|other| other.credential_id == passkey.credential_id);
    if cx.state.users.iter().any(is_known) {
        return Err(refused(Refusal::NotSupported));
    }
    user_mut(cx, &id)?.passkeys.push(passkey);
    Ok(EmptyReply {})
}

/// Tells of the user's passkeys, those of an earlier relying party too.
pub(super) fn list_credentials(
    cx: &mut Cx<'_>,
    request: ListWebAuthnCredentialsRequest,
) -> Result<ListWebAuthnCredentialsReply, ApiError> {
    let max_results = request.max_results.unwrap_or_default();
    Checks::default()
        .access_token(Some(&request.access_token))
        .optional_text("nextToken", request.next_token.as_deref(), 1..=131_072)
        .number("maxResults", max_results, 0..=20)
        .finish()?;
    let id = tokens::authorize(cx, &request.access_token)?;
    let page = page_size(max_results);
    let passkeys = &cx.state.user(&id).ok_or_else(ApiError::user_not_found)?.passkeys;
    let first = match request.next_token {
        None => 0,
        // The last one that was told.
        Some(token) => match passkeys.iter().position(|passkey| passkey.credential_id == token) {
            Some(at) => at + 1,
            None => return Err(ApiError::invalid_parameter("Invalid NextToken")),
        },
    };
    let told: Vec<&Passkey> = passkeys.iter().skip(first).take(page).collect();
    let has_more = first + told.len() < passkeys.len();
    Ok(ListWebAuthnCredentialsReply {
        next_token: told.last().filter(|_| has_more).map(|passkey| passkey.credential_id.clone()),
        credentials: told.into_iter().map(description).collect(),
    })
}

/// Forgets a passkey.
pub(super) fn delete_credential(cx: &mut Cx<'_>, request: DeleteWebAuthnCredentialRequest) -> Result<EmptyReply, ApiError> {
    Checks::default().access_token(Some(&request.access_token)).finish()?;
    let id = tokens::authorize(cx, &request.access_token)?;
    let user = user_mut(cx, &id)?;
    let at = user.passkeys.iter().position(|passkey| passkey.credential_id == request.credential_id);
    let at = at.ok_or_else(|| ApiError::new(ErrorCode::ResourceNotFound, "Credential does not exist."))?;
    user.passkeys.remove(at);
    Ok(EmptyReply {})
}

fn user_mut<'a>(cx: &'a mut Cx<'_>, id: &UserId) -> Result<&'a mut User, ApiError> {
    cx.state.user_mut(id).ok_or_else(ApiError::user_not_found)
}

fn has_room(user: &User) -> Result<(), ApiError> {
    if user.passkeys.len() < MOST {
        return Ok(());
    }
    Err(ApiError::new(ErrorCode::LimitExceeded, format!("A user can have at most {MOST} passkeys")))
}

/// The model allows 0 and does not say what it means.
fn page_size(max_results: f64) -> usize {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let size = max_results as usize;
    if size == 0 { MOST } else { size }
}

fn description(passkey: &Passkey) -> WebAuthnCredentialDescription {
    WebAuthnCredentialDescription {
        credential_id: passkey.credential_id.clone(),
        friendly_credential_name: passkey.friendly_name.clone(),
        relying_party_id: passkey.relying_party_id.clone(),
        authenticator_attachment: passkey.attachment.clone(),
        authenticator_transports: passkey.transports.clone(),
        #[allow(clippy::cast_precision_loss)]
        created_at: passkey.created_millis as f64 / 1000.0,
    }
}

fn refused(refusal: Refusal) -> ApiError {
    let (code, message) = match refusal {
        Refusal::Unreadable => (
            ErrorCode::InvalidParameter,
            "Credential should be the RegistrationResponseJSON of StartWebAuthnRegistration's options",
        ),
        Refusal::Challenge => {
            (ErrorCode::WebAuthnChallengeNotFound, "No registration was begun with this challenge, or too long ago")
        }
        Refusal::Origin => {
            (ErrorCode::WebAuthnOriginNotAllowed, "The passkey was made on a page that is not the relying party's")
        }
        Refusal::RelyingParty => {
            (ErrorCode::WebAuthnRelyingPartyMismatch, "The passkey is for another relying party than the user pool's")
        }
        Refusal::NotSupported => (ErrorCode::WebAuthnCredentialNotSupported, "The passkey is not supported"),
    };
    ApiError::new(code, message)
}
