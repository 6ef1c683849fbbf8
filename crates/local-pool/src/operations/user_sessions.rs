//! `ListUserSessions` and `RevokeUserSession`
//!
//! # Source
//! API reference: which sessions, which of them cannot be revoked, the form of their ids. The sentences are not certain. Sessions of
//! managed login (`SSO`) are not here, so `LINKED` ends no more than `NONE`.

use base64ct::{Base64UrlUnpadded, Encoding};
use cognito_protocol::idp::{
    EmptyReply, ErrorCode, ListUserSessionsReply, ListUserSessionsRequest, RevokeUserSessionRequest, SessionDescription,
};

use crate::{
    cx::Cx,
    error::ApiError,
    state::{Grant, UserId},
    tokens,
    validation::Checks,
};

/// How many sessions a page has; the model allows 125.
const PAGE: usize = 60;

/// The user's sessions in all clients of the pool, the newest first.
pub(super) fn list_user_sessions(cx: &mut Cx<'_>, request: ListUserSessionsRequest) -> Result<ListUserSessionsReply, ApiError> {
    Checks::default()
        .access_token(Some(&request.access_token))
        .optional_text("nextToken", request.next_token.as_deref(), 1..=131_072)
        .finish()?;
    let (id, current) = tokens::authorize_session(cx, &request.access_token)?;
    check_tracking(cx, &id)?;
    let after = request.next_token.as_deref().map(place).transpose()?;
    let mut sessions: Vec<(&str, &Grant)> = cx
        .state
        .grants
        .iter()
        .filter(|(_, grant)| grant.user == id && grant.is_active(cx.now_millis))
        .filter(|(_, grant)| {
            after.as_ref().is_none_or(|after| (grant.created_millis, grant.session_id.as_str()) < after.as_key())
        })
        .map(|(origin_jti, grant)| (origin_jti.as_str(), grant))
        .collect();
    sessions
        .sort_by(|(_, one), (_, other)| (other.created_millis, &other.session_id).cmp(&(one.created_millis, &one.session_id)));
    let last = sessions.get(PAGE - 1).filter(|_| sessions.len() > PAGE);
    let next_token = last
        .map(|(_, grant)| Base64UrlUnpadded::encode_string(format!("{} {}", grant.created_millis, grant.session_id).as_bytes()));
    let describe = |(origin_jti, grant): &(&str, &Grant)| description(grant, *origin_jti == current);
    Ok(ListUserSessionsReply { sessions: sessions.iter().take(PAGE).map(describe).collect(), next_token })
}

/// Where a page of sessions ends.
struct Place {
    created_millis: i64,
    session_id: String,
}

impl Place {
    fn as_key(&self) -> (i64, &str) {
        (self.created_millis, &self.session_id)
    }
}

fn place(next_token: &str) -> Result<Place, ApiError> {
    let invalid = || ApiError::invalid_parameter("Invalid pagination token");
    let text = Base64UrlUnpadded::decode_vec(next_token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let text = text.ok_or_else(invalid)?;
    let (created, session_id) = text.split_once(' ').ok_or_else(invalid)?;
    Ok(Place { created_millis: created.parse().map_err(|_| invalid())?, session_id: session_id.to_owned() })
}

fn description(grant: &Grant, is_current: bool) -> SessionDescription {
    #[allow(clippy::cast_precision_loss)]
    let seconds = |millis: i64| Some(millis as f64 / 1000.0);
    SessionDescription {
        session_id: Some(grant.session_id.clone()),
        session_type: Some("TOKEN".to_owned()),
        client_id: Some(grant.client_id.clone()),
        create_date: seconds(grant.created_millis),
        last_active_date: seconds(grant.last_active_millis),
        device_type: Some("unknown".to_owned()),
        last_ip_address: None,
        last_location: None,
        origin_session_id: None,
        is_current_session: Some(is_current),
    }
}

/// Ends a session and its tokens, but not the one that asks.
pub(super) fn revoke_user_session(cx: &mut Cx<'_>, request: RevokeUserSessionRequest) -> Result<EmptyReply, ApiError> {
    Checks::default()
        .access_token(Some(&request.access_token))
        .session_id(&request.session_id)
        .associated_sessions(request.revoke_associated_sessions.as_deref())
        .finish()?;
    let (id, current) = tokens::authorize_session(cx, &request.access_token)?;
    check_tracking(cx, &id)?;
    let now = cx.now_millis;
    let found = cx
        .state
        .grants
        .iter_mut()
        .find(|(_, grant)| grant.session_id == request.session_id && grant.user == id && grant.is_active(now));
    match found {
        None => Err(ApiError::new(ErrorCode::ResourceNotFound, "Session does not exist.")),
        Some((origin_jti, _)) if *origin_jti == current => {
            Err(ApiError::invalid_parameter("The current session cannot be revoked"))
        }
        Some((_, grant)) => {
            grant.is_revoked = true;
            Ok(EmptyReply {})
        }
    }
}

fn check_tracking(cx: &Cx<'_>, user: &UserId) -> Result<(), ApiError> {
    if cx.pool_of(user)?.tracks_sessions {
        return Ok(());
    }
    Err(ApiError::new(ErrorCode::OperationNotEnabled, "User session tracking is not enabled for this user pool"))
}
