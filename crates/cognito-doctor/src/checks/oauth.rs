//! Whether a sign-in by redirect can begin: the first redirect of it, which is not followed.

use cognito_protocol::fault::Fault;
use ureq::http::Request;
use url::Url;

use crate::{
    arguments::Question,
    report::Finding,
    web::{self, NoReply, Reply},
};

/// A code challenge of PKCE; its verifier is of no use, since nobody signs in.
const CODE_CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// `is_online`: the endpoint was reached.
pub(super) fn check(question: &Question, is_online: bool) -> Vec<Finding> {
    let Some(domain) = &question.oauth_domain else { return Vec::new() };
    let Some(redirect_uri) = &question.oauth_redirect_uri else {
        return vec![Finding::Note("The pool's domain was not asked: name a callback URL with --oauth-redirect-uri.".to_owned())];
    };
    let mut url = domain.clone();
    url.set_path("/oauth2/authorize");
    url.query_pairs_mut().clear().extend_pairs([
        ("response_type", "code"),
        ("client_id", &question.client_id),
        ("redirect_uri", redirect_uri),
        ("scope", &question.oauth_scopes),
        ("state", "cognito-doctor"),
        ("code_challenge", CODE_CHALLENGE),
        ("code_challenge_method", "S256"),
    ]);
    vec![match web::send(Request::get("/"), &url, "") {
        Ok(reply) => read(&reply, &url, redirect_uri),
        Err(NoReply::Tls(seen)) => Finding::Fault(Fault::OauthDomainWrong, seen),
        // The service has no host for a prefix that nobody took.
        Err(NoReply::Unreachable(seen)) if is_online => Finding::Fault(Fault::OauthDomainWrong, seen),
        Err(NoReply::Unreachable(seen) | NoReply::NotHttp(seen)) => {
            Finding::Unknown(format!("No reply came from the pool's domain: {seen}"))
        }
    }]
}

fn read(reply: &Reply, url: &Url, redirect_uri: &str) -> Finding {
    let location = reply.header("location").and_then(|location| url.join(&location).ok());
    let error = location.as_ref().and_then(|location| {
        let member = |name: &str| location.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        let error = member("error")?;
        Some(member("error_description").map_or(error.clone(), |description| format!("{error}: {description}")))
    });
    match (error, location) {
        (Some(error), _) if error.starts_with("redirect_mismatch") => {
            Finding::Fault(Fault::RedirectUriNotRegistered, redirect_uri.to_owned())
        }
        (Some(error), _) => Finding::Fault(Fault::OauthRefused, error),
        (None, Some(_)) => right(),
        // Some answer with a page.
        (None, None) if reply.body.contains("redirect_mismatch") => {
            Finding::Fault(Fault::RedirectUriNotRegistered, redirect_uri.to_owned())
        }
        (None, None) if reply.status == 200 => right(),
        (None, None) if reply.status == 404 => Finding::Fault(Fault::OauthDomainWrong, reply.summary()),
        (None, None) => Finding::Fault(Fault::OauthRefused, reply.summary()),
    }
}

fn right() -> Finding {
    Finding::Right("The pool's domain takes the client and its callback URL.".to_owned())
}
