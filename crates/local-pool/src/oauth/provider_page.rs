//! The page that plays a provider, and `GET /oauth2/idpresponse`, where it leads: what people choose there becomes a code.

use super::{
    Answer, BROWSER_MILLIS, CODE_MILLIS, Cookie,
    denied::denied,
    federated_user,
    page::{Link, Page},
    parameters::{Parameters, with_query},
};
use crate::{
    config::{Identity, IdentityProvider},
    cx::Cx,
    error::ApiError,
    random,
    state::{Authorization, BrowserSession, Code, CodeUse, UserId, Visit},
};

/// Opens the page of a provider.
pub(super) fn open(
    cx: &mut Cx<'_>,
    authorization: Authorization,
    provider: &IdentityProvider,
    login_hint: Option<&str>,
) -> Result<Page, ApiError> {
    let visit = random::opaque()?;
    let expires_millis = cx.now_millis + CODE_MILLIS;
    cx.state.oauth.forget_old(cx.now_millis);
    cx.state.oauth.visits.insert(visit.clone(), Visit { authorization, provider: provider.name.clone(), expires_millis });
    let to = |name: &str, value: &str| with_query("/oauth2/idpresponse", [("visit", visit.as_str()), (name, value)]);
    let link = |identity: &Identity| Link {
        to: to("identity", &identity.id),
        text: format!("Continue as {}", called(identity)),
        detail: identity.attribute("email").unwrap_or("keeps the address private").to_owned(),
        is_first_choice: true,
    };
    let way_out = |error: &str, text: &str| Link {
        to: to("error", error),
        text: text.to_owned(),
        detail: String::new(),
        is_first_choice: false,
    };
    let hinted = |identity: &&Identity| login_hint.is_some() && identity.attribute("email") == login_hint;
    let (first, rest): (Vec<_>, Vec<_>) = provider.identities.iter().partition(hinted);
    let identities = first.into_iter().chain(rest).map(link);
    let hint = login_hint.map(|hint| format!("The app suggests {hint}."));
    let about = format!("A test page of the local pool plays {}. Choose who you are there.", provider.name);
    Ok(Page {
        is_error: false,
        title: format!("Sign in with {}", provider.name),
        paragraphs: [about].into_iter().chain(hint).collect(),
        links: identities.chain([way_out("access_denied", "Cancel"), way_out("server_error", "Let the provider fail")]).collect(),
    })
}

fn called(identity: &Identity) -> &str {
    identity.attribute("name").or_else(|| identity.attribute("email")).unwrap_or(&identity.id)
}

/// Takes what was chosen on the page of a provider.
pub(crate) fn idp_response(cx: &mut Cx<'_>, parameters: &Parameters) -> Answer {
    cx.state.oauth.forget_old(cx.now_millis);
    let visit = parameters.get("visit").and_then(|visit| cx.state.oauth.visits.remove(visit));
    let Some(Visit { authorization, provider, .. }) = visit else {
        return Answer::Page(Page::error(
            "This page was used already, or is too old. Go back to the app, and begin again there.",
        ));
    };
    let (redirect_uri, state) = (authorization.redirect_uri.clone(), authorization.state.clone());
    let deny = |error: &str, description: &str| denied(&redirect_uri, state.as_deref(), error, description);
    match parameters.get("error") {
        Some("access_denied") => return deny("access_denied", "The person cancelled"),
        Some(_) => return deny("server_error", "The provider failed"),
        None => {}
    }
    let identity = parameters.get("identity").unwrap_or_default();
    let user = federated_user::of(cx, &authorization.user_pool_id, &provider, identity);
    let answer = user.and_then(|user| match user {
        None => Ok(None),
        Some(user) => {
            let browser = random::opaque()?;
            let session = BrowserSession { user: user.clone(), provider, expires_millis: cx.now_millis + BROWSER_MILLIS };
            cx.state.oauth.browsers.insert(browser.clone(), session);
            code_for(cx, authorization, user, Cookie::Set(browser)).map(Some)
        }
    });
    match answer {
        Ok(Some(answer)) => answer,
        Ok(None) => deny("invalid_request", "The provider knows nobody of that id, or the user is disabled"),
        Err(_) => deny("server_error", "Something went wrong"),
    }
}

/// Back to the page with a code.
pub(super) fn code_for(cx: &mut Cx<'_>, authorization: Authorization, user: UserId, cookie: Cookie) -> Result<Answer, ApiError> {
    let code = random::uuid()?;
    cx.tell_user(&user);
    let state = authorization.state.as_deref().map(|state| ("state", state));
    let to = with_query(&authorization.redirect_uri, [("code", code.as_str())].into_iter().chain(state));
    let expires_millis = cx.now_millis + CODE_MILLIS;
    cx.state.oauth.codes.insert(code, Code { authorization, user, expires_millis, use_of: CodeUse::Unused });
    Ok(Answer::Redirect { to, cookie })
}

/// Who is signed in in this browser already, with the same provider where one is named.
pub(super) fn signed_in(
    cx: &Cx<'_>,
    authorization: &Authorization,
    provider: Option<&IdentityProvider>,
    browser: &str,
) -> Option<UserId> {
    let session = cx.state.oauth.browsers.get(browser).filter(|session| cx.now_millis < session.expires_millis)?;
    let is_same = provider.is_none_or(|provider| provider.name == session.provider);
    let user = cx.state.user(&session.user).filter(|user| user.enabled)?;
    (is_same && user.id.user_pool_id == authorization.user_pool_id).then(|| user.id.clone())
}
