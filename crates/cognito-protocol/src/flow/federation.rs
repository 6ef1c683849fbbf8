//! Sign-in with another provider: by redirect to the pool's domain, with PKCE, a state that is bound to the tab, and a nonce.
//!
//! What comes back is judged here; what leaves is made in `redirect_secrets.rs`. What the shell does is keep a record, navigate, and exchange a
//! code.
//!
//! # Source
//! docs/cognito.md#federation; RFC 6749, 7636; OpenID Connect Core 1.0, 3.1.3.7

use super::{
    claims,
    cx::Cx,
    event::{CallResult, Returned},
    notice::{Notice, NoticeKind},
    redirect_secrets::{CLIENT_ID, DOMAIN, ENDS_AT, NONCE, REDIRECT_URI, STATE, VERIFIER, encoded},
    settings::Settings,
    tokens::Tokens,
};
use crate::{
    Secret,
    fault::Fault,
    idp::{AuthenticationResult, Json, Member, StringMap},
    text,
};

/// The longest error name that the page is told.
const MAX_ERROR: usize = 64;

/// Where a browser is signed out at the pool's domain.
pub(super) fn logout_url(settings: &Settings) -> Option<String> {
    let federation = settings.federation.as_ref()?;
    let parameters = [("client_id", settings.client_id.as_str()), ("logout_uri", &federation.redirect_uri)];
    Some([&federation.domain, "/logout?", &encoded(&parameters)].concat())
}

/// What is posted to the pool's domain for tokens, as a form.
pub(super) struct Exchange {
    pub url: String,
    pub form: Secret,
    pub nonce: Secret,
}

/// What a return to the page is.
pub(super) enum Return {
    /// Not one of this tab, client and page: nobody touches it.
    Foreign,
    /// A code.
    Code(Exchange),
    /// No sign-in came of it.
    Refused(Notice),
}

/// Judges what stands in the page's address by what this tab has kept.
pub(super) fn judge(settings: &Settings, now_millis: i64, returned: Returned) -> Return {
    let Returned { record, state, code, error, description } = returned;
    let (Ok(record), Some(federation)) = (StringMap::decode(Some(record), "record"), &settings.federation) else {
        return Return::Foreign;
    };
    let get = |name: &str| record.get(name).filter(|value| !value.is_empty());
    // Bound to the tab by where the record is kept, and to client and domain by what is in it.
    let is_ours = get(STATE).is_some_and(|kept| state.is(kept))
        && get(CLIENT_ID) == Some(&settings.client_id)
        && get(DOMAIN) == Some(&federation.domain);
    let (true, Some(verifier), Some(nonce), Some(redirect_uri)) = (is_ours, get(VERIFIER), get(NONCE), get(REDIRECT_URI)) else {
        return Return::Foreign;
    };
    if let Some(error) = error {
        return Return::Refused(of_error(&error, description.as_deref().unwrap_or_default()));
    }
    let is_in_time = get(ENDS_AT).and_then(|ends_at| ends_at.parse::<i64>().ok()).is_some_and(|ends_at| now_millis < ends_at);
    let Some(code) = code.filter(|_| is_in_time) else { return Return::Refused(NoticeKind::SessionOver.into()) };
    let parameters = [
        ("grant_type", "authorization_code"),
        ("client_id", settings.client_id.as_str()),
        ("redirect_uri", redirect_uri),
        ("code_verifier", verifier),
        ("code", code.expose()),
    ];
    let url = [&federation.domain, "/oauth2/token"].concat();
    Return::Code(Exchange { url, form: encoded(&parameters).into(), nonce: nonce.into() })
}

/// The tokens in a reply of the token endpoint, whose names are those of RFC 6749. They count with the nonce of this way alone.
pub(super) fn tokens(cx: &mut Cx<'_>, nonce: &Secret, reply: CallResult) -> Result<Tokens, Notice> {
    let mut body = reply.map_err(|error| exchange_failed(Notice::from(&error)))?;
    let expires_in = match body.take("expires_in") {
        Some(Json::Number(secs)) => Some(secs),
        _ => None,
    };
    let mut text = |name: &str| body.take(name)?.as_text().map(Secret::from);
    let result = AuthenticationResult {
        access_token: text("access_token"),
        id_token: text("id_token"),
        refresh_token: text("refresh_token"),
        expires_in,
        token_type: None,
        new_device_metadata: None,
    };
    let bad = || Notice::from(NoticeKind::BadReply);
    let tokens = Tokens::of(result, String::new(), String::new(), cx.now_millis).ok_or_else(bad)?;
    let settings = cx.settings();
    let id_token = tokens.id_token.expose();
    let is_of_this_way = claims::text(settings, id_token, "nonce").is_some_and(|told| nonce.is(&told));
    if !tokens.are_ours(settings) || !is_of_this_way {
        cx.revoke(tokens.refresh_token);
        return Err(bad());
    }
    // Every access token tells the username; else a user has no other name than this.
    let username = claims::text(settings, tokens.access_token.expose(), "sub").unwrap_or_default();
    let tokens = Tokens { username, is_federated: true, ..tokens }.with_real_username(settings);
    let sign_in_name = claims::text(settings, tokens.id_token.expose(), "email").unwrap_or_else(|| tokens.username.clone());
    Ok(Tokens { sign_in_name, ..tokens })
}

/// What an error at the redirect URI means to the person. Nobody else can have written it: it came with the state.
fn of_error(error: &str, description: &str) -> Notice {
    let is_cancelled = error == "access_denied"
        || ["access_denied", "user_denied", "user_cancelled"].iter().any(|sign| text::has(description, sign));
    let notice = if is_cancelled {
        NoticeKind::ProviderCancelled.into()
    } else if let Some((_, text)) = text::cut(description, " failed with error ").filter(|(_, text)| !text.trim().is_empty()) {
        Notice::with_text(NoticeKind::ServiceText, text.trim())
    } else if matches!(error, "invalid_scope" | "unauthorized_client" | "unsupported_response_type") {
        Notice::of_fault(Fault::OauthRefused, [error, ": ", description].concat().trim_end_matches(": "))
    } else {
        NoticeKind::ProviderFailed.into()
    };
    let is_name = error.len() <= MAX_ERROR && error.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    Notice { service_code: is_name.then(|| error.to_owned()), ..notice }
}

/// Whoever could not be reached is told so; all else is no matter of the person's, and a new way may do. A code serves once.
fn exchange_failed(notice: Notice) -> Notice {
    if matches!(notice.kind, NoticeKind::Network | NoticeKind::Throttled) {
        return notice;
    }
    let told = match notice.service_code.as_deref() {
        Some(error @ ("invalid_client" | "unauthorized_client")) => Notice::of_fault(Fault::OauthRefused, error),
        _ => NoticeKind::ProviderFailed.into(),
    };
    Notice { service_code: notice.service_code, ..told }
}
