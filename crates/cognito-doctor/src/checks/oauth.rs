//! Whether a sign-in by redirect can begin: the first redirect of it, which is not followed, and the same with each provider.
//!
//! # Source
//! docs/troubleshooting.md#oauth_refused says how the service answers, and how sure that is.

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

/// The names of errors (RFC 6749, and the service's own), as they stand on pages that send nobody on.
const ERRORS_ON_PAGES: [&str; 6] = [
    "redirect_mismatch",
    "unauthorized_client",
    "invalid_client",
    "unsupported_response_type",
    "invalid_scope",
    "invalid_request",
];

/// The endpoint, as the checks before found it.
pub(super) struct Endpoint {
    /// It was reached.
    pub is_online: bool,
    /// It knows the app client, as far as it said.
    pub knows_client: bool,
}

pub(super) fn check(question: &Question, endpoint: &Endpoint) -> Vec<Finding> {
    let Some(domain) = &question.oauth_domain else { return Vec::new() };
    let Some(redirect_uri) = &question.oauth_redirect_uri else {
        return vec![Finding::Note("The pool's domain was not asked: name a callback URL with --oauth-redirect-uri.".to_owned())];
    };
    if !endpoint.knows_client {
        // No domain knows it, so nothing can be told of this one.
        return vec![Finding::Note("The pool's domain was not asked, since there is no such app client.".to_owned())];
    }
    let asked = Asked { question, domain, redirect_uri, is_online: endpoint.is_online };
    // What is wrong without a provider is wrong with each.
    if let Some(finding) = asked.wrong(None) {
        return vec![finding];
    }
    let mut findings = vec![Finding::Right("The pool's domain takes the client, its callback URL and its scopes.".to_owned())];
    for provider in &question.oauth_providers {
        let right = || Finding::Right(format!("The pool's domain takes the provider {provider}."));
        findings.push(asked.wrong(Some(provider)).unwrap_or_else(right));
    }
    findings
}

/// What the domain is asked about.
struct Asked<'a> {
    question: &'a Question,
    domain: &'a Url,
    redirect_uri: &'a str,
    is_online: bool,
}

impl Asked<'_> {
    /// What is wrong with a sign-in by redirect, with this provider or with none.
    fn wrong(&self, provider: Option<&str>) -> Option<Finding> {
        let url = self.url(provider);
        match web::send(Request::get("/"), &url, "") {
            Ok(reply) => self.read(&reply, &url, provider),
            Err(NoReply::Tls(seen)) => Some(Finding::Fault(Fault::OauthDomainWrong, seen)),
            // The service has no host for a prefix that nobody took.
            Err(NoReply::Unreachable(seen)) if self.is_online => Some(Finding::Fault(Fault::OauthDomainWrong, seen)),
            Err(NoReply::Unreachable(seen) | NoReply::NotHttp(seen)) => {
                Some(Finding::Unknown(format!("No reply came from the pool's domain: {seen}")))
            }
        }
    }

    fn url(&self, provider: Option<&str>) -> Url {
        let mut url = self.domain.clone();
        url.set_path("/oauth2/authorize");
        url.query_pairs_mut()
            .clear()
            .extend_pairs([
                ("response_type", "code"),
                ("client_id", &self.question.client_id),
                ("redirect_uri", self.redirect_uri),
                ("scope", &self.question.oauth_scopes),
                ("state", "cognito-doctor"),
                ("code_challenge", CODE_CHALLENGE),
                ("code_challenge_method", "S256"),
            ])
            .extend_pairs(provider.map(|provider| ("identity_provider", provider)));
        url
    }

    fn read(&self, reply: &Reply, url: &Url, provider: Option<&str>) -> Option<Finding> {
        let about = |seen: String| provider.map_or(seen.clone(), |provider| format!("{provider}: {seen}"));
        let refused = |seen: String| Some(Finding::Fault(Fault::OauthRefused, about(seen)));
        let wrong_domain = |seen: String| Some(Finding::Fault(Fault::OauthDomainWrong, seen));
        let not_registered = || Some(Finding::Fault(Fault::RedirectUriNotRegistered, self.redirect_uri.to_owned()));
        if let Some(location) = reply.header("location").and_then(|location| url.join(&location).ok()) {
            return match error_in(&location) {
                Some((error, _)) if error == "redirect_mismatch" => not_registered(),
                Some((error, _)) if error == "invalid_client" => wrong_domain(error),
                Some((error, None)) => refused(error),
                Some((error, Some(description))) => refused(format!("{error}: {description}")),
                // A provider's page is somewhere else.
                None if provider.is_some() && location.origin() == url.origin() && location.path() == "/login" => {
                    refused("leads to the sign-in page of the pool's domain".to_owned())
                }
                None => None,
            };
        }
        let is_page_of_errors = |error: &&str| reply.status != 200 || *error == "redirect_mismatch";
        let on_page = ERRORS_ON_PAGES.into_iter().filter(is_page_of_errors).find(|error| reply.body.contains(error));
        match (on_page, reply.status) {
            (Some("redirect_mismatch"), _) => not_registered(),
            // The endpoint knows it, so this is the domain of another pool.
            (Some("invalid_client"), _) => wrong_domain(format!("{}, invalid_client", reply.summary())),
            (Some(error), _) => refused(error.to_owned()),
            (None, 200) => None,
            (None, 404) => wrong_domain(reply.summary()),
            (None, _) => refused(reply.summary()),
        }
    }
}

/// What a redirect tells: the error, and its description.
fn error_in(location: &Url) -> Option<(String, Option<String>)> {
    let parameter = |name: &str| location.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    Some((parameter("error")?, parameter("error_description")))
}
