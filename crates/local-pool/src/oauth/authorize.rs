//! `GET /oauth2/authorize`: what a page asks for is checked, and the person goes to the provider.

use super::{
    Answer, Cookie,
    denied::{Denied, denied},
    page::{Link, Page},
    parameters::{Parameters, with_query},
    provider_page,
};
use crate::{
    config::{AppClient, IdentityProvider, OauthScope},
    cx::Cx,
    state::Authorization,
};

/// So long is `code_challenge`: SHA-256 as base64url.
const CHALLENGE_LENGTH: usize = 43;

/// Shows a page until it is certain that the redirect URI is the client's own; from then on errors go there.
pub(crate) fn authorize(cx: &mut Cx<'_>, parameters: &Parameters, browser: Option<&str>) -> Answer {
    let (client, redirect_uri) = match known(cx, parameters) {
        Ok(known) => known,
        Err(page) => return Answer::Page(page),
    };
    let state = parameters.get("state");
    let checked = checked(client, parameters).and_then(|(scopes, code_challenge)| {
        let authorization = Authorization {
            client_id: client.id.clone(),
            user_pool_id: client.user_pool_id.clone(),
            redirect_uri: redirect_uri.to_owned(),
            scopes,
            state: state.map(str::to_owned),
            nonce: parameters.get("nonce").map(str::to_owned),
            code_challenge: code_challenge.to_owned(),
        };
        go_on(cx, client, parameters, authorization, browser)
    });
    checked.unwrap_or_else(|Denied(error, description)| denied(redirect_uri, state, error, description))
}

/// The client and a redirect URI of its own. Without both nobody is sent anywhere: that would be an open redirect.
fn known<'c, 'p>(cx: &Cx<'c>, parameters: &'p Parameters) -> Result<(&'c AppClient, &'p str), Page> {
    let client_id = parameters.get("client_id").ok_or_else(|| Page::error("The request has no client_id."))?;
    let client = cx.client(client_id).map_err(|_| Page::error("invalid_client: no app client here has this client_id."))?;
    if client.oauth.callback_urls.is_empty() {
        return Err(Page::error("unauthorized_client: this app client has no callback URL, and so no sign-in by redirect."));
    }
    let redirect_uri = parameters.get("redirect_uri").ok_or_else(|| Page::error("The request has no redirect_uri."))?;
    if !client.oauth.callback_urls.iter().any(|url| url == redirect_uri) {
        let sentence = format!(
            "redirect_mismatch: {redirect_uri} is none of the callback URLs of this app client. They are compared exactly: scheme, \
             host, port, path and a slash at the end count."
        );
        return Err(Page::error(sentence));
    }
    // What is given twice can be read in two ways, the redirect URI too.
    match parameters.repeated() {
        Some("client_id" | "redirect_uri" | "state") => {
            Err(Page::error("The request has client_id, redirect_uri or state twice."))
        }
        _ => Ok((client, redirect_uri)),
    }
}

/// The scopes and the challenge of a request that is as it must be.
fn checked<'p>(client: &AppClient, parameters: &'p Parameters) -> Result<(Vec<OauthScope>, &'p str), Denied> {
    if parameters.repeated().is_some() {
        return Err(Denied("invalid_request", "A parameter comes twice"));
    }
    match parameters.get("response_type") {
        Some("code") => {}
        Some("token") => return Err(Denied("unauthorized_client", "The client may not use the implicit grant")),
        Some(_) => return Err(Denied("unsupported_response_type", "response_type must be code")),
        None => return Err(Denied("invalid_request", "response_type is missing")),
    }
    let scopes = scopes(client, parameters.get("scope"))?;
    match parameters.get("code_challenge_method") {
        Some("S256") => {}
        Some(_) => return Err(Denied("invalid_request", "code_challenge_method must be S256")),
        None => return Err(Denied("invalid_request", "PKCE is required: code_challenge_method is missing")),
    }
    let is_base64url = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    match parameters.get("code_challenge") {
        Some(challenge) if challenge.len() == CHALLENGE_LENGTH && is_base64url(challenge) => Ok((scopes, challenge)),
        Some(_) => Err(Denied("invalid_request", "code_challenge must be SHA-256 as base64url without padding")),
        None => Err(Denied("invalid_request", "PKCE is required: code_challenge is missing")),
    }
}

/// Who asks for none gets all of the client's.
fn scopes(client: &AppClient, asked: Option<&str>) -> Result<Vec<OauthScope>, Denied> {
    let Some(asked) = asked else { return Ok(client.oauth.scopes.clone()) };
    let mut scopes = Vec::new();
    for name in asked.split(' ').filter(|name| !name.is_empty()) {
        let scope = client.oauth.scopes.iter().copied().find(|scope| scope.name() == name);
        let scope = scope.ok_or(Denied("invalid_scope", "The client may not ask for one of the scopes"))?;
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    if scopes.iter().any(|scope| scope.needs_openid()) && !scopes.contains(&OauthScope::Openid) {
        return Err(Denied("invalid_scope", "email, phone and profile need openid beside them"));
    }
    Ok(scopes)
}

fn go_on(
    cx: &mut Cx<'_>,
    client: &AppClient,
    parameters: &Parameters,
    authorization: Authorization,
    browser: Option<&str>,
) -> Result<Answer, Denied> {
    if parameters.get("idp_identifier").is_some() {
        return Err(Denied("invalid_request", "The local pool knows no idp_identifier"));
    }
    let named = parameters.get("identity_provider");
    let provider = named.map(|name| provider(cx, client, name)).transpose()?;
    let prompts: Vec<&str> =
        parameters.get("prompt").unwrap_or_default().split(' ').filter(|prompt| !prompt.is_empty()).collect();
    if !prompts.iter().all(|prompt| matches!(*prompt, "none" | "login" | "select_account" | "consent")) {
        return Err(Denied("invalid_request", "prompt must be none, login, select_account or consent"));
    }
    let is_silent = prompts.contains(&"none");
    if is_silent && prompts.len() > 1 {
        return Err(Denied("invalid_request", "prompt=none goes with no other prompt"));
    }
    if prompts.is_empty() || is_silent {
        let signed_in = browser.and_then(|browser| provider_page::signed_in(cx, &authorization, provider, browser));
        if let Some(user) = signed_in {
            return Ok(provider_page::code_for(cx, authorization, user, Cookie::Stays)?);
        }
    }
    if is_silent {
        return Err(Denied("login_required", "Nobody is signed in in this browser"));
    }
    match provider {
        Some(provider) => Ok(Answer::Page(provider_page::open(cx, authorization, provider, parameters.get("login_hint"))?)),
        None => Ok(Answer::Page(choice(client, parameters))),
    }
}

fn provider<'a>(cx: &Cx<'a>, client: &AppClient, name: &str) -> Result<&'a IdentityProvider, Denied> {
    if name == "COGNITO" {
        return Err(Denied("invalid_request", "The local pool has no sign-in page for its own users"));
    }
    let unknown = Denied("invalid_request", "The client has no such identity_provider");
    let pool = cx.pool_of_client(client)?;
    let is_of_client = client.oauth.identity_providers.iter().any(|known| known == name);
    pool.identity_providers.iter().find(|provider| is_of_client && provider.name == name).ok_or(unknown)
}

/// The page of a request that names no provider.
fn choice(client: &AppClient, parameters: &Parameters) -> Page {
    let link = |name: &String| Link {
        to: with_query("/oauth2/authorize", parameters.pairs().chain([("identity_provider", name.as_str())])),
        text: format!("Continue with {name}"),
        detail: String::new(),
        is_first_choice: true,
    };
    Page {
        is_error: false,
        title: "Sign in to the local pool".to_owned(),
        paragraphs: vec!["Nothing leaves this machine: the local pool plays all providers.".to_owned()],
        links: client.oauth.identity_providers.iter().map(link).collect(),
    }
}
